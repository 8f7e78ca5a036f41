import { useState } from 'react';
import { useBeforeUnload, useBlocker } from 'react-router';
import type { RateCard, RateCardInForce } from '../../../contract/canopy/rate-card.ts';
import { sameCard } from './changes.ts';

/** The version that was opened, and what the person made of it. */
interface Started {
  base: number;
  opened: RateCard;
  card: RateCard;
}

export interface Draft {
  /** What is shown: the draft, or the card in force where nothing was changed. */
  card: RateCard;
  /** The version it began as. */
  base: number;
  opened: RateCard;
  dirty: boolean;
  edit: (change: (card: RateCard) => RateCard) => void;
  /** Goes on from a newer version, with what was merged. */
  rebase: (onto: RateCardInForce, card: RateCard) => void;
  discard: () => void;
}

/** Changes of the card in force that are not saved. They live as long as the page; leaving it asks first. */
export function useDraft(inForce: RateCardInForce): Draft & { blocker: ReturnType<typeof useBlocker> } {
  const [started, setStarted] = useState<Started | null>(null);
  const { base, opened, card } = started ?? { base: inForce.version, opened: inForce.card, card: inForce.card };
  const dirty = started !== null;
  const blocker = useBlocker(({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname);
  useBeforeUnload((event) => {
    if (dirty) event.preventDefault();
  });
  const put = (next: Started) => setStarted(sameCard(next.opened, next.card) ? null : next);
  return {
    card,
    base,
    opened,
    dirty,
    edit: (change) => put({ base, opened, card: change(card) }),
    rebase: (onto, merged) => put({ base: onto.version, opened: onto.card, card: merged }),
    discard: () => setStarted(null),
    blocker,
  };
}
