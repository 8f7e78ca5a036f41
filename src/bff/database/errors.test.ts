import { expect, test } from 'vitest';
import { DuplicateKeyError, MemoryExhausted, translated } from './errors.ts';

const advice = `could not allocate block of size 64.0 KiB (45.7 MiB/45.7 MiB used)

Possible solutions:
* Reducing the number of threads (SET threads=X)
* Increasing the memory limit (SET memory_limit='...GB')`;

test('memory may be short in a statement and in a commit', () => {
  expect(translated(new Error(`Out of Memory Error: ${advice}`))).toBeInstanceOf(MemoryExhausted);
  expect(translated(new Error(`TransactionContext Error: Failed to commit: ${advice}`))).toBeInstanceOf(MemoryExhausted);
});

test('commits fail for other reasons too', () => {
  const key = new Error(
    'TransactionContext Error: Failed to commit: PRIMARY KEY or UNIQUE constraint violation: duplicate key "1"',
  );
  expect(translated(key)).toBeInstanceOf(DuplicateKeyError);
  const other = new Error('TransactionContext Error: Failed to commit: write-write conflict');
  expect(translated(other)).toBe(other);
});
