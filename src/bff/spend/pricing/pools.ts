import type { Cost, Quantity } from './decimal.ts';
import { divided } from './decimal.ts';
import { basisOf, markUnpriced, termsAt } from './meter.ts';
import type { Metered } from './meter.ts';
import { costOfBillable } from './price.ts';
import type { Terms } from './terms.ts';

/** One metric that shares an allowance, while the days go by. */
interface Member {
  metered: Metered;
  sum: Quantity;
  terms: Terms | null;
  /** What the cycle costs up to now, at the terms of the day. */
  upToNow: Cost;
  /** Cost that no record took yet. */
  owed: Cost;
  lastPriced: number;
}

/**
 * Prices the days of the metrics that use up one allowance together. What is beyond it is each metric's in proportion to
 * its use in the cycle, and costs that metric's price. So a day's use of one metric can add to the cost of another, which
 * has no record of that day: then the next record of the other takes it, or in a closed cycle its last one. So the days
 * of a closed cycle sum to what the cycle costs.
 */
export function meterPool(pool: readonly Metered[], closed: boolean): void {
  const members = pool.map((metered): Member => ({ metered, sum: 0n, terms: null, upToNow: 0n, owed: 0n, lastPriced: -1 }));
  const length = pool[0]?.days.length ?? 0;
  let total = 0n;
  let included = 0n;
  for (let day = 0; day < length; day++) {
    if (members.every(({ metered }) => metered.days[day] === undefined)) continue;
    let changed = false;
    for (const member of members) {
      const terms = termsAt(member.metered.stretches, day);
      changed ||= member.terms !== null && member.terms !== terms;
      member.terms = terms;
    }
    included = sharedAllowance(members);
    if (changed) for (const member of members) member.upToNow = costUpTo(member, total, included);
    for (const member of members) {
      if (!member.terms?.rate) continue;
      const quantity = member.metered.days[day] ?? 0n;
      member.sum += quantity;
      total += quantity;
    }
    for (const member of members) priceDay(member, day, total, included);
  }
  const shares = sharesOf(total > included ? total - included : 0n, members, total);
  for (const [index, { metered, owed, lastPriced, sum }] of members.entries()) {
    if (lastPriced < 0) continue;
    if (closed) metered.costs[lastPriced] = (metered.costs[lastPriced] ?? 0n) + owed;
    else if (owed !== 0n) metered.restOn = lastPriced;
    metered.used = sum;
    metered.billable = shares[index] ?? 0n;
    metered.included = included;
  }
}

function priceDay(member: Member, day: number, total: Quantity, included: Quantity): void {
  const { metered, terms } = member;
  if (terms?.rate) {
    const upToToday = costUpTo(member, total, included);
    member.owed += upToToday - member.upToNow;
    member.upToNow = upToToday;
  }
  if (metered.days[day] === undefined) return;
  metered.last = terms;
  if (!terms?.rate) {
    markUnpriced(metered, day, terms);
    return;
  }
  metered.costs[day] = member.owed;
  metered.bases[day] = basisOf(member.owed, total - included, included);
  member.owed = 0n;
  member.lastPriced = day;
}

const costUpTo = ({ terms, sum }: Member, total: Quantity, included: Quantity): Cost =>
  terms?.rate && total > included && sum > 0n ? costOfBillable(terms.rate, (total - included) * sum, total) : 0n;

/** What the members with a rate share: the allowance that the nearest override gives any of them. */
function sharedAllowance(members: readonly Member[]): Quantity {
  let nearest: Terms | null = null;
  for (const { terms } of members)
    if (terms?.rate && (nearest === null || terms.includedBy > nearest.includedBy)) nearest = terms;
  return nearest?.included ?? 0n;
}

/** The billable quantity by metric, to the last digit of a quantity; the parts sum to the whole. */
function sharesOf(billable: Quantity, members: readonly Member[], total: Quantity): Quantity[] {
  let used = 0n;
  let given = 0n;
  return members.map(({ sum }) => {
    used += sum;
    const upToHere = total > 0n ? divided(billable * used, total) : 0n;
    const share = upToHere - given;
    given = upToHere;
    return share;
  });
}
