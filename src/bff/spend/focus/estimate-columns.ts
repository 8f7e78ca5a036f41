import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { basisCode, isBasis } from '../costs/basis.ts';
import { currencyOf } from './currencies.ts';
import { wordColumns } from './estimate-words.ts';
import type { FileColumn } from './file-column.ts';

/** Always in quotes: a reader takes a column of names that are all digits for numbers. */
const text = (name: string, value: RawBuilder<unknown> = sql.ref(name)): FileColumn => ({ name, kind: 'quoted', value });
const none = sql`cast(null as text)`;
const basisWord = sql`case basis ${sql.join(
  (
    [
      ['billed', 'Billed'],
      ['estimated', 'Estimated'],
      ['within-allowance', 'WithinAllowance'],
      ['free', 'Free'],
    ] as const
  ).map(([basis, word]) => sql`when ${sql.lit(basisCode(basis))} then ${sql.lit(word)}`),
  sql` `,
)} else 'NoRate' end`;

/** The words of the series that were changed, and what was changed in the row: few rows have any. */
const asSent = sql`case when changed_as_sent is null then "x_AsSent" when "x_AsSent" is null then '{' || changed_as_sent || '}'
  else left("x_AsSent", -1) || ',' || changed_as_sent || '}' end`;

/** All columns of the file: those of FOCUS by name, then Canopy's own. */
export function columnsOf(cardId: string, version: number, cardCurrency: string): FileColumn[] {
  const decimal = (name: string, value: RawBuilder<unknown>): FileColumn => ({ name, kind: 'decimal', value });
  const time = (name: string, value: RawBuilder<unknown>): FileColumn => ({ name, kind: 'time', value });
  const sent = (column: string) => sql`try_cast(${sql.ref(column)} as timestamptz)`;
  const midnight = (day: RawBuilder<unknown>) => sql`cast(${day} as timestamptz)`;
  const billed = isBasis('billed');
  const periodSent = sql`(billing_from is not null and billing_to is not null)`;
  const cost = (name: string, whenBilled: RawBuilder<unknown>, estimated: RawBuilder<unknown>) =>
    decimal(name, sql`cast(case when ${billed} then ${whenBilled} else ${estimated} end as decimal(38, 15))`);
  // What a purchase covers is in the effective cost of usage, and none of it in its own.
  const worth = sql`case when "ChargeCategory" = 'Purchase' then cost else coalesce(sent_effective, cost) end`;
  const columns: FileColumn[] = [
    ...wordColumns.map((name) => text(name, name === 'x_AsSent' ? asSent : sql.ref(name))),
    cost('BilledCost', sql`cost`, sql`case when "InvoiceIssuerName" <> "ProviderName" then 0 else cost end`),
    cost('EffectiveCost', sql`coalesce(sent_effective, cost)`, sql`cost`),
    cost('ContractedCost', sql`coalesce(sent_contracted, ${worth})`, sql`cost`),
    cost('ListCost', sql`coalesce(sent_list, sent_contracted, ${worth})`, sql`card_list_cost`),
    text('BillingCurrency', sql`case when ${billed} then billed_currency else ${sql.lit(currencyOf(cardCurrency))} end`),
    time(
      'BillingPeriodStart',
      sql`case when ${periodSent} then coalesce(${sent('billing_from')}, ${midnight(sql`cycle_from`)}) else ${midnight(sql`cycle_from`)} end`,
    ),
    time(
      'BillingPeriodEnd',
      sql`case when ${periodSent} then coalesce(${sent('billing_to')}, ${midnight(sql`cycle_to`)}) else ${midnight(sql`cycle_to`)} end`,
    ),
    time('ChargePeriodStart', sql`coalesce(${sent('charge_from')}, ${midnight(sql`day`)})`),
    time('ChargePeriodEnd', sql`coalesce(${sent('charge_to')}, ${midnight(sql`day + 1`)})`),
    text('CommitmentDiscountStatus', none),
    decimal('ConsumedQuantity', sql`case when is_usage then quantity end`),
    text('ConsumedUnit', sql`case when is_usage and quantity is not null then consumed_unit end`),
    decimal('ContractedUnitPrice', sql`contracted_unit_price`),
    decimal('ListUnitPrice', sql`list_unit_price`),
    text('InvoiceId', none),
    text('PricingCategory', sql`case when is_tax then null else 'Standard' end`),
    decimal('PricingQuantity', sql`pricing_quantity`),
    text('PricingUnit', sql`pricing_unit`),
    text('SkuPriceDetails', none),
    text('SkuPriceId', sql`case when is_tax then null when ${billed} then "SkuId" || ':billed' else price_id end`),
    text('x_BillingPeriodBasis', sql`case when ${periodSent} then 'Sent' when anchored then 'Anchor' else 'CalendarMonth' end`),
    text('x_CostBasis', basisWord),
    decimal('x_EstimatedCost', sql`cast(estimate as decimal(38, 15))`),
    text('x_RateCardId', sql`case when ${billed} then null else ${sql.lit(cardId)} end`),
    { name: 'x_RateCardVersion', kind: 'count', value: sql`case when ${billed} then null else ${sql.lit(version)} end` },
    { name: 'x_Records', kind: 'count', value: sql`records` },
    time('x_SourceFetchedAt', sql`stored_at`),
  ];
  const own = (name: string) => Number(name.startsWith('x_'));
  return columns.toSorted((a, b) => own(a.name) - own(b.name) || (a.name < b.name ? -1 : 1));
}
