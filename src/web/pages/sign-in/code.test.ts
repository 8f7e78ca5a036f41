import { expect, test } from 'vitest';
import { codeIn } from './code.ts';

test('a pasted link and a bare code are the same', () => {
  const code = 'q3vN8wzr0K_aBc-DEfgh1J';
  expect(codeIn(` http://127.0.0.1:4400/sign-in#code=${code}\n`)).toBe(code);
  expect(codeIn(`http://127.0.0.1:4400/sign-in?next=%2F#code=${code}`)).toBe(code);
  expect(codeIn(code)).toBe(code);
  for (const other of ['', 'short', 'http://127.0.0.1:4400/', 'has spaces in it, and more']) expect(codeIn(other)).toBeNull();
});
