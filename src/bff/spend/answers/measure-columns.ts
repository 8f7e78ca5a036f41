import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { SpendMeasure } from '../../../contract/canopy/spend.ts';
import { sentCurrency } from '../dimensions.ts';
import type { BookName, Parts } from '../sources.ts';

/** The columns that hold a measure of money. */
export interface MoneyColumns extends Parts {
  currency: RawBuilder<string>;
  /** What the money is founded on, as it is stored; null where it is all of one kind. */
  basis: RawBuilder<number | null>;
  /** Whether usage that was paid for before has this cost a second time: then it is not added up of what paid for it. */
  isOfUsage: boolean;
  /** Whether a record without this cost has a currency all the same. One without a rate has the card's, which is to price it. */
  hasCurrencyWithout: boolean;
}

/** Of amounts that are all of one kind. */
export const noBasis = sql<null>`cast(null as smallint)`;
/** What all costs that were sent have in common. */
const sent = { currency: sentCurrency, basis: noBasis, hasCurrencyWithout: false };

/** FOCUS: a purchase that covers usage to come has no effective cost, and that usage has its list and contracted cost again. */
export const isPrepayment = sql<boolean>`(lower(charge_category) = 'purchase' and effective_cost = 0 and coalesce(effective_rest, 0) = 0)`;

const sentCosts: Readonly<Record<CostColumn, MoneyColumns>> = {
  BilledCost: { whole: sql`billed_cost`, rest: sql`billed_rest`, isOfUsage: false, ...sent },
  EffectiveCost: { whole: sql`effective_cost`, rest: sql`effective_rest`, isOfUsage: false, ...sent },
  ContractedCost: { whole: sql`contracted_cost`, rest: sql`contracted_rest`, isOfUsage: true, ...sent },
  ListCost: { whole: sql`list_cost`, rest: sql`list_rest`, isOfUsage: true, ...sent },
};
type CostColumn = Extract<SpendMeasure, { kind: 'cost' }>['column'];
/** A cost as it was sent. */
export const sentCost = (column: CostColumn): Parts => sentCosts[column];

/** Null where the measure is a quantity. */
export function moneyOf(measure: SpendMeasure): MoneyColumns | null {
  if (measure.kind === 'quantity') return null;
  return measure.kind === 'cost' ? sentCosts[measure.column] : pricedMoney(measure.kind);
}

/** Of a measure that the rate card has a part in. */
export function pricedMoney(kind: 'spend' | 'estimate'): MoneyColumns {
  const priced = { currency: sql<string>`cost_currency`, isOfUsage: false };
  if (kind === 'spend')
    return { whole: sql`cost`, rest: sql`cost_rest`, ...priced, basis: sql<number>`basis`, hasCurrencyWithout: true };
  return { whole: sql`estimate`, rest: sql`estimate_rest`, ...priced, basis: noBasis, hasCurrencyWithout: false };
}

/** Which tables hold the measure. */
export const bookOf = ({ kind }: SpendMeasure): BookName => (kind === 'spend' || kind === 'estimate' ? 'costs' : 'usage');
