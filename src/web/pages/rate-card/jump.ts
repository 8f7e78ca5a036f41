import type { RateCardPreview } from '../../../contract/canopy/rate-card.ts';

/** A change of the month's estimate that is more likely a slip of the hand: a quarter. */
const mostChange = 0.25;

/**
 * How far the estimate of the month would jump, as a part of what it is; null where it does not. Infinite where there is none
 * by now, or the currency is another one: then the two cannot be compared.
 */
export function jumpOf({ inForce, draft, currencies }: Pick<RateCardPreview, 'inForce' | 'draft' | 'currencies'>): number | null {
  if (currencies.inForce !== currencies.draft) return Infinity;
  const [before, after] = [Number(inForce ?? 0), Number(draft ?? 0)];
  if (before === after) return null;
  const change = before === 0 ? Infinity : (after - before) / before;
  return Math.abs(change) > mostChange ? change : null;
}
