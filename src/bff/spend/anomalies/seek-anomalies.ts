import { sql } from 'kysely';
import { noCurrency } from '../../../contract/canopy/currency.ts';
import type { Kysely } from 'kysely';
import type { Database } from '../../database/open.ts';
import type { Tables } from '../../database/schema.ts';
import { accountBatches, ofAccounts } from '../account-batches.ts';
import { together } from '../amount.ts';
import { addDays, daysBetween, eachDay, monthsBefore } from '../days.ts';
import type { Day } from '../days.ts';
import { costsWithWords, ofDays, ofUpstream, recordUnit, usageOfPeriod } from '../dimensions.ts';
import { TableRows } from '../../database/table-rows.ts';
import { baselineDays, findAnomalies } from './find-anomalies.ts';
import type { Anomaly, DayOfMetric } from './find-anomalies.ts';

/** Anomalies that began in the last five weeks are kept. */
const keptDays = 35;
/** Judged before that, so that one which goes on is known by its true first day. */
const leadDays = 7;
/** What a day must cost more or less: one unit of the currency, or a hundredth of what the organization spends in a day. */
const leastFloor = 1;
const floorShare = 0.01;
/** More than its column holds comes of numbers beyond all reason. */
const mostImpact = 1e12;

/** An organization whose prices changed since anomalies were sought. */
export interface Seek {
  organizationId: string;
  usageVersion: number;
  cardVersion: number;
}

export async function anomaliesToSeek(query: Kysely<Tables>, today: Day, cardVersion: number): Promise<Seek[]> {
  const { rows } = await sql<{ organization_id: string; usage_version: number }>`
    select priced.organization_id, max(priced.usage_version) as usage_version
    from cost_priced priced left join spend_anomaly_sought sought on sought.organization_id = priced.organization_id
    where priced.month >= cast(${monthsBefore(firstSought(today), 0)} as date) and priced.card_version = ${cardVersion}
    group by 1
    having coalesce(max(sought.usage_version), -1) <> max(priced.usage_version) or max(sought.card_version) <> ${cardVersion}
    order by 1`.execute(query);
  return rows.map((row) => ({ organizationId: row.organization_id, usageVersion: row.usage_version, cardVersion }));
}

/** The first day that anomalies are sought from. */
export const firstSought = (today: Day): Day => addDays(today, -(baselineDays + leadDays + keptDays));

/** Looks for anomalies among an organization's complete days, metric by metric, and keeps them in one transaction. */
export async function seekAnomalies(
  database: Database,
  cardCurrency: string,
  { organizationId, usageVersion, cardVersion }: Seek,
  today: Day,
): Promise<void> {
  const first = firstSought(today);
  await database.load(async (load) => {
    const priced = await daysPriced(database, organizationId, first, today);
    const days = [...eachDay({ from: first, to: today })];
    const spent = await dailySpend(database, organizationId, today);
    await load.query.deleteFrom('spend_anomaly').where('organization_id', '=', organizationId).execute();
    const rows = new TableRows(await load.appender('spend_anomaly'));
    try {
      for await (const metric of metricsOf(database, organizationId, cardCurrency, first, today)) {
        const history = days.map((day, at): DayOfMetric | undefined =>
          priced.has(day) ? (metric.byDay.get(at) ?? { used: 0, cost: 0 }) : undefined,
        );
        const floor = Math.max(leastFloor, floorShare * (spent.get(metric.currency) ?? 0));
        for (const anomaly of findAnomalies(history, baselineDays, floor))
          if (anomaly.from >= baselineDays + leadDays && Math.abs(anomaly.impact) < mostImpact)
            addAnomaly(rows, organizationId, metric, days, anomaly);
      }
      rows.finish();
    } catch (error) {
      rows.abandon();
      throw error;
    }
    await load.query.deleteFrom('spend_anomaly_sought').where('organization_id', '=', organizationId).execute();
    await load.query
      .insertInto('spend_anomaly_sought')
      .values({ organization_id: organizationId, usage_version: usageVersion, card_version: cardVersion })
      .execute();
  });
}

function addAnomaly(
  rows: TableRows,
  organizationId: string,
  { accountId, metric, unit, family, currency }: MetricDays,
  days: readonly Day[],
  { kind, from, to, isStep, score, impact, used, usual }: Anomaly,
): void {
  const about = [organizationId, accountId, metric, unit, family, kind, days[from] ?? '', days[to] ?? '', isStep];
  rows.add(...about, score, impact.toFixed(6), currency, used, usual);
}

/** Complete days whose records are priced as they are now: what is read and not priced yet would be new spend once it is. */
async function daysPriced({ query }: Database, organizationId: string, from: Day, to: Day): Promise<Set<Day>> {
  const { rows } = await sql<{ day: Day }>`
    select usage_fetch.day from usage_fetch join cost_priced on cost_priced.organization_id = usage_fetch.organization_id
      and cost_priced.month = cast(date_trunc('month', usage_fetch.day) as date) and usage_fetch.version <= cost_priced.usage_version
    where usage_fetch.organization_id = ${organizationId} and usage_fetch.day >= cast(${from} as date)
      and usage_fetch.day < cast(${to} as date) and stored_at >= cast(usage_fetch.day + 1 as timestamptz)`.execute(query);
  return new Set(rows.map(({ day }) => day));
}

/** What an organization spent a day in the last four weeks, by currency. */
async function dailySpend({ query }: Database, organizationId: string, today: Day): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ currency: string; cost: string | null }>`
    select cost_currency as currency, sum(cost) as cost from cost_day where organization_id = ${organizationId}
      and day >= cast(${addDays(today, -baselineDays)} as date) and day < cast(${today} as date) group by 1`.execute(query);
  return new Map(rows.map(({ currency, cost }) => [currency, Number(cost ?? 0) / baselineDays]));
}

interface MetricDays {
  accountId: string;
  metric: string;
  unit: string;
  family: string | null;
  /** What it cost last, in which its days are compared: amounts of others, before a bill came, say nothing here. */
  currency: string;
  /** By the place of the day. */
  byDay: Map<number, DayOfMetric>;
}

/** What each account used of each metric, and what that cost. Corrections belong to other days. */
async function* metricsOf(
  database: Database,
  organizationId: string,
  cardCurrency: string,
  from: Day,
  to: Day,
): AsyncGenerator<MetricDays> {
  for await (const batch of accountBatches(database.query, organizationId, { from, to }))
    yield* metricsOfAccounts(database, organizationId, batch, cardCurrency, from, to);
}

async function* metricsOfAccounts(
  database: Database,
  organizationId: string,
  accounts: readonly string[],
  cardCurrency: string,
  from: Day,
  to: Day,
): AsyncGenerator<MetricDays> {
  const rows = database.query
    .selectFrom(
      sql<{
        account: string;
        metric: string;
        unit: string;
        family: string | null;
        day: Day;
        currency: string;
        used: number;
        cost: string;
        rest: string;
      }>`(
        select coalesce(account_id, '') as account, coalesce(metric_id, '') as metric, ${recordUnit} as unit, max(family_id) as family, day,
          cost_currency as currency, sum(cast(quantity as double precision)) as used,
          coalesce(sum(cost), 0) as cost, coalesce(sum(cost_rest), 0) as rest
        from ${costsWithWords}
        where organization_id = ${organizationId} and ${ofAccounts(accounts)} and ${ofDays({ from, to })}
          and ${ofUpstream} and quantity is not null and ${usageOfPeriod}
        group by 1, 2, 3, 5, 6)`.as('used'),
    )
    .selectAll()
    .orderBy('account')
    .orderBy('metric')
    .orderBy('unit')
    .stream();
  let current: Collected | undefined;
  for await (const { account, metric, unit, family, day, currency, used, cost, rest } of rows) {
    if (current?.accountId !== account || current.metric !== metric || current.unit !== unit) {
      if (current) yield inOneCurrency(current, cardCurrency);
      current = { accountId: account, metric, unit, family, parts: [] };
    }
    current.parts.push({ at: daysBetween(from, day), currency, used, cost: Number(together(cost, rest)) / 1e15 });
  }
  if (current) yield inOneCurrency(current, cardCurrency);
}

/** A metric while its days come: a day has a part for each currency. */
interface Collected extends Omit<MetricDays, 'currency' | 'byDay'> {
  parts: (DayOfMetric & { at: number; currency: string })[];
}

function inOneCurrency({ parts, ...about }: Collected, cardCurrency: string): MetricDays {
  let last = -1;
  let currency = cardCurrency;
  for (const part of parts) {
    if (part.cost === 0 || part.at < last || part.currency === noCurrency) continue;
    last = part.at;
    currency = part.currency;
  }
  const byDay = new Map<number, DayOfMetric>();
  for (const part of parts) {
    const day = byDay.get(part.at) ?? { used: 0, cost: 0 };
    day.used += part.used;
    if (part.currency === currency) day.cost += part.cost;
    byDay.set(part.at, day);
  }
  return { ...about, currency, byDay };
}
