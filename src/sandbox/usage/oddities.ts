import { dayOf, hourMilliseconds, midnight, startOfDay } from '../seed/days.ts';
import type { Charge } from './costs.ts';
import { divided } from './decimal.ts';
import type { Metric } from './metrics.ts';
import { fieldsText } from './row.ts';

/** The first moment of a day of the month after a day's own month. */
function nextMonth(day: number, dayOfMonth: number, months = 1): number {
  const date = new Date(startOfDay(day));
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, dayOfMonth);
}

/**
 * Charges of the 20th to 22nd of every month were an eighth too high. On the 5th of the next month each gets a negative
 * row: it keeps the day of the charge, and is part of the later billing period.
 */
export function isCorrected(day: number, now: number): boolean {
  const date = new Date(startOfDay(day)).getUTCDate();
  return date >= 20 && date <= 22 && now >= nextMonth(day, 5) + 6 * hourMilliseconds;
}

export const correctionOf = (charge: Charge): Charge => ({
  ...charge,
  pricingQuantity: -divided(charge.pricingQuantity, 8n),
  listCost: -divided(charge.listCost, 8n),
  billedCost: -divided(charge.billedCost, 8n),
});

export const correctionText = (day: number): string =>
  fieldsText({
    ChargeClass: 'Correction',
    BillingPeriodStart: midnight(dayOf(nextMonth(day, 1))),
    BillingPeriodEnd: midnight(dayOf(nextMonth(day, 1, 2))),
  });

/** Beside the ordinary row of four metrics: more digits than a double holds, almost nothing, nothing, and less than nothing. */
const extremes: Readonly<Record<string, string>> = {
  d1_rows_read: '900719925.474099301',
  kv_storage: '0.000047300001',
  r2_infrequent_access_data_retrieval: '0',
  queues_standard_operations: '-1250',
};

export function extremeTexts(metric: Metric, day: number, seedDay: number): string[] {
  const digits = extremes[metric.id];
  if (digits === undefined || (seedDay - day) % 5 !== 0) return [];
  const quantity = `,"ConsumedQuantity":${digits}`;
  return [digits.startsWith('-') ? quantity + fieldsText({ ChargeClass: 'Correction' }) : quantity];
}
