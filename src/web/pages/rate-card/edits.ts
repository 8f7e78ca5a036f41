import { nameKey } from '../../../contract/canopy/rate-card-match.ts';
import type { Line, Mapping, Override, RateCard } from '../../../contract/canopy/rate-card.ts';

/** A card with another line, or a new one. Metrics that share an allowance share its size too. */
export function withLine(card: RateCard, line: Line): RateCard {
  const { pool, quantity } = line.included;
  const lines = card.lines.map((one) =>
    one.metric === line.metric
      ? line
      : pool !== null && one.included.pool === pool
        ? { ...one, included: { ...one.included, quantity } }
        : one,
  );
  return { ...card, lines: card.lines.some(({ metric }) => metric === line.metric) ? lines : [...lines, line] };
}

/** Without a line, and without what was said about it. */
export const withoutLine = (card: RateCard, metric: string): RateCard => ({
  ...card,
  lines: card.lines.filter((line) => line.metric !== metric),
  overrides: card.overrides.filter((override) => override.metric !== metric),
  mappings: card.mappings.filter(({ line }) => line !== metric),
});

/** In place of the one at an index; null adds it. */
export const withOverride = (card: RateCard, index: number | null, override: Override): RateCard => ({
  ...card,
  overrides: index === null ? [...card.overrides, override] : card.overrides.with(index, override),
});

export const withoutOverride = (card: RateCard, index: number): RateCard => ({
  ...card,
  overrides: card.overrides.filter((_, at) => at !== index),
});

export const withMapping = (card: RateCard, mapping: Mapping): RateCard => ({
  ...card,
  mappings: [...card.mappings.filter(({ metric }) => nameKey(metric) !== nameKey(mapping.metric)), mapping],
});

export const withoutMapping = (card: RateCard, metric: string): RateCard => ({
  ...card,
  mappings: card.mappings.filter((mapping) => mapping.metric !== metric),
});
