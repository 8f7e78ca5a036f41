import { expect, test } from 'vitest';
import type { RateCard } from '../../../contract/canopy/rate-card.ts';
import { defaultCard } from '../pricing/default-card.ts';
import { list, listWith } from '../pricing/testing.ts';
import { affectedBy } from './affected.ts';

const metrics = ['workers_standard_requests', 'pages_functions_requests', 'workers_cpu_ms', 'r2_data_storage', 'unheard_of'];
const affected = (own: Partial<RateCard>): string[] => {
  const isAffected = affectedBy(list, listWith(own));
  return metrics.filter((metricId) => isAffected({ metricId, metricName: null }));
};
const withLine = (metric: string, more: Partial<RateCard['lines'][number]>) =>
  defaultCard.lines.map((line) => (line.metric === metric ? { ...line, ...more } : line));

test.each<[string, Partial<RateCard>, string[]]>([
  ['the same card', {}, []],
  ['a price', { lines: withLine('workers_cpu_ms', { price: { amount: '9', per: '1' } }) }, ['workers_cpu_ms']],
  [
    'a line that shares its allowance',
    { lines: withLine('workers_standard_requests', { price: { amount: '9', per: '1' } }) },
    ['workers_standard_requests', 'pages_functions_requests'],
  ],
  ['a line that is gone', { lines: defaultCard.lines.filter(({ metric }) => metric !== 'workers_cpu_ms') }, ['workers_cpu_ms']],
  ['an override of a metric', { overrides: [{ account: 'a', metric: 'r2_data_storage', discount: '10' }] }, ['r2_data_storage']],
  ['an override of all', { overrides: [{ account: 'a', discount: '10' }] }, metrics],
  ['a mapping', { mappings: [{ metric: 'unheard_of', line: 'workers_cpu_ms' }] }, ['unheard_of']],
  ['a currency', { currency: 'EUR' }, metrics],
])('%s', (_what, own, expected) => {
  expect(affected(own)).toEqual(expected);
});
