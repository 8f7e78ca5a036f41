import type { Line, Price } from './rate-card.ts';
import type { SpendMetric } from './spend.ts';

/** A line for a metric that no list knows: without an allowance, counted to the last digit, a level where its unit is one. */
export const customLine = (
  metric: Pick<SpendMetric, 'metric' | 'name' | 'family' | 'unit' | 'summable'>,
  price: Price | null,
): Line => ({
  metric: metric.metric,
  name: metric.name,
  aliases: [],
  family: metric.family ?? 'Other',
  unit: metric.unit,
  aggregation: metric.summable ? 'sum' : 'peak',
  rounding: 'none',
  status: price ? 'billed' : 'contract-only',
  price,
  pricingUnit: null,
  included: { quantity: '0', per: 'none', pool: null },
  from: null,
  until: null,
  certainty: 'custom',
  source: { url: '', evidence: '' },
  note: '',
});
