import { expect, test } from 'vitest';
import { MemoryExhausted } from '../database/errors.ts';
import { unexpected } from './answers.ts';

test('without memory it is not said whose fault that is, which is not known, and what helps in either case', () => {
  const { report } = unexpected(new MemoryExhausted());
  expect(report).toMatchObject({ code: 'in_progress', retryAfterSeconds: 2 });
  expect(report.action).toMatch(/retry in a moment.*other work may.*ask for less/i);
});
