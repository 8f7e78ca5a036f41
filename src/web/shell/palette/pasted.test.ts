import { expect, test } from 'vitest';
import { readPasted } from './pasted.ts';

test('ids, Ray IDs and e-mail addresses are known by their shape', () => {
  expect(readPasted(' d10e897e0f3b4c6f8a2b1c9d7e5f4e9c\n')).toEqual({ kind: 'id', text: 'd10e897e0f3b4c6f8a2b1c9d7e5f4e9c' });
  expect(readPasted('a7b9c3d1e5f2g4h6a7b9c3d1e5f2g4h6')).toMatchObject({ kind: 'id' });
  expect(readPasted('9a41c2f0e7b6d815-AMS')).toEqual({ kind: 'ray', text: '9a41c2f0e7b6d815' });
  expect(readPasted('cf-ray: 9a41c2f0e7b6d815')).toEqual({ kind: 'ray', text: '9a41c2f0e7b6d815' });
  expect(readPasted('T.Marsh@Brightwater.example')).toEqual({ kind: 'email', text: 't.marsh@brightwater.example' });
});

test('words are words', () => {
  for (const text of ['', 'calder', '@brightwater', 'b034ccfb', 'a@b', 'two a@b.example']) expect(readPasted(text)).toBeNull();
});
