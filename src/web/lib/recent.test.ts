import { expect, test } from 'vitest';
import { readRecent, withRecent } from './recent.ts';
import type { RecentThing } from './recent.ts';

const thing = (id: string): RecentThing => ({
  kind: 'organization',
  id,
  name: id,
  organizationId: id,
  path: [],
  pathIds: [],
  seenAt: '2026-11-22T14:02:00Z',
});

test('what was opened last stands first, once', () => {
  const things = [thing('a'), thing('b')];
  expect(withRecent(things, thing('b')).map(({ id }) => id)).toEqual(['b', 'a']);
  expect(withRecent(things, { ...thing('b'), kind: 'account' }).map(({ id }) => id)).toEqual(['b', 'a', 'b']);
});

test('the list does not grow without end', () => {
  let things: readonly RecentThing[] = [];
  for (let number = 0; number < 100; number++) things = withRecent(things, thing(String(number)));
  expect(things).toHaveLength(30);
  expect(things[0]?.id).toBe('99');
});

test("another person's list and unreadable storage are nothing", () => {
  const stored = JSON.stringify({ userId: 'ines', things: [thing('a'), 7] });
  expect(readRecent(stored, 'ines')).toEqual([thing('a')]);
  for (const other of [null, '', '{', '[]', '"x"', '{"userId":"ines"}']) expect(readRecent(other, 'ines')).toEqual([]);
  expect(readRecent(stored, 'theo')).toEqual([]);
});
