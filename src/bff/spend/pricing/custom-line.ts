import { isSummable } from '../levels.ts';
import type { Line, Price } from './rate-card.ts';

/** A line for a metric that no list knows: without an allowance, counted to the last digit, a level where its unit is one. */
export const customLine = (metric: { id: string; name: string; family: string; unit: string }, price: Price | null): Line => ({
  metric: metric.id,
  name: metric.name,
  aliases: [],
  family: metric.family,
  unit: metric.unit,
  aggregation: isSummable(metric.id, metric.unit) ? 'sum' : 'peak',
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
