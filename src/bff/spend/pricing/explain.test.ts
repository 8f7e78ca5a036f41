import { expect, test } from 'vitest';
import { costText, quantityOf } from './decimal.ts';
import { costOfUsed, explain } from './explain.ts';
import type { Override } from '../../../contract/canopy/rate-card.ts';
import { listWith, priced } from './testing.ts';

/** The words for a first day of a metric, from its summary. */
function words(metric: string, quantity: string, overrides: Override[] = [], currency = 'USD'): string {
  const [summary] = priced([{ metric, days: [quantity] }], { pricing: listWith({ overrides }), today: '2026-11-01' }).summaries;
  if (!summary?.terms) throw new Error(`${metric} has no terms`);
  return explain(summary.terms, summary, currency).steps.join('; ');
}

test.each([
  [
    'workers_standard_requests',
    '12400000',
    '12,400,000 Requests used; less 10,000,000 Requests included for the account and cycle, shared with other metrics; ' +
      '2,400,000 Requests billable; 3 blocks of 1,000,000 Requests, at $0.30; $0.9',
  ],
  [
    'workers_cpu_ms',
    '5',
    '5 Milliseconds used; less 30,000,000 Milliseconds included for the account and cycle; 0 Milliseconds billable; $0: within the allowance',
  ],
  [
    'r2_data_storage',
    '11.1',
    '11.1 GB-Months stored; less 10 GB-Months included for the account and cycle; 1.1 GB-Months billable; ' +
      '2 GB-Months in whole units, at $0.015 for each; $0.03',
  ],
  [
    'container_memory',
    '126870.5',
    '126,870.5 GiB-Seconds used; less 90,000 GiB-Seconds included for the account and cycle; 36,870.5 GiB-Seconds billable; ' +
      'at $0.0000025 for each; $0.09217625',
  ],
  [
    'workers_ai_neurons',
    '10001',
    '10,001 Neurons used; less 10,000 Neurons included for the account every day; 1 Neurons billable; 1 block of 1,000 Neurons, at $0.011; $0.011',
  ],
  [
    'zero_trust_seats',
    '3',
    '3 Seats at the highest; nothing included; 3 Seats billable; at $7.00 for each; $21 for the whole cycle, spread over its days',
  ],
  ['hyperdrive_queries', '3', '3 Queries used; metered, and free'],
  ['cdn_requests', '3', '3 Requests used; there is no list price: contracts only'],
])('%s of %s', (metric, quantity, expected) => {
  expect(words(metric, quantity)).toBe(expected);
});

test('a discount and another currency are named', () => {
  expect(words('stream_minutes_delivered', '1500', [{ discount: '12.5' }], 'EUR')).toBe(
    '1,500 Minutes used; nothing included; 1,500 Minutes billable; 2 blocks of 1,000 Minutes, at EUR 1.00 less 12.5%; EUR 1.75',
  );
});

test('a quantity that a cycle may end with has a cost', () => {
  const cost = (metric: string, used: string) => {
    const terms = priced([{ metric, days: [1] }]).summaries[0]?.terms;
    const cost = terms && costOfUsed(terms, { used: quantityOf(used) });
    return cost === null || cost === undefined ? null : costText(cost);
  };
  expect(cost('workers_standard_requests', '100000000')).toBe('27');
  expect(cost('zero_trust_seats', '12')).toBe('84');
  expect(cost('hyperdrive_queries', '12')).toBe('0');
  expect(cost('cdn_requests', '12')).toBeNull();
});
