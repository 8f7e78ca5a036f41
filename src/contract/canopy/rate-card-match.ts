import type { Line, RateCard } from './rate-card.ts';

/** A name as names are compared: letters of one case, single spaces, and without a note on the allowance at its end. */
export const nameKey = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\([^()]*\bincluded\b[^()]*\)\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim();

export interface Metric {
  metricId: string | null;
  metricName: string | null;
}

/** Finds the line of a metric: by its id, then by its name, then as a person mapped it. Null: the card does not know it. */
export function matcherOf({ lines, mappings }: RateCard): (metric: Metric) => Line | null {
  const byId = new Map(lines.map((line) => [line.metric, line]));
  const byName = new Map<string, Line>();
  for (const line of lines) for (const name of [line.name, ...line.aliases]) byName.set(nameKey(name), line);
  const mapped = new Map<string, Line>();
  for (const { metric, line } of mappings) {
    const target = byId.get(line);
    if (target) mapped.set(nameKey(metric), target);
  }
  return ({ metricId, metricName }) => {
    const line = metricId === null ? undefined : byId.get(metricId);
    if (line) return line;
    const id = nameKey(metricId ?? ''); // a record without an id has its name in the id's place
    const name = nameKey(metricName ?? '');
    return byName.get(name) ?? byName.get(id) ?? mapped.get(id) ?? mapped.get(name) ?? null;
  };
}

/** Units that say nothing: the first usage endpoint of Cloudflare sends them. */
const emptyUnits: ReadonlySet<string> = new Set(['', 'count']);

/** Whether a quantity in this unit is one that the line prices: another unit would be wrong by a factor. */
export function isUnitOf(line: Line, unit: string | null): boolean {
  const asked = (unit ?? '').toLowerCase();
  return emptyUnits.has(asked) || line.unit === '' || asked === line.unit.toLowerCase();
}
