import { expect, test } from 'vitest';
import { PersonTurns } from './person-turns.ts';

test('who asks a hundred at once has a few of them at a time, and others do not wait for them', async () => {
  const turns = new PersonTurns();
  const ends: (() => void)[] = [];
  const leaving = new AbortController();
  const work = () => new Promise<void>((end) => ends.push(end));
  const all = Array.from({ length: 100 }, () => turns.take('a', undefined, work));
  const left = expect(turns.take('a', leaving.signal, work)).rejects.toThrow('nobody waits');
  await new Promise((resolve) => setTimeout(resolve));
  expect(ends).toHaveLength(3);
  await turns.take('b', undefined, async () => undefined);
  leaving.abort(new Error('nobody waits'));
  for (let ended = 0; ended < 100; ended++) {
    ends[ended]?.();
    await new Promise((resolve) => setTimeout(resolve));
    expect(ends.length).toBe(Math.min(100, ended + 4));
  }
  await Promise.all(all);
  await left;
});
