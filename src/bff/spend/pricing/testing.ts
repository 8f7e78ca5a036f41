import type { DayRange } from '../days.ts';
import { calendarOf } from './cycle.ts';
import { costText, quantityOf } from './decimal.ts';
import { defaultCard } from './default-card.ts';
import { priceCycle } from './price-cycle.ts';
import type { PricedCycle } from './price-cycle.ts';
import type { Usage } from './collect.ts';
import type { RateCard } from '../../../contract/canopy/rate-card.ts';
import { pricingOf } from './terms.ts';
import type { Pricing } from './terms.ts';

/** A payer and a cycle to price tests in. */

export const november: DayRange = { from: '2026-11-01', to: '2026-12-01' };
export const list: Pricing = pricingOf(defaultCard);

/** The list with something of a person's own. */
export const listWith = (own: Partial<RateCard>): Pricing => pricingOf({ ...defaultCard, ...own });

/** Quantities of one series by day of the cycle, from its first; null is a day without a record. */
export interface Series {
  metric: string;
  days: readonly (string | number | bigint | null)[];
  name?: string;
  unit?: string;
  zone?: string | null;
}

/** As the store would hand it out; a quantity is decimal text, or a bigint in units of its last digit. */
export function* usageOf(series: readonly Series[], cycle: DayRange = november): Generator<Usage> {
  const { days } = calendarOf(cycle);
  for (const [number, { metric, name, unit, zone, days: quantities }] of series.entries()) {
    for (const [index, quantity] of quantities.entries()) {
      const day = days[index];
      if (quantity === null || day === undefined) continue;
      yield {
        series: number,
        metricId: metric,
        metricName: name ?? null,
        unit: unit ?? null,
        zoneId: zone ?? null,
        day,
        quantity: typeof quantity === 'bigint' ? quantity : quantityOf(String(quantity)),
      };
    }
  }
}

export interface Asked {
  pricing?: Pricing;
  cycle?: DayRange;
  today?: string;
  organizations?: readonly string[];
  accountId?: string;
}

export function priced(series: readonly Series[], asked: Asked = {}): PricedCycle {
  const { pricing = list, cycle = november, today = '2027-06-01', organizations = [], accountId = 'account' } = asked;
  return priceCycle({ pricing, organizations, accountId, cycle, today, usage: usageOf(series, cycle) });
}

/** What all days cost together, as text; null where no day has a rate. */
export function bill(series: readonly Series[], asked: Asked = {}): string | null {
  let total: bigint | null = null;
  for (const { cost } of priced(series, asked).days()) if (cost !== null) total = (total ?? 0n) + cost;
  return total === null ? null : costText(total);
}

/** One metric's days as text. */
export const costsOf = (metric: string, days: Series['days'], asked: Asked = {}): (string | null)[] =>
  [...priced([{ metric, days }], asked).days()].map(({ cost }) => (cost === null ? null : costText(cost)));
