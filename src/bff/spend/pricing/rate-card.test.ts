import { describe, expect, test } from 'vitest';
import { isKnownUnit, isSummable } from '../levels.ts';
import { customLine } from '../../../contract/canopy/custom-line.ts';
import { costOf, quantityOf } from './decimal.ts';
import { defaultCard } from './default-card.ts';
import { readRateCard } from '../../../contract/canopy/rate-card-rules.ts';

const custom = customLine(
  { metric: 'tidepool_seconds', name: 'Tidepool', family: 'Tidepool', unit: 'Seconds', summable: true },
  { amount: '2', per: '10' },
);
const card = { ...defaultCard, lines: [custom] };
const problems = (value: unknown) => {
  const read = readRateCard(value);
  return 'problems' in read ? read.problems.map(({ field, message }) => `${field} ${message}`) : [];
};
const withLine = (line: object) => problems({ ...card, lines: [{ ...custom, ...line }] });
const withOverrides = (...overrides: object[]) => problems({ ...card, overrides });

describe('the default card', () => {
  test('is a card, and says of every line where it was read', () => {
    expect(problems(defaultCard)).toEqual([]);
    expect(defaultCard).toMatchObject({ id: 'cloudflare-list', currency: 'USD', overrides: [], mappings: [] });
    expect(defaultCard.lines).toHaveLength(97);
    for (const { source, certainty } of defaultCard.lines) {
      expect(source.url + source.evidence).not.toBe('');
      expect(certainty).not.toBe('custom');
    }
  });

  test('has the units and levels that the store knows', () => {
    for (const { metric, unit, aggregation } of defaultCard.lines) {
      expect(isKnownUnit(unit), unit).toBe(true);
      expect(isSummable(metric, unit), metric).toBe(aggregation === 'sum' || aggregation === 'gb-month');
    }
  });

  test('prices the number of units that its FOCUS unit names', () => {
    for (const { metric, price, pricingUnit, unit } of defaultCard.lines) {
      if (!price || pricingUnit === null) continue;
      const [, count = '1', name] = /^(?:(\d+) )?(.*)$/.exec(pricingUnit) ?? [];
      expect(name, metric).toBe(unit);
      // a price by the pricing unit has no more digits than a cost
      expect((costOf(price.amount) * quantityOf(count)) % quantityOf(price.per), metric).toBe(0n);
    }
  });
});

describe('a card that a person wrote', () => {
  test('is taken as it is', () => {
    expect(readRateCard(card)).toEqual({ card });
    expect(
      withOverrides(
        { discount: '10' },
        { account: 'a', metric: 'tidepool_seconds', price: null, from: '2026-01-01', until: '2026-02-01' },
        { account: 'a', metric: 'tidepool_seconds', price: { amount: '1', per: '1' }, from: '2026-02-01' },
        { account: 'a', included: null, discount: '0.5' },
      ),
    ).toEqual([]);
  });

  test.each([
    [{ price: { amount: 0.3, per: '1' } }, 'lines.0.price.amount must be a decimal number in quotes'],
    [
      { price: { amount: '1e3', per: '1' } },
      'lines.0.price.amount must be a decimal number such as 0.30, with at most 12 digits after the point',
    ],
    [
      { price: { amount: '-1', per: '1' } },
      'lines.0.price.amount must be a decimal number such as 0.30, with at most 12 digits after the point',
    ],
    [{ price: { amount: '1000000000000', per: '1' } }, 'lines.0.price.amount must be less than 1,000,000,000,000'],
    [{ price: { amount: '1', per: '0.0' } }, 'lines.0.price.per must be more than zero'],
    [{ price: { amount: '1' } }, 'lines.0.price.per must be a decimal number in quotes'],
    [{ prise: 1 }, 'lines.0.prise is not a field of a rate card'],
    [{ rounding: 'up' }, 'lines.0.rounding must be one of none, block, unit, nearest-unit'],
    [{ from: '2026-02-30' }, 'lines.0.from must be a date, YYYY-MM-DD'],
    [{ from: '2026-02-01', until: '2026-02-01' }, 'lines.0.until must be after from'],
    [{ price: null }, 'lines.0.price may be null only where the status is contract-only'],
    [{ status: 'contract-only' }, 'lines.0.status contract-only has no list price'],
    [
      { included: { quantity: '5', per: 'none', pool: null } },
      'lines.0.included.per must say how often the quantity is included',
    ],
    [
      { included: { quantity: '5', per: 'account-day', pool: 'p' } },
      'lines.0.included.pool may be shared only by quantities that add up, once an account and cycle',
    ],
  ])('%j: %s', (line, problem) => {
    expect(withLine(line)).toEqual([problem]);
  });

  test.each([
    [[{ metric: 'nothing', discount: '1' }], 'overrides.0.metric nothing has no line: add one to price it'],
    [[{ account: 'a' }], 'overrides.0.price or a discount or an included quantity must be given'],
    [[{ account: 'a', price: { amount: '1', per: '1' } }], 'overrides.0.price needs a metric: one price cannot fit every line'],
    [[{ account: 'a', included: '5' }], 'overrides.0.included needs a metric: one allowance cannot fit every line'],
    [[{ discount: '100.1' }], 'overrides.0.discount must be 0 to 100, with at most 4 digits after the point'],
    [[{ account: 'a', organization: 'a'.repeat(32), discount: '1' }], 'overrides.0.account cannot stand beside an organization'],
    [[{ organization: 'x', discount: '1' }], 'overrides.0.organization must be 32 lower-case letters and digits'],
    [[{ discount: '1', from: '2026-02-01', until: '2026-01-01' }], 'overrides.0.until must be after from'],
    [
      [
        { account: 'a', discount: '1', until: '2026-02-01' },
        { account: 'a', discount: '2', from: '2026-01-31' },
      ],
      'overrides.1.discount is given by overrides.0 for some of the same days',
    ],
  ])('%j: %s', (overrides, problem) => {
    expect(withOverrides(...overrides)).toEqual([problem]);
  });

  test('overlapping overrides are found whatever their order', () => {
    const on = (from: string, until?: string) => ({ account: 'a', discount: '1', from, ...(until ? { until } : {}) });
    expect(withOverrides(on('2026-03-01'), on('2026-01-01', '2026-02-01'), on('2026-02-01', '2026-03-02'))).toEqual([
      'overrides.2.discount is given by overrides.0 for some of the same days',
    ]);
    // a long one reaches over a short one that began after it
    expect(withOverrides(on('2026-01-01', '2026-06-01'), on('2026-02-01', '2026-02-02'), on('2026-05-01', '2026-07-01'))).toEqual(
      [
        'overrides.1.discount is given by overrides.0 for some of the same days',
        'overrides.2.discount is given by overrides.0 for some of the same days',
      ],
    );
  });

  test('as many overrides as a card may hold are checked in a moment', () => {
    const day = (index: number) => new Date(Date.UTC(2000, 0, index)).toISOString().slice(0, 10);
    const overrides = Array.from({ length: 20_000 }, (_, at) => ({ discount: '1', from: day(at), until: day(at + 1) }));
    expect(withOverrides(...overrides)).toEqual([]); // each with each takes longer than a test may
  });

  test('a list that is too long is one mistake, whatever is in it', () => {
    const overrides = Array.from({ length: 500_000 }, () => 1);
    expect(problems({ ...card, overrides })).toEqual(['overrides must hold at most 20,000 overrides']);
  });

  test('names are of one line, and a mapping leads to one', () => {
    const other = { ...custom, metric: 'other', name: ' TIDEPOOL (first 5 are included)' };
    expect(problems({ ...card, lines: [custom, other] })).toEqual([
      'lines.1.name  TIDEPOOL (first 5 are included) is a name of tidepool_seconds already',
    ]);
    expect(problems({ ...card, lines: [custom, custom] })).toEqual(['lines.1.metric tidepool_seconds has a line already']);
    const pooled = (metric: string, quantity: string) => ({
      ...custom,
      metric,
      name: metric,
      included: { quantity, per: 'account-cycle', pool: 'p' },
    });
    expect(problems({ ...card, lines: [pooled('a', '1'), pooled('b', '2')] })).toEqual([
      'lines.1.included.pool must have the unit and included quantity of a, which shares it',
    ]);
    expect(
      problems({
        ...card,
        mappings: [
          { metric: 'x', line: 'y' },
          { metric: 'X ', line: 'tidepool_seconds' },
        ],
      }),
    ).toEqual(['mappings.0.line y is no line of the card', 'mappings.1.metric X  is mapped already']);
  });

  test('what is no card at all says so', () => {
    expect(problems(null)).toEqual(['card is missing or has the wrong form']);
    expect(problems({ ...card, currency: 'usd' })).toEqual(['currency must be an ISO 4217 code']);
  });
});

test('a metric that no list knows is a level where its unit is one', () => {
  const line = (unit: string) => customLine({ metric: 'x', name: 'X', family: 'X', unit, summable: isSummable('x', unit) }, null);
  expect([line('Seats').aggregation, line('Seconds').aggregation, line('Seconds').status]).toEqual([
    'peak',
    'sum',
    'contract-only',
  ]);
});
