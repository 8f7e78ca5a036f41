import { digits } from '../../database/decimal.ts';
import type { Price } from '../../../contract/canopy/rate-card.ts';
import { divided } from '../pricing/decimal.ts';
import { millionths, wholePercent } from '../pricing/price.ts';
import type { Terms } from '../pricing/terms.ts';
import { pricingUnitOf } from './words.ts';

/** What one pricing unit costs, in units of its last digit: `0.30` a million requests, `0.0000125` a gigabyte-second. */
export interface UnitPrices {
  unit: string | null;
  list: bigint | null;
  /** After discounts. */
  contracted: bigint | null;
}

export const noPrice: UnitPrices = { unit: null, list: null, contracted: null };

/** Digits of a unit price after the point. */
export const priceScale = 18;

/** The prices of a day's terms by the unit they are quoted in. The rate card may quote by another number of units. */
export function unitPricesOf({ line, rate, price, discount }: Terms, consumed: string): UnitPrices {
  if (rate === null || price === null) return noPrice;
  const unit = pricingUnitOf(line.pricingUnit, consumed);
  const contracted = unitsOf(price, unit.count, wholePercent - millionths(discount));
  return { unit: unit.text, list: unitsOf(line.price ?? price, unit.count, wholePercent), contracted };
}

function unitsOf({ amount, per }: Price, count: bigint, share: bigint): bigint {
  const upper = digits(amount) ?? { value: 0n, scale: 0 }; // a card is checked when it is saved
  const lower = digits(per) ?? { value: 1n, scale: 0 }; // as above
  const whole = upper.value * count * share * 10n ** BigInt(priceScale + lower.scale);
  return divided(whole, lower.value * wholePercent * 10n ** BigInt(upper.scale));
}
