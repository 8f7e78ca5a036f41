import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { ForecastAmounts, ForecastGap, ForecastQuestion, SpendForecast } from '../../../contract/canopy/forecast.ts';
import type { Amount, RecordDimension, SpendDimension } from '../../../contract/canopy/spend.ts';
import { isTagDimension } from '../../../contract/canopy/tag-key.ts';
import type { Tables } from '../../database/schema.ts';
import { add, amountOf, compare, exact, subtract, sum, together } from '../amount.ts';
import type { Exact } from '../amount.ts';
import { basisCode } from '../costs/basis.ts';
import { addDays, daysBetween, monthOf, nextMonth } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { ofOrganizations } from '../dimensions.ts';
import { labelsOf } from '../labels.ts';
import type { Reach } from '../reach.ts';
import { conditionOf, rowsOf } from '../sources.ts';
import { tagColumn, usesTags, withTags } from '../tags/with-tags.ts';
import { historyDays } from './project.ts';
import { methodWords } from './method-words.ts';

/** Columns of the forecasts, by dimension. */
const columns: Partial<Record<RecordDimension, string>> = {
  organization: 'organization_id',
  account: 'account_id',
  category: 'category',
  family: 'family',
  metric: 'metric',
};
/** Undefined where forecasts do not know the dimension. */
function columnOf(dimension: SpendDimension): RawBuilder<string | null> | undefined {
  if (isTagDimension(dimension)) return tagColumn(dimension);
  const column = columns[dimension];
  return column === undefined ? undefined : sql.ref<string | null>(column);
}

/** Where the running month ends, from one snapshot of the store. */
export async function forecast(
  query: Kysely<Tables>,
  question: ForecastQuestion,
  reach: Reach,
  cardCurrency: string,
  today: Day,
): Promise<SpendForecast> {
  const month = { from: monthOf(today), to: nextMonth(today) };
  const dimensions = [question.groupBy, ...question.filters.map(({ dimension }) => dimension)];
  const tagged = usesTags(dimensions) ? await reach.tagged() : null;
  const queries = new ForecastQueries(query, question, reach, month, tagged);
  const { through, waiting, unread, complete: completeDays } = await queries.outlook();
  const actuals = await queries.actuals();
  const gaps = await queries.gaps();
  const covered = gaps.find(({ reason }) => reason === null) ?? { accounts: 0, metrics: 0 };
  const withheld =
    whyWithheld(question, cardCurrency) ??
    whyUnread(unread, completeDays, month) ??
    (covered.metrics > 0 ? null : whyNone(gaps, waiting));
  const expected = withheld === null ? await queries.expected(question.groupBy, null) : [];
  const whole = withheld === null ? (await queries.expected(null, null))[0] : undefined;

  const rest = new Map(expected.map((one) => [one.key, one]));
  const complete = new Map<string | null, Exact>();
  for (const { key, amount } of actuals) complete.set(key, add(complete.get(key) ?? null, amount));
  const groups = question.groupBy === null ? [] : [...new Set([...complete.keys(), ...rest.keys()])];
  const ranked = groups
    .map((key) => ({ key, amounts: amountsOf(complete.get(key) ?? null, rest.get(key), withheld) }))
    .toSorted((a, b) => compare(sizeOf(b.amounts), sizeOf(a.amounts)) || ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
  const named = ranked.slice(0, question.top);
  const folded = ranked.slice(named.length);
  const names = named.map(({ key }) => key);
  const labels = await labelsOf(query, reach, question.groupBy, names);
  const others = folded.length > 0 && withheld === null ? (await queries.expected(question.groupBy, names))[0] : undefined;
  const total = sum(actuals.map(({ amount }) => amount));
  const billed = sum(actuals.filter(({ basis }) => basis === basisCode('billed')).map(({ amount }) => amount));

  return {
    month,
    throughDay: through,
    daysLeft: daysBetween(through === null || through < month.from ? month.from : addDays(through, 1), month.to),
    withheld,
    total: inText(amountsOf(total, whole, withheld)),
    groups: named.map(({ key, amounts }) => {
      const { label, detail } = labels(key);
      return Object.assign({ key, label, detail }, inText(amounts));
    }),
    others:
      folded.length === 0
        ? null
        : {
            key: null,
            label: 'Others',
            detail: null,
            groups: folded.length,
            ...inText(amountsOf(sum(folded.map(({ amounts }) => amounts.actual)), others, withheld)),
          },
    basis: { billed: amountOf(billed), estimated: amountOf(subtract(total, billed)) },
    method: methodWords,
    covers: { accounts: covered.accounts, metrics: covered.metrics },
    gaps: gaps.flatMap(({ reason, ...counts }) => (reason === null ? [] : [{ reason, ...counts }])),
    unreadDays: unread,
    beside: await queries.beside(),
    waiting,
  };
}

/** What is expected after the complete days. The band is of floating point, and rounded. */
interface Expected {
  key: string | null;
  mid: Exact;
  less: Exact;
  more: Exact;
}

type Amounts = Record<keyof ForecastAmounts, Exact>;

const inText = ({ actual, expected, low, high }: Amounts): ForecastAmounts => ({
  actual: amountOf(actual),
  expected: amountOf(expected),
  low: amountOf(low),
  high: amountOf(high),
});

function amountsOf(actual: Exact, rest: Expected | undefined, withheld: string | null): Amounts {
  if (withheld !== null) return { actual, expected: null, low: null, high: null };
  const expected = add(actual, rest?.mid ?? null);
  return { actual, expected, low: subtract(expected, rest?.less ?? null), high: add(expected, rest?.more ?? null) };
}

const sizeOf = ({ expected, actual }: Amounts): Exact => expected ?? actual;

/** Forecasts know accounts and metrics, and what is used; what is charged otherwise has happened, or is not foreseen. */
function whyWithheld({ currency, groupBy, filters }: ForecastQuestion, cardCurrency: string): string | null {
  const finer = [groupBy, ...filters.map(({ dimension }) => dimension)].some(
    (dimension) => dimension !== null && dimension !== 'chargeClass' && !columnOf(dimension),
  );
  const charges = filters.filter(({ dimension }) => dimension === 'chargeClass');
  if (finer || groupBy === 'chargeClass') return 'A forecast is made for whole accounts and metrics.';
  if (charges.some(({ operator, values }) => (operator === 'is') !== values.includes(null)))
    return 'A forecast is made for regular charges.';
  if (currency !== cardCurrency) return `The rate card is in ${cardCurrency}, so nothing is forecast in ${currency}.`;
  return null;
}

/** Above this share of days that were not read, what is known says little about the month. */
const mostUnread = 0.1;

function whyUnread(unread: number, complete: number, month: DayRange): string | null {
  if (unread <= complete * mostUnread) return null;
  const name = new Date(month.from).toLocaleDateString('en-US', { month: 'long', timeZone: 'UTC' });
  return `Of ${formatted(complete)} complete days of organizations in ${name}, ${formatted(unread)} are not read yet.`;
}
const formatted = (count: number): string => count.toLocaleString('en-US');

function whyNone(gaps: readonly { reason: ForecastGap | null }[], waiting: number): string {
  if (waiting > 0) return 'The forecast is being made.';
  if (gaps.some(({ reason }) => reason === 'few-days')) return 'There are fewer than three complete days of usage.';
  return gaps.length > 0 ? 'Nothing that is used has a price.' : 'No usage of these is stored.';
}

class ForecastQueries {
  readonly #query: Kysely<Tables>;
  readonly #question: ForecastQuestion;
  readonly #reach: Reach;
  readonly #month: DayRange;
  /** Accounts whose tags may be known; null for all. */
  readonly #tagged: readonly string[] | null;

  constructor(
    query: Kysely<Tables>,
    question: ForecastQuestion,
    reach: Reach,
    month: DayRange,
    tagged: readonly string[] | null,
  ) {
    this.#tagged = tagged;
    this.#query = query;
    this.#question = question;
    this.#reach = reach;
    this.#month = month;
  }

  /** How far the complete days of all organizations reach, how many of them were not read, and who has no forecast yet. */
  async outlook(): Promise<{ through: Day | null; waiting: number; complete: number; unread: number }> {
    const { rows } = await sql<{ through: Day | null; waiting: string; complete: string; read: string }>`
      select
        (select min(through) from spend_outlook where month = cast(${this.#month.from} as date)
          and ${ofOrganizations(this.#reach.live)}) as through,
        (select coalesce(sum(greatest(0, through - cast(${this.#month.from} as date) + 1)), 0) from spend_outlook
          where month = cast(${this.#month.from} as date) and ${ofOrganizations(this.#reach.live)}) as complete,
        (select count(*) from usage_fetch join spend_outlook using (organization_id)
          where month = cast(${this.#month.from} as date) and day >= month and day <= through
            and stored_at >= cast(day + 1 as timestamptz) and ${ofOrganizations(this.#reach.live)}) as read,
        (select count(distinct organization_id) from usage_fetch where stored_at is not null and day >= cast(${this.#month.from} as date)
          and ${ofOrganizations(this.#reach.live)} and organization_id not in (
            select organization_id from spend_outlook where month = cast(${this.#month.from} as date))) as waiting`.execute(
      this.#query,
    );
    const { through = null, waiting = 0, complete = 0, read = 0 } = rows[0] ?? {};
    return { through, waiting: Number(waiting), complete: Number(complete), unread: Number(complete) - Number(read) };
  }

  /** Files that nothing is expected of, though they count: see `ofUpstream`. */
  async beside(): Promise<string[]> {
    const rows = await this.#query
      .selectFrom('usage_import')
      .select('name')
      .where(ofOrganizations(this.#reach.ids))
      .where('counts', '=', 'beside')
      .where('last_day', '>=', addDays(this.#month.from, -historyDays))
      .where('first_day', '<', this.#month.to)
      .orderBy('name')
      .execute();
    return rows.map(({ name }) => name);
  }

  /** What the complete days of the month cost, by group and basis. */
  async actuals(): Promise<{ key: string | null; basis: number; amount: Exact }[]> {
    const { groupBy, filters, currency } = this.#question;
    const used = rowsOf(
      { organizationIds: this.#reach.ids, filters, book: 'costs', tagged: this.#tagged, isBuilt: () => true },
      {
        range: this.#month,
        dimensions: ['organization', ...(groupBy === null ? [] : [groupBy])],
        quantity: false,
        daily: true,
        columns: ({ key }) => sql`${key('organization')} as organization, day, basis, cost, cost_rest,
          ${groupBy === null ? sql`cast(null as text)` : key(groupBy)} as key`,
        where: () => sql`cost is not null and cost_currency = ${currency}`,
      },
    );
    const { rows } = await sql<{ key: string | null; basis: number; whole: Amount; rest: Amount }>`
      select key, basis, sum(cost) as whole, sum(cost_rest) as rest
      from ${used} as used join spend_outlook on spend_outlook.organization_id = used.organization
      where month = cast(${this.#month.from} as date) and used.day <= through group by 1, 2`.execute(this.#query);
    return rows.map(({ key, basis, whole, rest }) => ({ key, basis, amount: together(whole, rest) }));
  }

  /** How many metrics have a forecast (`reason` null), and why others have none. */
  async gaps(): Promise<{ reason: ForecastGap | null; accounts: number; metrics: number }[]> {
    const { rows } = await sql<{ reason: ForecastGap | null; accounts: string; metrics: string }>`
      select withheld as reason, count(distinct account_id) as accounts, count(*) as metrics
      from ${this.#forecasts()} where ${this.#asked()} group by 1 order by 3 desc, 1`.execute(this.#query);
    return rows.map(({ reason, accounts, metrics }) => ({ reason, accounts: Number(accounts), metrics: Number(metrics) }));
  }

  /**
   * What is expected of the rest of the month, by group; with names, of all other groups together. What goes up in an
   * account goes up together, so its metrics add; accounts differ by chance, so there the squares add.
   */
  async expected(groupBy: SpendDimension | null, besides: readonly (string | null)[] | null): Promise<Expected[]> {
    const key = (groupBy === null ? undefined : columnOf(groupBy)) ?? sql<string | null>`cast(null as text)`;
    const among: RawBuilder<unknown> =
      groupBy === null || besides === null
        ? sql`true`
        : conditionOf({ dimension: groupBy, operator: 'is-not', values: [...besides] }, key);
    const { rows } = await sql<{ key: string | null; mid: Amount; less: Amount; more: Amount }>`
      with accounts as (
        select ${besides === null ? key : sql`cast(null as text)`} as key, organization_id, account_id,
          sum(mid) as mid, sum(mid - low) as less, sum(high - mid) as more
        from ${this.#forecasts(groupBy)} where withheld is null and ${this.#asked()} and ${among} group by 1, 2, 3)
      select key, sum(mid) as mid, ${root('less')} as less, ${root('more')} as more from accounts group by 1`.execute(
      this.#query,
    );
    return rows.map(({ key, mid, less, more }) => ({ key, mid: exact(mid), less: exact(less), more: exact(more) }));
  }

  #forecasts(groupBy: SpendDimension | null = null): RawBuilder<unknown> {
    const dimensions = this.#question.filters.map(({ dimension }) => dimension);
    return sql`spend_forecast ${withTags(groupBy === null ? dimensions : [...dimensions, groupBy], this.#tagged)}`;
  }

  /** Filters on what forecasts do not know are dealt with before. */
  #asked(): RawBuilder<unknown> {
    const conditions = this.#question.filters.flatMap((filter) => {
      const column = columnOf(filter.dimension);
      return column === undefined ? [] : [conditionOf(filter, column)];
    });
    return sql.join([ofOrganizations(this.#reach.ids), ...conditions], sql` and `);
  }
}

const root = (column: string): RawBuilder<unknown> =>
  sql`cast(round(sqrt(sum(power(cast(${sql.ref(column)} as double precision), 2))), 6) as decimal(27, 6))`;
