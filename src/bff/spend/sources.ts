import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { RecordDimension, SpendDimension, SpendFilter } from '../../contract/canopy/spend.ts';
import { isTagDimension } from '../../contract/canopy/tag-key.ts';
import { monthOf, nextMonth } from './days.ts';
import type { Day, DayRange } from './days.ts';
import {
  costsWithWords,
  keyColumns,
  ofDays,
  ofOrganizations,
  pricedQuantity,
  recordQuantity,
  recordsWithWords,
  recordUnit,
} from './dimensions.ts';
import { tagColumn, withTags } from './tags/with-tags.ts';

/** A table that can answer, with the names its columns have for us. */
interface Source {
  table: RawBuilder<unknown>;
  keys: Partial<Record<RecordDimension, string>>;
  /** Quantity and unit; null where metrics are added up. */
  quantity: { whole: RawBuilder<unknown>; rest: RawBuilder<unknown>; unit: RawBuilder<string> } | null;
  records: RawBuilder<unknown>;
  only: RawBuilder<unknown>;
  /**
   * The table of single days of series, without their words, and its column that conditions may name beside `met`; null
   * where days or series are added up.
   */
  facts: { table: RawBuilder<unknown>; also: RawBuilder<unknown> } | null;
}

/** Tables that hold the same records: one knows them all, the others are added up from it. */
interface Book {
  /** Smallest first, as are those of days. They know the first and the last day of what is added up. */
  byMonth: readonly Source[];
  byDay: readonly Source[];
  /** Knows everything. */
  records: Source;
}

const summed = {
  quantity: { whole: sql`quantity`, rest: sql`quantity_rest`, unit: sql<string>`unit` },
  records: sql`records`,
  only: sql`true`,
  facts: null,
};
const metricKeys = {
  organization: 'organization_id',
  category: 'category',
  family: 'family',
  metric: 'metric',
  chargeClass: 'charge_class',
  source: 'source',
} as const;

const accountKeys = {
  organization: 'organization_id',
  account: 'account_id',
  chargeClass: 'charge_class',
  source: 'source',
} as const;
/** Costs that are added up know the currency they are in, which is not always that of their record. */
const currencyKey = { currency: 'currency' } as const;

const books: Readonly<Record<BookName, Book>> = {
  usage: {
    byMonth: [
      { table: sql`usage_metric_month`, keys: { ...metricKeys, ...currencyKey }, ...summed },
      { table: sql`usage_account_month`, keys: { ...accountKeys, ...currencyKey }, ...summed, quantity: null },
      { table: sql`usage_month`, keys: { ...metricKeys, ...currencyKey, account: 'account_id' }, ...summed },
    ],
    byDay: [
      { table: sql`usage_day`, keys: { ...metricKeys, ...currencyKey }, ...summed },
      { table: sql`usage_account_day`, keys: { ...accountKeys, ...currencyKey }, ...summed, quantity: null },
    ],
    records: {
      table: recordsWithWords,
      keys: keyColumns,
      quantity: { ...recordQuantity, unit: recordUnit },
      records: sql`1`,
      only: sql`counted`,
      facts: { table: sql`usage_record`, also: sql`` },
    },
  },
  costs: {
    byMonth: [
      { table: sql`cost_metric_month`, keys: metricKeys, ...summed },
      { table: sql`cost_account_month`, keys: accountKeys, ...summed, quantity: null },
      { table: sql`cost_month`, keys: { ...metricKeys, account: 'account_id' }, ...summed },
    ],
    byDay: [
      { table: sql`cost_day`, keys: metricKeys, ...summed },
      { table: sql`cost_account_day`, keys: accountKeys, ...summed, quantity: null },
    ],
    records: {
      table: costsWithWords,
      keys: keyColumns,
      quantity: { ...pricedQuantity, unit: recordUnit },
      records: sql`records`,
      only: sql`true`,
      facts: { table: sql`usage_cost`, also: sql`, cost_currency` },
    },
  },
};

/**
 * - `usage`: records as upstream sent them
 * - `costs`: what each of them costs, and on what basis
 */
export type BookName = 'usage' | 'costs';

/** Which records a question is about, before it is asked how to group them. */
export interface Selection {
  organizationIds: readonly string[];
  filters: readonly SpendFilter[];
  book: BookName;
  /** Accounts whose tags may be known; null for all. Only looked at where a tag is asked for. */
  tagged: readonly string[] | null;
  /** Whether the sums of a month are those of its days as they are now. */
  isBuilt: (month: Day) => boolean;
}

export interface Wanted {
  range: DayRange;
  /** Dimensions among the columns, beside those of the filters. */
  dimensions: readonly SpendDimension[];
  /** Whether quantities or units are among the columns or conditions. */
  quantity: boolean;
  /** Whether the day matters; where it does not, whole months may stand for their days. */
  daily: boolean;
  /**
   * Set where it matters what there is, and not how often: one row may then stand for all records of a series, and the sums
   * of a month for a part of it. It is the only thing of a single record that may be asked; columns and conditions know it
   * as `met`.
   */
  met?: RawBuilder<boolean>;
  /** Set where it matters what each record has: sums cannot tell. */
  single?: boolean;
  columns: (source: Columns) => RawBuilder<unknown>;
  where?: (source: Columns) => RawBuilder<unknown>;
}

/** The columns of one source under their common names. */
export interface Columns {
  key: (dimension: SpendDimension) => RawBuilder<string | null>;
  quantity: Parts;
  unit: RawBuilder<string>;
  records: RawBuilder<unknown>;
  met: RawBuilder<boolean>;
}

/** A value in two columns that are added up apart: neither overflows nor loses a digit. */
export interface Parts {
  whole: RawBuilder<unknown>;
  rest: RawBuilder<unknown>;
}

/** A select over the smallest tables that can answer: parentheses included, to stand after `from`. */
export function rowsOf(selection: Selection, wanted: Wanted): RawBuilder<unknown> {
  const needed = new Set([...wanted.dimensions, ...selection.filters.map(({ dimension }) => dimension)]);
  const knows = (source: Source) =>
    !wanted.single &&
    [...needed].every((dimension) => (isTagDimension(dimension) ? 'account' : dimension) in source.keys) &&
    (source.quantity !== null || !wanted.quantity);
  const { byMonth, byDay, records } = books[selection.book];
  const daily = byDay.find(knows) ?? records;
  const monthly = wanted.daily ? undefined : byMonth.find(knows);
  const parts = monthly ? monthsAndRest(wanted.range, selection.isBuilt) : [{ range: wanted.range, whole: false }];
  const selects = parts.map(({ range, whole }) => {
    const spans = wanted.met !== undefined && reachesAnEnd(range) && selection.isBuilt(monthOf(range.from));
    return monthly && (whole || spans)
      ? selectFrom(monthly, inMonths(range), selection, wanted)
      : selectFrom(daily, ofDays(range), selection, wanted);
  });
  return sql`(${sql.join(selects, sql` union all `)})`;
}

/** Sums of whole months, or of a month in which there is something on the days of the range, which reaches to one of its ends. */
const inMonths = ({ from, to }: DayRange) =>
  sql`day >= cast(${monthOf(from)} as date) and day < cast(${to} as date) and last_day >= cast(${from} as date) and first_day < cast(${to} as date)`;

/** Whether it is a part of one month that begins or ends with it: the first and the last day of what is added up tell whether it is met there. */
function reachesAnEnd({ from, to }: DayRange): boolean {
  const next = nextMonth(from);
  return to <= next && (from === monthOf(from) || to === next);
}

function selectFrom(
  source: Source,
  within: RawBuilder<unknown>,
  { organizationIds, filters, tagged }: Selection,
  wanted: Wanted,
): RawBuilder<unknown> {
  const { met } = wanted;
  const tags = withTags([...wanted.dimensions, ...filters.map(({ dimension }) => dimension)], tagged);
  const once = met === undefined ? null : source.facts;
  const columns: Columns = {
    key: (dimension) =>
      isTagDimension(dimension) ? tagColumn(dimension) : sql.ref<string | null>(source.keys[dimension] ?? dimension),
    quantity: source.quantity ?? { whole: sql`null`, rest: sql`null` },
    unit: source.quantity?.unit ?? sql<string>`''`,
    records: source.records,
    met: once ? sql<boolean>`met` : sql<boolean>`(${met ?? sql`true`})`,
  };
  const ofSelection = conditionsOf({ organizationIds, filters }, columns.key);
  const inRange = sql`${source.only} and ${within}`;
  // A series has hundreds of records: which series there are is found before their words are looked at.
  const table = once
    ? sql`(select distinct series_id, ${met} as met${once.also} from ${once.table}
        where ${inRange} and series_id in (select series_id from usage_series ${tags} where ${ofSelection})) as met_series
        join usage_series using (series_id)`
    : source.table;
  const conditions = [once ? sql`true` : sql`${inRange} and ${ofSelection}`, ...(wanted.where ? [wanted.where(columns)] : [])];
  return sql`select ${wanted.columns(columns)} from ${table} ${tags} where ${sql.join(conditions, sql` and `)}`;
}

/** Records of some organizations, filtered. */
export type Selected = Pick<Selection, 'organizationIds' | 'filters' | 'tagged'>;

/** Ids of the series that the records belong to: parentheses included. */
export function seriesOf(selected: Selected): RawBuilder<unknown> {
  const tags = withTags(
    selected.filters.map(({ dimension }) => dimension),
    selected.tagged,
  );
  const key: Columns['key'] = (dimension) => (isTagDimension(dimension) ? tagColumn(dimension) : sql.ref(keyColumns[dimension]));
  return sql`(select series_id from usage_series ${tags} where ${conditionsOf(selected, key)})`;
}

const conditionsOf = (
  { organizationIds, filters }: Pick<Selection, 'organizationIds' | 'filters'>,
  key: Columns['key'],
): RawBuilder<unknown> =>
  sql.join(
    [ofOrganizations(organizationIds), ...filters.map((filter) => conditionOf(filter, key(filter.dimension)))],
    sql` and `,
  );

/**
 * The engine joins a list where it is compared with `any`, which takes one to two megabytes of its 48, however short the
 * list is. So the filters that people make are looked through, and only longer lists are joined.
 */
const longestScanned = 200;

function isOneOf(key: RawBuilder<string | null>, values: readonly string[]): RawBuilder<unknown> {
  if (values.length === 1) return sql`${key} = ${values[0]}`;
  return values.length > longestScanned
    ? sql`${key} = any(${values}::text[])`
    : sql`array_position(${values}::text[], ${key}) is not null`;
}

/** A record without a value is in "is" only where null is named, and in "is not" only where it is not. */
export function conditionOf({ operator, values }: SpendFilter, key: RawBuilder<string | null>): RawBuilder<unknown> {
  const named = values.filter((value) => value !== null);
  const among = isOneOf(key, named);
  const withNull = values.includes(null);
  if (operator === 'is') return withNull ? sql`(${key} is null or ${among})` : among;
  return withNull ? sql`(${key} is not null and not ${among})` : sql`(${key} is null or not ${among})`;
}

/** A range as runs of whole months that are added up, and the days around them. */
function monthsAndRest({ from, to }: DayRange, isBuilt: (month: Day) => boolean): { range: DayRange; whole: boolean }[] {
  const parts: { range: DayRange; whole: boolean }[] = [];
  for (let at = from; at < to;) {
    const next = nextMonth(at);
    const end = next > to ? to : next;
    const whole = at === monthOf(at) && next <= to && isBuilt(at);
    const last = parts.at(-1);
    if (last?.whole === whole) last.range.to = end;
    else parts.push({ range: { from: at, to: end }, whole });
    at = end;
  }
  return parts;
}
