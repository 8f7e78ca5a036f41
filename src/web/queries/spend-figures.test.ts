import { expect, test } from 'vitest';
import { canopyEndpoints } from '../../contract/endpoints.ts';
import { spendFigures } from './spend-figures.ts';

/** What people wrote down, what is asked again by itself, and values of tags, which are kept with those of other dimensions. */
const others = new Set([
  'getRateCard',
  'getRateCardVersion',
  'previewRateCard',
  'listPlannedBudgets',
  'getSpendState',
  'measureRecords',
  'searchTagValues',
]);

test('everything that is answered from stored usage is read again when that changes', () => {
  const answered = Object.values(canopyEndpoints).filter(
    ({ permission, name }) => permission === 'spend:read' && !others.has(name),
  );
  expect(spendFigures.toSorted()).toEqual(answered.map(({ name }) => name).toSorted());
});
