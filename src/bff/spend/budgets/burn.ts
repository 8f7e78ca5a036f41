import type { BudgetStanding, BudgetState, BudgetThreshold } from '../../../contract/canopy/budgets.ts';
import { add, amountOf } from '../amount.ts';
import type { Exact } from '../amount.ts';
import { addDays, daysBetween } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { costText } from '../pricing/decimal.ts';

/** What a month of a budget is made of. Amounts are whole units of 10^-15. */
export interface BudgetMonth {
  month: DayRange;
  amount: bigint;
  /** The current day, which is not over: days before it are complete. */
  today: Day;
  /** What each complete day cost, from the first of the month. Null: nothing is known of it. */
  costs: readonly Exact[];
  /** What all of the month is expected to cost; null where nothing is. */
  forecast: { expected: bigint; low: bigint; high: bigint } | null;
  /** Whole percents, ascending. */
  thresholds: readonly number[];
}

export type Burn = Pick<BudgetStanding, 'used' | 'share' | 'burn' | 'elapsed' | 'breach' | 'thresholds'> & {
  state: Extract<BudgetState, 'over' | 'at-risk' | 'no-forecast' | 'on-track'>;
  /** By day of the month, added up. */
  sums: readonly Exact[];
};

/** The part of an even month that is over after so many of its days. */
export const planned = (amount: bigint, days: number, of: number): bigint => (amount * BigInt(days)) / BigInt(of);

/**
 * What is expected after each of the days that are left, added up from the first of the month: the rest of the forecast
 * is spread evenly over them. Where more is used than was expected, nothing more is.
 */
export function spread(used: bigint, expected: bigint, days: number): bigint[] {
  const rest = expected > used ? expected - used : 0n;
  return Array.from({ length: days }, (_, at) => used + (rest * BigInt(at + 1)) / BigInt(days));
}

/** How much of a budget is used, how fast, and when it passes its thresholds. */
export function burnOf({ month, amount, today, costs, forecast, thresholds }: BudgetMonth): Burn {
  const of = daysBetween(month.from, month.to);
  const elapsed = Math.max(0, Math.min(of, daysBetween(month.from, today)));
  const sums: Exact[] = [];
  for (let at = 0; at < elapsed; at++) sums.push(add(sums[at - 1] ?? null, costs[at] ?? null));
  const used = sums.at(-1) ?? null;
  const ahead = forecast ? spread(used ?? 0n, forecast.expected, of - elapsed) : [];
  const dayAt = (at: number): Day => addDays(month.from, at);
  /** The first day whose sum holds. */
  const passes = (isBeyond: (sum: bigint) => boolean): { day: Day; passed: boolean } | null => {
    const seen = sums.findIndex((sum) => sum !== null && isBeyond(sum));
    if (seen >= 0) return { day: dayAt(seen), passed: true };
    const expected = ahead.findIndex(isBeyond);
    return expected >= 0 ? { day: dayAt(elapsed + expected), passed: false } : null;
  };
  const breach = passes((sum) => sum > amount);
  const even = planned(amount, elapsed, of);
  return {
    state: stateOf(breach, forecast !== null || elapsed === of),
    used: amountOf(used),
    share: used === null || amount === 0n ? null : ratio(used, amount),
    burn: used === null || even === 0n ? null : ratio(used, even),
    elapsed: { days: elapsed, of },
    breach,
    thresholds: thresholds.map((percent): BudgetThreshold => {
      const at = (amount * BigInt(percent)) / 100n;
      const when = amount === 0n ? null : passes((sum) => sum * 100n >= amount * BigInt(percent));
      return {
        percent,
        amount: costText(at),
        passedOn: when?.passed ? when.day : null,
        expectedOn: when && !when.passed ? when.day : null,
      };
    }),
    sums,
  };
}

function stateOf(breach: Burn['breach'], isForeseen: boolean): Burn['state'] {
  if (breach) return breach.passed ? 'over' : 'at-risk';
  return isForeseen ? 'on-track' : 'no-forecast';
}

/** To the sixth digit, which is more than any reader sees. */
const ratio = (part: bigint, whole: bigint): number => Number((part * 1_000_000n) / whole) / 1_000_000;
