import { isUnitOf, matcherOf } from '../../../contract/canopy/rate-card-match.ts';
import type { Line, RateCard } from '../../../contract/canopy/rate-card.ts';
import type { SpendMetric } from '../../../contract/canopy/spend.ts';
import { isUncertain } from './words.ts';

export const shownWords = ['all', 'used', 'uncertain', 'no-price', 'overridden', 'own'] as const;
export type Shown = (typeof shownWords)[number];

export interface LineRow {
  kind: 'line';
  id: string;
  line: Line;
  /** How many overrides name it. */
  overrides: number;
  /** Whether stored usage has it. */
  used: boolean;
}
/** Stored usage that the card cannot price. */
export interface UnknownRow {
  kind: 'unknown';
  id: string;
  metric: SpendMetric;
  /** The line that prices another unit of it; null where there is no line at all. */
  otherUnit: Line | null;
}
export type Row = LineRow | UnknownRow;

export const unknownId = ({ metric, unit }: SpendMetric): string => `${metric} ${unit}`;

/** What the card cannot price first, then its lines by family. */
export function rowsOf(card: RateCard, stored: readonly SpendMetric[]): Row[] {
  const lineOf = matcherOf(card);
  const used = new Set<Line>();
  const unknown: UnknownRow[] = [];
  for (const metric of stored) {
    if (metric.metric === '') continue; // it has no name to price it by
    const line = lineOf({ metricId: metric.metric, metricName: metric.name });
    if (line && isUnitOf(line, metric.unit)) used.add(line);
    else unknown.push({ kind: 'unknown', id: unknownId(metric), metric, otherUnit: line });
  }
  const overrides = new Map<string, number>();
  for (const { metric } of card.overrides) if (metric !== undefined) overrides.set(metric, (overrides.get(metric) ?? 0) + 1);
  const families = [...new Set(card.lines.map(({ family }) => family))];
  const lines = card.lines.map((line): LineRow => ({
    kind: 'line',
    id: line.metric,
    line,
    overrides: overrides.get(line.metric) ?? 0,
    used: used.has(line),
  }));
  // a line that was added joins its family, which may stand further up
  return [...unknown, ...lines.toSorted((a, b) => families.indexOf(a.line.family) - families.indexOf(b.line.family))];
}

function isShown(row: Row, shown: Shown): boolean {
  if (shown === 'all') return true;
  if (row.kind === 'unknown') return shown === 'used' || shown === 'no-price';
  const { line } = row;
  switch (shown) {
    case 'used':
      return row.used;
    case 'uncertain':
      return isUncertain(line);
    case 'no-price':
      return line.price === null;
    case 'overridden':
      return row.overrides > 0;
    case 'own':
      return line.certainty === 'custom';
  }
}

const namesOf = (row: Row): string[] =>
  row.kind === 'unknown'
    ? [row.metric.name, row.metric.metric, row.metric.family ?? '']
    : [row.line.name, row.line.metric, row.line.family, ...row.line.aliases];

export function filterRows(rows: readonly Row[], { q, show }: { q: string; show: Shown }): Row[] {
  const sought = q.trim().toLowerCase();
  return rows.filter((row) => isShown(row, show) && namesOf(row).some((name) => name.toLowerCase().includes(sought)));
}
