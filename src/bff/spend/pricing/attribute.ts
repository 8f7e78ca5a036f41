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
