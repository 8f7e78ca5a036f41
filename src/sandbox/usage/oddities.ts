import { dayOf, dayText, hourMilliseconds, startOfDay } from '../seed/days.ts';
import { decimal, digitsOf, divided } from './decimal.ts';
import type { Charge } from './costs.ts';
import type { Metric } from './metrics.ts';
import type { UsageRow } from './row.ts';

type Head = Omit<UsageRow, 'ConsumedQuantity' | 'ConsumedUnit'>;

/**
 * Charges of the 20th to 22nd of every month were an eighth too high. On the 5th of the next month each gets a negative
 * row: it keeps the day of the charge, and is part of the later billing period.
 */
export function correctionOf(
  head: Head,
  metric: Metric,
  charge: Charge,
  day: number,
  now: number,
  money: Partial<UsageRow>,
): UsageRow | null {
  const date = new Date(startOfDay(day));
  if (date.getUTCDate() < 20 || date.getUTCDate() > 22 || charge.listCost === 0n) return null;
  const nextMonth = (day: number, months: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, day);
  if (now < nextMonth(5, 1) + 6 * hourMilliseconds) return null;
  const back = digitsOf(-divided(charge.listCost, 8n));
  return {
    ...head,
    ...money,
    ChargeClass: 'Correction',
    ChargeDescription: `${metric.name} — correction`,
    ConsumedQuantity: '0',
    ConsumedUnit: metric.consumedUnit,
    BillingPeriodStart: `${dayText(dayOf(nextMonth(1, 1)))}T00:00:00Z`,
    BillingPeriodEnd: `${dayText(dayOf(nextMonth(1, 2)))}T00:00:00Z`,
    PricingQuantity: digitsOf(-divided(charge.pricingQuantity, 8n)),
    ListCost: back,
    ContractedCost: back,
    BilledCost: back,
    EffectiveCost: back,
  };
}

/** Beside the ordinary row of four metrics: more digits than a double holds, almost nothing, nothing, and less than nothing. */
const extremes: Readonly<Record<string, string>> = {
  d1_rows_read: '40000000009007199254740993',
  kv_storage: '0.000047300001',
  r2_infrequent_access_data_retrieval: '0',
  queues_standard_operations: '-1250',
};

export function extremeRows(head: Head, metric: Metric, day: number, seedDay: number): UsageRow[] {
  const quantity = extremes[metric.id];
  if (quantity === undefined || (seedDay - day) % 5 !== 0) return [];
  return [
    {
      ...head,
      ConsumedQuantity: digitsOf(decimal(quantity)),
      ConsumedUnit: metric.consumedUnit,
      ...(quantity.startsWith('-') && { ChargeClass: 'Correction' }),
    },
  ];
}
