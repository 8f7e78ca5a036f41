import { expect, test } from 'vitest';
import { costText, quantityText } from './decimal.ts';
import { listWith, priced } from './testing.ts';
import type { Asked, Series } from './testing.ts';

/** What an allowance panel shows of the first line. */
function panel(series: readonly Series[], asked: Asked = {}) {
  const { summaries } = priced(series, asked);
  const [summary] = summaries;
  if (!summary) throw new Error('no summary');
  const { basis, reason, cost, days, daysWithoutRate, line } = summary;
  const quantities = (['used', 'included', 'usedTogether', 'billable', 'remaining'] as const).map((name) => [
    name,
    quantityText(summary[name]),
  ]);
  return {
    ...Object.fromEntries(quantities),
    lines: summaries.length,
    line: line?.metric ?? null,
    basis,
    reason,
    cost: cost === null ? null : costText(cost),
    days,
    daysWithoutRate,
  };
}

test('an allowance of the cycle', () => {
  expect(panel([{ metric: 'workers_cpu_ms', days: [1e7, null, 1e7] }])).toEqual({
    lines: 1,
    line: 'workers_cpu_ms',
    used: '20000000',
    included: '30000000',
    usedTogether: '20000000',
    billable: '0',
    remaining: '10000000',
    basis: 'within-allowance',
    reason: null,
    cost: '0',
    days: 2,
    daysWithoutRate: 0,
  });
});

test('a daily one, of which the last day has some left', () => {
  expect(panel([{ metric: 'workers_ai_neurons', days: [12_000, 9000] }])).toMatchObject({
    used: '21000',
    included: '10000',
    billable: '2000',
    remaining: '1000',
    cost: '0.022',
  });
});

test('one by zone is the sum of the zones', () => {
  const argo = (zone: string, gigabytes: string) => ({ metric: 'argo_smart_routing_bytes', zone, days: [gigabytes, '0'] });
  expect(panel([argo('a', '0.25'), argo('b', '3'), argo('c', '0.5')])).toMatchObject({
    lines: 1,
    used: '3.75',
    included: '3',
    billable: '2',
    remaining: '1.25',
    basis: 'estimated',
    cost: '0.2',
    days: 2,
  });
});

test('a shared one is used together', () => {
  const series = [
    { metric: 'pages_functions_requests', days: [2e6] },
    { metric: 'workers_standard_requests', days: [3e6] },
  ];
  expect(panel(series)).toMatchObject({ lines: 2, used: '2000000', usedTogether: '5000000', remaining: '5000000' });
});

test('a level, and a mean', () => {
  expect(panel([{ metric: 'ssl_for_saas_custom_hostnames', days: [90, 130, 120] }])).toMatchObject({
    used: '130',
    included: '100',
    billable: '30',
    remaining: '0',
  });
  expect(panel([{ metric: 'browser_rendering_concurrent_browsers', days: [90] }])).toMatchObject({
    used: '3',
    billable: '0',
    remaining: '7',
  });
});

test('days without a rate are counted, and cost nothing that is known', () => {
  const overrides = [{ metric: 'workers_cpu_ms', until: '2026-11-02', price: null }];
  expect(panel([{ metric: 'workers_cpu_ms', days: [5e7, 31e6] }], { pricing: listWith({ overrides }) })).toMatchObject({
    used: '31000000',
    billable: '1000000',
    cost: '0.02',
    days: 2,
    daysWithoutRate: 1,
  });
  expect(panel([{ metric: 'magic_wan_bandwidth_p95', days: [5, 9, 7] }])).toMatchObject({
    line: 'magic_wan_bandwidth_p95',
    used: '9',
    basis: 'no-rate',
    reason: 'no-list-price',
    cost: null,
    days: 3,
    daysWithoutRate: 3,
  });
});

test('a metric in two units has two lines, and only one has a rate', () => {
  const { summaries } = priced([
    { metric: 'kv_storage', unit: 'GB-Months', days: [3] },
    { metric: 'kv_storage', unit: 'Bytes', days: [3, 4] },
  ]);
  expect(summaries.map(({ unit, line, reason, days }) => [unit, line?.metric ?? null, reason, days])).toEqual([
    ['GB-Months', 'kv_storage', null, 1],
    ['Bytes', null, 'other-unit', 2],
  ]);
});
