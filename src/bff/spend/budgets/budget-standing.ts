import type { Kysely } from 'kysely';
import { budgetAmountIn, budgetStates } from '../../../contract/canopy/budgets.ts';
import type { Budget, BudgetDetail, BudgetStanding } from '../../../contract/canopy/budgets.ts';
import type { SpendForecast } from '../../../contract/canopy/forecast.ts';
import type { DayState, SpendAnswer, SpendQuestion } from '../../../contract/canopy/spend.ts';
import { isTagDimension, tagKeyOf } from '../../../contract/canopy/tag-key.ts';
import type { Tables } from '../../database/schema.ts';
import { amountOf, exact } from '../amount.ts';
import { answer } from '../answers/ask.ts';
import { daysBetween, eachDay, monthOf, monthsBefore, nextMonth } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { forecast } from '../forecast/ask-forecast.ts';
import { labelsOf } from '../labels.ts';
import { costText } from '../pricing/decimal.ts';
import type { Reach } from '../reach.ts';
import { burnOf, planned, spread } from './burn.ts';
import type { StoredBudget } from './budget-book.ts';

const shownMonths = 12;

/** What a budget needs to know of the moment. */
export interface Moment {
  query: Kysely<Tables>;
  today: Day;
  cardCurrency: string;
}

/** The question that the spend page asks of the same organization and filter. */
export const questionOf = (budget: StoredBudget, range: DayRange, granularity: SpendQuestion['granularity']): SpendQuestion => ({
  organization: budget.organizationId,
  descendants: true,
  measure: { kind: 'spend', currency: budget.currency },
  ...range,
  granularity,
  groupBy: null,
  filters: filtersOf(budget),
  top: 1,
  compare: null,
});
const filtersOf = ({ part }: StoredBudget): SpendQuestion['filters'] =>
  part ? [{ dimension: part.dimension, operator: 'is', values: [part.value] }] : [];

/** The parts of a standing before they are put together. */
interface Asked {
  /** Of the complete days of the month; null on its first day. */
  spent: SpendAnswer | null;
  foreseen: SpendForecast;
}

async function ask({ query, today, cardCurrency }: Moment, budget: StoredBudget, reach: Reach): Promise<Asked> {
  const from = monthOf(today);
  const { organizationId: organization, currency } = budget;
  const filters = filtersOf(budget);
  const spent = from < today ? await answer(query, questionOf(budget, { from, to: today }, 'day'), reach, today) : null;
  const question = { organization, descendants: true, currency, groupBy: null, filters, top: 1 };
  return { spent, foreseen: await forecast(query, question, reach, cardCurrency, today) };
}

/** A budget with its names and how it stands. */
export async function standingOf(moment: Moment, budget: StoredBudget, reach: Reach): Promise<Budget> {
  const { today, query } = moment;
  const names = await namesOf(query, budget, reach);
  if (budget.from > today.slice(0, 7)) return { ...budget, ...names, standing: emptyStanding(budget, today, 'not-started') };
  return { ...budget, ...names, standing: standing(moment, budget, await ask(moment, budget, reach)).standing };
}

/** Where its organization is gone, only its terms are known. */
export const unknownStanding = (budget: StoredBudget, today: Day): Budget => ({
  ...budget,
  organizationName: budget.organizationId,
  partName: budget.part && `${wordOf(budget.part.dimension)} ${budget.part.value}`,
  isTagGone: false,
  standing: emptyStanding(budget, today, 'unknown'),
});

/** The same with every day of the month, and the months before. */
export async function detailOf(moment: Moment, budget: StoredBudget, reach: Reach): Promise<BudgetDetail> {
  const { today, query } = moment;
  const names = await namesOf(query, budget, reach);
  const started = budget.from <= today.slice(0, 7);
  const asked = started ? await ask(moment, budget, reach) : null;
  const stood = asked && standing(moment, budget, asked);
  return {
    ...budget,
    ...names,
    standing: stood?.standing ?? emptyStanding(budget, today, 'not-started'),
    days: stood && asked ? daysOf(moment, stood, asked) : [],
    history: await historyOf(moment, budget, reach),
  };
}

function standing({ today }: Moment, budget: StoredBudget, { spent, foreseen }: Asked) {
  const month = { from: monthOf(today), to: nextMonth(today) };
  const amount = budgetAmountIn(budget, today.slice(0, 7));
  const { expected, low, high } = foreseen.total;
  const known = expected !== null && low !== null && high !== null;
  const projected = known ? { expected: exact(expected) ?? 0n, low: exact(low) ?? 0n, high: exact(high) ?? 0n } : null;
  const { sums, state, ...burn } = burnOf({
    month,
    amount: exact(amount) ?? 0n,
    today,
    costs: spent ? spent.total.values.map(exact) : [],
    forecast: projected,
    thresholds: budget.thresholds,
  });
  const lackingDays = spent ? spent.days.missing + spent.days.failed + spent.days.incomplete : 0;
  const whole: BudgetStanding = {
    state,
    month,
    amount,
    ...burn,
    forecast: { expected, low, high },
    withheld: known ? null : (foreseen.withheld ?? 'Nothing is expected.'),
    bases: spent?.total.bases ?? [],
    lacks: {
      withoutRate: spent?.withoutCost.records ?? 0,
      unpriced: spent?.unpriced ?? 0,
      notFinal: spent?.notFinal ?? 0,
      days: lackingDays,
      beside: known ? foreseen.beside.length : 0,
    },
  };
  return { standing: whole, sums, projected, amount: exact(amount) ?? 0n };
}

function daysOf(
  { today }: Moment,
  { standing: { month, elapsed }, sums, projected, amount }: ReturnType<typeof standing>,
  { spent }: Asked,
): BudgetDetail['days'] {
  const left = elapsed.of - elapsed.days;
  const used = sums.at(-1) ?? 0n;
  const ahead = projected && left > 0 ? projected : null;
  const lines = ahead && {
    expected: spread(used, ahead.expected, left),
    low: spread(used, ahead.low, left),
    high: spread(used, ahead.high, left),
  };
  return [...eachDay(month)].map((day, at): BudgetDetail['days'][number] => {
    const later = at - elapsed.days;
    const on = (line: 'expected' | 'low' | 'high') =>
      lines === null ? null : amountOf(later === -1 ? used : later >= 0 ? (lines[line][later] ?? null) : null);
    const state: DayState = day < today ? (spent?.buckets[at]?.state ?? 'missing') : day === today ? 'today' : 'ahead';
    return {
      day,
      state,
      used: amountOf(sums[at] ?? null),
      expected: on('expected'),
      low: on('low'),
      high: on('high'),
      planned: costText(planned(amount, at + 1, elapsed.of)),
    };
  });
}

/** Months before the running one since the budget began. */
async function historyOf({ query, today }: Moment, budget: StoredBudget, reach: Reach): Promise<BudgetDetail['history']> {
  const oldest = monthsBefore(today, shownMonths);
  const from = `${budget.from}-01` > oldest ? `${budget.from}-01` : oldest;
  const to = monthOf(today);
  if (from >= to) return [];
  const { buckets, total } = await answer(query, questionOf(budget, { from, to }, 'month'), reach, today);
  return buckets
    .map(({ from: first, state }, at) => {
      const month = first.slice(0, 7);
      const amount = budgetAmountIn(budget, month);
      const used = total.values[at] ?? null;
      const share = used === null || Number(amount) === 0 ? null : Number(used) / Number(amount);
      return { month, amount, used, share, isWhole: state === 'stored' };
    })
    .toReversed();
}

function emptyStanding(budget: StoredBudget, today: Day, state: 'not-started' | 'unknown'): BudgetStanding {
  const from = state === 'unknown' ? monthOf(today) : `${budget.from}-01`;
  const month = { from, to: nextMonth(from) };
  return {
    state,
    month,
    amount: budgetAmountIn(budget, from.slice(0, 7)),
    used: null,
    share: null,
    burn: null,
    elapsed: { days: 0, of: daysBetween(month.from, month.to) },
    forecast: { expected: null, low: null, high: null },
    withheld: state === 'unknown' ? 'Its organization is not there any more.' : `It begins on ${from}.`,
    breach: null,
    thresholds: [],
    bases: [],
    lacks: { withoutRate: 0, unpriced: 0, notFinal: 0, days: 0, beside: 0 },
  };
}

const wordOf = (dimension: NonNullable<StoredBudget['part']>['dimension']): string =>
  isTagDimension(dimension) ? tagKeyOf(dimension) : dimension;

async function namesOf(query: Kysely<Tables>, { organizationId, part }: StoredBudget, reach: Reach) {
  const organizationName = reach.nameOf(organizationId);
  if (!part) return { organizationName, partName: null, isTagGone: false };
  const label = (await labelsOf(query, reach, part.dimension, [part.value]))(part.value).label;
  const isTagGone = isTagDimension(part.dimension) && !(await isCarried(query, tagKeyOf(part.dimension), part.value, reach));
  return { organizationName, partName: `${wordOf(part.dimension)} ${label}`, isTagGone };
}

async function isCarried(query: Kysely<Tables>, key: string, value: string, reach: Reach): Promise<boolean> {
  const accounts = await query
    .selectFrom('account_tag')
    .select('account_id')
    .where('key', '=', key)
    .where('value', '=', value)
    .execute();
  const seen = await reach.tagged();
  return seen === null ? accounts.length > 0 : accounts.some(({ account_id }) => seen.includes(account_id));
}

/** Those that need a look first. */
export function byUrgency(a: Budget, b: Budget): number {
  const rank = ({ standing: { state } }: Budget) => budgetStates.indexOf(state);
  return rank(a) - rank(b) || (b.standing.share ?? 0) - (a.standing.share ?? 0) || (a.name < b.name ? -1 : 1);
}
