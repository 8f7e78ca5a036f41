import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { ExportRequest, RecordForm } from '../../../contract/canopy/exports.ts';
import { noCurrency } from '../../../contract/canopy/currency.ts';
import type { Database } from '../../database/open.ts';
import type { Tables } from '../../database/schema.ts';
import { Problem } from '../../problem.ts';
import type { RecordsEnd } from '../../services.ts';
import { amountOf, together } from '../amount.ts';
import { basisOfCode } from '../costs/basis.ts';
import type { SavedCard } from '../costs/rate-cards.ts';
import { withoutFinalPrice } from '../costs/without-final-price.ts';
import { eachDay } from '../days.ts';
import type { Day } from '../days.ts';
import { ofDays, ofOrganizations } from '../dimensions.ts';
import type { Reach } from '../reach.ts';
import { seriesOf } from '../sources.ts';
import type { Selected } from '../sources.ts';
import { dayStates } from '../states.ts';
import { alignedRecords } from './aligned.ts';
import { estimatedRecords } from './estimate.ts';
import { fileFormat } from './file-column.ts';
import type { FileColumn } from './file-column.ts';
import { countRecords, monthsToPrice } from './measure.ts';
import type { Counted } from './measure.ts';

export type RecordsRequest = Extract<ExportRequest, { kind: 'records' }>;

interface Asked {
  request: RecordsRequest;
  reach: Reach;
  selected: Selected;
  card: SavedCard;
  seesPersons: boolean;
  now: string;
  today: Day;
}

const baseName: Readonly<Record<RecordForm, string>> = {
  'focus-aligned': 'cloudflare-usage-focus-aligned',
  'focus-estimate': 'cloudflare-usage-focus-1.2-estimate',
};

export const recordsFileName = ({ form, format }: Pick<RecordsRequest, 'form' | 'format'>): string =>
  `${baseName[form]}.${format}`;

/**
 * The bytes of a file of records, and at their end what there is to say of it, all from one moment of the store. Throws
 * `in_progress`, before the first byte, where an estimate would lack months that are being priced.
 */
export function takeRecords(database: Database, asked: Asked, signal: AbortSignal): AsyncGenerator<Uint8Array, RecordsEnd> {
  const { request, reach, selected, card, seesPersons } = asked;
  const { question, form, format, withoutRate } = request;
  const range = { from: question.from, to: question.to };
  return database.extract(async function* (extract) {
    const cardVersion = card.version;
    if (form === 'focus-estimate') requirePriced(await monthsToPrice(extract.query, { question, reach, cardVersion }));
    const counted = await countRecords(extract.query, { question, selected });
    const facts = await factsOf(extract.query, asked, counted);
    const { columns, selects } =
      form === 'focus-aligned'
        ? alignedRecords(extract, { range, series: seriesOf(selected), format, seesPersons })
        : estimatedRecords(extract, { range, selected, format, card, withoutRate });
    const rows = yield* extract.file(selects, fileFormat(columns, format));
    return {
      rows,
      metadata: ({ sha256, bytes }) => ({
        ...facts,
        file: { name: recordsFileName(request), format: format === 'csv' ? 'CSV' : 'Parquet', rows, bytes, sha256 },
        columns: columns.map((column) => ({ name: column.name, type: typeOf(column, form, format) })),
      }),
    };
  }, signal);
}

export function requirePriced(months: number): void {
  if (months === 0) return;
  throw new Problem({
    code: 'in_progress',
    message: `${months === 1 ? 'A month of an organization is' : `${months} months of organizations are`} still being priced, so there is no estimate yet: it would lack their costs.`,
    action: 'Try again when everything is priced, or take the records as they were sent.',
    retryAfterSeconds: 10,
  });
}

function typeOf({ kind }: FileColumn, form: RecordForm, format: RecordsRequest['format']): string {
  if (format === 'csv') return kind === 'quoted' ? 'text, always in quotes' : kind === 'count' ? 'whole number' : kind;
  const types = { text: 'VARCHAR', quoted: 'VARCHAR', decimal: 'DECIMAL', time: 'TIMESTAMP WITH TIME ZONE', count: 'INTEGER' };
  return form === 'focus-aligned' && kind === 'text' ? 'VARCHAR, as it was sent' : types[kind];
}

/** Everything about a file but its own bytes. */
async function factsOf(query: Kysely<Tables>, asked: Asked, counted: Counted): Promise<object> {
  const { request, reach, now, today, card, seesPersons } = asked;
  const { question, form } = request;
  const states = await dayStates(query, reach.live, today);
  const days = [...eachDay(question)].flatMap((day) => {
    const state = states.of(day);
    return state === 'stored' ? [] : [{ day, state }];
  });
  return {
    title: form === 'focus-aligned' ? 'Cloudflare usage, FOCUS-aligned' : 'Cloudflare usage, FOCUS 1.2 estimate',
    writtenBy: 'Canopy',
    writtenAt: now,
    specification:
      form === 'focus-aligned'
        ? {
            name: 'FOCUS',
            version: '1.3',
            conformant: false,
            why: 'Cloudflare does not send all mandatory columns. Nothing was filled in.',
          }
        : {
            name: 'FOCUS',
            version: '1.2',
            conformant: false,
            why: 'Costs that Cloudflare did not send are estimates, and the validator refuses what refusedByTheValidator names.',
          },
    scope: {
      organization: question.organization ? { id: question.organization, name: reach.nameOf(question.organization) } : null,
      organizationsBelow: question.descendants,
      organizations: reach.ids.length,
    },
    window: { from: question.from, to: question.to, toIsIncluded: false, timeZone: 'UTC' },
    filters: question.filters,
    fetched: await fetchedOf(query, asked),
    records: counted.records,
    leftOut: {
      toldByDeeperOrganization: counted.leftOut,
      withoutRate: form === 'focus-estimate' && request.withoutRate === 'exclude' ? rowsOf(counted, 'no-rate') : 0,
    },
    gaps: { days, readings: await failedReadings(query, asked) },
    missingMandatoryColumns: form === 'focus-aligned' ? counted.missing : [],
    partlyMissingColumns: form === 'focus-aligned' ? counted.partly : [],
    ...(form === 'focus-estimate'
      ? {
          rateCard: { id: card.card.id, version: card.version, name: card.card.name, currency: card.card.currency },
          costs: await costsOf(query, asked),
          mayChange: await mayChange(query, asked),
          withoutRate: { rows: rowsOf(counted, 'no-rate'), metrics: counted.withoutRate },
          refusedByTheValidator: refusals,
          rules: estimateRules,
        }
      : { rules: seesPersons ? alignedRules : [...alignedRules, personRule] }),
  };
}

const rowsOf = ({ bases }: Counted, basis: string): number => bases.find((one) => one.basis === basis)?.rows ?? 0;

/** Whatever the file is filtered by, since allowances are shared. What is not priced at all keeps an estimate from being written. */
async function mayChange(query: Kysely<Tables>, { request: { question }, reach }: Asked): Promise<object> {
  const { notFinal } = await withoutFinalPrice(query, reach, question);
  if (notFinal === 0) return { records: 0 };
  return {
    records: notFinal,
    of: 'All records of these days and organizations, before filters.',
    why: 'Other days of their billing cycles were not read, so what they use of an allowance is not known for good.',
  };
}

async function fetchedOf(query: Kysely<Tables>, { request: { question }, reach }: Asked): Promise<object> {
  const { first, last } = await query
    .selectFrom('usage_fetch')
    .select((row) => [row.fn.min<string | null>('stored_at').as('first'), row.fn.max<string | null>('stored_at').as('last')])
    .where(ofOrganizations(reach.ids))
    .where(ofDays(question))
    .executeTakeFirstOrThrow();
  return { first, last };
}

const shownReadings = 1_000;

/** Days of organizations whose last reading failed. What was stored of them before is in the file. */
async function failedReadings(query: Kysely<Tables>, { request: { question }, reach }: Asked): Promise<object> {
  const { rows } = await sql<{ organization_id: string; day: Day; stored_at: string | null; total: string }>`
    select organization_id, day, stored_at, count(*) over () as total from usage_fetch
    where ${ofOrganizations(reach.live)} and ${ofDays(question)} and error is not null
    order by day, organization_id limit ${shownReadings}`.execute(query);
  return {
    failed: Number(rows[0]?.total ?? 0),
    listed: rows.map((row) => ({
      organizationId: row.organization_id,
      organizationName: reach.nameOf(row.organization_id),
      day: row.day,
      storedBefore: row.stored_at !== null,
    })),
  };
}

/** What the rows cost by currency and basis; the same sums as on the page. */
async function costsOf(query: Kysely<Tables>, { request: { question }, selected }: Asked): Promise<object> {
  const { rows } = await sql<{ currency: string; basis: number; rows: string; cost: string | null; rest: string | null }>`
    select cost_currency as currency, basis, count(*) as rows, sum(cost) as cost, sum(cost_rest) as rest
    from usage_cost
    where ${ofDays(question)} and series_id in ${seriesOf(selected)}
    group by 1, 2 order by 1, 2`.execute(query);
  return rows.map((row) => ({
    currency: row.currency,
    basis: basisOfCode(row.basis),
    rows: Number(row.rows),
    cost: amountOf(together(row.cost, row.rest)),
  }));
}

const alignedRules = [
  'One row for each record, as Cloudflare sent it. Costs are only where Cloudflare sent them.',
  'A field without a value was absent, unless x_NullColumns names it: then it was sent as null.',
  'Times are the text that was sent. Numbers have all digits that fit their column; x_ExactValues holds, as JSON, the values that do not.',
  'ServiceCategory, ServiceName and ServiceSubcategory are only where they were sent: Cloudflare sends x_ProductCategoryName and x_ProductFamilyName instead.',
  'x_OtherColumns holds, as JSON, the fields that Canopy has no column for. x_Source is cloudflare, or the id of a file that was taken in.',
  'In CSV, text that a spreadsheet would run as a formula begins with an apostrophe. Numbers never do.',
];
const personRule =
  'Your role does not include reading who people are, so fields that Canopy does not know (x_OtherColumns) are left out: they could name somebody.';

/** Rules of the FinOps Foundation's validator that a file may break, since keeping them would make it say what is not true. */
const refusals = [
  {
    rule: 'InvoiceId-C-005-C',
    where: 'Every file.',
    why: 'InvoiceId is empty: there is no invoice to name, and no value satisfies both rules about it.',
  },
  {
    rule: 'BilledCost-C-005-C',
    where: 'Rows that Cloudflare sent a BilledCost for, although another company issues the invoice.',
    why: 'The validator wants 0. The cost is as sent.',
  },
  {
    rule: 'EffectiveCost-C-005-C',
    where: 'Purchases with an EffectiveCost.',
    why: 'FOCUS wants 0 of purchases that cover future charges, the validator of all. Cloudflare does not say which they are, so EffectiveCost is as sent, or as billed where it was not sent.',
  },
  {
    rule: 'BillingCurrency-C-006-M',
    where: 'Rows billed in XCG or ZWG.',
    why: 'The list of the validator is older than these codes of ISO 4217.',
  },
  {
    rule: 'ServiceName-C-005-C, ServiceName-C-008-C',
    where: 'Services that one file classes otherwise than another, or than Canopy.',
    why: 'FOCUS wants one class for each ServiceName. Each row has the class that was sent with it.',
  },
];

const estimateRules = [
  'One row for all records of the same thing on the same day (x_Records says how many): the rate card prices them together.',
  'What an account is estimated to cost on a day is on its records of the day (zones, regions, subscriptions) by what each used in the billing cycle so far: the allowance is the account’s. So a record may cost more, or less, than its own quantity.',
  'x_CostBasis: Billed is what Cloudflare sent. Estimated, WithinAllowance and Free come from the rate card. NoRate has no price: its costs are 0 because FOCUS allows no empty cost, and are unknown.',
  'PricingQuantity is what was added on that day to the priced quantity of the billing cycle, in PricingUnit: 0.0 while the allowance is not used up. ListUnitPrice x PricingQuantity is ListCost, and ContractedUnitPrice x PricingQuantity is ContractedCost, to the twelfth digit of PricingQuantity. Of billed rows all of these are as sent, each rounded on its own, but for taxes and for prices below zero.',
  'A tax has no quantity, price, SKU or PricingCategory, and only usage has a ConsumedQuantity: FOCUS wants it so. A price below zero, which FOCUS does not have, is written above zero, with the sign at PricingQuantity. x_AsSent has the numbers that were sent.',
  'A purchase that was sent as Usage-Based is One-Time, since FOCUS allows no other purchase by usage.',
  'Where nothing is charged or no price is known, unit prices are 0 and PricingQuantity is ConsumedQuantity. A discount of 100 percent leaves no quantity to tell, so its list cost is 0 too.',
  'BilledCost of an estimate is 0 where another company issues the invoice, as FOCUS wants it; EffectiveCost has the estimate.',
  'Where Cloudflare sent BilledCost only, the other costs repeat it. A unit price that it did not send is the cost divided by the quantity.',
  'BillingPeriod is as sent, or the billing cycle by the day on which it starts (x_BillingPeriodBasis Anchor), or the calendar month where that day is not known.',
  'ServiceName, ServiceCategory and ServiceSubcategory are what the records say, where they say one thing and FOCUS 1.2 has that class. Cloudflare says none of them, so its services are classed by us, by product family: a family that we know has the name we know it by, and every other name is Other.',
  'SkuPriceId is the rate card and the SkuId: metrics that one line of the card prices have a price id each. What a record does not name is called unknown.',
  'BillingCurrency is that of the rate card where costs come from it, even if another was sent: x_AsSent has it.',
  `A BillingCurrency that is no code of ISO 4217 is ${noCurrency}, the code for no currency: rows in ${noCurrency} may be in different currencies, and must not be added up. costs names them as sent.`,
  'Units are spelled as FOCUS spells units; a unit that cannot be spelled so is Units.',
  'Text in FOCUS columns is ASCII, since the validator takes nothing else: accents are dropped and other letters spelled out or replaced by a question mark. x_AsSent holds, as JSON, what was sent where a value was changed, but for the spelling of ChargeDescription; x_ columns are as sent.',
  'In CSV, all text is in quotes. Text that a spreadsheet would run as a formula, or that the validator takes for no value (NULL, INVALID, INVALID_COST, INVALID_DECIMAL, INVALID_INT, BAD_DATE), begins with an apostrophe. Numbers never do, and always have a decimal point.',
];
