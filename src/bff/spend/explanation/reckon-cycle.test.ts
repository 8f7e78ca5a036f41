import { expect, test } from 'vitest';
import { costText, quantityText } from '../pricing/decimal.ts';
import { list, listWith, november, usageOf } from '../pricing/testing.ts';
import type { Series } from '../pricing/testing.ts';
import type { Pricing } from '../pricing/terms.ts';
import { cyclesIn } from './explain-metric.ts';
import { reckonCycle } from './reckon-cycle.ts';

function reckoned(metric: string, series: readonly Series[], days = november, pricing: Pricing = list) {
  const line = pricing.lineOf({ metricId: metric, metricName: null });
  if (!line) throw new Error(`${metric} has no line`);
  const usage = [...usageOf(series)];
  const payer = { organizations: ['o'], accountId: 'a' };
  const { steps, remarks, upTo, before, sums } = reckonCycle({
    ...payer,
    pricing,
    line,
    cycle: november,
    days,
    usage,
    today: '2026-12-20',
  });
  const { used, within, billable } = sums ?? {};
  return {
    steps,
    remarks,
    cost: `${costText(upTo)} less ${costText(before)}`,
    sums: used === undefined ? null : [used, within ?? 0n, billable ?? 0n].map(quantityText),
  };
}

test('days within a cycle are told as what the cycle costs up to them less what it cost before', () => {
  const series = [{ metric: 'workers_standard_requests', days: ['9000000', '3400000', '5000000'] }];
  expect(reckoned('workers_standard_requests', series, { from: '2026-11-02', to: '2026-11-03' })).toEqual({
    steps: [
      '12,400,000 Requests used',
      'less 10,000,000 Requests included for the account and cycle, shared with other metrics',
      '2,400,000 Requests billable',
      '3 blocks of 1,000,000 Requests, at $0.30',
    ],
    remarks: [],
    cost: '0.9 less 0',
    sums: ['3400000', '1000000', '2400000'],
  });
});

test('a shared allowance names what all metrics used of it, and the part of this one', () => {
  const series = [
    { metric: 'workers_standard_requests', days: ['30000000'] },
    { metric: 'pages_functions_requests', days: ['10000000'] },
  ];
  expect(reckoned('workers_standard_requests', series)).toMatchObject({
    steps: [
      '30,000,000 Requests used',
      '40,000,000 Requests together with the metrics that share the allowance',
      'less 10,000,000 Requests included for the account and cycle',
      '30,000,000 Requests beyond it, of which by use 22,500,000 are of this metric',
      '23 blocks of 1,000,000 Requests, at $0.30',
    ],
    cost: '6.9 less 0',
    sums: ['30000000', '7500000', '22500000'],
  });
});

test('a level keeps the price of the whole cycle beside what its days have of it', () => {
  const series = [{ metric: 'zero_trust_seats', days: Array.from({ length: 30 }, () => 10) }];
  expect(reckoned('zero_trust_seats', series, { from: '2026-11-01', to: '2026-11-16' })).toEqual({
    steps: [
      '10 Seats at the highest',
      'nothing included',
      '10 Seats billable',
      'at $7.00 for each',
      '$70 for the whole cycle, spread over its days',
    ],
    remarks: ['The highest level costs for the whole cycle, and each day has its part of that.'],
    cost: '35 less 0',
    sums: null,
  });
});

test('says that an override holds, and when the terms change within the cycle', () => {
  const pricing = listWith({ overrides: [{ account: 'a', metric: 'workers_cpu_ms', from: '2026-11-02', discount: '50' }] });
  const { remarks, cost } = reckoned(
    'workers_cpu_ms',
    [{ metric: 'workers_cpu_ms', days: ['130000000', '100000000'] }],
    november,
    pricing,
  );
  expect(remarks).toEqual([
    'The terms change within the cycle: each day costs by those of its own date.',
    'An override of the rate card holds for this account.',
  ]);
  expect(cost).toBe('3 less 0');
});

test('every month is priced by the billing cycle that was known of it, and one that goes over its end is told once', () => {
  const range = { from: '2026-09-20', to: '2026-11-10' };
  const told = cyclesIn(range, (month) => (month === '2026-09-01' ? null : 15));
  expect(told.map(({ cycle, days }) => [cycle.from, cycle.to, days.from, days.to])).toEqual([
    ['2026-09-01', '2026-10-01', '2026-09-20', '2026-10-01'],
    ['2026-09-15', '2026-10-15', '2026-10-01', '2026-10-15'],
    ['2026-10-15', '2026-11-15', '2026-10-15', '2026-11-10'],
  ]);
});
