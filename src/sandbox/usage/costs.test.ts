import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayFromText, dayText } from '../seed/days.ts';
import { chargeOf, cycleOf, type Metered } from './costs.ts';
import { decimal, decimalOf, digitsOf, divided, ratio, times } from './decimal.ts';
import { metrics, type Metric } from './metrics.ts';
import { split } from './split.ts';

function metricOf(id: string): Metric {
  const metric = metrics.find((one) => one.id === id);
  if (!metric) throw new Error(`the catalogue has no metric ${id}`);
  return metric;
}

const november = { start: dayFromText('2026-11-01'), end: dayFromText('2026-12-01') };
const metered = (metricId: string, quantities: readonly number[], more: Partial<Metered> = {}): Metered => ({
  metric: metricOf(metricId),
  cycle: november,
  zones: 1,
  currency: 'USD',
  quantities: quantities.map(decimalOf),
  pool: [],
  ...more,
});

/** What the days of a cycle cost together. */
function bill(metricId: string, quantities: readonly number[], more: Partial<Metered> = {}): string {
  const days = quantities.map((_, index) => chargeOf(metered(metricId, quantities.slice(0, index + 1), more)));
  return digitsOf(days.reduce((total, charge) => total + (charge?.listCost ?? 0n), 0n));
}

describe('decimals', () => {
  it.each(['0', '0.0000000005', '-12.5', '9007199254740993', '0.000047300001'])('reads and writes %s', (digits) => {
    expect(digitsOf(decimal(digits))).toBe(digits);
  });

  it('never writes an exponent', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), (value) => {
        expect(digitsOf(decimalOf(value))).toMatch(/^-?\d+(\.\d+)?$/);
      }),
    );
  });

  it('rounds half away from zero', () => {
    expect([divided(5n, 2n), divided(-5n, 2n), divided(4n, 3n)]).toEqual([3n, -3n, 1n]);
    expect(digitsOf(times(decimal('0.1'), decimal('0.2')))).toBe('0.02');
    expect(digitsOf(ratio(decimal('1'), decimal('3')))).toBe('0.333333333333');
  });
});

describe('a bill', () => {
  it.each([
    ['workers_cpu_ms', [39_160_000], '0.2'],
    ['r2_storage_class_a_operations', [600_000, 615_000], '4.5'],
    ['workers_standard_requests', [40_000_000, 60_000_000], '27'],
    ['workers_cpu_ms', [350_000_000, 350_000_000], '13.4'],
    ['cache_reserve_class_b_operations', [166_865], '0.36'],
    ['workers_standard_requests', [9_000_000], '0'],
  ])('of %s for %j is %s', (metricId, quantities, expected) => {
    expect(bill(metricId, quantities)).toBe(expected);
  });

  it('lands on the day the allowance is used up', () => {
    const upToYesterday = chargeOf(metered('workers_standard_requests', [4_000_000, 5_000_000]));
    const today = chargeOf(metered('workers_standard_requests', [4_000_000, 5_000_000, 2_000_000]));
    expect(upToYesterday?.listCost).toBe(0n);
    expect(digitsOf(today?.listCost ?? 0n)).toBe('0.3');
  });

  it('gives a daily allowance once a day', () => {
    expect(bill('workers_ai_neurons', [14_000, 9000, 12_000])).toBe('0.066');
  });

  it('shares one allowance between the metrics of a pool', () => {
    const requests = [8_000_000].map(decimalOf);
    const functions = [12_000_000].map(decimalOf);
    const alone = chargeOf(metered('workers_standard_requests', [8_000_000]));
    const together = chargeOf(metered('workers_standard_requests', [8_000_000], { pool: [requests, functions] }));
    expect(alone?.listCost).toBe(0n);
    // ten million beyond the allowance, two fifths of them requests of Workers
    expect(digitsOf(together?.listCost ?? 0n)).toBe('1.2');
  });

  it('spreads a level over the cycle instead of adding it up', () => {
    const month = Array.from({ length: 30 }, () => 10);
    expect(Number(bill('zero_trust_seats', month))).toBeCloseTo(70, 6);
  });

  it('is in another currency at a fixed rate, and absent without a price', () => {
    expect(bill('workers_standard_requests', [20_000_000], { currency: 'EUR' })).toBe('2.76');
    expect(chargeOf(metered('cdn_requests', [1e9]))).toBeNull();
  });

  it('charges nothing where a price is announced only', () => {
    const charge = chargeOf(metered('analytics_engine_data_points', [20_000_000]));
    expect([digitsOf(charge?.listCost ?? 0n), charge?.billedCost]).toEqual(['2.5', 0n]);
  });

  it('never goes down as days go by', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40_000_000 }), { minLength: 1, maxLength: 31 }), (quantities) => {
        const charge = chargeOf(metered('workers_standard_requests', quantities));
        expect((charge?.listCost ?? 0n) >= 0n).toBe(true);
      }),
    );
  });
});

describe('a billing cycle', () => {
  const shown = (day: string, cycleDay: number) => {
    const { start, end } = cycleOf(dayFromText(day), cycleDay);
    return [dayText(start), dayText(end)];
  };
  it('starts on its day, or on the last day of a shorter month', () => {
    expect(shown('2026-11-22', 1)).toEqual(['2026-11-01', '2026-12-01']);
    expect(shown('2026-11-11', 12)).toEqual(['2026-10-12', '2026-11-12']);
    expect(shown('2026-11-12', 12)).toEqual(['2026-11-12', '2026-12-12']);
    expect(shown('2026-03-01', 31)).toEqual(['2026-02-28', '2026-03-31']);
  });

  it('holds its day, and the next one follows without a gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 19_000, max: 23_000 }), fc.integer({ min: 1, max: 31 }), (day, cycleDay) => {
        const cycle = cycleOf(day, cycleDay);
        expect(cycle.start <= day && day < cycle.end).toBe(true);
        expect(cycleOf(cycle.end, cycleDay).start).toBe(cycle.end);
      }),
    );
  });
});

describe('a split', () => {
  it('adds up to the whole, to the last digit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e12, noNaN: true }),
        fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 9 }),
        fc.boolean(),
        (total, weights, whole) => {
          const sum = weights.reduce((one, other) => one + other, 0);
          const value = decimalOf(whole ? Math.round(total) : total);
          const parts = split(
            value,
            weights.map((weight) => ({ share: weight / sum })),
            whole,
          );
          expect(parts.reduce((one, other) => one + other, 0n)).toBe(value);
        },
      ),
    );
  });
});
