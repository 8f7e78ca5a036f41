import type { RateCard } from '../../../contract/canopy/rate-card.ts';
import { differ, itemsOf } from './changes.ts';
import type { CardFacts, Item } from './changes.ts';

/** Something that both sides changed, and not to the same. */
export interface Conflict {
  kind: Item['kind'];
  key: string;
  mine: Item | null;
  theirs: Item | null;
}

export interface Merge {
  /** With what only one side changed taken from that side, and conflicts as chosen, or else as theirs. */
  card: RateCard;
  conflicts: readonly Conflict[];
}

/** Two cards that began as the same one, made one again. */
export function mergeCards(
  base: RateCard,
  mine: RateCard,
  theirs: RateCard,
  choices: ReadonlyMap<string, 'mine' | 'theirs'> = new Map(),
): Merge {
  const [began, here, there] = [itemsOf(base), itemsOf(mine), itemsOf(theirs)];
  const conflicts: Conflict[] = [];
  const kept: Item[] = [];
  for (const key of new Set([...there.keys(), ...here.keys()])) {
    const [old, my, their] = [began.get(key), here.get(key), there.get(key)];
    const iChanged = differ(old, my);
    const theyChanged = differ(old, their);
    let result = iChanged ? my : their;
    const kind = (my ?? their)?.kind;
    if (kind && iChanged && theyChanged && differ(my, their)) {
      conflicts.push({ kind, key, mine: my ?? null, theirs: their ?? null });
      if (choices.get(key) !== 'mine') result = their;
    }
    if (result) kept.push(result);
  }
  return { card: cardOf(kept, theirs), conflicts };
}

function cardOf(items: readonly Item[], fallback: CardFacts): RateCard {
  const { id, version, name, compiled, currency, note } = items.find((item) => item.kind === 'card')?.value ?? fallback;
  return {
    id,
    version,
    name,
    compiled,
    currency,
    note,
    lines: items.flatMap((item) => (item.kind === 'line' ? [item.value] : [])),
    overrides: items.flatMap((item) => (item.kind === 'override' ? [item.value] : [])),
    mappings: items.flatMap((item) => (item.kind === 'mapping' ? [item.value] : [])),
  };
}
