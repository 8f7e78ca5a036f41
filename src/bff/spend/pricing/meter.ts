import { divided } from './decimal.ts';
import type { Cost, Quantity } from './decimal.ts';
import { costOfBillable } from './price.ts';
import type { Line } from '../../../contract/canopy/rate-card.ts';
import { isFree } from './terms.ts';
import type { Stretch, Terms } from './terms.ts';

/**
 * - `estimated`: reckoned with the rate card
 * - `within-allowance`: reckoned, and zero because the allowance is not used up
 * - `free`: metered, and not charged
 * - `no-rate`: the card has no price; not zero
 */
export type Basis = 'estimated' | 'within-allowance' | 'free' | 'no-rate';

/** What one line used on each day of a cycle; undefined where there is no record. */
export interface Metered {
  line: Line;
  stretches: readonly Stretch[];
  days: (Quantity | undefined)[];
  /** Filled in by the meter, one for each day with records. */
  costs: (Cost | null)[];
  bases: Basis[];
  /** What counts: usage of days without a rate does not. */
  used: Quantity;
  /** What of it was beyond the allowance. */
  billable: Quantity;
  /** The terms of the last day with records, and the allowance that held on it. */
  last: Terms | null;
  included: Quantity;
  /** In an open cycle, the day that takes what no record took, where it stays the last one of the cycle; else null. */
  restOn: number | null;
}

/** The terms of a day; a meter goes through the days in order, so the place in the stretches only moves on. */
export function termsAt(stretches: readonly Stretch[], day: number): Terms | null {
  let terms: Terms | null = null;
  for (const stretch of stretches) {
    if (stretch.from > day) break;
    terms = stretch.terms;
  }
  return terms;
}

/** A day on which nothing is charged, or no price is known. */
export function markUnpriced(metered: Metered, day: number, terms: Terms | null): void {
  const free = terms !== null && isFree(terms.reason);
  metered.costs[day] = free ? 0n : null;
  metered.bases[day] = free ? 'free' : 'no-rate';
}

export const basisOf = (cost: Cost, billable: bigint, included: Quantity): Basis =>
  cost === 0n && billable <= 0n && included > 0n ? 'within-allowance' : 'estimated';

/**
 * Prices the days of one line that shares no allowance. A day costs what the cycle costs up to it less what it cost up to
 * the day before, both at the prices of the day: a price counts from its date on, and is never claimed for days before it.
 * An allowance is used up by the days with a rate only.
 *
 * Levels are not added up. A `mean-of-daily-peaks` costs as the mean over all days of the cycle, so each day adds its
 * share of the mean, and the allowance is crossed as for a sum. A `peak` costs as the highest level of the cycle; that
 * cost is spread evenly from the first day of the level to the end of the cycle, and when a level rises, the day it rises
 * catches up for the days before. In a closed cycle, the last day of a level that was not seen until the end takes the
 * rest. So the days of a closed cycle sum to what the cycle costs.
 */
export function meterAlone(metered: Metered, closed: boolean): void {
  const { line, days, costs, bases } = metered;
  const length = days.length;
  const tally = tallyOf(line, days, closed);
  let last: Terms | null = null;
  let before: Cost = 0n;
  for (let day = 0; day < length; day++) {
    const quantity = days[day];
    if (quantity === undefined) continue;
    const terms = termsAt(metered.stretches, day);
    metered.last = terms;
    if (!terms?.rate) {
      markUnpriced(metered, day, terms);
      continue;
    }
    if (last !== null && terms !== last) before = tally.cost(terms);
    last = terms;
    tally.add(quantity, terms, day);
    const after = tally.cost(terms);
    const cost = after - before;
    before = after;
    costs[day] = cost;
    bases[day] = basisOf(cost, tally.beyond(terms), terms.included);
  }
  if (last === null) return;
  if (line.aggregation === 'peak' && !closed && before > 0n)
    metered.restOn = days.findLastIndex((quantity) => quantity !== undefined);
  metered.used = tally.used();
  metered.billable = tally.billable(last);
  metered.included = last.included;
}

/** How the days so far become one quantity, and what that costs. */
interface Tally {
  add(quantity: Quantity, terms: Terms, day: number): void;
  /** Of the days so far, at these terms. */
  cost(terms: Terms): Cost;
  /** Above zero where the allowance is used up: on this day, where it is a daily one. */
  beyond(terms: Terms): bigint;
  used(): Quantity;
  billable(terms: Terms): Quantity;
}

const positive = (value: bigint): bigint => (value > 0n ? value : 0n);

function tallyOf(line: Line, days: readonly (Quantity | undefined)[], closed: boolean): Tally {
  if (line.aggregation === 'peak') return peakTally(days, closed);
  if (line.aggregation === 'mean-of-daily-peaks') return sumTally(BigInt(days.length));
  return line.included.per === 'account-day' ? dailyTally() : sumTally(1n);
}

/** A sum, or with a divisor a mean. */
function sumTally(over: bigint): Tally {
  let sum = 0n;
  const beyond = ({ included }: Terms): bigint => (over === 1n ? sum - included : sum - included * over);
  return {
    add(quantity) {
      sum += quantity;
    },
    cost: (terms) => (terms.rate ? costOfBillable(terms.rate, beyond(terms), over) : 0n),
    beyond,
    used: () => divided(sum, over),
    billable: (terms) => divided(positive(beyond(terms)), over),
  };
}

/** The allowance is given every day; rounding is once a cycle. */
function dailyTally(): Tally {
  let sum = 0n;
  let billable = 0n;
  let today = 0n;
  return {
    add(quantity, { included }) {
      sum += quantity;
      today = quantity - included;
      billable += positive(today);
    },
    cost: ({ rate }) => (rate ? costOfBillable(rate, billable) : 0n),
    beyond: () => today,
    used: () => sum,
    billable: () => billable,
  };
}

function peakTally(days: readonly (Quantity | undefined)[], closed: boolean): Tally {
  const end = days.length;
  const lastSeen = closed ? days.findLastIndex((quantity) => quantity !== undefined) : -1;
  let highest = 0n;
  let first = -1;
  let elapsed = 0n;
  const beyond = ({ included }: Terms): bigint => highest - included;
  return {
    add(quantity, _terms, day) {
      if (first < 0) first = day;
      if (quantity > highest) highest = quantity;
      elapsed = BigInt((day === lastSeen ? end : day + 1) - first);
    },
    cost: (terms) => (terms.rate ? divided(costOfBillable(terms.rate, beyond(terms)) * elapsed, BigInt(end - first)) : 0n),
    beyond,
    used: () => highest,
    billable: (terms) => positive(beyond(terms)),
  };
}
