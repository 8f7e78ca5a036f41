import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Extract } from '../../database/extract.ts';
import { formula, spreadsheetText } from '../../exports/csv.ts';
import { values, wholeCostWidth, words } from '../columns.ts';
import type { ValueName, WordName } from '../columns.ts';
import type { DayRange } from '../days.ts';
import { storedDimensions, upstreamSource } from '../dimensions.ts';
import type { FileColumn, RecordFormat } from './file-column.ts';
import { selectList } from './file-column.ts';
import { saidIn, serviceColumns } from './said-services.ts';
import type { ServiceColumn } from './said-services.ts';
import { seriesIn, sheetOf, textsOf } from './sheet.ts';
import type { SheetColumn } from './sheet.ts';
import { slicesOf } from './slices.ts';
import type { UsageSeriesTable } from '../../database/migrations/usage.ts';

interface Asked {
  range: DayRange;
  series: RawBuilder<unknown>;
  format: RecordFormat;
  /** Whether the reader may know who people are: fields that Canopy does not know may name them. */
  seesPersons: boolean;
}

/** What a file holds, and the selects that bring it. */
export interface RecordSelects {
  columns: readonly FileColumn[];
  selects: AsyncIterable<RawBuilder<unknown>>;
}

/** Columns that stand after all others, by the rules for custom columns. */
const isOwn = (name: string): boolean => name.startsWith('x_');
const [ownWords, focusWords] = [words.filter(([name]) => isOwn(name)), words.filter(([name]) => !isOwn(name))];

const ids: ReadonlySet<WordName> = new Set(storedDimensions.flatMap(({ idField }) => idField ?? []));

/** A name stands in for an id that is missing, to group by: in a file of what was sent, the id is missing. */
const sentWord = (name: WordName, column: keyof UsageSeriesTable, series: UsageSeriesTable): string | null =>
  series.nulls?.split(' ').includes(`=${name}`) ? null : (series[column] as string | null); // words are text

const sheetColumns: readonly SheetColumn[] = [
  ['series_id', 'integer'],
  ...words.map(([, column]) => [column, 'text'] as const),
  ['organization_id', 'text'],
  ['source', 'text'],
  ['nulls', 'text'],
];

/**
 * Records as they were sent, one row each. Of a field without a value, `x_NullColumns` says whether it was sent as null;
 * else it was absent.
 */
export function alignedRecords(extract: Extract, asked: Asked): RecordSelects {
  const columns = columnsOf(asked);
  return { columns, selects: selectsOf(extract, asked, columns) };
}

async function* selectsOf(
  extract: Extract,
  { range, series, format }: Asked,
  columns: readonly FileColumn[],
): AsyncGenerator<RawBuilder<unknown>> {
  const written = (text: string | null): string | null =>
    text === null ? null : format === 'csv' ? spreadsheetText(text) : text;
  for (const slice of await slicesOf(extract.query, series, range)) {
    const rows = (await seriesIn(extract.query, slice)).map((one) => {
      const texts = words.map(([name, column]) => written(sentWord(name, column, one)));
      texts.push(one.organization_id, one.source, nullColumns(one.nulls));
      return textsOf(one.series_id, texts);
    });
    yield sql`select ${selectList(columns, format)}
      from usage_record as record join ${sheetOf(sheetColumns, rows)} as words using (series_id)
      left join usage_fetch as fetched on fetched.organization_id = words.organization_id and fetched.day = record.day
      where record.counted and record.day >= cast(${range.from} as date) and record.day < cast(${range.to} as date)`;
  }
}

function columnsOf({ format, seesPersons }: Asked): FileColumn[] {
  return [
    ...focusWords.map(wordColumn),
    ...serviceColumns.map((name) => serviceColumn(name, format)),
    ...values.map(([name, column, kind]): FileColumn => {
      if (kind === 'text') return { name, kind, value: timeText(name, column, format) };
      const value = kind === 'cost' ? wholeCost(column) : sql.ref(`record.${column}`);
      return { name, kind: 'decimal', value };
    }),
    ...ownWords.map(wordColumn),
    { name: 'x_OrganizationId', kind: 'quoted', value: sql`words.organization_id` },
    { name: 'x_Source', kind: 'text', value: sql`words.source` },
    { name: 'x_NullColumns', kind: 'text', value: sql`words.nulls` },
    { name: 'x_ExactValues', kind: 'text', value: seesPersons ? sql`record.exact` : sql`${withoutObjects}` },
    ...(seesPersons ? [{ name: 'x_OtherColumns', kind: 'text', value: otherColumns } as const] : []),
    { name: 'x_SourceFetchedAt', kind: 'time', value: sql`fetched.stored_at` },
  ];
}

const wordColumn = ([name, column]: (typeof words)[number]): FileColumn => ({
  name,
  kind: ids.has(name) ? 'quoted' : 'text',
  value: sql.ref(`words.${column}`),
});

/** These are words of a record, not of its series: here the engine puts the apostrophe before what a spreadsheet would run. */
const serviceColumn = (name: ServiceColumn, format: RecordFormat): FileColumn => {
  const said = saidIn(name);
  const runs = sql`regexp_matches(${said}, ${sql.lit(formula.source)})`;
  return { name, kind: 'text', value: format === 'csv' ? sql`case when ${runs} then '''' || ${said} else ${said} end` : said };
};

/** Without what stands in columns of its own. What a file holds is all text; numbers of Cloudflare's would lose digits, so theirs stay. */
const withoutServices = sql.lit(JSON.stringify(Object.fromEntries(serviceColumns.map((name) => [name, null]))));
const otherColumns = sql`case when other is null or words.source = ${sql.lit(upstreamSource)} then other
  else nullif(cast(json_merge_patch(cast(other as json), ${withoutServices}) as text), '{}') end`;

const nullColumns = (nulls: string | null): string | null =>
  nulls
    ?.split(' ')
    .filter((name) => !name.startsWith('='))
    .join(' ') || null;

/** A value of a known field may be an object, and an object may name anybody. */
const withoutObjects = sql`case when substr(record.exact, 2) not like '%{%' and record.exact not like '%[%' then record.exact end`;

/** Times are the text that was sent: a whole day is kept without one. In CSV, none may begin like a formula. */
function timeText(name: ValueName, column: string, format: RecordFormat): RawBuilder<unknown> {
  const kept = sql.ref(`record.${column}`);
  const midnight = (days: number) => sql`strftime(record.day + ${sql.lit(days)}, '%Y-%m-%dT00:00:00Z')`;
  const sent =
    name === 'ChargePeriodStart'
      ? sql`case when charge_period_start is null and charge_period_end is null then ${midnight(0)} else ${kept} end`
      : name === 'ChargePeriodEnd'
        ? sql`case when charge_period_start is null and charge_period_end is null then ${midnight(1)} else ${kept} end`
        : kept;
  return format === 'csv' ? sql`case when regexp_matches(${sent}, '^[^0-9]') then '''' || ${sent} else ${sent} end` : sent;
}

/** Both columns of a cost together. */
export function wholeCost(column: string): RawBuilder<unknown> {
  const { width, scale } = wholeCostWidth;
  const rest = column.replace('_cost', '_rest');
  const wide = sql.raw(`decimal(${width + 1}, ${scale})`);
  return sql`cast(${sql.ref(`record.${column}`)} as ${wide}) + coalesce(cast(${sql.ref(`record.${rest}`)} as ${wide}), 0)`;
}
