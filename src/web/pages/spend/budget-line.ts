import { budgetAmountIn } from '../../../contract/canopy/budgets.ts';
import type { PlannedBudget } from '../../../contract/canopy/budgets.ts';
import type { Amount, SpendAnswer, SpendFilter } from '../../../contract/canopy/spend.ts';
import { addDays, daysBetween } from '../../lib/date-range.ts';
import { decimalText, parseDecimal, roundedUnits, sumAmounts } from '../../lib/decimal.ts';

/** A budget beside what it is for. Amounts are exact to the millionth. */
export interface BudgetLine {
  name: string;
  /** Other budgets of the same; one line is enough to read. */
  others: number;
  /** What an even month would have used in each bucket of the answer; null before the budget begins. */
  pace: readonly Amount[];
  /** The amount of the month, where bars are added up from its first day and stay within it. */
  limit: Amount;
}

type Question = Pick<SpendAnswer['question'], 'organization' | 'descendants' | 'measure' | 'filters'>;

/** Whether the page shows what the budget is for: no more, and no less. */
function isFor({ organizationId, part, currency }: PlannedBudget, { organization, descendants, measure, filters }: Question) {
  const [first, ...more] = filters;
  const isPart = (filter: SpendFilter | undefined) =>
    part === null
      ? filter === undefined
      : filter?.dimension === part.dimension &&
        filter.operator === 'is' &&
        filter.values.length === 1 &&
        filter.values[0] === part.value;
  return (
    organization === organizationId &&
    descendants &&
    measure.kind === 'spend' &&
    measure.currency === currency &&
    more.length === 0 &&
    isPart(first)
  );
}

const places = 6;

function firstOfNext(day: string): string {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

/** What an even month would use on these days, month by month. */
function paceOf(budget: PlannedBudget, { from, to }: { from: string; to: string }): Amount {
  let units: bigint | null = null;
  for (let at = from; at < to;) {
    const next = firstOfNext(at);
    const end = next < to ? next : to;
    const amount = at.slice(0, 7) < budget.from ? null : parseDecimal(budgetAmountIn(budget, at.slice(0, 7)));
    const of = daysBetween({ from: `${at.slice(0, 7)}-01`, before: next });
    if (amount)
      units = (units ?? 0n) + (roundedUnits(amount, places) * BigInt(daysBetween({ from: at, before: end }))) / BigInt(of);
    at = end;
  }
  return units === null ? null : decimalText({ units, scale: places });
}

/** The line of the first budget that is for what the answer shows; null where there is none. `addedUp`: bars are. */
export function budgetLine(
  { question, buckets }: Pick<SpendAnswer, 'question' | 'buckets'>,
  planned: readonly PlannedBudget[],
  addedUp: boolean,
): BudgetLine | null {
  const [budget, ...others] = planned.filter((one) => isFor(one, question) && one.from <= addDays(question.to, -1).slice(0, 7));
  if (!budget) return null;
  const alone = buckets.map((bucket) => paceOf(budget, bucket));
  const month = question.from.slice(0, 7);
  const isOneMonth = question.from === `${month}-01` && question.to <= firstOfNext(question.from) && month >= budget.from;
  return {
    name: budget.name,
    others: others.length,
    pace: addedUp ? alone.map((_, at) => sumAmounts(alone.slice(0, at + 1))) : alone,
    limit: addedUp && isOneMonth ? budgetAmountIn(budget, month) : null,
  };
}

/** A line far above the bars would flatten them: beyond this many times the highest it is told, and not drawn. */
const mostAbove = 3;

/** What of the line fits beside bars that reach this high. */
export function drawnBudget(
  line: BudgetLine | null,
  highest: number,
): { pace: readonly (number | null)[]; limit: number | null } {
  const fits = (amount: number) => amount <= highest * mostAbove;
  const pace = (line?.pace ?? []).map((amount) => (amount === null ? null : Number(amount)));
  const limit = line?.limit ? Number(line.limit) : null;
  return {
    pace: pace.every((amount) => amount === null || fits(amount)) ? pace : [],
    limit: limit !== null && fits(limit) ? limit : null,
  };
}
