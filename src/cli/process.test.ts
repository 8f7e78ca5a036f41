import { expect, test } from 'vitest';
import { problemWords } from './process.ts';

test('a second Canopy on one data folder is told who has it', () => {
  const refusal =
    'IO Error: Could not set lock on file "/srv/data/sandbox-demo-1.duckdb": Conflicting lock is held in /usr/bin/node (PID 812). See also https://duckdb.org/docs/stable/connect/concurrency';
  expect(problemWords(new Error(refusal))).toBe(
    '/srv/data/sandbox-demo-1.duckdb is in use by another process (812): stop it, or set CANOPY_DATA_DIR to another folder.',
  );
});

test('what nobody but us can mend stays whole', () => {
  const error = new TypeError('x is not a function');
  expect(problemWords(error)).toBe(error);
});
