import type { Kysely } from 'kysely';
import type { Tables } from '../../database/schema.ts';
import type { Clock } from '../../services.ts';
import { defaultCard } from '../pricing/default-card.ts';
import type { RateCard, RateCardVersion } from '../../../contract/canopy/rate-card.ts';

export interface CardVersion extends RateCardVersion {
  note: string;
}
export interface SavedCard extends CardVersion {
  card: RateCard;
}

/** The versions of the rate card. The newest is in force; none is ever changed or removed. */
export class RateCards {
  readonly #query: Kysely<Tables>;
  readonly #clock: Clock;
  #current: Promise<SavedCard> | null = null;
  /** Saves take turns: of two that changed the same version, the second is refused. */
  #saving: Promise<unknown> = Promise.resolve();
  /** The version in force; 0 until it was read. */
  version = 0;

  constructor(query: Kysely<Tables>, clock: Clock) {
    this.#query = query;
    this.#clock = clock;
  }

  current(): Promise<SavedCard> {
    return (this.#current ??= this.#open().catch((error: unknown) => {
      this.#current = null;
      throw error;
    }));
  }

  /** Null where there never was one with this number. */
  async read(version: number): Promise<SavedCard | null> {
    await this.current();
    const row = await this.#query.selectFrom('rate_card').selectAll().where('version', '=', version).executeTakeFirst();
    return row ? savedOf(row) : null;
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

  /**
   * Puts a card in force. Answers null where another version came in between. The card that is in force already makes no
   * version, so a save whose answer was lost may be sent again.
   */
  save(card: RateCard, by: CardVersion['by'], note: string, base: number): Promise<SavedCard | null> {
    const saving = this.#saving.then(() => this.#save(card, by, note, base));
    this.#saving = saving.catch(() => undefined); // its own sender hears of it
    return saving;
  }

  async #save(card: RateCard, by: CardVersion['by'], note: string, base: number): Promise<SavedCard | null> {
    const current = await this.current();
    if (JSON.stringify(card) === JSON.stringify(current.card)) return current;
    if (current.version !== base) return null;
    const saved = await this.#insert(base + 1, card, by, note);
    this.#current = Promise.resolve(saved);
    return saved;
  }

  /** Canopy's own card follows its releases until somebody saves another. */
  async #open(): Promise<SavedCard> {
    const newest = await this.#query.selectFrom('rate_card').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst();
    if (newest && (newest.person_id !== null || newest.card === JSON.stringify(defaultCard))) return this.#adopt(savedOf(newest));
    return this.#insert((newest?.version ?? 0) + 1, defaultCard, null, `Cloudflare's list prices, read ${defaultCard.compiled}`);
  }

  async #insert(version: number, card: RateCard, by: CardVersion['by'], note: string): Promise<SavedCard> {
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

  #adopt(current: SavedCard): SavedCard {
    this.version = current.version;
    return current;
  }
}

interface VersionRow {
  version: number;
  saved_at: string;
  person_id: string | null;
  person_name: string | null;
  note: string;
}
const savedOf = (row: VersionRow & { card: string }): SavedCard => ({
  ...versionOf(row),
  card: JSON.parse(row.card) as RateCard, // written by `insert` from a checked card
});

const versionOf = ({ version, saved_at, person_id, person_name, note }: VersionRow): CardVersion => ({
  version,
  at: saved_at,
  by: person_id === null ? null : { id: person_id, name: person_name ?? '' },
  note,
});
