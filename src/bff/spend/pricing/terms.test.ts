import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costText } from './decimal.ts';
import { customLine } from '../../../contract/canopy/custom-line.ts';
import { defaultCard } from './default-card.ts';
import { matcherOf } from '../../../contract/canopy/rate-card-match.ts';
import type { Override } from '../../../contract/canopy/rate-card.ts';
import { bill, costsOf, listWith, priced } from './testing.ts';

const root = '0'.repeat(32);
const reseller = '1'.repeat(32);
const metric = 'workers_standard_requests';

/** What 20 million requests in the first two days of November cost, 10 million each day: 3.00 by the list. */
const cost = (...overrides: Override[]) =>
  bill([{ metric, days: [1e7, 1e7] }], { pricing: listWith({ overrides }), organizations: [root, reseller], accountId: 'a' });
const price = (amount: string) => ({ amount, per: '1000000' });

describe('overrides', () => {
  test('of other months cost nothing', () => {
    const day = (index: number) => new Date(Date.UTC(2000, 0, index)).toISOString().slice(0, 10);
    const years = Array.from({ length: 20_000 }, (_, at) => ({ discount: '50', from: day(at), until: day(at + 1) }));
    const pricing = listWith({ overrides: years });
    const november = { from: '2026-11-01', to: '2026-12-01' };
    expect(pricing.overridesOf({ organizations: [], accountId: 'a' }, november)).toHaveLength(30);
    expect(cost(...years)).toBe('1.5');
  });

  test.each<[string, Override[], string | null]>([
    ['none', [], '3'],
    ['a discount for all', [{ discount: '10' }], '2.7'],
    ['a price', [{ metric, price: price('0.10') }], '1'],
    ['another metric', [{ metric: 'workers_cpu_ms', price: price('9') }], '3'],
    ['another account', [{ account: 'b', discount: '50' }], '3'],
    [
      'a discount as near as the price',
      [
        { metric, discount: '50' },
        { metric, price: price('0.20') },
      ],
      '1',
    ],
    ['no allowance', [{ account: 'a', included: null }], '6'],
    ['another allowance', [{ account: 'a', metric, included: '19999999' }], '0.3'],
    ['an unknown price', [{ account: 'a', metric, price: null }], null],
    ['a zero price', [{ account: 'a', metric, price: price('0') }], '0'],
    ['an organization above', [{ organization: root, discount: '50' }], '1.5'],
    [
      'the nearer organization',
      [
        { organization: reseller, discount: '10' },
        { organization: root, discount: '50' },
      ],
      '2.7',
    ],
    [
      'the account before them',
      [
        { account: 'a', discount: '20' },
        { organization: reseller, discount: '10' },
      ],
      '2.4',
    ],
    [
      'a metric before all',
      [
        { account: 'a', metric, discount: '30' },
        { account: 'a', discount: '10' },
      ],
      '2.1',
    ],
    ['a price is net', [{ discount: '50' }, { account: 'a', metric, price: price('0.20') }], '2'],
    ['with a discount of its own', [{ account: 'a', metric, price: price('0.20'), discount: '50' }], '1'],
    [
      'a nearer discount lowers it',
      [
        { organization: root, metric, price: price('0.20') },
        { account: 'a', discount: '50' },
      ],
      '1',
    ],
    [
      'each property by itself',
      [
        { organization: root, metric, included: '0' },
        { account: 'a', discount: '50' },
      ],
      '3',
    ],
    ['from its date', [{ discount: '50', from: '2026-11-02' }], '1.5'],
    ['to its date', [{ discount: '50', until: '2026-11-02' }], '3'],
    ['before the cycle', [{ discount: '50', until: '2026-11-01' }], '3'],
  ])('%s', (_, overrides, expected) => {
    expect(cost(...overrides)).toBe(expected);
  });

  test('a price that changes inside the cycle leaves the days before as they were', () => {
    const overrides = [{ metric, from: '2026-11-03', price: price('1') }];
    expect(costsOf(metric, [1e7, 5e6, 5e6, 1e6], { pricing: listWith({ overrides }) })).toEqual(['0', '1.5', '5', '1']);
  });

  test('a larger allowance inside the cycle gives nothing back, a smaller one takes nothing after', () => {
    const with_ = (included: string) => listWith({ overrides: [{ metric, from: '2026-11-03', included }] });
    expect(costsOf(metric, [1e7, 5e6, 5e6, 5e6], { pricing: with_('20000000') })).toEqual(['0', '1.5', '0', '1.5']);
    expect(costsOf(metric, [1e7, 5e6, 5e6, 5e6], { pricing: with_('0') })).toEqual(['0', '1.5', '1.5', '1.5']);
  });

  test('usage of days without a rate uses up no allowance', () => {
    const overrides = [{ metric, until: '2026-11-02', price: null }];
    expect(costsOf(metric, [1e8, 1e7, 1e6], { pricing: listWith({ overrides }) })).toEqual([null, '0', '0.3']);
  });

  test('an allowance of metrics that share one is for all of them', () => {
    const pool = [
      { metric, days: [3e7] },
      { metric: 'pages_functions_requests', days: [3e7] },
    ];
    const shared = (overrides: Override[]) => bill(pool, { pricing: listWith({ overrides }) });
    expect(shared([])).toBe('15');
    expect(shared([{ metric: 'pages_functions_requests', included: '20000000' }])).toBe('12');
    expect(shared([{ metric, included: '20000000' }])).toBe('12');
    expect(
      shared([
        { metric, included: '20000000' },
        { account: 'account', included: null },
      ]),
    ).toBe('18');
    expect(shared([{ metric, included: '20000000', from: '2026-11-02' }])).toBe('15');
  });

  test('a price that changes inside the cycle changes only its share from its day on', () => {
    const overrides = [{ metric, from: '2026-11-02', price: price('1') }];
    const pool = [
      { metric, days: [12e6, 1e6] },
      { metric: 'pages_functions_requests', days: [0, 13e6] },
    ];
    // day 1: 2 M beyond, 0.60. Day 2: 16 M of 26 M, half of them Workers: 8 less the 2 of day 1, at the new price
    const days = [...priced(pool, { pricing: listWith({ overrides }) }).days()];
    expect(days.map(({ cost }) => costText(cost ?? 0n))).toEqual(['0.6', '6', '0', '2.4']);
  });

  test('a price for a line without one, for a free and for an announced one', () => {
    const priceOf = (metric: string) => listWith({ overrides: [{ metric, price: { amount: '2', per: '1000' } }] });
    expect(bill([{ metric: 'cdn_requests', days: [1500] }], { pricing: priceOf('cdn_requests') })).toBe('3');
    expect(bill([{ metric: 'hyperdrive_queries', days: [1500] }], { pricing: priceOf('hyperdrive_queries') })).toBe('3');
    expect(
      bill([{ metric: 'analytics_engine_queries', days: [1e6, 500] }], { pricing: priceOf('analytics_engine_queries') }),
    ).toBe('2');
  });

  test('a discount never raises a bill, and an allowance neither', () => {
    const lines = fc.constantFrom(...defaultCard.lines);
    const days = fc.array(fc.bigInt({ min: 0n, max: 10n ** 21n }), { minLength: 1, maxLength: 30 });
    const percent = fc.integer({ min: 0, max: 1_000_000 }).map((millionths) => String(millionths / 10_000));
    const total = (metric: string, days: readonly bigint[], overrides: Override[]) =>
      [...priced([{ metric, days }], { pricing: listWith({ overrides }) }).days()].reduce(
        (sum, { cost }) => sum + (cost ?? 0n),
        0n,
      );
    fc.assert(
      fc.property(lines, days, percent, fc.nat(1_000_000), ({ metric }, days, discount, included) => {
        const listed = total(metric, days, []);
        expect(total(metric, days, [{ discount }])).toBeLessThanOrEqual(listed);
        const without = total(metric, days, [{ included: null }]);
        expect(without).toBeGreaterThanOrEqual(listed);
        expect(total(metric, days, [{ metric, included: String(included) }])).toBeLessThanOrEqual(without);
      }),
    );
  });
});

describe('a metric finds its line', () => {
  const own = customLine({ metric: 'own', name: 'Own Metric', family: 'Own', unit: '', summable: true }, price('1'));
  const card = {
    ...defaultCard,
    lines: [...defaultCard.lines, { ...own, aliases: ['Older name'] }],
    mappings: [
      { metric: 'New Requests', line: metric },
      { metric: 'own', line: metric },
    ],
  };
  const lineOf = matcherOf(card);
  test.each([
    ['workers_cpu_ms', null, 'workers_cpu_ms'],
    ['workers_cpu_ms', 'KV Storage', 'workers_cpu_ms'],
    ['x', 'Workers CPU ms (first 30M are included)', 'workers_cpu_ms'],
    [null, ' kv  STORAGE ', 'kv_storage'],
    ['KV Storage', null, 'kv_storage'],
    ['x', 'Regular Twitch Neurons (RTN)', 'workers_ai_neurons'],
    ['x', 'OLDER NAME', 'own'],
    ['own', null, 'own'],
    ['new requests', 'x', metric],
    ['x', 'New requests', metric],
    ['x', 'y', undefined],
    [null, null, undefined],
  ])('%s, %s: %s', (metricId, metricName, line) => {
    expect(lineOf({ metricId, metricName })?.metric).toBe(line);
  });

  test('and a unit that is written in another way is the same unit', () => {
    const gigabytes = (unit: string) => bill([{ metric: 'kv_storage', unit, days: [3] }]);
    expect(['GB-Months', 'GB-months', '', 'Count'].map(gigabytes)).toEqual(['1', '1', '1', '1']);
    expect(gigabytes('Bytes')).toBeNull();
    const [day] = priced([{ metric: 'own', unit: 'Anything', days: ['2'] }], { pricing: listWith(card) }).days();
    expect(costText(day?.cost ?? 0n)).toBe('0.000002');
  });
});
