import { dayOf, startOfDay } from '../seed/days.ts';
import { ceiling, decimal, divided, nearest, ratio, times, type Decimal } from './decimal.ts';
import { isLevel, type Metric, type Price } from './metrics.ts';

/** A billing cycle as days since 1970. */
export interface Cycle {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** The cycle that a day is in. A cycle that starts on the 31st starts on the last day of a shorter month. */
export function cycleOf(day: number, cycleDay: number): Cycle {
  const date = new Date(startOfDay(day));
  const anchor = (months: number) => {
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
    const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    return dayOf(Date.UTC(year, month, Math.min(cycleDay, last)));
  };
  const thisMonth = anchor(0);
  return day >= thisMonth ? { start: thisMonth, end: anchor(1) } : { start: anchor(-1), end: thisMonth };
}

/** Prices in other currencies than the catalogue's, at a rate that never moves. */
const perDollar = { USD: decimal('1'), EUR: decimal('0.92'), GBP: decimal('0.79') } as const;
export type Currency = keyof typeof perDollar;

/** What one pricing unit costs. */
export const unitPriceOf = (price: Price, currency: Currency): Decimal => times(price.unitPrice, perDollar[currency]);

export interface Charge {
  /** Pricing units of this day, after allowances and whole blocks. */
  readonly pricingQuantity: Decimal;
  readonly listCost: Decimal;
  /** Zero where a price is published but not charged yet. */
  readonly billedCost: Decimal;
}

export interface Metered {
  readonly metric: Metric;
  readonly cycle: Cycle;
  readonly zones: number;
  readonly currency: Currency;
  /** Quantities from the start of the cycle to the day. */
  readonly quantities: readonly Decimal[];
  /** The same days of every metric that shares the allowance, this one included; empty where it shares none. */
  readonly pool: readonly (readonly Decimal[])[];
}

/**
 * What one day costs: the cost of the cycle up to this day less the cost up to the day before, so that cost lands on the
 * day an allowance is used up. A level (seats, stored minutes) costs its share of the cycle every day.
 */
export function chargeOf(metered: Metered): Charge | null {
  const { metric, cycle, currency } = metered;
  const { price } = metric;
  if (!price) return null;
  const pricingQuantity = isLevel(metric)
    ? divided(
        priced(metric, price, beyondAllowance(metric, metered.quantities.at(-1) ?? 0n, metered.zones)),
        BigInt(cycle.end - cycle.start),
      )
    : pricedUpTo(metered, price, metered.quantities.length) - pricedUpTo(metered, price, metered.quantities.length - 1);
  const listCost = times(pricingQuantity, unitPriceOf(price, currency));
  const charged = metric.status === 'billed' || metric.status === 'legacy';
  return { pricingQuantity, listCost, billedCost: charged ? listCost : 0n };
}

function pricedUpTo({ metric, quantities, pool, zones }: Metered, price: Price, days: number): Decimal {
  const used = sum(quantities, days);
  if (metric.included.per === 'account-day') {
    const free = metric.included.quantity;
    return priced(
      metric,
      price,
      quantities.slice(0, days).reduce((beyond, quantity) => beyond + positive(quantity - free), 0n),
    );
  }
  const together = pool.length > 1 ? pool.reduce((total, one) => total + sum(one, days), 0n) : used;
  const beyond = beyondAllowance(metric, together, zones);
  // a shared allowance is used by each metric in proportion to its own use
  return priced(metric, price, together === used ? beyond : together === 0n ? 0n : divided(beyond * used, together));
}

function beyondAllowance(metric: Metric, used: Decimal, zones: number): Decimal {
  const free = metric.included.quantity * BigInt(metric.included.per === 'zone-cycle' ? zones : 1);
  return positive(used - free);
}

/** Quantity to pricing units under the rounding of the metric. */
function priced(metric: Metric, price: Price, beyond: Decimal): Decimal {
  const { per, unitsPerBlock } = price;
  const blocks =
    metric.rounding === 'block'
      ? ceiling(ratio(beyond, per))
      : metric.rounding === 'unit'
        ? ratio(ceiling(beyond), per)
        : metric.rounding === 'nearest-unit'
          ? ratio(nearest(beyond), per)
          : ratio(beyond, per);
  return unitsPerBlock === wholeBlock ? blocks : times(blocks, unitsPerBlock);
}

const wholeBlock = decimal('1');

const positive = (value: Decimal): Decimal => (value > 0n ? value : 0n);
const sum = (quantities: readonly Decimal[], days: number): Decimal =>
  quantities.slice(0, days).reduce((total, quantity) => total + quantity, 0n);
