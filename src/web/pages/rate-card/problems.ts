import { readRateCard } from '../../../contract/canopy/rate-card-rules.ts';
import type { RateCard } from '../../../contract/canopy/rate-card.ts';

/** What is wrong below one place of a card: `price.amount` of `lines.3`. */
export function problemsAt(card: RateCard, place: string): { field: string; message: string }[] {
  const read = readRateCard(card);
  if (!('problems' in read)) return [];
  return read.problems.flatMap(({ field, message }) =>
    field.startsWith(`${place}.`) ? [{ field: field.slice(place.length + 1), message }] : [],
  );
}
