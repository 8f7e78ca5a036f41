import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayFromText, dayMilliseconds, dayText, isWeekend } from '../seed/days.ts';
import { AccountUsage, type RowChoice } from './account-usage.ts';
import type { StoryName, UsageAccount, UsagePlan } from './plan.ts';

interface Row {
  BillingAccountId: string;
  BillingAccountName: string;
  ChargePeriodStart: string;
  ChargePeriodEnd: string;
  ConsumedQuantity: number;
  ConsumedUnit: string;
  x_BillableMetricId: string;
  x_ProductCategoryName?: string;
  x_ZoneId?: string;
  x_ZoneName?: string | null;
  SubAccountId?: string;
  ChargeClass?: string;
  BillingCurrency?: string;
  BillingPeriodStart?: string;
  PricingQuantity?: number;
  ListUnitPrice?: number;
  ListCost?: number;
  BilledCost?: number | null;
}

const seedDay = dayFromText('2026-11-22');
const now = Date.parse('2026-11-22T14:02:00Z');
const everything: RowChoice = { byZone: false };

function account(plan: Partial<UsagePlan> = {}, more: Partial<UsageAccount> = {}): UsageAccount {
  return {
    id: 'b'.repeat(32),
    name: 'Trial & Error',
    type: 'standard',
    created: now - 500 * dayMilliseconds,
    plan: { kind: 'general', size: 0.8, zones: 4, cycleDay: 1, currency: 'USD', costsFrom: null, stories: [], ...plan },
    ...more,
  };
}

const parsed = (texts: readonly string[]) => texts.map((text) => JSON.parse(text) as Row);
const rowsOf = (one: UsageAccount, from: string, to = from, choice = everything, at = now) =>
  parsed(new AccountUsage(one, 1, seedDay).rows(dayFromText(from), dayFromText(to), at, choice));
const telling = (...stories: StoryName[]) => account({ stories });
const of = (rows: readonly Row[], metricId: string) => rows.filter((row) => row.x_BillableMetricId === metricId);
const quantity = (rows: readonly Row[]) => rows.reduce((sum, row) => sum + row.ConsumedQuantity, 0);

describe('usage', () => {
  it('is the same whether days are asked for one by one or together', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 12 }), fc.boolean(), (ago, length, billed) => {
        const one = account({ costsFrom: billed ? 0 : null, cycleDay: 12 });
        const first = seedDay - ago - length;
        const together = new AccountUsage(one, 1, seedDay).rows(first, first + length, now, everything);
        const singly = Array.from({ length: length + 1 }, (_, index) =>
          new AccountUsage(one, 1, seedDay).rows(first + index, first + index, now, everything),
        ).flat();
        expect(singly).toEqual(together);
      }),
      { numRuns: 25 },
    );
  });

  it('adds up to the same quantities and costs with and without zones', () => {
    const one = account({ size: 1.2, costsFrom: 0 });
    const flat = rowsOf(one, '2026-11-03');
    const split = rowsOf(one, '2026-11-03', '2026-11-03', { byZone: true });
    for (const { x_BillableMetricId: id } of flat) {
      expect(quantity(of(split, id))).toBeCloseTo(quantity(of(flat, id)), 5);
      const cost = (rows: readonly Row[]) => of(rows, id).reduce((sum, row) => sum + (row.BilledCost ?? 0), 0);
      expect(cost(split)).toBeCloseTo(cost(flat), 9);
    }
    expect(split.length).toBeGreaterThan(flat.length);
  });

  it('begins with the account and ends with today', () => {
    const young = account({}, { created: Date.parse('2026-11-20T10:00:00Z') });
    const days = new Set(rowsOf(young, '2026-11-01', '2026-11-30').map((row) => row.ChargePeriodStart.slice(0, 10)));
    expect([...days]).toEqual(['2026-11-20', '2026-11-21', '2026-11-22']);
    expect(rowsOf(account({}, { created: 0 }), '2025-10-21')).toEqual([]);
    expect(rowsOf(account({}, { created: 0 }), '2025-10-22')).not.toEqual([]);
  });

  it('fills today as it goes by, and a day does not change once it is settled', () => {
    const at = (time: string) =>
      quantity(of(rowsOf(account(), '2026-11-22', '2026-11-22', everything, Date.parse(time)), 'workers_standard_requests'));
    expect(at('2026-11-22T06:00:00Z')).toBeLessThan(at('2026-11-22T18:00:00Z'));
    expect(rowsOf(account(), '2026-11-10')).toEqual(
      rowsOf(account(), '2026-11-10', '2026-11-10', everything, now + 90 * dayMilliseconds),
    );
  });

  it('has every required column, ends after a day, and no cost today', () => {
    for (const row of rowsOf(account(), '2026-11-18')) {
      expect(row).toMatchObject({ ServiceProviderName: 'Cloudflare', ChargeCategory: 'Usage', ChargeFrequency: 'Usage-Based' });
      expect([row.ChargePeriodStart, row.ChargePeriodEnd]).toEqual(['2026-11-18T00:00:00Z', '2026-11-19T00:00:00Z']);
      expect(row).not.toHaveProperty('BilledCost');
      expect(row).not.toHaveProperty('BillingCurrency');
    }
  });

  it('is chosen by metric and family', () => {
    const choice = { ...everything, metricIds: new Set(['workers_cpu_ms', 'unknown']) };
    expect(new Set(rowsOf(account(), '2026-11-18', '2026-11-18', choice).map((row) => row.x_BillableMetricId))).toEqual(
      new Set(['workers_cpu_ms']),
    );
    expect(rowsOf(account(), '2026-11-18', '2026-11-18', { ...everything, familyIds: new Set(['nothing']) })).toEqual([]);
  });

  it('is nothing for an idle account', () => {
    expect(rowsOf(account({ kind: 'idle' }), '2026-11-01', '2026-11-22')).toEqual([]);
  });
});

describe('costs', () => {
  it('appear on the day billing begins, in the currency of the account and in its cycle', () => {
    const one = account({ costsFrom: dayFromText('2026-11-05'), currency: 'EUR', cycleDay: 12 });
    expect(rowsOf(one, '2026-11-04').some((row) => 'BilledCost' in row)).toBe(false);
    const billed = rowsOf(one, '2026-11-05').filter((row) => 'BilledCost' in row);
    expect(billed.length).toBeGreaterThan(3);
    expect(new Set(billed.map((row) => row.BillingCurrency))).toEqual(new Set(['EUR']));
    expect(billed[0]?.BillingPeriodStart).toBe('2026-10-12T00:00:00Z');
  });

  it('are null for a few accounts, which is not the same as absent', () => {
    const firsts = Array.from({ length: 60 }, (_, index) => rowsOf(account({}, { id: `null-${index}` }), '2026-11-10')[0]);
    const withNulls = firsts.filter((row) => row?.BilledCost === null);
    expect(withNulls.length).toBeGreaterThan(0);
    expect(withNulls.length).toBeLessThan(15);
  });

  it('are price times quantity', () => {
    for (const row of rowsOf(account({ costsFrom: 0, size: 1.3 }), '2026-11-01', '2026-11-20')) {
      if (row.ListCost === undefined) continue;
      expect(row.ListCost).toBeCloseTo((row.ListUnitPrice ?? 0) * (row.PricingQuantity ?? 0), 9);
    }
  });
});

describe('stories', () => {
  it('a runaway: forty times the duration from the twelfth', () => {
    const one = telling('durable-objects-runaway');
    const on = (day: string) => quantity(of(rowsOf(one, day), 'durable_objects_compute_duration'));
    expect(on('2026-11-12') / on('2026-11-11')).toBeGreaterThan(15);
    expect(on('2026-12-13')).toBe(0);
  });

  it('a list loop: one day twenty-five times as high', () => {
    const rows = rowsOf(telling('r2-list-loop'), '2026-11-08', '2026-11-10');
    const [before, during, after] = ['08', '09', '10'].map((day) =>
      quantity(of(rows, 'r2_storage_class_a_operations').filter((row) => row.ChargePeriodStart.startsWith(`2026-11-${day}`))),
    );
    expect(during).toBeGreaterThan(10 * Math.max(before ?? 0, after ?? 0));
  });

  it('neurons: over the daily allowance on weekdays only, and below it on average over a week', () => {
    const days = Array.from({ length: 14 }, (_, index) => seedDay - 20 + index);
    const one = telling('neurons-on-weekdays');
    for (const day of days) {
      const used = quantity(of(rowsOf(one, dayText(day)), 'workers_ai_neurons'));
      if (isWeekend(day)) expect(used).toBeLessThan(1000);
      else expect(used).toBeGreaterThan(7000);
    }
  });

  it('a cache that warms up: writes first, reads from then on', () => {
    const rows = rowsOf(telling('cache-reserve-warm-up'), '2026-10-20', '2026-11-14');
    const on = (metric: string, day: string) => quantity(of(rows, metric).filter((row) => row.ChargePeriodStart.startsWith(day)));
    expect(on('cache_reserve_class_a_operations', '2026-10-20')).toBe(0);
    expect(on('cache_reserve_class_a_operations', '2026-10-27')).toBeGreaterThan(
      10 * on('cache_reserve_class_a_operations', '2026-11-10'),
    );
    expect(on('cache_reserve_class_b_operations', '2026-11-10')).toBeGreaterThan(
      10 * on('cache_reserve_class_b_operations', '2026-10-27'),
    );
  });

  it('another name in the first half of the month, the same id', () => {
    const rows = rowsOf(telling('renamed'), '2026-11-14', '2026-11-15');
    expect(new Set(rows.map((row) => row.BillingAccountName)).size).toBe(2);
    expect(new Set(rows.map((row) => row.BillingAccountId)).size).toBe(1);
  });

  it('a zone that goes from one account to another on the fifteenth', () => {
    const has = (story: StoryName, day: string) =>
      of(rowsOf(telling(story), day), 'argo_smart_routing_bytes').some((row) => row.x_ZoneName === 'harvest-festival.example');
    expect([has('zone-given', '2026-11-14'), has('zone-taken', '2026-11-14')]).toEqual([true, false]);
    expect([has('zone-given', '2026-11-15'), has('zone-taken', '2026-11-15')]).toEqual([false, true]);
  });

  it('a deleted zone keeps its id and loses its name', () => {
    const [before] = of(rowsOf(telling('zone-deleted'), '2026-11-10'), 'argo_smart_routing_bytes');
    const [after] = of(rowsOf(telling('zone-deleted'), '2026-11-20'), 'argo_smart_routing_bytes');
    expect(after?.x_ZoneId).toBe(before?.x_ZoneId);
    expect([typeof before?.x_ZoneName, after?.x_ZoneName]).toEqual(['string', null]);
  });

  it('a missing day', () => {
    const days = new Set(
      rowsOf(telling('missing-day'), '2026-11-14', '2026-11-18').map((row) => row.ChargePeriodStart.slice(8, 10)),
    );
    expect([...days]).toEqual(['14', '15', '17', '18']);
  });

  it('late data: some accounts have only a part of yesterday at first', () => {
    const yesterday = '2026-11-21';
    const requests = (id: string, at: number) =>
      quantity(of(rowsOf(account({}, { id: id.repeat(32) }), yesterday, yesterday, everything, at), 'workers_standard_requests'));
    const ids = Array.from({ length: 80 }, (_, index) => String.fromCodePoint(0x100 + index));
    const late = ids.filter((id) => requests(id, now) < requests(id, now + 5 * dayMilliseconds));
    expect(late.length).toBeGreaterThan(0);
    expect(late.length).toBeLessThan(ids.length / 4);
  });

  it('corrections: negative costs for charges of the month before, once the month is over', () => {
    const one = account({ stories: ['corrections'], costsFrom: 0, size: 1.2 });
    const corrections = rowsOf(one, '2026-10-19', '2026-10-23').filter((row) => row.ChargeClass === 'Correction');
    expect(corrections.length).toBeGreaterThan(0);
    for (const row of corrections) {
      expect(row.BilledCost ?? 0).toBeLessThanOrEqual(0);
      expect(row.ChargePeriodStart.slice(0, 7)).toBe('2026-10');
      expect(row.BillingPeriodStart).toBe('2026-11-01T00:00:00Z');
    }
    expect(corrections.some((row) => (row.BilledCost ?? 0) < 0)).toBe(true);
    const early = rowsOf(one, '2026-10-20', '2026-10-22', everything, Date.parse('2026-11-04T00:00:00Z'));
    expect(early.some((row) => row.ChargeClass === 'Correction')).toBe(false);
  });

  it('a metric that no catalogue knows, without a cost even where others have one', () => {
    const [row] = of(rowsOf(account({ stories: ['unknown-metric'], costsFrom: 0 }), '2026-11-10'), 'tidepool_inference_seconds');
    expect(row?.ConsumedQuantity).toBeGreaterThan(0);
    expect(row).not.toHaveProperty('BilledCost');
  });

  it('two subscriptions: the same metric and day twice', () => {
    const rows = of(rowsOf(telling('two-subscriptions'), '2026-11-10'), 'workers_standard_requests');
    expect(new Set(rows.map((row) => row.SubAccountId)).size).toBe(2);
  });

  it('extremes: more digits than a double, almost nothing, nothing, less than nothing', () => {
    const texts = new AccountUsage(telling('extremes'), 1, seedDay).rows(seedDay - 5, seedDay - 5, now, everything).join('\n');
    for (const digits of ['900719925.474099301', '0.000047300001', '0', '-1250']) {
      expect(texts).toContain(`"ConsumedQuantity":${digits}`);
    }
  });

  it('tags with true for a value, on some accounts', () => {
    const tagged = Array.from({ length: 60 }, (_, index) => rowsOf(account({}, { id: `tag-${index}` }), '2026-11-10')[0]);
    expect(tagged.filter((row) => row && 'Tags' in row).length).toBeGreaterThan(0);
  });
});
