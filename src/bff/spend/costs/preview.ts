import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { noCurrency } from '../../../contract/canopy/currency.ts';
import type { Metric } from '../../../contract/canopy/rate-card-match.ts';
import type { Amount } from '../../../contract/canopy/spend.ts';
import type { RateCard, RateCardPreview } from '../../../contract/canopy/rate-card.ts';
import type { Database } from '../../database/open.ts';
import type { Tables } from '../../database/schema.ts';
import { add, amountOf, compare, distance, sum, together } from '../amount.ts';
import type { Exact } from '../amount.ts';
import { addDays, monthOf } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { ofDays, ofOrganizations } from '../dimensions.ts';
import { readLineages } from '../lineages.ts';
import { cyclesOf } from '../pricing/cycle.ts';
import { costText } from '../pricing/decimal.ts';
import { priceCycle } from '../pricing/price-cycle.ts';
import { pricingOf } from '../pricing/terms.ts';
import type { Payer, Pricing } from '../pricing/terms.ts';
import { anchorsOf, toldAnchors } from './anchors.ts';
import { affectedBy } from './affected.ts';
import { accountsOf } from './price-month.ts';
import type { AccountUsage } from './price-month.ts';
import { staleMonths } from './pricer.ts';
import type { SavedCard } from './rate-cards.ts';

interface Asked {
  inForce: SavedCard;
  draft: RateCard;
  organizationIds: readonly string[];
  today: Day;
  /** Ends it early: the person has gone. */
  signal: AbortSignal | undefined;
}

/** Costs by family; null where nothing in it has a rate. */
type Costs = Map<string, Exact>;

/** What a metric costs with a card, and on how many days of series it has a rate. */
type Rated = Map<string, { cost: bigint; days: number }>;

interface Side {
  pricing: Pricing;
  costs: Costs;
  rated: Rated;
}

const mostLost = 50;

/**
 * Prices the stored days of the running month with two cards, and writes nothing. Works account by account, and only through
 * the metrics that may differ: what the others cost is stored.
 */
export async function previewOf(
  database: Database,
  { inForce, draft, organizationIds, today, signal }: Asked,
): Promise<RateCardPreview> {
  const days = { from: monthOf(today), to: addDays(today, 1) };
  const [one, other] = [inForce.card, draft].map((card): Side => ({
    pricing: pricingOf(card),
    costs: new Map(),
    rated: new Map(),
  })) as [Side, Side]; // made of two cards
  const stored = await storedCosts(database.query, organizationIds, days);
  const isAffected = affectedBy(one.pricing, other.pricing);
  const again = new Set(stored.filter(isAffected).map(idOf));
  for (const metric of stored) {
    const family = one.pricing.lineOf(metric)?.family;
    if (family === undefined || again.has(idOf(metric)) || metric.records === 0) continue;
    for (const { costs } of [one, other]) costs.set(family, add(costs.get(family) ?? null, metric.estimate));
  }
  const lineageOf = await readLineages(database.query);
  for (const organizationId of again.size === 0 ? [] : organizationIds) {
    const organizations = lineageOf(organizationId);
    const anchors = await anchorsOf(database.query, await toldAnchors(database.query, ofOrganizations([organizationId]), days), [
      organizationId,
    ]);
    for await (const usage of accountsOf(database, organizationId, days, anchors, [...again])) {
      signal?.throwIfAborted();
      for (const side of [one, other]) addEstimates(side, { organizations, accountId: usage.account }, usage, days, today);
    }
  }
  const stale = await staleMonths(database.query, inForce.version);
  const [before, after] = [one.costs, other.costs];
  const families = [...new Set([...before.keys(), ...after.keys()])]
    .map((family) => ({ family, before: before.get(family) ?? null, after: after.get(family) ?? null }))
    .toSorted((a, b) => compare(changeOf(b), changeOf(a)) || (a.family < b.family ? -1 : 1));
  return {
    ...days,
    version: inForce.version,
    currencies: { inForce: inForce.card.currency, draft: draft.currency },
    inForce: amountOf(sum([...before.values()])),
    draft: amountOf(sum([...after.values()])),
    families: families.map(({ family, before, after }) => ({ family, inForce: amountOf(before), draft: amountOf(after) })),
    lost: lostOf(one.rated, other.rated),
    isStale: stale.some(({ month, organizationId }) => month === days.from && organizationIds.includes(organizationId)),
  };
}

interface StoredCost extends Metric {
  estimate: Exact;
  /** Days of series that were priced. */
  records: number;
}

/** As `accountsOf` picks metrics out. */
const idOf = ({ metricId, metricName }: Metric): string => metricId ?? metricName ?? '';

/** The metrics of some organizations, and what each costs as it was priced last. */
async function storedCosts(query: Kysely<Tables>, organizationIds: readonly string[], days: DayRange): Promise<StoredCost[]> {
  const { rows } = await sql<{
    metric_id: string | null;
    metric_name: string | null;
    whole: Amount;
    rest: Amount;
    records: string;
  }>`
    select metric_id, metric_name, sum(estimate) as whole, sum(estimate_rest) as rest, count(usage_cost.series_id) as records
    from usage_series left join usage_cost on usage_cost.series_id = usage_series.series_id and ${ofDays(days)}
    where ${ofOrganizations(organizationIds)} group by 1, 2`.execute(query);
  return rows.map(({ metric_id: metricId, metric_name: metricName, whole, rest, records }) => ({
    metricId,
    metricName,
    estimate: together(whole, rest),
    records: Number(records),
  }));
}

function addEstimates(
  { pricing, costs, rated }: Side,
  payer: Payer,
  { anchor, records }: AccountUsage,
  days: DayRange,
  today: Day,
): void {
  const families = new Map(pricing.card.lines.map(({ metric, family }) => [metric, family]));
  const names = new Map(records.map(({ series, metricId, metricName }) => [series, metricName ?? metricId ?? '']));
  const usage = records.filter((record) => record.priced);
  // as in the store: what is billed in another currency uses up allowances, and is in no estimate
  const elsewhere = new Set(
    records
      .filter(({ billed, currency }) => billed !== null && (currency ?? noCurrency) !== pricing.card.currency)
      .map(({ series, day }) => `${series} ${day}`),
  );
  for (const cycle of cyclesOf(days, anchor)) {
    for (const { series, day, cost, line } of priceCycle({ ...payer, pricing, cycle, today, usage }).days(days.from)) {
      if (day >= days.to || line === null || elsewhere.has(`${series} ${day}`)) continue;
      const family = families.get(line) ?? line;
      costs.set(family, add(costs.get(family) ?? null, cost));
      if (cost === null) continue;
      const name = names.get(series) ?? line;
      const known = rated.get(name) ?? { cost: 0n, days: 0 };
      rated.set(name, { cost: known.cost + cost, days: known.days + 1 });
    }
  }
}

function lostOf(inForce: Rated, draft: Rated): RateCardPreview['lost'] {
  return [...inForce]
    .filter(([name, { days }]) => (draft.get(name)?.days ?? 0) < days)
    .toSorted(([, a], [, b]) => compare(b.cost, a.cost))
    .slice(0, mostLost)
    .map(([metric, { cost }]) => ({ metric, inForce: costText(cost) }));
}

const changeOf = ({ before, after }: { before: Exact; after: Exact }): bigint => distance(after, before);
