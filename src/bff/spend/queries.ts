import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Amount, SpendDimension, SpendMeasure, SpendQuestion } from '../../contract/canopy/spend.ts';
import type { Tables } from '../database/schema.ts';
import { add, plain } from './amount.ts';
import type { Day, DayRange } from './days.ts';
import { isSummable } from './levels.ts';
import { rowsOf } from './sources.ts';
import type { Columns, Parts, Selection } from './sources.ts';

/** ISO 4217 for "no currency": the costs of records that name none. */
const currencyOf = sql<string>`coalesce(currency, 'XXX')`;

const costParts: Readonly<Record<CostColumn, Parts>> = {
  BilledCost: { whole: sql`billed_cost`, rest: sql`billed_rest` },
  EffectiveCost: { whole: sql`effective_cost`, rest: sql`effective_rest` },
  ContractedCost: { whole: sql`contracted_cost`, rest: sql`contracted_rest` },
  ListCost: { whole: sql`list_cost`, rest: sql`list_rest` },
};
type CostColumn = Extract<SpendMeasure, { kind: 'cost' }>['column'];

/** Both parts of a sum, as they leave the database. */
interface Summed {
  whole: Amount;
  rest: Amount;
}
const together = ({ whole, rest }: Summed): Amount => (whole === null ? null : add(plain(whole), plain(rest)));

/** A level of one day as one number. What is beyond all reason is none: it would not fit. */
const level = sql`case when abs(whole) < 100000000000000000000 then whole + coalesce(rest, 0) end`;

export interface Total {
  key: string | null;
  amount: Amount;
  records: number;
  withCost: number;
}

/** The groups that are shown by name; every other one is folded into "Others". */
export type Names = readonly (string | null)[];

export interface Point {
  /** False for what was folded into "Others". */
  named: boolean;
  key: string | null;
  /** First day of the whole bucket; null where there is one for the whole range. */
  bucket: Day | null;
  amount: Amount;
}

type Granularity = SpendQuestion['granularity'] | null;
type Column = (columns: Columns) => RawBuilder<unknown>;

/** The SQL behind one question. Every number of an answer comes from here, and all from one snapshot of the store. */
export class SpendQueries {
  /** False for a level: its value over several days is the highest of them. */
  readonly summable: boolean;
  readonly #query: Kysely<Tables>;
  readonly #selection: Selection;
  readonly #measure: SpendMeasure;
  readonly #groupBy: SpendDimension | null;

  constructor(query: Kysely<Tables>, selection: Selection, { measure, groupBy }: Pick<SpendQuestion, 'measure' | 'groupBy'>) {
    this.#query = query;
    this.#selection = selection;
    this.#measure = measure;
    this.#groupBy = groupBy;
    this.summable = measure.kind === 'cost' || isSummable(measure.metric, measure.unit);
  }

  /** One total for each value of the dimension. */
  async totals(range: DayRange): Promise<Total[]> {
    const rows = this.#measured(range, !this.summable, (columns) => sql`${this.#key(columns)} as key`, sql`key`);
    const { rows: totals } = await sql<Summed & { key: string | null; records: string; with_cost: string }>`
      select key, ${this.#overDays}, sum(records) as records, sum(with_cost) as with_cost
      from ${rows} as used group by key`.execute(this.#query);
    return totals.map((row) => ({
      key: row.key,
      amount: together(row),
      records: Number(row.records),
      withCost: Number(row.with_cost),
    }));
  }

  /** One amount for each group and bucket. `names` is null where every group is named. */
  async series(range: DayRange, names: Names | null, granularity: Granularity): Promise<Point[]> {
    const daily = needsDays(granularity) || !this.summable;
    const columns: Column = (columns) => {
      const key = this.#key(columns);
      if (!names) return sql`true as named, ${key} as key`;
      return sql`${isAmong(key, names)} as named, case when ${isAmong(key, names)} then ${key} end as key`;
    };
    const { rows } = await sql<Summed & Omit<Point, 'amount'>>`
      select named, key, ${bucketOf(granularity)} as bucket, ${this.#overDays}
      from ${this.#measured(range, daily, columns, sql`named, key`)} as used
      group by 1, 2, 3`.execute(this.#query);
    return rows.map((row) => ({ named: row.named, key: row.key, bucket: row.bucket, amount: together(row) }));
  }

  /** The whole by bucket. Levels need it: the highest sum of a day is not the sum of the highest. */
  async wholeSeries(range: DayRange, granularity: Granularity): Promise<Map<Day | null, Amount>> {
    const rows = this.#measured(range, needsDays(granularity) || !this.summable, () => sql`1 as one`, sql`one`, false);
    const { rows: points } = await sql<Summed & { bucket: Day | null }>`
      select ${bucketOf(granularity)} as bucket, ${this.#overDays} from ${rows} as used group by 1`.execute(this.#query);
    return new Map(points.map((point) => [point.bucket, together(point)]));
  }

  /** Accounts of each named group, of the others and of all. */
  async accounts(range: DayRange, names: Names): Promise<{ named: Map<string | null, number>; others: number; all: number }> {
    const used = this.#rows(
      range,
      false,
      (columns) => sql`${this.#key(columns)} as key, ${columns.key('account')} as account`,
      this.#groupBy === null ? ['account'] : [this.#groupBy, 'account'],
    );
    const isNamed = isAmong(sql`key`, names);
    const { rows } = await sql<{ part: 'named' | 'others' | 'all'; key: string | null; accounts: string }>`
      with pairs as (select distinct key, account from ${used} as used where account is not null)
      select 'named' as part, key, count(*) as accounts from pairs where ${isNamed} group by key
      union all select 'others', null, count(distinct account) from pairs where not ${isNamed}
      union all select 'all', null, count(distinct account) from pairs`.execute(this.#query);
    const count = (part: 'others' | 'all') => Number(rows.find((row) => row.part === part)?.accounts ?? 0);
    const named = rows.filter((row) => row.part === 'named').map((row) => [row.key, Number(row.accounts)] as const);
    return { named: new Map(named), others: count('others'), all: count('all') };
  }

  /** What records carry in each currency, most records first. */
  async currencies(range: DayRange): Promise<{ currency: string; total: Amount; records: number }[]> {
    const cost = this.#cost;
    if (!cost) return [];
    const costs = rowsOf(this.#selection, {
      range,
      daily: false,
      dimensions: [],
      quantity: false,
      columns: ({ records }) =>
        sql`${currencyOf} as currency, ${cost.whole} as whole, ${cost.rest} as rest, ${records} as records`,
      where: () => sql`${cost.whole} is not null`,
    });
    const { rows } = await sql<Summed & { currency: string; records: string }>`
      select currency, sum(whole) as whole, sum(rest) as rest, sum(records) as records from ${costs} as costs
      group by 1 order by sum(records) desc, 1`.execute(this.#query);
    return rows.map((row) => ({ currency: row.currency, total: together(row), records: Number(row.records) }));
  }

  /** Records without this cost by metric and unit, most records first. */
  async metricsWithoutCost(range: DayRange): Promise<{ metric: string; unit: string; quantity: Amount; records: number }[]> {
    if (!this.#cost) return [];
    const { rows } = await sql<Summed & { metric: string; unit: string; records: string }>`
      select metric, unit, sum(whole) as whole, sum(rest) as rest, sum(records) as records
      from ${this.#withoutCost(this.#cost, range, false)} as used group by 1, 2 order by 5 desc, 1, 2`.execute(this.#query);
    const levels = rows.filter(({ metric, unit }) => !isSummable(metric, unit));
    const highest = levels.length > 0 ? await this.#highestDays(this.#cost, range, levels) : new Map<string, Amount>();
    return rows.map((row) => ({
      metric: row.metric,
      unit: row.unit,
      quantity: isSummable(row.metric, row.unit) ? together(row) : (highest.get(`${row.metric} ${row.unit}`) ?? null),
      records: Number(row.records),
    }));
  }

  /** What levels were on their highest day. */
  async #highestDays(cost: Parts, range: DayRange, levels: readonly { metric: string }[]): Promise<Map<string, Amount>> {
    const { rows } = await sql<{ metric: string; unit: string; highest: Amount }>`
      select metric, unit, max(${level}) as highest
      from (
        select metric, unit, day, sum(whole) as whole, sum(rest) as rest
        from ${this.#withoutCost(cost, range, true)} as used
        where metric = any(${levels.map(({ metric }) => metric)}::text[]) group by 1, 2, 3) as days
      group by 1, 2`.execute(this.#query);
    return new Map(rows.map((row) => [`${row.metric} ${row.unit}`, plain(row.highest)]));
  }

  #withoutCost({ whole }: Parts, range: DayRange, daily: boolean): RawBuilder<unknown> {
    return rowsOf(this.#selection, {
      range,
      daily,
      dimensions: ['metric'],
      quantity: true,
      columns: ({ key, unit, quantity, records }) =>
        sql`coalesce(${key('metric')}, '') as metric, ${unit} as unit, day, ${quantity.whole} as whole, ${quantity.rest} as rest,
          ${records} as records`,
      where: () => sql`${whole} is null`,
    });
  }

  async accountsWithoutCost(range: DayRange): Promise<number> {
    const cost = this.#cost;
    if (!cost) return 0;
    const used = rowsOf(this.#selection, {
      range,
      daily: false,
      dimensions: ['account'],
      quantity: false,
      columns: ({ key }) => sql`${key('account')} as account`,
      where: () => sql`${cost.whole} is null`,
    });
    const { rows } = await sql<{ accounts: string }>`
      select count(distinct account) as accounts from ${used} as used`.execute(this.#query);
    return Number(rows[0]?.accounts ?? 0);
  }

  get #cost(): Parts | null {
    return this.#measure.kind === 'cost' ? costParts[this.#measure.column] : null;
  }

  get #overDays(): RawBuilder<unknown> {
    return this.summable ? sql`sum(whole) as whole, sum(rest) as rest` : sql`max(${level}) as whole, null as rest`;
  }

  #key(columns: Columns): RawBuilder<string | null> {
    return this.#groupBy === null ? sql<string | null>`cast(null as text)` : columns.key(this.#groupBy);
  }

  /** These columns beside `day`, `whole`, `rest`, `records` and `with_cost`; of a level, added up within each day. */
  #measured(range: DayRange, daily: boolean, columns: Column, by: RawBuilder<unknown>, grouped = true): RawBuilder<unknown> {
    const cost = this.#cost;
    const dimensions = grouped && this.#groupBy !== null ? [this.#groupBy] : [];
    const rows = this.#rows(
      range,
      daily,
      (source) => {
        const { whole, rest } = cost ?? source.quantity;
        return sql`${columns(source)}, day, ${whole} as whole, ${rest} as rest, ${source.records} as records,
          case when ${whole} is null then 0 else ${source.records} end as with_cost`;
      },
      dimensions,
    );
    if (this.summable) return rows;
    return sql`(select ${by}, day, sum(whole) as whole, sum(rest) as rest, sum(records) as records, sum(with_cost) as with_cost
      from ${rows} as parts group by ${by}, day)`;
  }

  /** The records of the measure: costs of the one currency and records without a cost, or one metric in one unit. */
  #rows(range: DayRange, daily: boolean, columns: Column, dimensions: readonly SpendDimension[]): RawBuilder<unknown> {
    const measure = this.#measure;
    if (measure.kind === 'cost') {
      const { whole } = costParts[measure.column];
      const where = () => sql`(${whole} is null or ${currencyOf} = ${measure.currency})`;
      return rowsOf(this.#selection, { range, daily, columns, where, dimensions, quantity: false });
    }
    const where: Column = ({ key, unit }) =>
      sql`coalesce(${key('metric')}, '') = ${measure.metric} and ${unit} = ${measure.unit}`;
    return rowsOf(this.#selection, { range, daily, columns, where, dimensions: [...dimensions, 'metric'], quantity: true });
  }
}

function isAmong(key: RawBuilder<string | null>, names: Names): RawBuilder<boolean> {
  const given = names.filter((name) => name !== null);
  const among = sql<boolean>`coalesce(${key} = any(${given}::text[]), false)`;
  return names.includes(null) ? sql<boolean>`(${key} is null or ${among})` : among;
}

/** Whether a bucket may begin or end within a month. */
const needsDays = (granularity: Granularity): boolean => granularity === 'day' || granularity === 'week';

function bucketOf(granularity: Granularity): RawBuilder<unknown> {
  if (granularity === null) return sql`cast(null as text)`;
  return granularity === 'day' ? sql`day` : sql`cast(date_trunc(${sql.lit(granularity)}, day) as date)`;
}
