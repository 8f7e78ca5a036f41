import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Amount, SpendDimension, SpendMeasure, SpendQuestion } from '../../contract/canopy/spend.ts';
import type { Tables } from '../database/schema.ts';
import { plain } from './amount.ts';
import type { Day, DayRange } from './days.ts';
import { isSummable } from './levels.ts';
import { rowsOf } from './sources.ts';
import type { Columns, Selection } from './sources.ts';

/** ISO 4217 for "no currency": the costs of records that name none. */
const currencyOf = sql<string>`coalesce(currency, 'XXX')`;

const costColumns = {
  BilledCost: 'billed_cost',
  EffectiveCost: 'effective_cost',
  ContractedCost: 'contracted_cost',
  ListCost: 'list_cost',
} as const;

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
    const { rows: totals } = await sql<{ key: string | null; amount: Amount; records: string; with_cost: string }>`
      select key, ${this.#overDays} as amount, sum(records) as records, sum(with_cost) as with_cost
      from ${rows} as used group by key`.execute(this.#query);
    return totals.map((row) => ({
      key: row.key,
      amount: plain(row.amount),
      records: Number(row.records),
      withCost: Number(row.with_cost),
    }));
  }

  /** One amount for each group and bucket. `names` is null where every group is named. */
  async series(range: DayRange, names: Names | null, granularity: Granularity): Promise<Point[]> {
    const daily = granularity !== null || !this.summable;
    const columns: Column = (columns) => {
      const key = this.#key(columns);
      if (!names) return sql`true as named, ${key} as key`;
      return sql`${isAmong(key, names)} as named, case when ${isAmong(key, names)} then ${key} end as key`;
    };
    const { rows } = await sql<Point>`
      select named, key, ${bucketOf(granularity)} as bucket, ${this.#overDays} as amount
      from ${this.#measured(range, daily, columns, sql`named, key`)} as used
      group by 1, 2, 3`.execute(this.#query);
    return rows.map(({ named, key, bucket, amount }) => ({ named, key, bucket, amount: plain(amount) }));
  }

  /** The whole by bucket. Levels need it: the highest sum of a day is not the sum of the highest. */
  async wholeSeries(range: DayRange, granularity: Granularity): Promise<Map<Day | null, Amount>> {
    const rows = this.#measured(range, granularity !== null || !this.summable, () => sql`1 as one`, sql`one`, false);
    const { rows: points } = await sql<{ bucket: Day | null; amount: Amount }>`
      select ${bucketOf(granularity)} as bucket, ${this.#overDays} as amount from ${rows} as used group by 1`.execute(
      this.#query,
    );
    return new Map(points.map((point) => [point.bucket, plain(point.amount)]));
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
      columns: ({ records }) => sql`${currencyOf} as currency, ${cost} as amount, ${records} as records`,
      where: () => sql`${cost} is not null`,
    });
    const { rows } = await sql<{ currency: string; total: Amount; records: string }>`
      select currency, sum(amount) as total, sum(records) as records from ${costs} as costs
      group by 1 order by sum(records) desc, 1`.execute(this.#query);
    return rows.map((row) => ({ currency: row.currency, total: plain(row.total), records: Number(row.records) }));
  }

  /** Records without this cost by metric and unit, most records first. */
  async metricsWithoutCost(range: DayRange): Promise<{ metric: string; unit: string; quantity: Amount; records: number }[]> {
    const cost = this.#cost;
    if (!cost) return [];
    const used = rowsOf(this.#selection, {
      range,
      daily: true,
      dimensions: ['metric'],
      quantity: true,
      columns: ({ key, unit, amount, records }) =>
        sql`${key('metric')} as metric, ${unit} as unit, day, ${amount} as amount, ${records} as records`,
      where: () => sql`${cost} is null`,
    });
    const { rows } = await sql<{ metric: string | null; unit: string; summed: Amount; highest: Amount; records: string }>`
      select metric, unit, sum(amount) as summed, max(amount) as highest, sum(records) as records
      from (select metric, unit, day, sum(amount) as amount, sum(records) as records from ${used} as used group by 1, 2, 3) as days
      group by 1, 2 order by 5 desc, 1, 2`.execute(this.#query);
    return rows.map(({ metric, unit, summed, highest, records }) => ({
      metric: metric ?? '',
      unit,
      quantity: plain(isSummable(metric ?? '', unit) ? summed : highest),
      records: Number(records),
    }));
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
      where: () => sql`${cost} is null`,
    });
    const { rows } = await sql<{ accounts: string }>`
      select count(distinct account) as accounts from ${used} as used`.execute(this.#query);
    return Number(rows[0]?.accounts ?? 0);
  }

  get #cost(): RawBuilder<unknown> | null {
    return this.#measure.kind === 'cost' ? sql.ref(costColumns[this.#measure.column]) : null;
  }

  get #overDays(): RawBuilder<unknown> {
    return this.summable ? sql`sum(amount)` : sql`max(amount)`;
  }

  #key(columns: Columns): RawBuilder<string | null> {
    return this.#groupBy === null ? sql<string | null>`cast(null as text)` : columns.key(this.#groupBy);
  }

  /** These columns beside `day`, `amount`, `records` and `with_cost`; of a level, added up within each day. */
  #measured(range: DayRange, daily: boolean, columns: Column, by: RawBuilder<unknown>, grouped = true): RawBuilder<unknown> {
    const cost = this.#cost;
    const dimensions = grouped && this.#groupBy !== null ? [this.#groupBy] : [];
    const rows = this.#rows(
      range,
      daily,
      (source) => {
        const amount = cost ?? source.amount;
        return sql`${columns(source)}, day, ${amount} as amount, ${source.records} as records,
          case when ${amount} is null then 0 else ${source.records} end as with_cost`;
      },
      dimensions,
    );
    if (this.summable) return rows;
    return sql`(select ${by}, day, sum(amount) as amount, sum(records) as records, sum(with_cost) as with_cost
      from ${rows} as parts group by ${by}, day)`;
  }

  /** The records of the measure: costs of the one currency and records without a cost, or one metric in one unit. */
  #rows(range: DayRange, daily: boolean, columns: Column, dimensions: readonly SpendDimension[]): RawBuilder<unknown> {
    const measure = this.#measure;
    if (measure.kind === 'cost') {
      const cost = sql.ref(costColumns[measure.column]);
      const where = () => sql`(${cost} is null or ${currencyOf} = ${measure.currency})`;
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

function bucketOf(granularity: Granularity): RawBuilder<unknown> {
  if (granularity === null) return sql`cast(null as text)`;
  return granularity === 'day' ? sql`day` : sql`cast(date_trunc(${sql.lit(granularity)}, day) as date)`;
}
