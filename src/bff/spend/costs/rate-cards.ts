import type { Kysely } from 'kysely';
import type { Tables } from '../../database/schema.ts';
import type { Clock } from '../../services.ts';
import { defaultCard } from '../pricing/default-card.ts';
import type { RateCard } from '../pricing/rate-card.ts';

/** Who saved a card; null for the one Canopy brings along. */
export interface CardVersion {
  version: number;
  at: string;
  by: { id: string; name: string } | null;
  note: string;
}
export interface CurrentCard extends CardVersion {
  card: RateCard;
}

/** The versions of the rate card. The newest is in force; none is ever changed or removed. */
export class RateCards {
  readonly #query: Kysely<Tables>;
  readonly #clock: Clock;
  #current: Promise<CurrentCard> | null = null;
  /** The version in force; 0 until it was read. */
  version = 0;

  constructor(query: Kysely<Tables>, clock: Clock) {
    this.#query = query;
    this.#clock = clock;
  }

  current(): Promise<CurrentCard> {
    return (this.#current ??= this.#open());
  }

  /** Newest first. */
  async versions(): Promise<CardVersion[]> {
    await this.current();
    const rows = await this.#query
      .selectFrom('rate_card')
      .select(['version', 'saved_at', 'person_id', 'person_name', 'note'])
      .orderBy('version', 'desc')
      .execute();
    return rows.map(versionOf);
  }

  /** Puts a card in force. Answers null where another version came in between. */
  async save(card: RateCard, by: CardVersion['by'], note: string, base: number): Promise<CurrentCard | null> {
    const { version } = await this.current();
    if (version !== base) return null;
    return (this.#current = this.#insert(version + 1, card, by, note));
  }

  /** Canopy's own card follows its releases until somebody saves another. */
  async #open(): Promise<CurrentCard> {
    const newest = await this.#query.selectFrom('rate_card').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst();
    if (newest && (newest.person_id !== null || newest.card === JSON.stringify(defaultCard)))
      return this.#adopt({ ...versionOf(newest), card: JSON.parse(newest.card) as RateCard }); // written below, from a checked card
    return this.#insert((newest?.version ?? 0) + 1, defaultCard, null, `Cloudflare's list prices, read ${defaultCard.compiled}`);
  }

  async #insert(version: number, card: RateCard, by: CardVersion['by'], note: string): Promise<CurrentCard> {
    const at = new Date(this.#clock.now()).toISOString();
    await this.#query
      .insertInto('rate_card')
      .values({
        version,
        saved_at: at,
        person_id: by?.id ?? null,
        person_name: by?.name ?? null,
        note,
        card: JSON.stringify(card),
      })
      .execute();
    return this.#adopt({ version, at, by, note, card });
  }

  #adopt(current: CurrentCard): CurrentCard {
    this.version = current.version;
    return current;
  }
}

interface VersionRow {
  version: number;
  saved_at: Date | string;
  person_id: string | null;
  person_name: string | null;
  note: string;
}
const versionOf = ({ version, saved_at, person_id, person_name, note }: VersionRow): CardVersion => ({
  version,
  at: typeof saved_at === 'string' ? saved_at : saved_at.toISOString(),
  by: person_id === null ? null : { id: person_id, name: person_name ?? '' },
  note,
});
