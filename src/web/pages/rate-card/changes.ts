import type { Line, Mapping, Override, RateCard } from '../../../contract/canopy/rate-card.ts';

/** One thing on a card, with the name under which two cards are compared. */
export type Item =
  | { kind: 'line'; key: string; value: Line }
  | { kind: 'override'; key: string; value: Override }
  | { kind: 'mapping'; key: string; value: Mapping }
  | { kind: 'card'; key: string; value: CardFacts };

/** What a card says of itself. */
export type CardFacts = Omit<RateCard, 'lines' | 'overrides' | 'mappings'>;

/** A side that is null did not have it. */
export interface Change {
  kind: Item['kind'];
  key: string;
  before: Item | null;
  after: Item | null;
}

const text = (value: unknown): string => JSON.stringify(value);

export const sameCard = (a: RateCard, b: RateCard): boolean => text(a) === text(b);

/** Whom and what an override is about, and from when; several that are alike are counted. */
const overrideKey = ({ organization, account, metric, from }: Override): string =>
  text([organization ?? '', account ?? '', metric ?? '', from ?? '']);

/** Everything on a card by its key, in the order of the card. */
export function itemsOf({ lines, overrides, mappings, ...facts }: RateCard): Map<string, Item> {
  const items = new Map<string, Item>();
  const add = (item: Item) => {
    let key = `${item.kind} ${item.key}`;
    for (let number = 2; items.has(key); number++) key = `${item.kind} ${item.key} ${number}`;
    items.set(key, { ...item, key });
  };
  add({ kind: 'card', key: '', value: facts });
  for (const value of lines) add({ kind: 'line', key: value.metric, value });
  for (const value of overrides) add({ kind: 'override', key: overrideKey(value), value });
  for (const value of mappings) add({ kind: 'mapping', key: value.metric, value });
  return items;
}

export const differ = (a: Item | undefined, b: Item | undefined): boolean => text(a?.value ?? null) !== text(b?.value ?? null);

/** What differs between two cards: lines first, then overrides, mappings, and the card's own facts. */
export function changesBetween(before: RateCard, after: RateCard): Change[] {
  const [old, now] = [itemsOf(before), itemsOf(after)];
  const changes: Change[] = [];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    const [one, other] = [old.get(key), now.get(key)];
    const kind = (one ?? other)?.kind;
    if (kind && differ(one, other)) changes.push({ kind, key, before: one ?? null, after: other ?? null });
  }
  const order = ['line', 'override', 'mapping', 'card'];
  return changes.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
}
