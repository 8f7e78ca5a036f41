import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { MemoryExhausted } from '../../database/errors.ts';
import type { Database } from '../../database/open.ts';
import type { Tables } from '../../database/schema.ts';
import type { Clock, Log } from '../../services.ts';
import { anomaliesToSeek, firstSought, seekAnomalies } from '../anomalies/seek-anomalies.ts';
import { dayOf, monthOf, monthsBefore, nextMonth } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { makeOutlook, outlooksToMake } from '../forecast/make-outlook.ts';
import { readLineages } from '../lineages.ts';
import { pricingOf } from '../pricing/terms.ts';
import type { Pricing } from '../pricing/terms.ts';
import { priceMonth } from './price-month.ts';
import type { RateCards } from './rate-cards.ts';
import { dayVersions } from '../store/versions.ts';

/** Before the next look for months to price, in milliseconds. While usage is being read, a month changes many times. */
const breather = { whileReading: 5_000, usual: 100, afterFailure: 60_000 };

interface PricerParts {
  database: Database;
  cards: RateCards;
  clock: Clock;
  log: Log;
  /** Whether some of an organization's days are about to be read: what follows from them waits for that. */
  awaits: (organizationId: string, days: DayRange) => boolean;
  /** The first day that is to be read. */
  historyStart: () => Day;
  /** Whether usage is being read at all. */
  isReading: () => boolean;
}

interface StaleMonth {
  organizationId: string;
  month: Day;
  /** Whether it has prices, which something made stale. */
  isPriced: boolean;
}

/** Does some work, and keeps for later that it failed. */
type Apart = (work: () => Promise<void>) => Promise<void>;

/**
 * Keeps costs in step with usage and with the rate card: in the background, the newest months first. A month is one
 * transaction, so it may be killed at any moment and goes on where it was. While usage is being read a month is priced
 * when its days have come, and not after each of them.
 */
export class Pricer {
  readonly #parts: PricerParts;
  readonly #closing = new AbortController();
  #roused = new AbortController();
  #loop: Promise<void> | null = null;

  constructor(parts: PricerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#loop ??= this.#work();
  }

  /** Usage or the card changed: looks for months to price. */
  rouse(): void {
    this.#roused.abort();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.rouse();
    await this.#loop;
  }

  async #work(): Promise<void> {
    const { clock, log, isReading } = this.#parts;
    while (!this.#closing.signal.aborted) {
      this.#roused = new AbortController();
      try {
        await this.#priceAll();
      } catch (error) {
        const isPassing = error instanceof MemoryExhausted; // what else is going on ends
        if (isPassing) log.warn({ error }, 'Pricing begins again: there was no memory for it');
        else log.error({ error }, 'Usage could not be priced');
        const until = isPassing ? this.#closing.signal : AbortSignal.any([this.#closing.signal, this.#roused.signal]);
        await clock.sleep(isPassing ? breather.whileReading : breather.afterFailure, until).catch(() => undefined);
        this.rouse();
      }
      await aborted(this.#roused.signal);
      await clock.sleep(isReading() ? breather.whileReading : breather.usual, this.#closing.signal).catch(() => undefined); // closing is seen above
    }
  }

  /** Prices what is not up to date, until something changes again. Throws in the end where some of it could not be priced. */
  async #priceAll(): Promise<void> {
    const { database, cards, clock, historyStart } = this.#parts;
    const { version, card } = await cards.current();
    const pricing = pricingOf(card);
    let madeStale = false;
    const failures: unknown[] = [];
    /** What one organization's numbers break holds up no other. */
    const apart: Apart = async (work) => {
      try {
        await work();
      } catch (error) {
        if (error instanceof MemoryExhausted) throw error; // that is nobody's numbers
        failures.push(error);
      }
    };
    await this.#lookAhead(pricing, version, apart);
    const lineageOf = await readLineages(database.query);
    for (const stale of await staleMonths(database.query, version, dayOf(clock.now()))) {
      if (this.#closing.signal.aborted) return;
      if (!this.#isRipe(stale)) continue;
      await apart(async () => {
        const toPrice = { ...stale, organizations: lineageOf(stale.organizationId) };
        const days = { today: dayOf(clock.now()), historyStart: historyStart() };
        if (await priceMonth(database, pricing, version, toPrice, days)) madeStale = true;
      });
      if (cards.version !== version) return this.rouse();
      if (stale.month === monthOf(dayOf(clock.now()))) await this.#lookAhead(pricing, version, apart);
    }
    if (madeStale) this.rouse();
    else await this.#lookBack(card.currency, version, apart);
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} parts of usage could not be priced`);
  }

  /** Billing cycles begin in the month before, so its days matter too; but the running month is what people look at first. */
  #isRipe({ organizationId, month, isPriced }: StaleMonth): boolean {
    const isFirstLook = !isPriced && month === monthOf(dayOf(this.#parts.clock.now()));
    return !this.#parts.awaits(organizationId, { from: isFirstLook ? month : monthsBefore(month, 1), to: nextMonth(month) });
  }

  /** What was unusual lately. Needs the days before, so it comes last. */
  async #lookBack(currency: string, cardVersion: number, apart: Apart): Promise<void> {
    const { database, clock } = this.#parts;
    const today = dayOf(clock.now());
    for (const seek of await anomaliesToSeek(database.query, today, cardVersion)) {
      if (this.#closing.signal.aborted) return;
      if (this.#parts.awaits(seek.organizationId, { from: firstSought(today), to: today })) continue;
      await apart(() => seekAnomalies(database, currency, seek, today));
    }
  }

  /** Where the month will end, of every organization whose running month is priced. */
  async #lookAhead(pricing: Pricing, cardVersion: number, apart: Apart): Promise<void> {
    const { database, clock } = this.#parts;
    const today = dayOf(clock.now());
    for (const outlook of await outlooksToMake(database.query, monthOf(today), cardVersion)) {
      if (this.#closing.signal.aborted) return;
      await apart(() => makeOutlook(database, pricing, outlook, today));
    }
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/**
 * Organizations' months whose costs are missing, or older than their usage or the card. Usage of the month before counts
 * too: billing cycles that began there go on in the month. With a day, also those in which a cycle that ended by then left
 * something to pay: what they cost holds until they are priced again.
 */
export async function staleMonths(query: Kysely<Tables>, cardVersion: number, today: Day | null = null): Promise<StaleMonth[]> {
  const ofMonth = sql`organization_id, cast(date_trunc('month', day) as date) as month`;
  // joins, which would say the same, take eight times the memory
  const { rows } = await sql<{ organization_id: string; month: Day; priced: number | null }>`
    select organization_id, month, max(priced) as priced from (
      select ${ofMonth}, version as used, null as before, null as priced, null as card, null as settles_on
      from ${dayVersions} where stored
      union all
      select organization_id, cast(month + interval '1 month' as date), null, version, null, null, null
      from (select ${ofMonth}, version from ${dayVersions} where stored) as earlier
      union all
      select organization_id, month, null, null, usage_version, card_version, settles_on from cost_priced) as known
    group by 1, 2
    having max(used) is not null
      and (max(priced) is null or max(priced) < greatest(max(used), coalesce(max(before), 0)) or max(card) <> ${cardVersion}
        or max(settles_on) <= cast(${today} as date))
    order by month desc, organization_id`.execute(query);
  return rows.map(({ organization_id, month, priced }) => ({
    organizationId: organization_id,
    month,
    isPriced: priced !== null,
  }));
}
