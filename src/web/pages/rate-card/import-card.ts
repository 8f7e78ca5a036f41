import { readRateCard } from '../../../contract/canopy/rate-card-rules.ts';
import type { RateCard } from '../../../contract/canopy/rate-card.ts';
import type { FieldProblem } from '../../../contract/query.ts';

export type ReadText = { card: RateCard } | { problems: readonly FieldProblem[] };

/** The rate card in a JSON text, or every field of it that is wrong. */
export function readCardText(text: string): ReadText {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    return { problems: [{ field: 'The text', message: `is not JSON: ${why}` }] };
  }
  return readRateCard(value);
}
