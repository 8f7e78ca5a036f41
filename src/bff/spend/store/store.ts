import { sql } from 'kysely';
import type { ErrorReport } from '../../../contract/envelope.ts';
import type { Database, Load } from '../../database/open.ts';
import type { Tables } from '../../database/schema.ts';
import type { Clock } from '../../services.ts';
import { endOfDay } from '../days.ts';
import type { Day } from '../days.ts';
import { recordDays, recordsWithWords, recordUnit, upstreamSource } from '../dimensions.ts';
import { priceEndedCyclesAgain } from '../costs/ended-cycles.ts';
import { Intake } from './intake.ts';
import type { Call, DayFindings } from './intake.ts';
import { keepRestatements } from '../restatements.ts';
import { monthsToRollUp, rollUpDays, rollUpMonth } from './rollup.ts';
import { SeriesBook } from './series.ts';
import { settleClaims } from './claims.ts';
import { keepValues } from './values.ts';
import { nextVersion } from './versions.ts';

/** Some days of one organization, stored together. */
export interface Reading {
  organizationId: string;
  /** Consecutive, oldest first. */
  days: readonly Day[];
}

/** What is known of one organization's day. */
export interface DayFetch {
  organizationId: string;
  day: Day;
  storedAt: string | null;
  records: number;
  attempts: number;
}

/** Thrown to leave a transaction in which there is nothing to change. */
class Unchanged extends Error {}

/** Where usage records, and what is known about their reading, are kept. */
export class UsageStore {
  readonly #database: Database;
  readonly #clock: Clock;
  /** Steps from the root to an organization; 0 where it is not known. */
  readonly #depthOf: (organizationId: string) => number;

  constructor(database: Database, clock: Clock, depthOf: (organizationId: string) => number) {
    this.#database = database;
    this.#clock = clock;
    this.#depthOf = depthOf;
  }

  /** A body that was taken to its end, into a file. It is to be read, or `signal` to come. Throws where the body breaks off. */
  async arrived(body: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const broken: unknown[] = [];
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const pieces = await this.#database.ahead(async function* () {
      try {
        yield* body;
      } catch (error) {
        broken.push(error);
        throw error;
      } finally {
        end();
      }
    }, signal);
    await ended;
    for (const error of broken) throw error;
    return pieces;
  }

  /**
   * Replaces days of an organization by the records that `read` hands over, or changes nothing: a day is never
   * seen half written, and a reading that fails leaves what was there. Answers how many records came.
   */
  async replace(reading: Reading, read: (take: (record: Uint8Array, of: Call) => void) => Promise<void>): Promise<number> {
    let records = 0;
    try {
      await this.#database.load(async (load) => {
        const before = await this.#fetchRows(load, reading);
        const dropped = before.some((row) => row.records > 0) ? await this.#drop(load, reading) : null;
        const series = await SeriesBook.open(load, reading.organizationId, upstreamSource);
        const intake = new Intake(await load.appender('usage_record'), series, reading.days);
        try {
          await read((bytes, call) => intake.accept(bytes, call));
          intake.finish();
        } catch (error) {
          intake.abandon();
          throw error;
        }
        records = intake.records;
        const digests = new Map(before.map((row) => [row.day, row.digest]));
        if (reading.days.every((day) => digests.get(day) === intake.days.get(day)?.digest.text)) throw new Unchanged();
        const restated = before.filter((row) => isWhole({ day: row.day, storedAt: row.stored_at }));
        const changed = restated.filter(({ day, digest }) => digest !== intake.days.get(day)?.digest.text);
        await this.#settle(load, reading, intake, digests, dropped);
        await keepRestatements(
          load,
          this.#database.query,
          reading.organizationId,
          changed.map(({ day }) => day),
          new Date(this.#clock.now()).toISOString(),
        );
      });
    } catch (error) {
      if (!(error instanceof Unchanged)) throw error;
      await this.#database.repeatableLoad((load) => this.#touch(load, reading));
    }
    return records;
  }

  /** Keeps why days could not be read; what is stored of them stays. */
  async fail(reading: Reading, error: ErrorReport): Promise<void> {
    await this.#database.repeatableLoad(async ({ query }) => {
      const text = JSON.stringify(error);
      const known = await query
        .updateTable('usage_fetch')
        .set((row) => ({ attempts: row('attempts', '+', 1), error: text }))
        .where('organization_id', '=', reading.organizationId)
        .where('day', 'in', reading.days)
        .returning('day')
        .execute();
      const seen = new Set(known.map((row) => row.day));
      const fresh = reading.days.filter((day) => !seen.has(day));
      if (fresh.length === 0) return;
      await query
        .insertInto('usage_fetch')
        .values(fresh.map((day) => fetchRow(reading.organizationId, day, { attempts: 1, error: text })))
        .execute();
    });
  }

  /** Every organization's days that were asked for so far. */
  async *fetches(): AsyncIterable<DayFetch> {
    const rows = this.#database.query
      .selectFrom('usage_fetch')
      .select(['organization_id', 'day', 'stored_at', 'records', 'attempts'])
      .stream();
    for await (const row of rows)
      yield {
        organizationId: row.organization_id,
        day: row.day,
        storedAt: row.stored_at,
        records: row.records,
        attempts: row.attempts,
      };
  }

  /** Adds up whole months before this day that changed. A month is a transaction of its own, so questions go on between. */
  async rollUpMonths(before: Day, signal: AbortSignal): Promise<void> {
    for (const month of await monthsToRollUp(this.#database.query, before)) {
      if (signal.aborted) return;
      await this.#database.repeatableLoad(({ query }) => rollUpMonth(query, month), 'much');
    }
  }

  /** Puts the file in order after many days were replaced, until the signal comes. What is left then is done the next time. */
  async tidy(signal: AbortSignal): Promise<void> {
    await this.#database.compact(signal);
  }

  async setting(name: string): Promise<string | null> {
    const row = await this.#database.query
      .selectFrom('usage_setting')
      .select('value')
      .where('name', '=', name)
      .executeTakeFirst();
    return row?.value ?? null;
  }

  async set(name: string, value: string): Promise<void> {
    await this.#database.query
      .insertInto('usage_setting')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
  }

  async #fetchRows(load: Load, { organizationId, days }: Reading) {
    return load.query
      .selectFrom('usage_fetch')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('day', 'in', days)
      .execute();
  }

  /** Removes what was stored of these days, and answers whose accounts it was. */
  async #drop(load: Load, { organizationId, days }: Reading): Promise<string[]> {
    const ofOrganization = load.query
      .selectFrom('usage_series')
      .where('organization_id', '=', organizationId)
      .where('source', '=', upstreamSource);
    const inDays = recordDays(days);
    const accounts = await ofOrganization
      .select('account_id')
      .distinct()
      .where('series_id', 'in', load.query.selectFrom('usage_record').select('series_id').where(inDays))
      .execute();
    await load.query
      .deleteFrom('usage_record')
      .where('series_id', 'in', ofOrganization.select('series_id'))
      .where(inDays)
      .execute();
    return accounts.flatMap((row) => (row.account_id === null ? [] : [row.account_id]));
  }

  /** Everything that follows from new records, in the same transaction. `dropped` is null where there were none before. */
  async #settle(
    load: Load,
    reading: Reading,
    intake: Intake,
    digests: ReadonlyMap<Day, string | null>,
    dropped: readonly string[] | null,
  ): Promise<void> {
    const version = await nextVersion(load.query);
    const changed = reading.days.filter((day) => digests.get(day) !== intake.days.get(day)?.digest.text);
    await this.#keepFetches(load, reading, intake, changed, version);
    await priceEndedCyclesAgain(load.query, reading.organizationId, changed);
    await keepNotes(load, reading, intake.days);
    if (intake.records === 0 && dropped === null) return; // most organizations of a large tree use nothing most of the time
    await keepValues(load, reading.organizationId, intake, 'upstream');
    const accounts = new Set([...intake.values.account.keys(), ...(dropped ?? [])]);
    await settleClaims(load, reading, accounts, version, this.#depthOf);
    await rollUpDays(load.query, reading.organizationId, reading.days);
  }

  async #keepFetches(
    load: Load,
    { organizationId, days }: Reading,
    intake: Intake,
    changed: readonly Day[],
    version: number,
  ): Promise<void> {
    const now = new Date(this.#clock.now()).toISOString();
    await this.#touch(load, { organizationId, days });
    await load.query
      .deleteFrom('usage_fetch')
      .where('organization_id', '=', organizationId)
      .where('day', 'in', changed)
      .execute();
    await load.query
      .insertInto('usage_fetch')
      .values(
        changed.map((day) => {
          const found = intake.days.get(day);
          const digest = found?.digest.text ?? null;
          return fetchRow(organizationId, day, {
            stored_at: now,
            changed_at: now,
            records: found?.records ?? 0,
            digest,
            version,
          });
        }),
      )
      .execute();
  }

  /** Notes that days were read. */
  async #touch({ query }: Load, { organizationId, days }: Pick<Reading, 'organizationId' | 'days'>): Promise<void> {
    await query
      .updateTable('usage_fetch')
      .set({ stored_at: new Date(this.#clock.now()).toISOString(), attempts: 0, error: null })
      .where('organization_id', '=', organizationId)
      .where('day', 'in', days)
      .execute();
  }
}

type FetchRow = Tables['usage_fetch'];

const fetchRow = (organization_id: string, day: Day, known: Partial<FetchRow>): FetchRow => ({
  organization_id,
  day,
  stored_at: null,
  changed_at: null,
  records: 0,
  digest: null,
  version: 0,
  attempts: 0,
  error: null,
  ...known,
});

/** Whether a stored day will not change any more, as far as its own end goes. */
export const isWhole = (fetch: { day: Day; storedAt: string | null }): boolean =>
  fetch.storedAt !== null && Date.parse(fetch.storedAt) >= endOfDay(fetch.day);

async function keepNotes(load: Load, { organizationId, days }: Reading, found: ReadonlyMap<Day, DayFindings>): Promise<void> {
  const { query } = load;
  await query
    .deleteFrom('usage_note')
    .where('organization_id', '=', organizationId)
    .where('source', '=', upstreamSource)
    .where('day', 'in', days)
    .execute();
  const rows = days.flatMap((day) =>
    Array.from(found.get(day)?.notes ?? [], ([key, records]) => {
      const [kind = '', detail = ''] = key.split('\u0001');
      return { organization_id: organizationId, day, kind, detail, records, source: upstreamSource };
    }),
  );
  rows.push(...(await collisions(load, organizationId, days)));
  if (rows.length > 0) await query.insertInto('usage_note').values(rows).execute();
}

/** Records beyond the first that describe the same thing on the same day: they all count, and add up. */
async function collisions({ query }: Load, organizationId: string, days: readonly Day[]) {
  const { rows } = await sql<{ day: Day; records: string }>`
    select day, sum(twice) as records from (
      select day, count(*) - 1 as twice from ${recordsWithWords}
      where organization_id = ${organizationId} and source = ${upstreamSource} and ${recordDays(days)}
      group by day, charge_period_start, charge_period_end, account_id, sub_account_id, metric_id, zone_id, region_id,
        charge_class, ${recordUnit}
      having count(*) > 1) as alike
    group by day`.execute(query);
  return rows.map(({ day, records }) => ({
    organization_id: organizationId,
    day,
    kind: 'collision',
    detail: '',
    records: Number(records),
    source: upstreamSource,
  }));
}
