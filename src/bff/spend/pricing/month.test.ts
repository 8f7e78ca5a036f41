import { expect, test } from 'vitest';
import { costText, quantityText } from './decimal.ts';
import { priced } from './testing.ts';
import type { Series } from './testing.ts';

/**
 * November 2026 of one account, reckoned by hand. It begins on a Sunday and has 21 days from Monday to Friday and 9 of
 * weekends: 21 times the first quantity and 9 times the second are used.
 */
const month: readonly (readonly [
  metric: string,
  weekday: string,
  weekend: string,
  used: string,
  hand: string,
  cost: string | null,
])[] = [
  // 46.5 M and 7.2 M share 10 M: 43.7 M of 53.7 M are beyond
  ['workers_standard_requests', '2000000', '500000', '46500000', '43.7 x 46.5 / 53.7 = 37.84 M: 38 x 0.30', '11.4'],
  ['pages_functions_requests', '300000', '100000', '7200000', '43.7 x 7.2 / 53.7 = 5.86 M: 6 x 0.30', '1.8'],
  ['workers_cpu_ms', '5000000', '1000000', '114000000', '114 M - 30 M = 84 M: 84 x 0.02', '1.68'],
  ['workflows_steps', '40000', '0', '840000', '840 k - 500 k = 340 k: 4 x 0.80', '3.2'],
  ['kv_read_operations', '1500000', '400000', '35100000', '35.1 M - 10 M = 25.1 M: 26 x 0.50', '13'],
  ['kv_storage', '0.08', '0.08', '2.4', '2.4 - 1 = 1.4 x 0.50', '0.7'],
  ['d1_rows_read', '1000000000', '1000000000', '30000000000', '30,000 M - 25,000 M: 5,000 x 0.001', '5'],
  ['durable_objects_compute_duration', '30000', '10000', '720000', '320,000 x 12.50 / 1 M', '4'],
  ['r2_data_storage', '0.37', '0.37', '11.1', '11.1 - 10 = 1.1: 2 x 0.015', '0.03'],
  ['r2_storage_class_a_operations', '60000', '5000', '1305000', '305,000: 1 x 4.50', '4.5'],
  ['r2_storage_class_b_operations', '400000', '100000', '9300000', '9.3 M of 10 M included', '0'],
  ['workers_ai_neurons', '12000', '4000', '288000', '21 x 2,000 = 42,000: 42 x 0.011', '0.462'],
  ['vectorize_stored_dimensions', '1000000', '1000000', '30000000', '20 M x 0.05 / 100 M', '0.01'],
  // 51 GB and 102 GB share 50 GB: 103 of 153 are beyond
  ['pipelines_sink_json', '2', '1', '51', '103 x 51 / 153 = 34 1/3 x 0.03', '1.03'],
  ['pipelines_sink_parquet', '4', '2', '102', '103 x 102 / 153 = 68 2/3 x 0.06', '4.12'],
  ['container_memory', '5000', '2000', '123000', '33,000 x 0.0000025', '0.0825'],
  ['browser_rendering_browser_hours', '0.7', '0.2', '16.5', '6.5: 7 x 0.09', '0.63'],
  ['browser_rendering_concurrent_browsers', '16', '4', '12.4', '372 / 30 = 12.4 - 10 = 2.4 x 2.00', '4.8'],
  ['email_sending_messages', '200', '50', '4650', '1,650 x 0.35 / 1,000', '0.5775'],
  ['stream_minutes_stored', '2300', '2300', '2300', 'highest 2,300: 3 x 5.00', '15'],
  ['stream_minutes_delivered', '900', '1500', '32400', '33 x 1.00', '33'],
  ['images_unique_transformations', '400', '100', '9300', '4,300: 5 x 0.50', '2.5'],
  ['argo_smart_routing_bytes', '1.5', '0.5', '36.51', 'one zone 36 - 1 = 35 x 0.10, another 0.51 of 1 included', '3.5'],
  ['zero_trust_seats', '25', '20', '25', 'highest 25 x 7.00', '175'],
  ['hyperdrive_queries', '5000000', '5000000', '150000000', 'free', '0'],
  ['analytics_engine_data_points', '9000000', '0', '189000000', 'announced, not billed', '0'],
  ['cdn_requests', '9000000', '9000000', '270000000', 'contracts only', null],
];

const isWeekend = (day: number) => day % 7 === 0 || day % 7 === 6; // day 0 is Sunday the first
const days = (weekday: string, weekend: string): Series['days'] =>
  Array.from({ length: 30 }, (_, day) => (isWeekend(day) ? weekend : weekday));

const account = priced([
  ...month.map(([metric, weekday, weekend]) => ({ metric, zone: 'one', days: days(weekday, weekend) })),
  { metric: 'argo_smart_routing_bytes', zone: 'another', days: days('0.02', '0.01') },
]);

test.each(month)('%s, %s on weekdays and %s on weekends: %s used, %s', (metric, _weekday, _weekend, used, _hand, cost) => {
  const summary = account.summaries.find((one) => one.line?.metric === metric);
  expect(summary && quantityText(summary.used)).toBe(used);
  expect(summary?.cost === null ? null : costText(summary?.cost ?? 0n)).toBe(cost);
});

test('the whole month costs 286.022, and so do its days', () => {
  const byDay = new Map<string, bigint>();
  for (const { day, cost } of account.days()) byDay.set(day, (byDay.get(day) ?? 0n) + (cost ?? 0n));
  expect(byDay.size).toBe(30);
  expect(costText([...byDay.values()].reduce((sum, cost) => sum + cost, 0n))).toBe('286.022');
  expect(costText(account.summaries.reduce((sum, { cost }) => sum + (cost ?? 0n), 0n))).toBe('286.022');
});

test('each cost is on the day its block begins', () => {
  const series = month.findIndex(([metric]) => metric === 'r2_storage_class_a_operations');
  const cpu = month.findIndex(([metric]) => metric === 'workers_cpu_ms');
  const all = [...account.days()].filter(({ cost }) => cost !== null && cost > 0n);
  // 995,000 up to Monday the 23rd, 60,000 more on the 24th
  expect(all.filter((one) => one.series === series).map(({ day, cost }) => [day, costText(cost ?? 0n)])).toEqual([
    ['2026-11-24', '4.5'],
  ]);
  // 28 M up to Sunday the 8th, then 5 M on each weekday
  expect(
    all
      .filter((one) => one.series === cpu)
      .slice(0, 6)
      .map(({ day, cost }) => [day, costText(cost ?? 0n)]),
  ).toEqual([
    ['2026-11-09', '0.06'],
    ['2026-11-10', '0.1'],
    ['2026-11-11', '0.1'],
    ['2026-11-12', '0.1'],
    ['2026-11-13', '0.1'],
    ['2026-11-14', '0.02'],
  ]);
});
