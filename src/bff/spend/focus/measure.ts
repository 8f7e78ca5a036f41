import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { RecordForm, RecordsMeasure, RecordsQuestion } from '../../../contract/canopy/exports.ts';
import { costBases } from '../../../contract/canopy/spend.ts';
import type { CostBasis } from '../../../contract/canopy/spend.ts';
import type { Tables } from '../../database/schema.ts';
import { basisCode, basisOfCode } from '../costs/basis.ts';
import { staleMonths } from '../costs/pricer.ts';
import { words } from '../columns.ts';
import { nextMonth } from '../days.ts';
import type { Day } from '../days.ts';
import { ofDays } from '../dimensions.ts';
import type { Reach } from '../reach.ts';
import { seriesOf } from '../sources.ts';
import type { Selected } from '../sources.ts';
import { countStates, dayStates } from '../states.ts';
import { saidIn } from './said-services.ts';

/** Columns that FOCUS 1.3 makes mandatory, and where a value of theirs would stand. */
const mandatory: Readonly<Record<string, string | RawBuilder<unknown>>> = {
  BilledCost: 'billed_cost',
  BillingAccountId: 'account_id',
  BillingAccountName: 'account_name',
  BillingCurrency: 'currency',
  BillingPeriodEnd: 'billing_period_end',
  BillingPeriodStart: 'billing_period_start',
  ChargeCategory: 'charge_category',
  ChargeClass: 'charge_class',
  ChargeDescription: 'charge_description',
  ChargePeriodEnd: sql`coalesce(charge_period_end, case when charge_period_start is null then 'the whole day' end)`,
  ChargePeriodStart: 'day',
  ContractedCost: 'contracted_cost',
  EffectiveCost: 'effective_cost',
  HostProviderName: 'host_provider_name',
  InvoiceIssuerName: 'invoice_issuer_name',
  ListCost: 'list_cost',
  PricingQuantity: 'pricing_quantity',
  PricingUnit: 'pricing_unit',
  ServiceCategory: saidIn('ServiceCategory'),
  ServiceName: saidIn('ServiceName'),
  ServiceProviderName: 'service_provider_name',
};

/**
 * Letters of values that not all records have. With the priced quantity come unit prices; services lose the names that they
 * have in JSON, since they have columns.
 */
const valueLetters: Readonly<Record<string, number>> = {
  BilledCost: 8,
  BillingPeriodEnd: 20,
  BillingPeriodStart: 20,
  ChargePeriodEnd: 20,
  ContractedCost: 8,
  EffectiveCost: 8,
  ListCost: 8,
  PricingQuantity: 24,
  ServiceCategory: -24,
  ServiceName: -20,
};
/** Of an id that a name stands in for: the name and the id's own, which no file has there. */
const standInLetters = 28;
/** What JSON grows by in CSV, where its quotes are doubled. */
const inQuotes = 1.2;

/**
 * Bytes of a row beside its words and those values; what is left of CSV packed, where words repeat; and of Parquet the
 * bytes of a row and of a file without rows. Measured on the sandbox's records, with and without costs.
 */
const sizes: Readonly<Record<RecordForm, { csv: number; packed: number; parquet: number; frame: number }>> = {
  'focus-aligned': { csv: 122, packed: 0.045, parquet: 11, frame: 17_000 },
  'focus-estimate': { csv: 488, packed: 0.045, parquet: 27, frame: 28_000 },
};
/** Names of columns, and the metadata. */
const overhead = 5_000;

export interface Counted {
  /** Records that count. */
  records: number;
  leftOut: number;
  /** Mandatory columns without any value, and those that only some records have. */
  missing: string[];
  partly: { column: string; records: number }[];
  /** Letters of the words of all records. */
  letters: number;
  /** Letters of what only the records themselves hold: values that few have, and fields without a column. */
  ownLetters: number;
  bases: { basis: CostBasis; rows: number }[];
  withoutRate: { metric: string; rows: number }[];
}

export interface Asked {
  question: RecordsQuestion;
  selected: Selected;
  reach: Reach;
  cardVersion: number;
  today: Day;
}

const shownMetrics = 20;

/** Columns that stand with the words of a series. */
const seriesColumns: ReadonlySet<string> = new Set(words.map(([, column]) => column));

/** What of these records is there. */
export async function countRecords(
  query: Kysely<Tables>,
  { question, selected }: Pick<Asked, 'question' | 'selected'>,
): Promise<Counted> {
  const inRange = ofDays(question);
  const series = seriesOf(selected);
  // What the words of a series say is looked at once a series: the rows of the join stay small.
  const has: RawBuilder<unknown>[] = [];
  const columns = Object.entries(mandatory).map(([name, column]) => {
    const filled = sql`${typeof column === 'string' ? sql.ref(column) : column} is not null`;
    const ofSeries = typeof column === 'string' && seriesColumns.has(column);
    if (ofSeries) has.push(sql`${filled} as ${sql.ref(`has_${name}`)}`);
    const there = ofSeries ? sql.ref(`has_${name}`) : filled;
    return sql`count(*) filter (where counted and ${there}) as ${sql.ref(name)}`;
  });
  const { rows } = await sql<Record<string, string>>`
    select count(*) filter (where counted) as records, count(*) filter (where not counted) as left_out,
      coalesce(sum(letters) filter (where counted), 0) as letters,
      coalesce(sum(length(other)) filter (where counted), 0) as other_letters, ${sql.join(columns)}
    from usage_record
    join (select series_id, length(key) - ${sql.lit(standInLetters)} * coalesce(length(nulls) - length(replace(nulls, '=', '')), 0) as letters,
        ${sql.join(has)} from usage_series where series_id in ${series}) as words
      using (series_id)
    where ${inRange}`.execute(query);
  const found = rows[0] ?? {};
  const records = Number(found['records'] ?? 0);
  const counts = Object.keys(mandatory).map((column) => ({ column, records: Number(found[column] ?? 0) }));
  const { rows: bases } = await sql<{ basis: number; rows: string }>`
    select basis, count(*) as rows from usage_cost where ${inRange} and series_id in ${series} group by 1`.execute(query);
  const { rows: metrics } = await sql<{ metric: string; rows: string }>`
    select coalesce(metric_name, metric_id, 'No metric') as metric, count(*) as rows
    from usage_cost join usage_series using (series_id)
    where ${inRange} and series_id in ${series} and basis = ${basisCode('no-rate')}
    group by 1 order by 2 desc, 1 limit ${shownMetrics}`.execute(query);
  const byBasis = new Map(bases.map((row) => [basisOfCode(row.basis), Number(row.rows)]));
  return {
    records,
    leftOut: Number(found['left_out'] ?? 0),
    missing: counts.filter((count) => count.records === 0).map(({ column }) => column),
    partly: counts.filter((count) => count.records > 0 && count.records < records),
    letters: Number(found['letters'] ?? 0),
    ownLetters: counts.reduce(
      (sum, { column, records: some }) => sum + some * (valueLetters[column] ?? 0),
      inQuotes * Number(found['other_letters'] ?? 0),
    ),
    bases: costBases.flatMap((basis) => {
      const count = byBasis.get(basis);
      return count ? [{ basis, rows: count }] : [];
    }),
    withoutRate: metrics.map(({ metric, rows: count }) => ({ metric, rows: Number(count) })),
  };
}

export async function measureFiles(query: Kysely<Tables>, asked: Asked): Promise<RecordsMeasure> {
  const { question, reach, cardVersion, today } = asked;
  const { records, letters, ownLetters, bases, missing, leftOut, withoutRate } = await countRecords(query, asked);
  const priced = bases.reduce((sum, { rows }) => sum + rows, 0);
  const states = await dayStates(query, reach.live, today);
  const rows = { 'focus-aligned': records, 'focus-estimate': priced };
  const perRow = (sum: number): number => (records === 0 ? 0 : sum / records);
  return {
    question,
    rows,
    bytes: {
      'focus-aligned': bytesOf('focus-aligned', rows, perRow(letters + ownLetters)),
      'focus-estimate': bytesOf('focus-estimate', rows, perRow(letters)),
    },
    days: countStates(question, states.of),
    leftOut,
    missingColumns: missing,
    bases,
    withoutRate,
    card: cardVersion,
    monthsToPrice: await monthsToPrice(query, asked),
  };
}

function bytesOf(form: RecordForm, rows: RecordsMeasure['rows'], words: number): RecordsMeasure['bytes'][RecordForm] {
  const { csv, packed, parquet, frame } = sizes[form];
  const unpacked = Math.round(rows[form] * (csv + words)) + 1_000;
  const columns = rows[form] * parquet + frame;
  return {
    csv: { download: Math.round(unpacked * packed) + overhead, unpacked },
    parquet: { download: columns + overhead, unpacked: columns },
  };
}

/** Months of the range whose costs are missing or older than their usage or the card. */
export async function monthsToPrice(
  query: Kysely<Tables>,
  { question, reach, cardVersion }: Pick<Asked, 'question' | 'reach' | 'cardVersion'>,
): Promise<number> {
  const organizations = new Set(reach.ids);
  const stale = await staleMonths(query, cardVersion);
  return stale.filter(
    ({ organizationId, month }) => organizations.has(organizationId) && month < question.to && nextMonth(month) > question.from,
  ).length;
}
