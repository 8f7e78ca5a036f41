import type { RateCard } from '../../../contract/canopy/rate-card.ts';

/** A file that can be imported again. */
export const cardText = (card: RateCard): string => `${JSON.stringify(card, null, 2)}\n`;

/** Hands the card as it is on the screen to the browser as a file. */
export function downloadCard(card: RateCard, version: number, changed: boolean): void {
  const url = URL.createObjectURL(new Blob([cardText(card)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `rate-card-version-${version}${changed ? '-changed' : ''}.json`;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  URL.revokeObjectURL(url);
}
