import { dayFromText } from '../seed/days.ts';
import catalogue from './catalogue.json';

export interface Price {
  readonly amount: string;
  readonly per: string;
  readonly pricingUnit: string;
  readonly pricingUnitPrice: string;
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
  readonly included: { readonly quantity: string; readonly per: string; readonly pool: string | null };
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

export const metrics: readonly Metric[] = catalogue.metrics.map(({ from, until, ...row }) => ({
  ...row,
  firstDay: from === null ? Number.NEGATIVE_INFINITY : dayFromText(from),
  lastDay: until === null ? Number.POSITIVE_INFINITY : dayFromText(until) - 1,
  whole: !fractionalUnits.has(row.consumedUnit),
}));

export function metricOf(id: string): Metric {
  const metric = metrics.find((one) => one.id === id);
  if (!metric) throw new Error(`the catalogue has no metric ${id}`);
  return metric;
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
  included: { quantity: '0', per: 'none', pool: null },
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
