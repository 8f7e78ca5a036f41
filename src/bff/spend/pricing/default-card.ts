import card from './default-card.json';
import { readRateCard } from '../../../contract/canopy/rate-card-rules.ts';
import type { RateCard } from '../../../contract/canopy/rate-card.ts';

/** Cloudflare's list prices, where nobody chose another card. Every line says where it was read and how sure that is. */
export const defaultCard: RateCard = readOwn();

function readOwn(): RateCard {
  const read = readRateCard(card);
  if ('problems' in read) throw new Error(read.problems.map(({ field, message }) => `${field} ${message}`).join('; '));
  return read.card;
}
