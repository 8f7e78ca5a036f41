import type { SpendAnomaly } from '../../../contract/canopy/anomalies.ts';
import type { SpendDimension, SpendFilter } from '../../../contract/canopy/spend.ts';

/** Anomalies that began in one bucket of the chart, the dearest first. */
export interface ChartMarker {
  index: number;
  anomalies: readonly SpendAnomaly[];
}

/** The list of anomalies, where marks lead to. */
export const anomaliesId = 'anomalies';

/** Days that are marked: more marks than these would hide what they should show. All of them are in the list. */
const mostMarkers = 8;

/** What an anomaly is about, by dimension; it is found for whole accounts and metrics, and knows no more. */
const keysOf = ({ organizationId, accountId, family, metric }: SpendAnomaly): Partial<Record<SpendDimension, string | null>> => ({
  organization: organizationId,
  account: accountId,
  family,
  metric,
});

/** Whether an anomaly is part of what these filters leave; where that cannot be told, it is not. */
export function passes(anomaly: SpendAnomaly, filters: readonly SpendFilter[]): boolean {
  const keys = keysOf(anomaly);
  return filters.every(({ dimension, operator, values }) => {
    const key = keys[dimension];
    return key !== undefined && values.includes(key) === (operator === 'is');
  });
}

const size = ({ impact }: SpendAnomaly) => Math.abs(Number(impact));
const weight = ({ anomalies }: ChartMarker) => anomalies.reduce((sum, anomaly) => sum + size(anomaly), 0);

/** What an anomaly must cost, of an average bar, to be marked: less could not be seen in it. */
const leastShare = 0.01;

/**
 * Where to mark what was used unlike usual, more or less, that nobody has acknowledged; what is new is no anomaly.
 * `total` is that of all buckets.
 */
export function chartMarkers(
  buckets: readonly { from: string; to: string }[],
  total: number,
  anomalies: readonly SpendAnomaly[],
  filters: readonly SpendFilter[],
): ChartMarker[] {
  const least = (Math.abs(total) / Math.max(1, buckets.length)) * leastShare;
  const shown = anomalies.filter(
    (one) => one.kind !== 'new' && one.acknowledged === null && one.muted === null && size(one) >= least && passes(one, filters),
  );
  return buckets
    .map(({ from, to }, index) => ({
      index,
      anomalies: shown.filter((one) => one.from >= from && one.from < to).toSorted((a, b) => size(b) - size(a)),
    }))
    .filter(({ anomalies: found }) => found.length > 0)
    .toSorted((a, b) => weight(b) - weight(a))
    .slice(0, mostMarkers)
    .toSorted((a, b) => a.index - b.index);
}

/** The dearest marked anomaly of each group of the table; none for a dimension that anomalies do not know. */
export function anomalyByKey(
  markers: readonly ChartMarker[],
  dimension: SpendDimension,
): ReadonlyMap<string | null, SpendAnomaly> {
  const found = new Map<string | null, SpendAnomaly>();
  for (const anomaly of markers.flatMap(({ anomalies }) => anomalies)) {
    const key = keysOf(anomaly)[dimension];
    if (key === undefined) continue;
    const known = found.get(key);
    if (!known || size(anomaly) > size(known)) found.set(key, anomaly);
  }
  return found;
}
