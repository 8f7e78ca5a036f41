import { decimalOf, divided, times, type Decimal } from './decimal.ts';

/** Parts of a total by shares that add up to 1. The parts add up to the total: the last one takes what is left. */
export function split(total: Decimal, places: readonly { readonly share: number }[], whole: boolean): readonly Decimal[] {
  if (places.length === 1) return [total];
  let left = total;
  return places.map(({ share }, index) => {
    if (index === places.length - 1) return left;
    const part = times(total, decimalOf(share));
    const cut = whole ? divided(part, decimalOf(1)) * decimalOf(1) : part;
    left -= cut;
    return cut;
  });
}
