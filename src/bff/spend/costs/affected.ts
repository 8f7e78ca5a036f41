import type { Line, Override, RateCard } from '../../../contract/canopy/rate-card.ts';
import type { Metric } from '../../../contract/canopy/rate-card-match.ts';
import type { Pricing } from '../pricing/terms.ts';

/**
 * Whether usage of a metric may cost something else with one card than with another: its line is another one, or one whose
 * words or overrides differ, or shares its allowance with such a one.
 */
export function affectedBy(a: Pricing, b: Pricing): (metric: Metric) => boolean {
  if (a.card.currency !== b.card.currency) return () => true;
  const overrides = [...differing(a.card.overrides, b.card.overrides), ...differing(b.card.overrides, a.card.overrides)];
  if (overrides.some(({ metric }) => metric === undefined)) return () => true;
  const lines = [...differing(a.card.lines, b.card.lines), ...differing(b.card.lines, a.card.lines)];
  const metrics = new Set([...lines.map(({ metric }) => metric), ...overrides.flatMap(({ metric }) => metric ?? [])]);
  const pools = new Set([a.card, b.card].flatMap((card) => poolsOf(card, metrics)));
  const isAffected = (line: Line | null): boolean =>
    line !== null && (metrics.has(line.metric) || (line.included.pool !== null && pools.has(line.included.pool)));
  return (metric) => {
    const [before, after] = [a.lineOf(metric), b.lineOf(metric)];
    return before?.metric !== after?.metric || isAffected(before) || isAffected(after);
  };
}

/** Those that the other list does not hold, word for word. */
function differing<One extends Line | Override>(list: readonly One[], other: readonly One[]): One[] {
  const known = new Set(other.map((one) => JSON.stringify(one)));
  return list.filter((one) => !known.has(JSON.stringify(one)));
}

const poolsOf = ({ lines }: RateCard, metrics: ReadonlySet<string>): string[] =>
  lines.flatMap(({ metric, included }) => (metrics.has(metric) && included.pool !== null ? included.pool : []));
