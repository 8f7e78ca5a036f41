import { customLine } from '../../../contract/canopy/custom-line.ts';
import type { Line, RateCard } from '../../../contract/canopy/rate-card.ts';
import type { SpendMetric } from '../../../contract/canopy/spend.ts';

/** Small cards to test with. */

export const metricOf = (metric: string, more: Partial<SpendMetric> = {}): SpendMetric => ({
  metric,
  name: `Name of ${metric}`,
  family: 'Workers',
  unit: 'Requests',
  summable: true,
  accounts: 2,
  records: 20,
  ...more,
});

export const testLine = (metric: string, more: Partial<Line> = {}): Line => ({
  ...customLine(metricOf(metric), { amount: '0.30', per: '1000000' }),
  ...more,
});

export const pooled = (metric: string): Line =>
  testLine(metric, { included: { quantity: '10', per: 'account-cycle', pool: 'together' } });

export const cardWith = (...lines: Line[]): RateCard => ({
  id: 'test',
  version: '1',
  name: 'Test prices',
  compiled: '2026-11-22',
  currency: 'USD',
  note: '',
  lines,
  overrides: [],
  mappings: [],
});
