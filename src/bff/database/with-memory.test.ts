import { expect, test } from 'vitest';
import { MemoryExhausted } from './errors.ts';
import { withMemory } from './with-memory.ts';

const failing = (times: number, error: Error) => {
  const work = async () => {
    if (++work.begun <= times) throw error;
    return 'done';
  };
  work.begun = 0;
  return work;
};

test('work that found no memory is begun again, and not for ever', async () => {
  const soon = failing(2, new MemoryExhausted());
  expect(await withMemory(soon)).toBe('done');
  expect(soon.begun).toBe(3);
  const never = failing(Infinity, new MemoryExhausted());
  await expect(withMemory(never)).rejects.toBeInstanceOf(MemoryExhausted);
  expect(never.begun).toBe(7);
});

test('any other failure stands', async () => {
  const work = failing(1, new Error('no such table'));
  await expect(withMemory(work)).rejects.toThrow('no such table');
  expect(work.begun).toBe(1);
});
