import { dayFromText } from '../seed/days.ts';
import catalogue from './catalogue.json';
import { decimal, ratio, type Decimal } from './decimal.ts';

export interface Price {
  /** Consumed units in one block. */
  readonly per: Decimal;
  readonly pricingUnit: string;
  /** US dollars for one pricing unit. */
  readonly unitPrice: Decimal;
  /** Pricing units in a block: a million where 12.50 for a million GB-seconds is priced by the GB-second. */
  readonly unitsPerBlock: Decimal;
}

/** One row of the metric catalogue. */
export interface Metric {
  readonly id: string;
  readonly name: string;
  readonly familyId: string;
  readonly familyName: string;
  readonly productCategoryName: string;
  readonly consumedUnit: string;
  /** `peak` and `mean-of-daily-peaks` are levels; the others add up over days. */
  readonly aggregation: string;
  readonly scope: string;
  readonly rounding: string;
  readonly status: string;
  /** Null where prices are contracts only. */
  readonly price: Price | null;
  readonly included: { readonly quantity: Decimal; readonly per: string; readonly pool: string | null };
  /** Days since 1970 between which the metric is metered. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** The share of accounts that have it. */
  readonly presence: number;
  /** One day of a startup, a growing company and an enterprise. */
  readonly daily: readonly number[];
  /** What is left of a weekday on Saturday and Sunday. */
  readonly weekend: number;
  /** How much days differ. */
  readonly sigma: number;
  /** Counted in whole units. */
  readonly whole: boolean;
}

const fractionalUnits = new Set([
  'GB',
  'GB-Months',
  'GB-Seconds',
  'GiB-Seconds',
  'vCPU-Seconds',
  'Hours',
  'Dimension-Months',
  'Mb/Second',
]);

export const metrics: readonly Metric[] = catalogue.metrics.map(({ from, until, price, included, ...row }) => ({
  ...row,
  price: price && priceOf(price),
  included: { ...included, quantity: decimal(included.quantity) },
  firstDay: from === null ? Number.NEGATIVE_INFINITY : dayFromText(from),
  lastDay: until === null ? Number.POSITIVE_INFINITY : dayFromText(until) - 1,
  whole: !fractionalUnits.has(row.consumedUnit),
}));

function priceOf(price: { amount: string; per: string; pricingUnit: string; pricingUnitPrice: string }): Price {
  const unitPrice = decimal(price.pricingUnitPrice);
  return {
    per: decimal(price.per),
    pricingUnit: price.pricingUnit,
    unitPrice,
    unitsPerBlock: unitPrice === 0n ? decimal('1') : ratio(decimal(price.amount), unitPrice),
  };
}

export interface Region {
  readonly id: string;
  readonly name: string;
}

export const regions: readonly Region[] = catalogue.regions.map(([id = '', name = '']) => ({ id, name }));

/** Metered, in a catalogue newer than any rate card: it must read "no rate", never zero. */
export const unknownMetric: Metric = {
  id: 'tidepool_inference_seconds',
  name: 'Tidepool Inference Seconds',
  familyId: 'tidepool',
  familyName: 'Tidepool',
  productCategoryName: 'Developer',
  consumedUnit: 'Seconds',
  aggregation: 'sum',
  scope: 'account',
  rounding: 'none',
  status: 'billed',
  price: null,
  included: { quantity: 0n, per: 'none', pool: null },
  firstDay: Number.NEGATIVE_INFINITY,
  lastDay: Number.POSITIVE_INFINITY,
  presence: 0,
  daily: [40, 900, 20_000],
  weekend: 0.8,
  sigma: 0.2,
  whole: false,
};

/** Seats, buckets, stored minutes: a height, not an amount. */
export const isLevel = (metric: Metric) => metric.aggregation === 'peak' || metric.aggregation === 'mean-of-daily-peaks';
