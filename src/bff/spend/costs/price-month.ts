import { sql } from 'kysely';
import { noCurrency } from '../../../contract/canopy/currency.ts';
import type { Database } from '../../database/open.ts';
import { TableRows } from '../../database/table-rows.ts';
import { accountBatches, ofAccounts } from '../account-batches.ts';
import { together } from '../amount.ts';
import type { Exact } from '../amount.ts';
import { addDays, eachDay, monthsBefore, nextMonth } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { hasQuantity, ofDays, ofOrganizations, usageOfPeriod } from '../dimensions.ts';
import type { Usage } from '../pricing/collect.ts';
import { cyclesOf } from '../pricing/cycle.ts';
import { isKept, quantityOf } from '../pricing/decimal.ts';
import { priceCycle } from '../pricing/price-cycle.ts';
import type { PricedDay } from '../pricing/price-cycle.ts';
import type { Pricing } from '../pricing/terms.ts';
import { anchorKey, anchorsOf, keepAnchors, toldAnchors } from './anchors.ts';
import { costCells } from './cost-rows.ts';
import type { CostRow } from './cost-rows.ts';
import { dayVersions } from '../store/versions.ts';
import { rollUpCosts } from './roll-up.ts';

/** The records of one series on one day, added up. */
interface Used extends Usage {
  /** Null where no record had one. */
  known: string | null;
  /** Whether the rate card has anything to say about it: purchases, taxes and corrections of invoiced periods have no rate. */
  priced: boolean;
  billed: bigint | null;
  currency: string | null;
  records: number;
}

export interface AccountUsage {
  account: string;
  /** The day of the month on which its billing cycles start, where it is known. */
  anchor: number | null;
  records: Used[];
}

/** What a month of an organization is priced with. */
export interface MonthToPrice {
  organizationId: string;
  /** The organization and those above it, root first. */
  organizations: readonly string[];
  /** The first day of a calendar month. */
  month: Day;
}

/**
 * Prices what is stored of an organization's calendar month, and adds it up, in one transaction: a month is never seen
 * half priced. Billing cycles that began in the month before are read from their start, so that no allowance is granted
 * twice, and those that go on after it to their end, so that what they cost in the end is on its own days. Works account by
 * account, so memory does not grow with the organization. `historyStart` is the first day that is ever read. Answers whether
 * other months are to be priced again by what this one tells of billing cycles.
 */
export async function priceMonth(
  database: Database,
  pricing: Pricing,
  cardVersion: number,
  { organizationId, organizations, month }: MonthToPrice,
  { today, historyStart }: { today: Day; historyStart: Day },
): Promise<boolean> {
  const monthDays = { from: month, to: nextMonth(month) };
  let othersChanged = false;
  await database.load(async (load) => {
    // Loads take turns, so nothing is stored while this reads beside its own transaction.
    const usageVersion = await newestVersion(database, organizationId, monthDays);
    const told = await toldAnchors(database.query, ofOrganizations([organizationId]), monthDays);
    othersChanged = await keepAnchors(load.query, organizationId, month, told);
    const anchors = await anchorsOf(load.query, told, [organizationId]);
    await sql`
      delete from usage_cost where ${ofDays(monthDays)}
        and series_id in (select series_id from usage_series where organization_id = ${organizationId})`.execute(load.query);
    let settlesOn: Day | null = null;
    const rows = new TableRows(await load.appender('usage_cost'));
    try {
      for await (const usage of accountsOf(database, organizationId, monthDays, anchors)) {
        const priced = priceAccount(usage, pricing, organizations, monthDays, today);
        for (const row of priced.rows) rows.add(...costCells(row));
        settlesOn = earliest(settlesOn, priced.settlesOn);
      }
      rows.finish();
    } catch (error) {
      rows.abandon();
      throw error;
    }
    await rollUpCosts(load.query, organizationId, month);
    const end = endOfEndedCycles(monthDays, anchors, today);
    const read = { from: later(daysOfCycles(monthDays, anchors).from, historyStart), to: earlier(end, today) };
    const unread = await unreadDays(database, organizationId, read);
    const provisional = unread && daysOfCycles(unread, anchors);
    const state = {
      usage_version: usageVersion,
      card_version: cardVersion,
      settles_on: settlesOn,
      provisional_from: provisional?.from ?? null,
      provisional_to: provisional?.to ?? null,
      cycles_end: end > monthDays.to ? end : null,
    };
    await load.query
      .insertInto('cost_priced')
      .values({ organization_id: organizationId, month, ...state })
      .onConflict((conflict) => conflict.columns(['organization_id', 'month']).doUpdateSet(state))
      .execute();
  });
  return othersChanged;
}

const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
const later = (a: Day, b: Day): Day => (a > b ? a : b);
const earliest = (a: Day | null, b: Day | null): Day | null => (a === null || b === null ? (a ?? b) : earlier(a, b));

/**
 * From the first to the last of these days that was not read; null where all were, or nothing from the first on, as of an
 * organization that only files tell of.
 */
async function unreadDays({ query }: Database, organizationId: string, days: DayRange): Promise<DayRange | null> {
  const rows = await query
    .selectFrom('usage_fetch')
    .select('day')
    .where('organization_id', '=', organizationId)
    .where('day', '>=', days.from)
    .where('stored_at', 'is not', null)
    .execute();
  const read = new Set(rows.map(({ day }) => day));
  const unread = [...eachDay(days)].filter((day) => !read.has(day));
  const [first, last] = [unread[0], unread.at(-1)];
  return read.size === 0 || first === undefined || last === undefined ? null : { from: first, to: addDays(last, 1) };
}

async function newestVersion({ query }: Database, organizationId: string, days: DayRange): Promise<number> {
  const from = monthsBefore(days.from, 1); // cycles may begin there: see `staleMonths`
  const { rows } = await sql<{ version: number | null }>`
    select max(version) as version from ${dayVersions}
    where organization_id = ${organizationId} and ${ofDays({ from, to: days.to })}`.execute(query);
  return rows[0]?.version ?? 0;
}

interface PricedAccount {
  /** What each record of the month costs. */
  rows: Iterable<CostRow>;
  /** When a day of the month costs more because its billing cycle is over, if no records come. */
  settlesOn: Day | null;
}

function priceAccount(
  { account, anchor, records }: AccountUsage,
  pricing: Pricing,
  organizations: readonly string[],
  monthDays: DayRange,
  today: Day,
): PricedAccount {
  const estimates = new Map<string, PricedDay>();
  let settlesOn: Day | null = null;
  const usage = records.filter((record) => record.priced);
  for (const cycle of cyclesOf(monthDays, anchor)) {
    const priced = priceCycle({ pricing, organizations, accountId: account, cycle, today, usage });
    for (const day of priced.days()) estimates.set(`${day.series} ${day.day}`, day);
    if (priced.unsettled.some((day) => day >= monthDays.from && day < monthDays.to)) settlesOn = earliest(settlesOn, cycle.to);
  }
  return { rows: costRows(records, estimates, pricing.card.currency, monthDays), settlesOn };
}

function* costRows(
  records: readonly Used[],
  estimates: ReadonlyMap<string, PricedDay>,
  cardCurrency: string,
  monthDays: DayRange,
): Generator<CostRow> {
  for (const { series, day, billed, currency, known, quantity, records: count } of records) {
    if (day < monthDays.from || day >= monthDays.to) continue; // its own month prices it
    const estimated = estimates.get(`${series} ${day}`);
    const estimate = kept(estimated?.cost ?? null);
    const cost = kept(billed ?? estimate);
    const costCurrency = billed === null ? cardCurrency : (currency ?? noCurrency);
    yield {
      series,
      day,
      currency: costCurrency,
      basis: cost === null ? 'no-rate' : billed === null ? (estimated?.basis ?? 'no-rate') : 'billed',
      cost,
      estimate: costCurrency === cardCurrency ? estimate : null,
      quantity: known === null ? null : quantity,
      records: count,
    };
  }
}

const kept = (cost: Exact): Exact => (cost !== null && isKept(cost) ? cost : null);

/** Series whose records are held at once: those of a month, as objects, are a few thousand. */
const seriesAtOnce = 64;

/** An account has series of some dozens of metrics: where only a few are asked for, as many times more accounts fit. */
const metricsOfAccount = 32;

/** The days of the cycles that hold some of these days. Where no anchor is known, cycles are calendar months. */
function daysOfCycles(days: DayRange, anchors: ReadonlyMap<string, number>): DayRange {
  const cycles = [null, ...new Set(anchors.values())].flatMap((anchor) => cyclesOf(days, anchor));
  return {
    from: cycles.reduce((first, { from }) => earlier(first, from), days.from),
    to: cycles.reduce((last, { to }) => later(last, to), days.to),
  };
}

/** Where the last of the cycles ends that hold days of the month and are over; not before the month does. */
function endOfEndedCycles(monthDays: DayRange, anchors: ReadonlyMap<string, number>, today: Day): Day {
  const ends = [...new Set(anchors.values())].flatMap((anchor) => cyclesOf(monthDays, anchor).map(({ to }) => to));
  return ends.filter((to) => to <= today).reduce(later, monthDays.to);
}

/** The records of the cycles that hold days of the month, account by account; with `only` those of some metrics, by id or name. */
export async function* accountsOf(
  database: Database,
  organizationId: string,
  monthDays: DayRange,
  anchors: ReadonlyMap<string, number>,
  only: readonly string[] | null = null,
): AsyncGenerator<AccountUsage> {
  const days = daysOfCycles(monthDays, anchors);
  const atOnce = seriesAtOnce * Math.max(1, Math.floor(metricsOfAccount / (only?.length ?? metricsOfAccount)));
  for await (const batch of accountBatches(database.query, organizationId, days, atOnce)) {
    const usage = new Map<string, AccountUsage>(
      batch.map((account) => [
        account,
        { account, anchor: anchors.get(anchorKey(organizationId, account)) ?? null, records: [] },
      ]),
    );
    const series = await seriesOf(database, organizationId, batch, only);
    for await (const used of usedOf(database, [...series.keys()], days)) {
      const about = series.get(used.series);
      if (!about) continue;
      const { quantity, billed, billed_rest: rest } = used;
      usage.get(about.account)?.records.push({
        ...about.words,
        day: used.day,
        quantity: quantityOf(quantity ?? '0'),
        known: quantity,
        priced: quantity !== null && about.isUsage,
        billed: together(billed, rest),
        records: Number(used.records),
      });
    }
    for (const one of usage.values()) if (one.records.length > 0) yield one;
  }
}

interface Series {
  account: string;
  /** Whether it is usage of the period itself. */
  isUsage: boolean;
  words: Pick<Used, 'series' | 'metricId' | 'metricName' | 'unit' | 'zoneId' | 'currency'>;
}

/** The series of some accounts, by number. */
async function seriesOf(
  { query }: Database,
  organizationId: string,
  accounts: readonly string[],
  only: readonly string[] | null,
): Promise<Map<number, Series>> {
  const rows = await query
    .selectFrom('usage_series')
    .select(['account_id', 'currency'])
    .select(['series_id as series', 'metric_id as metricId', 'metric_name as metricName'])
    .select(['consumed_unit as unit', 'zone_id as zoneId', usageOfPeriod.as('isUsage')])
    .where('organization_id', '=', organizationId)
    .where(ofAccounts(accounts))
    .where(only === null ? sql<boolean>`true` : sql<boolean>`coalesce(metric_id, metric_name, '') = any(${only}::text[])`)
    .execute();
  return new Map(
    rows.map(({ account_id: account, isUsage, ...words }) => [words.series, { account: account ?? '', isUsage, words }]),
  );
}

interface UsedRow {
  series: number;
  day: Day;
  quantity: string | null;
  billed: string | null;
  billed_rest: string | null;
  records: string;
}

/** What counts of these series, by day. */
function usedOf({ query }: Database, series: readonly number[], days: DayRange): AsyncIterable<UsedRow> {
  return query
    .selectFrom(
      sql<UsedRow>`(
        select series_id as series, day, sum(consumed_quantity) filter (where ${hasQuantity}) as quantity, sum(billed_cost) as billed,
          sum(billed_rest) as billed_rest, count(*) as records
        from usage_record where counted and ${ofDays(days)} and series_id = any(${series}::integer[])
        group by 1, 2)`.as('used'),
    )
    .selectAll()
    .orderBy('series')
    .stream();
}
