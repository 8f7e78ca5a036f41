import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysBetween, eachDay, nextMonth } from '../days.ts';
import type { Day } from '../days.ts';
import { defaultCard } from '../pricing/default-card.ts';
import { costText, quantityOf, quantityText } from '../pricing/decimal.ts';
import { pricingOf } from '../pricing/terms.ts';
import { lookAhead } from './account-outlook.ts';
import type { Now, UsedOnDay } from './account-outlook.ts';
import { project } from './project.ts';

const november = { from: '2026-11-01', to: '2026-12-01' };
const pricing = pricingOf(defaultCard);

const now = (through: Day, more: Partial<Now> = {}): Now => ({
  pricing,
  month: november,
  today: addDays(through, 1),
  through,
  isRead: () => true,
  ...more,
});

/** The same metric, day after day. */
function usage(
  metricId: string,
  from: Day,
  through: Day,
  quantityOn: number | ((day: Day) => number),
  more: Partial<UsedOnDay> = {},
): UsedOnDay[] {
  return Array.from(eachDay({ from, to: addDays(through, 1) }), (day) => ({
    series: 1,
    metricId,
    metricName: null,
    unit: null,
    zoneId: null,
    category: 'Developer',
    family: 'workers',
    billedIn: null,
    day,
    quantity: quantityOf(String(typeof quantityOn === 'number' ? quantityOn : quantityOn(day))),
    ...more,
  }));
}

const outlook = (used: readonly UsedOnDay[], at: Now, anchor: number | null = null) =>
  lookAhead({ organizations: ['root'], accountId: 'a', anchor, usage: used }, at);

/** The forecast of the only metric, as text. */
function only(used: readonly UsedOnDay[], at: Now) {
  const [forecast] = outlook(used, at).forecasts;
  if (!forecast || forecast.withheld !== null) return forecast?.withheld ?? null;
  return { low: costText(forecast.low), mid: costText(forecast.mid), high: costText(forecast.high), method: forecast.method };
}

const requests = 'workers_standard_requests'; // ten million included, every million begun after that costs 0.30

test('an account within its allowance that will use it up is forecast to pay', () => {
  const used = usage(requests, '2026-10-01', '2026-11-10', 800_000);
  const { forecasts, allowances } = outlook(used, now('2026-11-10'));
  // 30 x 0.8 = 24 million: 14 begun millions beyond the allowance
  expect(forecasts).toMatchObject([{ withheld: null, method: 'weekdays' }]);
  expect(only(used, now('2026-11-10'))).toEqual({ low: '4.2', mid: '4.2', high: '4.2', method: 'weekdays' });
  const [requestsAllowance] = allowances;
  // the thirteenth day makes 10.4 million
  expect(requestsAllowance).toMatchObject({ usedUpOn: '2026-11-13', cycle: november, termsDay: '2026-11-10' });
  expect(requestsAllowance && quantityText(requestsAllowance.summary.used)).toBe('8000000');
  expect(requestsAllowance?.expected && quantityText(requestsAllowance.expected)).toBe('24000000');
});

test('an allowance is used up on the first day whose use, seen and expected, is more than is included', () => {
  const amounts = fc.array(fc.integer({ min: 0, max: 900_000 }), { minLength: 40, maxLength: 40 });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 4, max: 29 }), (quantities, complete) => {
      const through = addDays('2026-10-31', complete);
      const used = usage(requests, addDays(through, -39), through, (day) => quantities[daysBetween(day, through)] ?? 0);
      const { allowances, forecasts } = outlook(used, now(through));
      expect(forecasts).toMatchObject([{ withheld: null }]);
      const projection = project(quantities.toReversed(), false);
      let sum = 0;
      let usedUpOn: Day | null = null;
      for (const day of eachDay(november)) {
        const ahead = daysBetween(through, day);
        sum += ahead > 0 ? Math.round((projection?.on(ahead) ?? 0) * 1e6) / 1e6 : (quantities[-ahead] ?? 0);
        if (sum > 10_000_000) usedUpOn ??= day;
      }
      expect(allowances).toMatchObject([{ usedUpOn }]);
      expect(Number(quantityText(allowances[0]?.expected ?? 0n))).toBeCloseTo(sum, 3);
    }),
  );
});

test('an allowance that a correction gave back is used up when it is used up again', () => {
  const used = usage(requests, '2026-10-01', '2026-11-10', (day) =>
    day === '2026-11-03' ? 9_500_000 : day === '2026-11-05' ? -6_000_000 : 300_000,
  );
  // 12.5 million on the third day is 6.2 million after ten: expected days of 0.3 million make 10 million again, or never
  const [allowance] = outlook(used, now('2026-11-10')).allowances;
  expect(allowance?.summary.billable).toBe(0n);
  expect(allowance?.usedUpOn ?? '9999').toSatisfy((day: Day) => day > '2026-11-10');
});

test('of a daily allowance the first day beyond it counts, though the next has its own', () => {
  const used = usage('workers_ai_neurons', '2026-10-01', '2026-11-10', (day) => (day === '2026-11-04' ? 12_000 : 8_000));
  expect(outlook(used, now('2026-11-10')).allowances).toMatchObject([{ usedUpOn: '2026-11-04' }]);
  const within = usage('workers_ai_neurons', '2026-10-01', '2026-11-10', 8_000);
  expect(outlook(within, now('2026-11-10')).allowances).toMatchObject([{ usedUpOn: null }]);
});

test('only what is left of the month is forecast: complete days have their cost', () => {
  const used = usage(requests, '2026-10-01', '2026-11-20', 1_000_000);
  expect(only(used, now('2026-11-20'))).toMatchObject({ mid: '3' });
  expect(outlook(used, now('2026-11-20')).allowances).toMatchObject([{ usedUpOn: '2026-11-11' }]);
});

test('an allowance that lasts is not expected to be used up', () => {
  const used = usage(requests, '2026-10-01', '2026-11-10', 300_000);
  expect(only(used, now('2026-11-10'))).toMatchObject({ mid: '0' });
  expect(outlook(used, now('2026-11-10')).allowances).toMatchObject([{ usedUpOn: null }]);
});

test('the band holds the forecast, and is wider the less steady usage is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 9_000_000 }), { minLength: 41, maxLength: 41 }),
      fc.integer({ min: 3, max: 40 }),
      (amounts, days) => {
        const first = addDays('2026-11-10', 1 - days);
        const used = usage(requests, first, '2026-11-10', (day) => amounts[Number(day.slice(8)) % 41] ?? 0);
        const [forecast] = outlook(used, now('2026-11-10')).forecasts;
        if (!forecast || forecast.withheld !== null) throw new Error('no forecast');
        expect(forecast.low <= forecast.mid && forecast.mid <= forecast.high && forecast.low >= 0n).toBe(true);
      },
    ),
  );
  const steady = only(usage(requests, '2026-10-01', '2026-11-10', 5_000_000), now('2026-11-10'));
  const uneven = usage(requests, '2026-10-01', '2026-11-10', (day) => (Number(day.slice(8)) % 2 === 0 ? 9_000_000 : 1_000_000));
  expect(steady).toMatchObject({ low: '30', mid: '30', high: '30' });
  const band = only(uneven, now('2026-11-10'));
  if (!band || typeof band === 'string') throw new Error('no forecast');
  expect(Number(band.high) - Number(band.low)).toBeGreaterThan(5);
});

test('fewer than three complete days are too few, and the day that is not over is none', () => {
  const partial = usage(requests, '2026-11-11', '2026-11-11', 900_000_000);
  expect(only([...usage(requests, '2026-11-09', '2026-11-10', 5), ...partial], now('2026-11-10'))).toBe('few-days');
  const used = usage(requests, '2026-11-01', '2026-11-10', 1_000_000);
  expect(only([...used, ...partial], now('2026-11-10'))).toMatchObject({ mid: '6', method: 'run-rate' });
  const unread = (day: Day) => day > '2026-11-08';
  expect(only(used, now('2026-11-10', { isRead: unread }))).toBe('few-days');
});

test('seats stay as many as they are', () => {
  const used = usage('zero_trust_seats', '2026-10-01', '2026-11-10', (day) => (day < '2026-11-08' ? 30 : 60));
  // 60 seats at 7.00 are 420 a cycle: 14 a day
  expect(only(used, now('2026-11-10'))).toEqual({ low: '280', mid: '280', high: '280', method: 'latest' });
  expect(outlook(usage('zero_trust_seats', '2026-10-01', '2026-11-01', 30), now('2026-11-20')).forecasts).toEqual([]);
});

test('what has no rate and what is billed in another currency has no forecast', () => {
  expect(only(usage('new_thing', '2026-10-01', '2026-11-10', 7), now('2026-11-10'))).toBe('no-rate');
  expect(only(usage(requests, '2026-10-01', '2026-11-10', 7, { billedIn: 'EUR' }), now('2026-11-10'))).toBe('other-currency');
  expect(only(usage(requests, '2026-10-01', '2026-11-10', 7, { billedIn: 'USD' }), now('2026-11-10'))).toMatchObject({
    mid: '0',
  });
});

test('a cycle that ends within the month gives way to the next one, with an allowance of its own', () => {
  const used = usage(requests, '2026-09-12', '2026-11-10', 1_000_000);
  const { forecasts, allowances } = outlook(used, now('2026-11-10'), 12);
  // on 11 November the old cycle is beyond its allowance; 19 days of the new one make 9 begun millions
  const [forecast] = forecasts;
  expect(forecast?.withheld === null && costText(forecast.mid)).toBe('3');
  expect(allowances).toMatchObject([{ cycle: { from: '2026-10-12', to: '2026-11-12' }, usedUpOn: '2026-10-22' }]);
});

test('on the last day of a month there is nothing left to forecast but that day', () => {
  const used = usage(requests, '2026-10-01', '2026-11-29', 1_000_000);
  expect(only(used, now('2026-11-29'))).toMatchObject({ mid: '0.3' });
  const first = now('2026-11-30', { today: '2026-12-01', month: { from: '2026-12-01', to: nextMonth('2026-12-01') } });
  expect(only(usage(requests, '2026-11-01', '2026-11-30', 1_000_000), first)).toMatchObject({ mid: '6.3' });
});
