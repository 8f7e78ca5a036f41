import { describe, expect, it } from 'vitest';
import type { SpendAnomaly } from '../../../contract/canopy/anomalies.ts';
import type { SpendFilter } from '../../../contract/canopy/spend.ts';
import { anomalyByKey, chartMarkers, passes } from './markers.ts';

const anomaly = (more: Partial<SpendAnomaly>): SpendAnomaly => ({
  organizationId: 'o',
  organizationName: 'Organization',
  accountId: 'a',
  accountName: 'Account',
  metric: 'requests',
  metricName: 'Requests',
  family: 'workers',
  unit: 'Requests',
  kind: 'up',
  from: '2026-11-12',
  to: '2026-11-12',
  isStep: false,
  score: 5,
  impact: '10',
  currency: 'USD',
  used: 2,
  usual: 1,
  acknowledged: null,
  muted: null,
  ...more,
});
const days = Array.from({ length: 20 }, (_, index) => ({ from: `2026-11-${index + 1}`.replace(/-(\d)$/, '-0$1') })).map(
  ({ from }, index, all) => ({ from, to: all[index + 1]?.from ?? '2026-11-21' }),
);
const mark = { at: '2026-11-13T00:00:00Z', by: { id: 'p', name: 'Person' } };
const is = (dimension: SpendFilter['dimension'], ...values: (string | null)[]): SpendFilter => ({
  dimension,
  operator: 'is',
  values,
});

describe('marks in the chart', () => {
  it('stand over the bar in which it began, a drop as well as a rise, the dearest first', () => {
    const markers = chartMarkers(
      days,
      20_000,
      [anomaly({}), anomaly({ kind: 'down', impact: '-40' }), anomaly({ from: '2026-11-03', impact: '11' })],
      [],
    );
    expect(markers.map(({ index, anomalies }) => [index, anomalies.map(({ impact }) => impact)])).toEqual([
      [2, ['11']],
      [11, ['-40', '10']],
    ]);
    expect(anomalyByKey(markers, 'family').get('workers')?.impact).toBe('-40');
    expect(anomalyByKey(markers, 'zone').size).toBe(0);
  });

  it('are not for what is new, seen, muted, elsewhere, filtered out or too small to be seen', () => {
    const none = [
      anomaly({ kind: 'new' }),
      anomaly({ acknowledged: mark }),
      anomaly({ muted: { ...mark, until: '2027-02-01T00:00:00.000Z' } }),
      anomaly({ from: '2026-10-30' }),
      anomaly({ impact: '9.99' }),
    ];
    expect(chartMarkers(days, 20_000, none, [])).toEqual([]);
    expect(chartMarkers(days, 20_000, [anomaly({})], [is('family', 'r2')])).toEqual([]);
    expect(chartMarkers(days, 2_000, [anomaly({ impact: '1' })], [is('account', 'a')])).toHaveLength(1);
  });

  it('follow the filters of the page, and are left out where it cannot be told', () => {
    expect(passes(anomaly({}), [is('organization', 'o', 'p'), { ...is('metric', 'other'), operator: 'is-not' }])).toBe(true);
    expect(passes(anomaly({ family: null }), [is('family', null)])).toBe(true);
    expect(passes(anomaly({}), [is('zone', 'z')])).toBe(false);
  });

  it('are at most eight', () => {
    const all = days.map(({ from }, index) => anomaly({ from, impact: String(100 + index) }));
    expect(chartMarkers(days, 20_000, all, []).map(({ index }) => index)).toEqual([12, 13, 14, 15, 16, 17, 18, 19]);
  });
});
