import { currencyShape } from '../../../contract/canopy/currency.ts';
import { readFilter } from '../../../contract/canopy/filter-text.ts';
import { leastAmountShape } from '../../../contract/canopy/spend.ts';
import { isDay } from '../../../contract/day.ts';
import { flag } from '../../lib/url-values.ts';
import type { UrlShape, UrlValue } from '../../lib/url-values.ts';

/** One parameter of an address. */
export type AddressPart = readonly [name: string, text: string];

/**
 * Parts of an address that a page cannot read, and shows its defaults for: a link that is old or mistyped opens all the
 * same. Whoever sent it meant another range or a filter, though, and no figure of the page would say so.
 */
export function unreadParts(shape: UrlShape, search: URLSearchParams): AddressPart[] {
  const isRange = (first: string, end: string) => {
    const [from, before] = [search.get(first) ?? '', search.get(end) ?? ''] as const;
    return isDay(from) && isDay(before) && from < before;
  };
  const isRead: Readonly<Record<string, (text: string) => boolean>> = {
    where: (text) => readFilter(text) !== null,
    least: (text) => leastAmountShape.test(text),
    currency: (text) => currencyShape.test(text),
    from: () => isRange('from', 'before'),
    before: () => isRange('from', 'before'),
    compare: (text) => (text === 'custom' ? isRange('compare-from', 'compare-before') : isKnown(shape['compare'], text)),
    'compare-from': () => isRange('compare-from', 'compare-before'),
    'compare-before': () => isRange('compare-from', 'compare-before'),
  };
  const known: UrlShape = { ...shape, descendants: flag(true) };
  return [...search].filter(
    ([name, text]) => name in known && text !== '' && !(isRead[name]?.(text) ?? isKnown(known[name], text)),
  );
}

/** Whether a text is one that a value has a meaning for. What is read as the default may be the default's own. */
function isKnown(value: UrlValue<unknown> | undefined, text: string): boolean {
  if (!value) return false;
  const usual = value.read([]);
  const isUsual = (other: string) => JSON.stringify(value.read([other])) === JSON.stringify(usual);
  if (!isUsual(text) || String(usual) === text) return true;
  // a column that orders a table is read in both directions, and one of them may be the default
  return typeof usual === 'object' && usual !== null && !isUsual(text.startsWith('-') ? text.slice(1) : `-${text}`);
}
