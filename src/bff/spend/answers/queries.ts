import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Amount, CostBasis, SpendDimension, SpendMeasure, SpendQuestion } from '../../../contract/canopy/spend.ts';
import type { Tables } from '../../database/schema.ts';
import { add, amountOf, plain, together } from '../amount.ts';
import type { Exact } from '../amount.ts';
import { breath } from '../../breath.ts';
import { basisOfCode } from '../costs/basis.ts';
import { bucketsOf, daysBetween } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { isSummable } from '../levels.ts';
import { rowsOf } from '../sources.ts';
import type { Columns, Selection } from '../sources.ts';
import { isPrepayment, moneyOf, noBasis } from './measure-columns.ts';
import type { MoneyColumns } from './measure-columns.ts';

/** Both parts of a sum, as they leave the database. */
interface Summed {
  whole: Amount;
  rest: Amount;
}

/** A level of one day as one number. What is beyond all reason is none: it would not fit. */
const level = sql`case when abs(whole) < 100000000000000000000 then whole + coalesce(rest, 0) end`;

export interface Total {
  /** The group of the first dimension; null where there is one dimension. */
  outer: string | null;
  key: string | null;
  amount: Exact;
  records: number;
  withValue: number;
}

export interface CurrencyTotal {
  currency: string;
  total: Exact;
  records: number;
}

export interface AccountCounts {
  named: (outer: string | null, key: string | null) => number;
  others: (outer: string | null) => number;
  all: number;
  /** Accounts with records that lack the cost in question. */
  withoutCost: number;
}

/** A group that is shown by name; every other one is folded into "Others", of its outer group where there is one. */
export type Named = Pick<Total, 'outer' | 'key'>;

export interface Point {
  outer: string | null;
  /** False for what was folded into "Others". */
  named: boolean;
  key: string | null;
  /** First day of the whole bucket; null where there is one for the whole range. */
  bucket: Day | null;
  /** Null where the measure knows of none. */
  basis: CostBasis | null;
  amount: Exact;
  records: number;
}

/** Groups times buckets that one statement adds up: each of them is some hundred bytes of the engine's 48 million. */
const mostSums = 20_000;
/** Points that are handed out at once. */
const pointsAtOnce = 4_096;

type Granularity = SpendQuestion['granularity'] | null;
type Which = 'every' | 'asked' | 'valued';

export interface Groups {
  within: SpendDimension | null;
  by: SpendDimension | null;
}
const ungrouped: Groups = { within: null, by: null };

/**
 * The SQL behind one question. Every number of an answer comes from here, and all from one snapshot of the store. With
 * `within`, groups are those of one dimension within each group of another.
 */
export class SpendQueries {
  /** False for a level: its value over several days is the highest of them. */
  readonly summable: boolean;
  readonly #query: Kysely<Tables>;
  readonly #selection: Selection;
  readonly #measure: SpendMeasure;
  readonly #money: MoneyColumns | null;
  readonly #groups: Groups;
  /** Groups that were met, named or not. */
  #met = 0;
  #prepayments: Promise<boolean> | undefined;

  constructor(query: Kysely<Tables>, selection: Selection, measure: SpendMeasure, groups: Groups) {
    this.#query = query;
    this.#selection = selection;
    this.#measure = measure;
    this.#groups = groups;
    this.#money = moneyOf(measure);
    this.summable = measure.kind !== 'quantity' || isSummable(measure.metric, measure.unit);
  }

  /**
   * One total for each value of the dimension, and what each currency comes to, most records first. Costs in another
   * currency than the question's are in the second only.
   */
  async totals(range: DayRange): Promise<{ totals: Total[]; currencies: CurrencyTotal[] }> {
    const used = await this.#measured(range, !this.summable, this.#groups, 'every');
    const perDay = sql`(select outer_key, key, currency, day, sum(whole) as whole, sum(rest) as rest, sum(records) as records,
      sum(with_value) as with_value from ${used} as parts group by 1, 2, 3, 4)`;
    const { rows } = await sql<
      Summed & { outer_key: string | null; key: string | null; currency: string | null; records: string; with_value: string }
    >`
      select outer_key, key, currency, ${this.#overDays}, sum(records) as records, sum(with_value) as with_value
      from ${this.summable ? used : perDay} as used group by 1, 2, 3 having sum(records) > 0`.execute(this.#query);
    this.#met = Math.max(this.#met, rows.length);
    const totals = new Map<string, Total>();
    const currencies = new Map<string, CurrencyTotal>();
    for (const { outer_key: outer, key, currency, ...row } of rows) {
      const amount = together(row.whole, row.rest);
      const withValue = Number(row.with_value);
      if (currency !== null && withValue > 0) {
        const known = currencies.get(currency) ?? { currency, total: null, records: 0 };
        currencies.set(currency, { currency, total: add(known.total, amount), records: known.records + withValue });
      }
      if (currency !== null && currency !== this.#currency) continue;
      const id = nameOf({ outer, key });
      const known = totals.get(id) ?? { outer, key, amount: null, records: 0, withValue: 0 };
      totals.set(id, {
        outer,
        key,
        amount: add(known.amount, amount),
        records: known.records + Number(row.records),
        withValue: known.withValue + withValue,
      });
    }
    return {
      totals: [...totals.values()],
      currencies: [...currencies.values()].toSorted((a, b) => b.records - a.records || (a.currency < b.currency ? -1 : 1)),
    };
  }

  /**
   * One amount for each group, bucket and basis that has one, in batches: together they may be millions. `named` is null
   * where every group is named. Where a measure knows a basis, records without a rate are among them, without an amount.
   */
  async *series(
    range: DayRange,
    named: readonly Named[] | null,
    granularity: SpendQuestion['granularity'],
  ): AsyncGenerator<readonly Point[]> {
    for (const part of this.#partsOf(range, granularity)) {
      const points = await this.#points(part, named, granularity, this.#groups);
      for (let at = 0; at < points.length; at += pointsAtOnce) {
        yield points.slice(at, at + pointsAtOnce);
        await breath();
      }
    }
  }

  /** The same for the range as one bucket. */
  sums(range: DayRange, named: readonly Named[] | null): Promise<Point[]> {
    return this.#points(range, named, null, this.#groups);
  }

  /** The range in pieces of whole buckets, each with as many sums as the engine has memory for. */
  #partsOf(range: DayRange, granularity: SpendQuestion['granularity']): readonly DayRange[] {
    const buckets = bucketsOf(range, granularity);
    const sums = this.#met * (this.summable ? buckets.length : daysBetween(range.from, range.to));
    const length = Math.ceil(buckets.length / Math.ceil((sums || 1) / mostSums));
    return buckets.flatMap(({ from }, at) =>
      at % length === 0 ? [{ from, to: buckets[Math.min(at + length, buckets.length) - 1]?.to ?? range.to }] : [],
    );
  }

  /** Of a sum, the key of the largest group within each of the first dimension: only that leaves the database. */
  async largest(range: DayRange): Promise<Map<string | null, string | null>> {
    const { rows } = await sql<{ outer_key: string | null; key: string | null }>`
      select distinct on (outer_key) outer_key, key from (
        select outer_key, key, sum(whole) as whole, sum(rest) as rest
        from ${await this.#measured(range, false, this.#groups, 'valued')} as used group by 1, 2 having sum(records) > 0) as sums
      where whole is not null order by outer_key, whole desc, coalesce(rest, 0) desc, key`.execute(this.#query);
    return new Map(rows.map(({ outer_key: outer, key }) => [outer, key]));
  }

  /** The whole by bucket. Levels need it: the highest sum of a day is not the sum of the highest. */
  async wholeSeries(range: DayRange, granularity: Granularity): Promise<Map<Day | null, Exact>> {
    const points = await this.#points(range, null, granularity, ungrouped);
    return new Map(points.map((point) => [point.bucket, point.amount]));
  }

  /** Adds up by value first and folds after that: there are far fewer sums than records. */
  async #points(range: DayRange, named: readonly Named[] | null, granularity: Granularity, groups: Groups): Promise<Point[]> {
    const which = this.#measure.kind === 'spend' ? 'asked' : 'valued';
    const used = await this.#measured(range, needsDays(granularity) || !this.summable, groups, which);
    const sums = sql`(select outer_key, key, ${this.summable ? bucketOf(granularity) : sql`day`} as day, basis, sum(whole) as whole,
      sum(rest) as rest, sum(records) as records
      from ${used} as used group by 1, 2, 3, 4 having sum(records) > 0)`;
    const told = sql`(select outer_key, named, case when named then key end as key, day, basis, whole, rest, records
      from (select *, ${named ? isAmong(named, groups) : sql`true`} as named from ${sums} as sums) as sums)`;
    const folded = this.summable
      ? told
      : sql`(select outer_key, named, key, day, basis, sum(whole) as whole, sum(rest) as rest, sum(records) as records
          from ${told} as told group by 1, 2, 3, 4, 5)`;
    const { rows } = await sql<
      Summed & {
        outer_key: string | null;
        named: boolean;
        key: string | null;
        bucket: Day | null;
        basis: number | null;
        records: string;
      }
    >`
      select outer_key, named, key, ${this.summable ? sql`day` : bucketOf(granularity)} as bucket, basis, ${this.#overDays},
        sum(records) as records
      from ${folded} as folded group by 1, 2, 3, 4, 5`.execute(this.#query);
    return rows.map(({ outer_key: outer, named, key, bucket, basis, records, ...row }) => ({
      outer,
      named,
      key,
      bucket,
      basis: basis === null ? null : basisOfCode(basis),
      amount: together(row.whole, row.rest),
      records: Number(records),
    }));
  }

  /** Accounts of each named group, of the others and of all; and those that have records without this cost. */
  async accounts(range: DayRange, named: readonly Named[]): Promise<AccountCounts> {
    const groups = this.#groups;
    const used = rowsOf(this.#selection, {
      range,
      daily: false,
      dimensions: [...this.#dimensionsOf(groups), 'account'],
      quantity: this.#money === null,
      met: this.#money ? sql`${this.#money.whole} is null` : sql`false`,
      columns: (source) =>
        sql`${keyOf(source, groups.within)} as outer_key, ${keyOf(source, groups.by)} as key, ${source.key('account')} as account,
          ${source.met} as without`,
      where: (source) =>
        this.#money
          ? sql`${this.#isAsked(this.#money, source.met)} and ${source.key('account')} is not null`
          : this.#ofMetric(source),
    });
    const accounts = sql`count(distinct account) as accounts`;
    type Part = 'named' | 'others' | 'all' | 'without';
    const { rows } = await sql<{ part: Part; outer_key: string | null; key: string | null; accounts: string }>`
      with used as (select distinct outer_key, key, account, without from ${used} as used),
        told as (select *, ${isAmong(named, groups)} as named from used)
      select 'named' as part, outer_key, key, ${accounts} from told where named group by outer_key, key
      union all select 'others', outer_key, null, ${accounts} from told where not named group by outer_key
      union all select 'all', null, null, ${accounts} from used
      union all select 'without', null, null, ${accounts} from used where without`.execute(this.#query);
    const counts = new Map(
      rows.map((row) => [`${row.part} ${nameOf({ outer: row.outer_key, key: row.key })}`, Number(row.accounts)]),
    );
    const count = (part: Part, outer: string | null, key: string | null) => counts.get(`${part} ${nameOf({ outer, key })}`) ?? 0;
    return {
      named: (outer, key) => count('named', outer, key),
      others: (outer) => count('others', outer, null),
      all: count('all', null, null),
      withoutCost: count('without', null, null),
    };
  }

  /** Records without this cost by metric and unit, most records first. */
  async metricsWithoutCost(range: DayRange): Promise<{ metric: string; unit: string; quantity: Amount; records: number }[]> {
    if (!this.#money) return [];
    const { rows } = await sql<Summed & { metric: string; unit: string; records: string }>`
      select metric, unit, sum(whole) as whole, sum(rest) as rest, sum(records) as records
      from ${this.#withoutCost(this.#money, range, false)} as used group by 1, 2 order by 5 desc, 1, 2`.execute(this.#query);
    const levels = rows.filter(({ metric, unit }) => !isSummable(metric, unit));
    const highest = levels.length > 0 ? await this.#highestDays(this.#money, range, levels) : new Map<string, Amount>();
    return rows.map((row) => ({
      metric: row.metric,
      unit: row.unit,
      quantity: isSummable(row.metric, row.unit)
        ? amountOf(together(row.whole, row.rest))
        : (highest.get(`${row.metric} ${row.unit}`) ?? null),
      records: Number(row.records),
    }));
  }

  /** What levels were on their highest day. */
  async #highestDays(money: MoneyColumns, range: DayRange, levels: readonly { metric: string }[]): Promise<Map<string, Amount>> {
    const { rows } = await sql<{ metric: string; unit: string; highest: Amount }>`
      select metric, unit, max(${level}) as highest
      from (
        select metric, unit, day, sum(whole) as whole, sum(rest) as rest
        from ${this.#withoutCost(money, range, true)} as used
        where metric = any(${levels.map(({ metric }) => metric)}::text[]) group by 1, 2, 3) as days
      group by 1, 2`.execute(this.#query);
    return new Map(rows.map((row) => [`${row.metric} ${row.unit}`, plain(row.highest)]));
  }

  #withoutCost(money: MoneyColumns, range: DayRange, daily: boolean): RawBuilder<unknown> {
    return rowsOf(this.#selection, {
      range,
      daily,
      dimensions: ['metric'],
      quantity: true,
      columns: ({ key, unit, quantity, records }) =>
        sql`coalesce(${key('metric')}, '') as metric, ${unit} as unit, day, ${quantity.whole} as whole, ${quantity.rest} as rest,
          ${records} as records`,
      where: () => sql`${money.whole} is null and ${this.#isAsked(money)}`,
    });
  }

  get #overDays(): RawBuilder<unknown> {
    return this.summable ? sql`sum(whole) as whole, sum(rest) as rest` : sql`max(${level}) as whole, null as rest`;
  }

  /** The currency of the costs that are asked for. */
  get #currency(): string | null {
    return this.#measure.kind === 'quantity' ? null : this.#measure.currency;
  }
  get #ofCurrency(): RawBuilder<boolean> {
    return sql<boolean>`${this.#money?.currency ?? sql`null`} = ${this.#currency}`;
  }
  /** Whether a record counts in the question's currency, with the cost or without. */
  #isAsked({ whole, hasCurrencyWithout }: MoneyColumns, isWithout = sql<boolean>`${whole} is null`): RawBuilder<boolean> {
    return hasCurrencyWithout ? this.#ofCurrency : sql<boolean>`(${isWithout} or ${this.#ofCurrency})`;
  }
  /** Null of a record that has no currency. */
  #currencyOf({ whole, currency, hasCurrencyWithout }: MoneyColumns): RawBuilder<unknown> {
    return hasCurrencyWithout ? currency : sql`case when ${whole} is not null then ${currency} end`;
  }
  #ofMetric({ key, unit }: Columns): RawBuilder<boolean> {
    if (this.#measure.kind !== 'quantity') return sql<boolean>`true`;
    return sql<boolean>`coalesce(${key('metric')}, '') = ${this.#measure.metric} and ${unit} = ${this.#measure.unit}`;
  }
  /** The dimensions that rows of the measure must know. */
  #dimensionsOf({ within, by }: Groups): SpendDimension[] {
    return [within, by, this.#money ? null : ('metric' as const)].filter((dimension) => dimension !== null);
  }

  /**
   * What is added up, as `outer_key`, `key`, `currency`, `basis`, `day`, `whole`, `rest`, `records` and `with_value`: of a quantity the records
   * of the metric in the unit, of money those that have it in the currency (`valued`), also those without
   * any (`asked`), or also those in other currencies (`every`).
   */
  async #measured(range: DayRange, daily: boolean, groups: Groups, which: Which): Promise<RawBuilder<unknown>> {
    const all = this.#rows(range, daily, groups, which);
    if (!(await this.#holdsPrepayments())) return all;
    // what is added up beforehand does not tell them apart: they are taken out of it again
    const prepayments = sql`(select outer_key, key, currency, basis, day, -whole as whole, -rest as rest, -records as records, -with_value as with_value
      from ${this.#rows(range, daily, groups, which, isPrepayment)} as prepayments where whole is not null)`;
    return sql`(select * from ${all} as used union all select * from ${prepayments} as used)`;
  }

  /** Whether purchases that pay for later usage are to be left out, and there may be some. */
  #holdsPrepayments(): Promise<boolean> {
    return (this.#prepayments ??= this.#money?.isOfUsage
      ? sql<{ found: boolean }>`select exists (select 1 from usage_series where lower(charge_category) = 'purchase') as found`
          .execute(this.#query)
          .then(({ rows }) => rows[0]?.found === true)
      : Promise.resolve(false));
  }

  #rows(
    range: DayRange,
    daily: boolean,
    groups: Groups,
    which: Which,
    single: RawBuilder<boolean> | null = null,
  ): RawBuilder<unknown> {
    const money = this.#money;
    return rowsOf(this.#selection, {
      range,
      daily: daily || single !== null,
      single: single !== null,
      dimensions: this.#dimensionsOf(groups),
      quantity: money === null,
      columns: (source) => {
        const { whole, rest } = money ?? source.quantity;
        const currency = money ? this.#currencyOf(money) : sql`cast(null as text)`;
        const basis = money?.basis ?? noBasis;
        return sql`${keyOf(source, groups.within)} as outer_key, ${keyOf(source, groups.by)} as key, ${currency} as currency, ${basis} as basis, day, ${whole} as whole, ${rest} as rest,
          ${source.records} as records, case when ${whole} is null then 0 else ${source.records} end as with_value`;
      },
      where: (source) => {
        if (!money) return this.#ofMetric(source);
        const asked = {
          every: sql`true`,
          asked: this.#isAsked(money),
          valued: sql`${money.whole} is not null and ${this.#ofCurrency}`,
        }[which];
        return single ? sql`${asked} and ${single}` : asked;
      },
    });
  }
}

const keyOf = (columns: Columns, groupBy: SpendDimension | null): RawBuilder<string | null> =>
  groupBy === null ? sql<string | null>`cast(null as text)` : columns.key(groupBy);

/** One text for a group. Keys that would make two groups one would need a control character of their own. */
export const nameOf = ({ outer, key }: Named): string => `${textOfKey(outer)}\u0001${textOfKey(key)}`;
const textOfKey = (key: string | null) => (key === null ? '' : `=${key}`);

/** Whether `outer_key` and `key` are those of a named group. */
function isAmong(named: readonly Named[], { within }: Groups): RawBuilder<boolean> {
  if (within !== null) {
    const text = (column: string) => sql`coalesce('=' || ${sql.ref(column)}, '')`;
    return sql<boolean>`${text('outer_key')} || chr(1) || ${text('key')} in (select unnest(${named.map(nameOf)}::text[]))`;
  }
  const names = named.map(({ key }) => key);
  const among = sql<boolean>`coalesce(key = any(${names.filter((name) => name !== null)}::text[]), false)`;
  return names.includes(null) ? sql<boolean>`(key is null or ${among})` : among;
}

/** Whether a bucket may begin or end within a month. */
const needsDays = (granularity: Granularity): boolean => granularity === 'day' || granularity === 'week';

function bucketOf(granularity: Granularity): RawBuilder<unknown> {
  if (granularity === null) return sql`cast(null as text)`;
  return granularity === 'day' ? sql`day` : sql`cast(date_trunc(${sql.lit(granularity)}, day) as date)`;
}
