import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { RankedAccount, SpendRanking, SpendRankingQuestion } from '../../../contract/canopy/spend.ts';
import type { Tables } from '../../database/schema.ts';
import { add, amountOf, sum } from '../amount.ts';
import { addDays, monthOf, nextMonth } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { ofOrganizations } from '../dimensions.ts';
import { withoutFinalPrice } from '../costs/without-final-price.ts';
import { forecast } from '../forecast/ask-forecast.ts';
import { labelsOf } from '../labels.ts';
import { isLevel, isSummable } from '../levels.ts';
import { basesIn, groupsOf, largestFirst, withGone } from './parts.ts';
import { bookOf } from './measure-columns.ts';
import { SpendQueries } from './queries.ts';
import type { Point, Total } from './queries.ts';
import type { Reach } from '../reach.ts';
import { selectionOf } from './selection.ts';
import { countStates, dayStates } from '../states.ts';

interface Asked {
  query: Kysely<Tables>;
  question: SpendRankingQuestion;
  reach: Reach;
  cardCurrency: string;
  today: Day;
  /** Types of accounts by id, as far as they are known. */
  types: ReadonlyMap<string, string>;
}

/** More than a distributor may have. */
const mostAccounts = 100_000;

/** Throws where accounts have no sum of what is asked for. */
export function requireSum({ measure }: SpendRankingQuestion): void {
  if (measure.kind === 'quantity' && !isSummable(measure.metric, measure.unit)) throw isLevel('measure.metric');
}

/** Every account that ever sent a record, dearest first, from one snapshot of the store. */
export async function rankAccounts({ query, question, reach, cardCurrency, today, types }: Asked): Promise<SpendRanking> {
  const { measure, compare } = question;
  const range = { from: question.from, to: question.to };
  const selection = await selectionOf(query, { book: bookOf(measure), filters: question.filters }, reach, []);
  const byAccount = new SpendQueries(query, selection, measure, { within: null, by: 'account' });
  const points = groupsOf(await byAccount.sums(range, null), ({ key }) => key);
  // points of what is spent name every record of a total, so that a second pass over them would say nothing new
  const totals = measure.kind === 'spend' ? totalsOf(points) : (await byAccount.totals(range)).totals;
  const before = compare ? (await byAccount.totals(compare)).totals : [];
  // whole months are added up by family already; single days would be read record by record
  const months = { from: monthOf(range.from), to: nextMonth(addDays(range.to, -1)) };
  const products = await new SpendQueries(query, selection, measure, { within: 'account', by: 'family' }).largest(months);
  const expected =
    measure.kind === 'spend' ? await expectedOf({ query, question, reach, cardCurrency, today, types }, measure.currency) : null;
  const either = withGone(totals, before);
  const lastDays = await lastDaysOf(query, reach, question.filters.length === 0 ? null : either);

  const found = new Map<string | null, Total>(either.map((total) => [total.key, total]));
  for (const key of lastDays.keys())
    if (!found.has(key)) found.set(key, { outer: null, key, amount: null, records: 0, withValue: 0 });
  const ranked = [...found.values()].toSorted(largestFirst);
  const previous = new Map(before.map((total) => [total.key, total]));
  const names = await labelsOf(
    query,
    reach,
    'account',
    ranked.map(({ key }) => key),
  );
  const productNames = await labelsOf(query, reach, 'family', [...new Set(products.values())]);
  const states = await dayStates(query, reach.live, today);
  const notFinalIn = async (days: DayRange) =>
    selection.book === 'costs' ? (await withoutFinalPrice(query, reach, days)).notFinal : 0;
  return {
    accounts: ranked.map(({ key, amount, records }): RankedAccount => {
      const { label, detail } = names(key);
      const product = products.get(key);
      return {
        key,
        label,
        organization: detail,
        type: (key === null ? undefined : types.get(key)) ?? null,
        total: amountOf(amount),
        previous: amountOf(previous.get(key)?.amount ?? null),
        previousRecords: previous.get(key)?.records ?? 0,
        bases: basesIn(points.get(key) ?? []),
        expected: expected?.byAccount.get(key) ?? null,
        product: product !== undefined && amount !== null ? { label: productNames(product).label } : null,
        lastDay: lastDays.get(key) ?? null,
        records,
      };
    }),
    total: amountOf(sum(totals.map(({ amount }) => amount))),
    previous: amountOf(sum(before.map(({ amount }) => amount))),
    expected: expected?.total ?? null,
    month: expected?.month ?? null,
    days: countStates(range, states.of),
    comparedDays: compare && countStates(compare, states.of),
    notFinal: (await notFinalIn(range)) + (compare ? await notFinalIn(compare) : 0),
    throughDay: states.throughDay,
  };
}

function totalsOf(points: ReadonlyMap<string | null, readonly Point[]>): Total[] {
  return Array.from(points, ([key, all]) => {
    const total: Total = { outer: null, key, amount: null, records: 0, withValue: 0 };
    for (const { amount, records } of all) {
      total.amount = add(total.amount, amount);
      total.records += records;
      if (amount !== null) total.withValue += records;
    }
    return total;
  });
}

/** What the running month is expected to cost; null where no forecast is made. */
async function expectedOf({ query, question, reach, cardCurrency, today }: Asked, currency: string) {
  const { organization, descendants, filters } = question;
  const asked = { organization, descendants, filters, currency, groupBy: 'account', top: mostAccounts } as const;
  const found = await forecast(query, { ...asked, filters: [...filters] }, reach, cardCurrency, today);
  if (found.withheld !== null) return null;
  return {
    byAccount: new Map(found.groups.map(({ key, expected }) => [key, expected])),
    total: found.total.expected,
    month: found.month.from,
  };
}

/** The last day of each account with a record; of these only, where they are given. */
async function lastDaysOf(query: Kysely<Tables>, reach: Reach, only: readonly Total[] | null): Promise<Map<string | null, Day>> {
  const { rows } = await sql<{ account_id: string | null; day: Day }>`
    select account_id, max(day) as day from usage_account_day where ${ofOrganizations(reach.ids)} group by 1`.execute(query);
  const wanted = only && new Set(only.map(({ key }) => key));
  return new Map(rows.flatMap(({ account_id, day }) => (wanted && !wanted.has(account_id) ? [] : [[account_id, day] as const])));
}
