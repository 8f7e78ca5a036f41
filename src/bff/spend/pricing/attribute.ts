import { divided } from './decimal.ts';
import type { Cost, Quantity } from './decimal.ts';

/**
 * Splits what a day cost over its records (zones, regions, subscriptions) in proportion to their use of the day. The parts
 * sum to the whole, to the last digit. Where the quantities sum to zero, there is no proportion: the first record takes it.
 */
export function split(cost: Cost, quantities: readonly Quantity[]): Cost[] {
  if (quantities.length === 1) return [cost];
  if (cost === 0n) return quantities.map(() => 0n);
  let total = 0n;
  for (const quantity of quantities) total += quantity;
  if (total === 0n) return quantities.map((_, index) => (index === 0 ? cost : 0n));
  // a negative total (corrections) would turn the divisor around
  const [whole, over] = total < 0n ? [-cost, -total] : [cost, total];
  let used = 0n;
  let given = 0n;
  return quantities.map((quantity) => {
    used += quantity;
    const upToHere = divided(whole * used, over);
    const part = upToHere - given;
    given = upToHere;
    return part;
  });
}

/**
 * What the days of a cycle cost, split over the records of an account (zones, regions, subscriptions) by what each used in
 * the cycle: an allowance is the account's, so whoever used of it before it was used up has a share in what is beyond it.
 * A day's cost can only be on records of that day. So it goes to those whose share of the cycle so far is not paid yet, in
 * proportion to what they lack; a day never takes back what days before have paid.
 */
export class Shares {
  readonly #rows: readonly { readonly days: readonly (Quantity | undefined)[] }[];
  readonly #used: Quantity[];
  readonly #paid: Cost[];
  #allUsed: Quantity = 0n;
  #allPaid: Cost = 0n;

  constructor(rows: readonly { readonly days: readonly (Quantity | undefined)[] }[]) {
    this.#rows = rows;
    this.#used = rows.map(() => 0n);
    this.#paid = rows.map(() => 0n);
  }

  /**
   * The parts of a day's cost, by row; null where nothing is to be split, and of no meaning for rows without a record of the
   * day. Days are asked for in order, each once.
   */
  on(day: number, cost: Cost): readonly Cost[] | null {
    for (let at = 0; at < this.#rows.length; at++) {
      const quantity = this.#rows[at]?.days[day];
      if (quantity === undefined) continue;
      this.#used[at] = (this.#used[at] ?? 0n) + quantity;
      this.#allUsed += quantity;
    }
    if (cost === 0n) return null;
    this.#allPaid += cost;
    const parts = split(cost, (cost > 0n ? this.#lacking(day) : null) ?? this.#usedOn(day));
    for (const [at, part] of parts.entries()) this.#paid[at] = (this.#paid[at] ?? 0n) + part;
    return parts;
  }

  /** What is not paid of the share of each row that has a record of the day; null where nobody lacks anything. */
  #lacking(day: number): Cost[] | null {
    if (this.#allUsed <= 0n) return null;
    let isAny = false;
    const lacking = this.#rows.map(({ days }, at): Cost => {
      if (days[day] === undefined) return 0n;
      const unpaid = (this.#allPaid * (this.#used[at] ?? 0n)) / this.#allUsed - (this.#paid[at] ?? 0n);
      if (unpaid <= 0n) return 0n;
      isAny = true;
      return unpaid;
    });
    return isAny ? lacking : null;
  }

  /** The use of the day; where it sums to nothing, the first row with a record takes the cost. */
  #usedOn(day: number): Quantity[] {
    const used = this.#rows.map(({ days }): Quantity => days[day] ?? 0n);
    if (used.reduce((all, one) => all + one, 0n) !== 0n) return used;
    const first = this.#rows.findIndex(({ days }) => days[day] !== undefined);
    return used.map((_, at) => (at === first ? 1n : 0n));
  }
}
