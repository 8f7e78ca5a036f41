import { expect, test } from 'vitest';
import { lackWords } from './words.ts';

const nothing = { withoutRate: 0, unpriced: 0, notFinal: 0, days: 0, beside: 0 };

test('what is in no total is told apart from what is in it and may change', () => {
  expect(lackWords(nothing)).toBeNull();
  expect(lackWords({ ...nothing, unpriced: 2, notFinal: 5, withoutRate: 1 })).toBe(
    'In no total: 2 records not priced yet, 1 record without a rate. 3 records without a final price.',
  );
  expect(lackWords({ ...nothing, unpriced: 2, notFinal: 2 })).toBe('In no total: 2 records not priced yet.');
});
