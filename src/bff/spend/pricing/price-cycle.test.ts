import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { split } from './attribute.ts';
import { costText, quantityOf, quantityText } from './decimal.ts';
import { defaultCard } from './default-card.ts';
import { openCycle, priceCycle } from './price-cycle.ts';
import type { PricedDay } from './price-cycle.ts';
import type { Line } from '../../../contract/canopy/rate-card.ts';
import { bill, costsOf, list, listWith, november, priced, usageOf } from './testing.ts';
import type { Series } from './testing.ts';

const textOf = ({ series, day, cost, basis, line }: PricedDay) => [
  series,
  day.slice(8),
  cost === null ? null : costText(cost),
  basis,
  line,
];
const month = (quantity: string | number) => Array.from({ length: 30 }, () => quantity);

describe('a sum', () => {
  test('costs on the day the allowance is used up, then block by block', () => {
    const days = [...priced([{ metric: 'workers_standard_requests', days: [4e6, 5e6, 2e6, 100, null, 9e5] }]).days()];
    const line = 'workers_standard_requests';
    expect(days.map(textOf)).toEqual([
      [0, '01', '0', 'within-allowance', line],
      [0, '02', '0', 'within-allowance', line],
      [0, '03', '0.3', 'estimated', line],
      [0, '04', '0.3', 'estimated', line],
      [0, '06', '0', 'estimated', line],
    ]);
  });

  test('a correction of the quantity is taken back', () => {
    expect(costsOf('kv_write_operations', ['3000000', '-1500000'])).toEqual(['10', '-5']);
  });

  test('usage of nothing costs nothing', () => {
    for (const { metric } of defaultCard.lines) {
      const days = [...priced([{ metric, days: [0, 0, 0] }]).days()];
      expect(days.map(({ cost }) => cost ?? 0n)).toEqual([0n, 0n, 0n]);
    }
  });
});

describe('an allowance', () => {
  test('of a day is lost when the day is over, and its overage is rounded once a cycle', () => {
    const series = [{ metric: 'workers_ai_neurons', days: [10_400, 9000, 10_400, 10_400] }];
    expect([...priced(series).days()].map(textOf)).toEqual([
      [0, '01', '0.011', 'estimated', 'workers_ai_neurons'],
      [0, '02', '0', 'within-allowance', 'workers_ai_neurons'],
      [0, '03', '0', 'estimated', 'workers_ai_neurons'],
      [0, '04', '0.011', 'estimated', 'workers_ai_neurons'],
    ]);
  });

  test('of a zone is its own, and other allowances are the account’s', () => {
    const argo = (zone: string | null) => ({ metric: 'argo_smart_routing_bytes', zone, days: ['0.6', '0.6'] });
    expect([...priced([argo('a'), argo('b'), argo(null)]).days()].map(({ cost }) => cost && costText(cost))).toEqual([
      0n,
      '0.02',
      0n,
      '0.02',
      0n,
      '0.02',
    ]);
    const queries = (zone: string) => ({ metric: 'load_balancing_dns_queries', zone, days: [400_000] });
    expect(bill([queries('a'), queries('b')])).toBe('0.5');
  });

  test('is every account’s own', () => {
    const series = [{ metric: 'workers_standard_requests', days: [9e6] }];
    expect(bill(series, { accountId: 'one' })).toBe('0');
    expect(bill(series, { accountId: 'other' })).toBe('0');
  });
});

describe('a shared allowance', () => {
  const pool = (workers: Series['days'], pages: Series['days']) => [
    { metric: 'workers_standard_requests', days: workers },
    { metric: 'pages_functions_requests', days: pages },
  ];

  test('is each metric’s in proportion to its use, and each costs its own price', () => {
    const { summaries } = priced(pool([8e6], [12e6]));
    expect(
      summaries.map(({ used, billable, usedTogether, remaining, cost }) => [
        quantityText(used),
        quantityText(billable),
        quantityText(usedTogether),
        remaining,
        costText(cost ?? 0n),
      ]),
    ).toEqual([
      ['8000000', '4000000', '20000000', 0n, '1.2'],
      ['12000000', '6000000', '20000000', 0n, '1.8'],
    ]);
    const sinks = [
      { metric: 'pipelines_sink_json', days: [30] },
      { metric: 'pipelines_sink_parquet', days: [70] },
    ];
    expect([...priced(sinks).days()].map(({ cost }) => costText(cost ?? 0n))).toEqual(['0.45', '2.1']);
  });

  test('what the use of one metric adds to another is on the next record of the other, or on its last', () => {
    // after day 1: 2 M of 12 M beyond, all Workers. After day 2: 8 M of 18 M beyond, two thirds of them Workers
    expect([...priced(pool([12e6], [null, 6e6])).days()].map(textOf)).toEqual([
      [0, '01', '1.8', 'estimated', 'workers_standard_requests'],
      [1, '02', '0.9', 'estimated', 'pages_functions_requests'],
    ]);
    expect([...priced(pool([12e6, null, 0], [null, 6e6])).days()].map(textOf)).toEqual([
      [0, '01', '0.6', 'estimated', 'workers_standard_requests'],
      [0, '03', '1.2', 'estimated', 'workers_standard_requests'],
      [1, '02', '0.9', 'estimated', 'pages_functions_requests'],
    ]);
    const open = priced(pool([12e6], [null, 6e6]), { today: '2026-11-02' });
    expect([...open.days()].map(({ cost }) => costText(cost ?? 0n))).toEqual(['0.6', '0.9']);
  });

  test('all of it is given, and no more', () => {
    const quantities = fc.array(fc.nat(30_000_000), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(quantities, quantities, (workers, pages) => {
        const { summaries } = priced(pool(workers, pages));
        const total = [...workers, ...pages].reduce((sum, quantity) => sum + quantity, 0);
        const billable = summaries.reduce((sum, one) => sum + one.billable, 0n);
        expect(billable).toBe(quantityOf(String(Math.max(0, total - 10_000_000))));
      }),
    );
  });
});

describe('a level', () => {
  test('is spread evenly over the cycle, never added up', () => {
    expect(bill([{ metric: 'zero_trust_seats', days: month(10) }])).toBe('70');
    expect(new Set(costsOf('zero_trust_seats', month(6)))).toEqual(new Set(['1.4']));
    expect(bill([{ metric: 'stream_minutes_stored', days: month(1500) }])).toBe('10');
  });

  test('costs as its highest: the day it rises catches up', () => {
    const days = [...month(10).slice(15), ...month(12).slice(15)];
    const costs = costsOf('zero_trust_seats', days);
    // by day 16, 16 of 30 days of 12 seats are due: 44.80, of which 35 are paid
    expect([costs[0], costs[15], costs[16]]).toEqual(['2.333333333333333', '9.8', '2.8']);
    expect(bill([{ metric: 'zero_trust_seats', days }])).toBe('84');
    expect(bill([{ metric: 'zero_trust_seats', days: days.toReversed() }])).toBe('84');
  });

  test('that begins late is spread over what is left of the cycle, and one that ends early is due on its last day', () => {
    const none = month(0).map(() => null);
    expect(costsOf('zero_trust_seats', [...none.slice(0, 20), ...month(10).slice(0, 10)])).toEqual(month('7').slice(20));
    expect(costsOf('zero_trust_seats', month(9).slice(0, 3))).toEqual(['2.1', '2.1', '58.8']);
    expect(costsOf('zero_trust_seats', month(9).slice(0, 3), { today: '2026-11-03' })).toEqual(['2.1', '2.1', '2.1']);
  });

  test('a mean counts every day of the cycle', () => {
    expect(bill([{ metric: 'browser_rendering_concurrent_browsers', days: month(12) }])).toBe('4');
    // 15 days of 30 browsers are 15 on average, 5 of them beyond the allowance
    expect(bill([{ metric: 'browser_rendering_concurrent_browsers', days: month(30).slice(15) }])).toBe('10');
  });
});

describe('no rate is not zero', () => {
  test('an unknown metric, a contract, another unit', () => {
    const series = [
      { metric: 'tidepool_inference_seconds', days: [5] },
      { metric: 'cdn_requests', days: [1e9] },
      { metric: 'r2_data_storage', unit: 'Bytes', days: [5e9] },
    ];
    expect(bill(series)).toBeNull();
    const cycle = priced(series);
    expect([...cycle.days()].map(textOf)).toEqual([
      [0, '01', null, 'no-rate', null],
      [1, '01', null, 'no-rate', 'cdn_requests'],
      [2, '01', null, 'no-rate', null],
    ]);
    expect(cycle.summaries.map(({ reason, cost, used }) => [reason, cost, quantityText(used)])).toEqual([
      ['unknown-metric', null, '5'],
      ['no-list-price', null, '1000000000'],
      ['other-unit', null, '5000000000'],
    ]);
  });

  test('free is free, with its reason', () => {
    const series = [
      { metric: 'hyperdrive_queries', days: [5e9] },
      { metric: 'analytics_engine_data_points', days: [5e9] },
    ];
    expect([...priced(series).days()].map(textOf)).toEqual([
      [0, '01', '0', 'free', 'hyperdrive_queries'],
      [1, '01', '0', 'free', 'analytics_engine_data_points'],
    ]);
    expect(priced(series).summaries.map(({ reason }) => reason)).toEqual(['free-on-paid', 'announced']);
  });
});

describe('dated lines', () => {
  const august = { from: '2026-08-01', to: '2026-09-01' };
  test('Workflows steps are billed from their day on, and count from it', () => {
    const days = [9e5, ...Array.from({ length: 8 }, () => null), 6e5, 1];
    const cycle = priced([{ metric: 'workflows_steps', days }], { cycle: august });
    expect([...cycle.days()].map(textOf)).toEqual([
      [0, '01', '0', 'free', 'workflows_steps'],
      [0, '10', '0.8', 'estimated', 'workflows_steps'],
      [0, '11', '0.8', 'estimated', 'workflows_steps'],
    ]);
    expect(cycle.summaries[0]).toMatchObject({ used: quantityOf('600001'), billable: quantityOf('100001') });
  });

  test('Workers Logs have no rate from December on, and Observability gigabytes begin', () => {
    const cycle = { from: '2026-11-30', to: '2026-12-30' };
    const logs = priced([{ metric: 'workers_logs', days: [21e6, 1] }], { cycle });
    expect([...logs.days()].map(({ cost, basis }) => [cost && costText(cost), basis])).toEqual([
      ['0.6', 'estimated'],
      [null, 'no-rate'],
    ]);
    const gigabytes = priced([{ metric: 'observability_ingestion', days: [60, 60] }], { cycle });
    expect([...gigabytes.days()].map(({ cost, basis }) => [cost && costText(cost), basis])).toEqual([
      [0n, 'free'],
      ['2.5', 'estimated'],
    ]);
  });
});

test('a cycle that was priced takes more records', () => {
  const open = openCycle({ pricing: list, organizations: [], accountId: 'a', cycle: november });
  const [first, second, third] = usageOf([{ metric: 'kv_write_operations', days: [2e6, 1e6, 1e6] }]);
  if (!first || !second || !third) throw new Error('three records');
  open.add(first);
  expect([...open.price('2026-11-01').days()].map(({ cost }) => costText(cost ?? 0n))).toEqual(['5']);
  for (const record of [third, second, { ...third, day: '2026-12-01' }]) open.add(record);
  const cycle = open.price('2026-11-03');
  expect([...cycle.days()].map(({ cost }) => costText(cost ?? 0n))).toEqual(['5', '5', '5']);
  expect(costText(cycle.summaries[0]?.cost ?? 0n)).toBe('15');
});

test('a window that starts inside the cycle has the days of the whole cycle', () => {
  const series = [
    { metric: 'workers_standard_requests', days: month(1e6) },
    { metric: 'pages_functions_requests', days: month(5e5) },
    { metric: 'zero_trust_seats', days: month(3) },
  ];
  const cycle = priced(series);
  expect([...cycle.days('2026-11-20')]).toEqual([...cycle.days()].filter(({ day }) => day >= '2026-11-20'));
  expect([...cycle.days('2026-12-01')]).toEqual([]);
});

describe('records of one metric', () => {
  test('take the cost of a day by what they used in the cycle', () => {
    const series = (days: Series['days']) => ({ metric: 'kv_write_operations', days });
    const days = [...priced([series([1e6, 1e6]), series([2e6, null]), series([null, 1e6])]).days()];
    expect(days.map(({ series, day, cost }) => [series, day.slice(8), costText(cost ?? 0n)])).toEqual([
      [0, '01', '3.333333333333333'],
      [1, '01', '6.666666666666667'],
      // of 20.00 two fifths are the first one's, which lacks 4.67, and one fifth the third one's, which lacks 4.00
      [0, '02', '5.384615384615385'],
      [2, '02', '4.615384615384615'],
    ]);
  });

  test('share what is beyond an allowance that others used up before', () => {
    const early = { metric: 'kv_write_operations', days: [1e6, 0, 0, 0] };
    const late = { metric: 'kv_write_operations', days: [0, 0, 2e6, 1e6] };
    const costs = [...priced([early, late]).days()].map(({ series, day, cost }) => [series, day.slice(8), costText(cost ?? 0n)]);
    // three million beyond: 15.00, of which a quarter is the early one's
    expect(costs.filter(([, , cost]) => cost !== '0')).toEqual([
      [0, '03', '3.333333333333333'],
      [1, '03', '6.666666666666667'],
      [0, '04', '0.416666666666667'],
      [1, '04', '4.583333333333333'],
    ]);
  });

  test('cost in the end as much as their share of the cycle, where they have a record every day', () => {
    const part = fc.array(fc.nat(5_000_000), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(part, { minLength: 2, maxLength: 5 }), (parts) => {
        // everyone begins on the first day, and goes on as they like; the last day costs enough to pay what anyone lacks
        const last = parts.map((days) => [...days.slice(0, 29), days.reduce((all, one) => all + one, 0) * 40 + 1_000_000]);
        const used = last.map((days) => days.reduce((all, one) => all + one, 0));
        const costs = used.map(() => 0n);
        const series = last.map((days) => ({ metric: 'kv_write_operations', days }));
        for (const { series: at, cost } of priced(series).days()) {
          expect(cost).toBeGreaterThanOrEqual(0n);
          costs[at] = (costs[at] ?? 0n) + (cost ?? 0n);
        }
        const whole = Number(sum(costs)) / used.reduce((all, one) => all + one, 0);
        for (const [at, cost] of costs.entries()) expect(Number(cost) / ((used[at] ?? 0) * whole)).toBeCloseTo(1, 6);
      }),
    );
  });

  test('of one series and day are one', () => {
    const [record] = usageOf([{ metric: 'kv_write_operations', days: [2e6] }]);
    if (!record) throw new Error('no record');
    const usage = [record, { ...record, series: 7 }, record];
    const cycle = priceCycle({ pricing: list, organizations: [], accountId: 'a', cycle: november, today: '2026-11-05', usage });
    expect([...cycle.days()].map(({ series, cost }) => [series, costText(cost ?? 0n)])).toEqual([
      [0, '16.666666666666667'],
      [7, '8.333333333333333'],
    ]);
  });

  test('an id that was renamed counts on', () => {
    const series = [
      { metric: 'kv_write_operations', days: [1e6] },
      { metric: 'kv_writes_v2', name: 'KV  write operations (First 1M is included)', days: [null, 1] },
    ];
    expect([...priced(series).days()].map(textOf)).toEqual([
      [0, '01', '0', 'within-allowance', 'kv_write_operations'],
      [1, '02', '5', 'estimated', 'kv_write_operations'],
    ]);
  });
});

const days = fc.array(fc.option(fc.bigInt({ min: 0n, max: 10n ** 21n }), { nil: null }), { minLength: 1, maxLength: 30 });
const lines = fc.constantFrom(...defaultCard.lines.filter((line) => line.status !== 'contract-only'));
const costs = (metric: string, days: Series['days'], today?: string) => {
  const found = new Map<string, bigint>();
  for (const { day, cost } of priced([{ metric, days }], today === undefined ? {} : { today }).days())
    if (cost !== null) found.set(day, cost);
  return found;
};
const sum = (costs: Iterable<bigint>) => [...costs].reduce((total, cost) => total + cost, 0n);

describe('any line', () => {
  test('no day costs less than nothing', () => {
    fc.assert(
      fc.property(lines, days, ({ metric }, days) => {
        for (const cost of costs(metric, days).values()) expect(cost).toBeGreaterThanOrEqual(0n);
      }),
    );
  });

  test('more on any day never costs less', () => {
    fc.assert(
      fc.property(lines, days, fc.nat(29), fc.bigInt({ min: 0n, max: 10n ** 20n }), ({ metric }, days, at, more) => {
        const raised = days.map((quantity, day) => (day === at && quantity !== null ? quantity + more : quantity));
        expect(sum(costs(metric, raised).values())).toBeGreaterThanOrEqual(sum(costs(metric, days).values()));
      }),
    );
  });

  test('the days sum to the cycle', () => {
    fc.assert(
      fc.property(lines, days, ({ metric }, days) => {
        const [summary] = priced([{ metric, days }]).summaries;
        expect(summary?.cost ?? 0n).toBe(sum(costs(metric, days).values()));
        expect(summary?.cost ?? 0n).toBe(wholeCycle(metric, days));
      }),
    );
  });

  test('the days before stay as they are when more days come', () => {
    fc.assert(
      fc.property(lines, days, fc.nat(29), ({ metric }, days, known) => {
        const [before, after] = [costs(metric, days.slice(0, known), '2026-11-15'), costs(metric, days, '2026-11-15')];
        for (const [day, cost] of before) expect(after.get(day)).toBe(cost);
      }),
    );
  });

  test('the parts of a split sum to the whole', () => {
    fc.assert(
      fc.property(lines, fc.array(days, { minLength: 1, maxLength: 5 }), ({ metric, included }, parts) => {
        fc.pre(included.per !== 'zone-cycle');
        const together = parts[0]?.map((_, day) => parts.reduce((total, days) => total + (days[day] ?? 0n), 0n)) ?? [];
        const trimmed = parts.map((days) => together.map((_, day) => days[day] ?? 0n));
        const zones = trimmed.map((days, index) => ({ metric, zone: String(index), days }));
        expect(sum([...priced(zones).days()].map(({ cost }) => cost ?? 0n))).toBe(sum(costs(metric, together).values()));
      }),
    );
  });

  test('a price that changes inside the cycle counts from its day', () => {
    fc.assert(
      fc.property(lines, days, fc.integer({ min: 1, max: 28 }), ({ metric, price }, days, at) => {
        fc.pre(price !== null);
        const from = `2026-11-${String(at + 1).padStart(2, '0')}`;
        const pricing = listWith({ overrides: [{ metric, from, price: { amount: '1000', per: price?.per ?? '1' } }] });
        const before = [...priced([{ metric, days }], { pricing, today: '2026-11-15' }).days()].filter(({ day }) => day < from);
        const listed = costs(metric, days, '2026-11-15');
        for (const { day, cost } of before) expect(cost).toBe(listed.get(day) ?? null);
      }),
    );
  });
});

/** What a closed cycle costs, reckoned from all its days at once and in another way: with fractions of text. */
function wholeCycle(metric: string, days: readonly (bigint | null)[]): bigint {
  const line = defaultCard.lines.find((one) => one.metric === metric);
  if (!line?.price || line.status === 'free-on-paid' || line.status === 'announced-not-billed') return 0n;
  if (line.from !== null && line.from >= november.to) return 0n;
  const seen = days.filter((quantity) => quantity !== null);
  const included = quantityOf(line.included.quantity);
  const above = (quantity: bigint) => (quantity > included ? quantity - included : 0n);
  const total = sum(seen);
  const beyond =
    line.included.per === 'account-day'
      ? sum(seen.map(above))
      : line.aggregation === 'peak'
        ? above(seen.reduce((highest, one) => (one > highest ? one : highest), 0n))
        : line.aggregation === 'mean-of-daily-peaks'
          ? total > included * 30n
            ? total - included * 30n
            : 0n
          : above(total);
  return costOf(line, beyond, line.aggregation === 'mean-of-daily-peaks' ? 30n : 1n);
}

function costOf(line: Line, quantity: bigint, over: bigint): bigint {
  const unit = 10n ** 12n;
  const per = quantityOf(line.price?.per ?? '1');
  const amount = quantityOf(line.price?.amount ?? '0') * 1000n;
  if (quantity === 0n) return 0n;
  const up = (value: bigint, by: bigint) => (value + by - 1n) / by;
  const near = (value: bigint, by: bigint) => (2n * value + by) / (2n * by);
  const billionth = (whole: bigint) => quantity * 1_000_000_000n - whole * over;
  if (line.rounding === 'block') {
    const blocks = up(billionth(per), per * over * 1_000_000_000n);
    return (blocks < 1n ? 1n : blocks) * amount;
  }
  if (line.rounding === 'unit') return near(up(billionth(unit), unit * over * 1_000_000_000n) * unit * amount, per);
  if (line.rounding === 'nearest-unit') return near(near(quantity, unit * over) * unit * amount, per);
  return near(quantity * amount, per * over);
}

describe('a split', () => {
  test('gives in proportion, and sums to the whole', () => {
    const quantities = fc.array(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 22n }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), quantities, (cost, quantities) => {
        const parts = split(cost, quantities);
        expect(parts).toHaveLength(quantities.length);
        expect(sum(parts)).toBe(cost);
      }),
    );
    expect(split(10n, [1n, 1n, 1n])).toEqual([3n, 4n, 3n]);
    expect(split(10n, [3n, -1n])).toEqual([15n, -5n]);
    expect(split(-10n, [-3n, 1n])).toEqual([-15n, 5n]);
    expect(split(7n, [0n, 0n])).toEqual([7n, 0n]);
  });
});
