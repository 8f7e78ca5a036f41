import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../../database/open.ts';
import type { Tables } from '../../database/schema.ts';
import { anchorKey, anchorsOf, toldAnchors } from '../costs/anchors.ts';
import { accountBatches, ofAccounts } from '../account-batches.ts';
import { addDays, nextMonth } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { hasQuantity, ofDays, ofOrganizations, ofUpstream, usageOfPeriod } from '../dimensions.ts';
import { lineageOf } from '../lineages.ts';
import { cycleOf } from '../pricing/cycle.ts';
import { divided, isKept, one, quantityOf } from '../pricing/decimal.ts';
import type { Pricing } from '../pricing/terms.ts';
import { lookAhead } from './account-outlook.ts';
import type { AllowanceState, MetricForecast, UsedOnDay } from './account-outlook.ts';
import { historyDays } from './project.ts';
import { TableRows } from '../../database/table-rows.ts';

/** An organization whose running month is priced, and not looked ahead for since. */
export interface OutlookToMake {
  organizationId: string;
  /** The organization and those above it, root first. */
  organizations: readonly string[];
  /** The first day of the running calendar month. */
  month: Day;
  usageVersion: number;
  cardVersion: number;
}

/** Organizations whose outlook is missing, or older than the prices of the running month. */
export async function outlooksToMake(query: Kysely<Tables>, month: Day, cardVersion: number): Promise<OutlookToMake[]> {
  const { rows } = await sql<{ organization_id: string; ancestors: string | null; usage_version: number }>`
    select priced.organization_id, ancestors, priced.usage_version
    from cost_priced priced
    left join spend_outlook made on made.organization_id = priced.organization_id and made.month = priced.month
    left join usage_organization on usage_organization.organization_id = priced.organization_id
    where priced.month = cast(${month} as date) and priced.card_version = ${cardVersion}
      and (made.month is null or made.usage_version <> priced.usage_version or made.card_version <> priced.card_version)
    order by priced.organization_id`.execute(query);
  return rows.map(({ organization_id, ancestors, usage_version }) => ({
    organizationId: organization_id,
    organizations: lineageOf(organization_id, ancestors),
    month,
    usageVersion: usage_version,
    cardVersion,
  }));
}

/**
 * Looks ahead for an organization's running month and keeps what it sees, in one transaction. Works account by account:
 * memory does not grow with the organization, and other work goes on between them.
 */
export async function makeOutlook(database: Database, pricing: Pricing, outlook: OutlookToMake, today: Day): Promise<void> {
  const { organizationId, organizations, usageVersion, cardVersion } = outlook;
  const month = { from: outlook.month, to: nextMonth(outlook.month) };
  await database.load(async (load) => {
    const read = await daysRead(database, organizationId, { from: addDays(month.from, -2 * historyDays), to: today });
    const through = read.at(-1) ?? null;
    for (const table of ['spend_forecast', 'spend_allowance', 'spend_outlook'] as const)
      await load.query.deleteFrom(table).where('organization_id', '=', organizationId).execute();
    const forecasts = new TableRows(await load.appender('spend_forecast'));
    const allowances = new TableRows(await load.appender('spend_allowance'));
    try {
      const readDays = new Set(read);
      const isRead = (day: Day): boolean => readDays.has(day);
      // without a complete day there is no forecast, and yet there may be allowances
      const now = { pricing, month, today, through: through ?? addDays(today, -1), isRead };
      for await (const { accountId, anchor, usage } of accountsOf(database, pricing, organizationId, month, now.through)) {
        const ahead = lookAhead({ organizations, accountId, anchor, usage }, now);
        for (const forecast of ahead.forecasts) addForecast(forecasts, organizationId, accountId, forecast);
        for (const allowance of ahead.allowances) addAllowance(allowances, organizationId, accountId, allowance);
      }
      forecasts.finish();
      allowances.finish();
    } catch (error) {
      forecasts.abandon();
      allowances.abandon();
      throw error;
    }
    await load.query
      .insertInto('spend_outlook')
      .values({
        organization_id: organizationId,
        month: month.from,
        through,
        usage_version: usageVersion,
        card_version: cardVersion,
      })
      .execute();
  });
}

function addForecast(rows: TableRows, organizationId: string, accountId: string, forecast: MetricForecast): void {
  const { category, family, metricId, unit, withheld } = forecast;
  const about = [organizationId, accountId, category, family, metricId, unit ?? ''];
  if (withheld !== null) rows.add(...about, withheld, null, null, null, null);
  else if ([forecast.low, forecast.mid, forecast.high].every(isKept))
    rows.add(...about, null, forecast.method, forecast.low, forecast.mid, forecast.high);
  else rows.add(...about, 'no-rate', null, null, null, null);
}

function addAllowance(rows: TableRows, organizationId: string, accountId: string, state: AllowanceState): void {
  const { line, summary, cycle, termsDay, expected, usedUpOn } = state;
  const { used, included, usedTogether, billable, remaining, cost } = summary;
  const about = [organizationId, accountId, line.metric, line.family, line.unit, cycle.from, cycle.to, termsDay];
  const keptCost = cost !== null && isKept(cost) ? cost : null;
  const amounts = [used, included, usedTogether, billable, remaining, keptCost, shareUsed(state), expected, usedUpOn];
  rows.add(...about, ...amounts);
}

/** Where an allowance is given every day, how much of the last day's is used. */
function shareUsed({ line, summary: { included, usedTogether, remaining } }: AllowanceState): number {
  const used = line.included.per === 'account-day' ? included - remaining : usedTogether;
  return Number(divided(used * one, included)) / Number(one);
}

/** The days of an organization that were read after they had ended, oldest first. */
async function daysRead({ query }: Database, organizationId: string, days: DayRange): Promise<Day[]> {
  const { rows } = await sql<{ day: Day }>`
    select day from usage_fetch
    where organization_id = ${organizationId} and ${ofDays(days)}
      and stored_at >= cast(day + 1 as timestamptz) order by day`.execute(query);
  return rows.map(({ day }) => day);
}

/** Metrics whose allowance is given to every zone: only of these does it matter which zone used how much. */
async function metricsByZone({ query }: Database, pricing: Pricing, organizationId: string): Promise<string[]> {
  const metrics = await query
    .selectFrom('usage_series')
    .select(['metric_id', 'metric_name'])
    .distinct()
    .where('organization_id', '=', organizationId)
    .execute();
  return metrics
    .filter((row) => pricing.lineOf({ metricId: row.metric_id, metricName: row.metric_name })?.included.per === 'zone-cycle')
    .map((row) => row.metric_id ?? row.metric_name ?? '');
}

interface AccountUsage {
  accountId: string;
  anchor: number | null;
  usage: UsedOnDay[];
}

/** What is used by each account, by metric and day. */
async function* accountsOf(
  database: Database,
  pricing: Pricing,
  organizationId: string,
  month: DayRange,
  through: Day,
): AsyncGenerator<AccountUsage> {
  const told = await toldAnchors(database.query, ofOrganizations([organizationId]), month);
  const anchors = await anchorsOf(database.query, told, [organizationId]);
  const byZone = await metricsByZone(database, pricing, organizationId);
  const starts = [...anchors.values()].map((anchor) => cycleOf(month.from, anchor).from);
  const first = [...starts, addDays(through, 1 - historyDays)].reduce((a, b) => (a < b ? a : b), month.from);
  const days = { from: first, to: month.to };
  for await (const batch of accountBatches(database.query, organizationId, days)) {
    const rows = usedBy(database, organizationId, batch, days, byZone);
    yield* byAccount(rows, (account) => anchors.get(anchorKey(organizationId, account)) ?? null);
  }
}

interface UsedRow {
  account_id: string | null;
  metric_id: string | null;
  metric_name: string | null;
  consumed_unit: string | null;
  category: string | null;
  family_id: string | null;
  zone: string | null;
  day: Day;
  quantity: string;
  billed_in: string | null;
}

/** What some accounts used, account after account. */
function usedBy(
  { query }: Database,
  organizationId: string,
  accounts: readonly string[],
  days: DayRange,
  byZone: readonly string[],
): AsyncIterable<UsedRow> {
  return query
    .selectFrom('usage_record')
    .innerJoin('usage_series', 'usage_series.series_id', 'usage_record.series_id')
    .select((row) => [
      'account_id',
      'metric_id',
      'metric_name',
      'consumed_unit',
      'category',
      'family_id',
      sql<string | null>`case when coalesce(metric_id, metric_name) = any(${byZone}::text[]) then zone_id end`.as('zone'),
      'day',
      row.fn.sum<string>('consumed_quantity').as('quantity'),
      sql<string | null>`max(currency) filter (where billed_cost is not null)`.as('billed_in'),
    ])
    .where('organization_id', '=', organizationId)
    .where('counted', '=', true)
    .where(ofUpstream)
    .where(ofAccounts(accounts))
    .where('day', '>=', days.from)
    .where('day', '<', days.to)
    .where(hasQuantity)
    .where(usageOfPeriod)
    .groupBy(['account_id', 'metric_id', 'metric_name', 'consumed_unit', 'category', 'family_id', 'zone', 'day'])
    .orderBy('account_id')
    .stream();
}

async function* byAccount(
  rows: AsyncIterable<UsedRow>,
  anchorOf: (account: string) => number | null,
): AsyncGenerator<AccountUsage> {
  let current: AccountUsage | undefined;
  let numbers = new Map<string, number>();
  for await (const row of rows) {
    const accountId = row.account_id ?? '';
    if (current?.accountId !== accountId) {
      if (current) yield current;
      current = { accountId, anchor: anchorOf(accountId), usage: [] };
      numbers = new Map();
    }
    // a metric that is renamed or moved to another family is still the same
    const key = JSON.stringify([row.metric_id ?? row.metric_name, row.consumed_unit, row.zone]);
    const series = numbers.get(key) ?? numbers.size;
    numbers.set(key, series);
    current.usage.push({
      series,
      metricId: row.metric_id,
      metricName: row.metric_name,
      unit: row.consumed_unit,
      category: row.category,
      family: row.family_id,
      zoneId: row.zone,
      day: row.day,
      quantity: quantityOf(row.quantity),
      billedIn: row.billed_in,
    });
  }
  if (current) yield current;
}
