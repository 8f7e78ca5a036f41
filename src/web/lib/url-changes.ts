import { writeUrl } from './url-values.ts';
import type { UrlShape, ValuesOf } from './url-values.ts';

/** Changes some values of the address and keeps the rest; nothing happens where the address says the same already. */
export type ChangeUrl = <S extends UrlShape>(
  shape: S,
  patch: Partial<ValuesOf<S>>,
  go: (search: string) => void | Promise<void>,
) => void;

/**
 * Changes that build on each other although the router has not moved yet, as two in one tick. What is on its way is over when
 * its step has ended, also where another step overtook it: the next change builds on the address as it then is.
 *
 * @param current The query string of the address, which may be ahead of what is drawn.
 */
export function urlChanges(current: () => string): ChangeUrl {
  let underWay: { search: string } | null = null;
  return (shape, patch, go) => {
    const base = underWay?.search ?? current().replace(/^\?/, '');
    const search = writeUrl(shape, new URLSearchParams(base), patch).toString();
    if (search === base) return;
    const step = { search };
    underWay = step;
    const end = () => {
      if (underWay === step) underWay = null;
    };
    Promise.resolve(go(search)).then(end, end);
  };
}
