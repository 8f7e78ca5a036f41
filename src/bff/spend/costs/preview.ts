import type { RateCard, RateCardPreview } from '../../../contract/canopy/rate-card.ts';
import type { Database } from '../../database/open.ts';
import { add, amountOf, compare, distance, sum } from '../amount.ts';
import type { Exact } from '../amount.ts';
import { addDays, monthOf } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { ofOrganizations } from '../dimensions.ts';
import { readLineages } from '../lineages.ts';
import { cyclesOf } from '../pricing/cycle.ts';
import { priceCycle } from '../pricing/price-cycle.ts';
import { pricingOf } from '../pricing/terms.ts';
import type { Payer, Pricing } from '../pricing/terms.ts';
import { anchorsOf, toldAnchors } from './anchors.ts';
import { accountsOf } from './price-month.ts';
import type { AccountUsage } from './price-month.ts';
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

/** Prices the stored days of the running month with two cards, and writes nothing. Works account by account. */
export async function previewOf(
  database: Database,
  { inForce, draft, organizationIds, today, signal }: Asked,
): Promise<RateCardPreview> {
  const days = { from: monthOf(today), to: addDays(today, 1) };
  const sides = [inForce.card, draft].map((card) => ({ pricing: pricingOf(card), costs: new Map() as Costs }));
  const lineageOf = await readLineages(database.query);
  for (const organizationId of organizationIds) {
    const organizations = lineageOf(organizationId);
    const anchors = await anchorsOf(database.query, await toldAnchors(database.query, ofOrganizations([organizationId]), days), [
      organizationId,
    ]);
    for await (const usage of accountsOf(database, organizationId, days, anchors)) {
      signal?.throwIfAborted();
      for (const { pricing, costs } of sides)
        addEstimates(costs, pricing, { organizations, accountId: usage.account }, usage, days, today);
    }
  }
  const [before, after] = sides.map(({ costs }) => costs) as [Costs, Costs]; // made of two cards above
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
  };
}

function addEstimates(
  costs: Costs,
  pricing: Pricing,
  payer: Payer,
  { anchor, records }: AccountUsage,
  days: DayRange,
  today: Day,
): void {
  const families = new Map(pricing.card.lines.map(({ metric, family }) => [metric, family]));
  const usage = records.filter((record) => record.priced);
  for (const cycle of cyclesOf(days, anchor)) {
    for (const { day, cost, line } of priceCycle({ ...payer, pricing, cycle, today, usage }).days(days.from)) {
      if (day >= days.to || line === null) continue;
      const family = families.get(line) ?? line;
      costs.set(family, add(costs.get(family) ?? null, cost));
    }
  }
}

const changeOf = ({ before, after }: { before: Exact; after: Exact }): bigint => distance(after, before);
