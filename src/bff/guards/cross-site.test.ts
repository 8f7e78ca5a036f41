import { describe, expect, test } from 'vitest';
import { requireOwnPage } from './cross-site.ts';

const own = new URL('http://127.0.0.1:4400');
const sites = ['same-origin', 'same-site', 'cross-site', 'none', null] as const;
const origins = ['http://127.0.0.1:4400', 'http://other.127.0.0.1:4400', 'null', null] as const;

/** Whether a request with these headers is let in. */
function letIn(guard: boolean, site: string | null, origin: string | null, navigation: boolean): boolean {
  const headers = new Headers();
  if (guard) headers.set('x-canopy', '1');
  if (site) headers.set('sec-fetch-site', site);
  if (origin) headers.set('origin', origin);
  try {
    requireOwnPage(headers, own, navigation);
    return true;
  } catch {
    return false;
  }
}

describe('requests of other pages', () => {
  const cells = [true, false].flatMap((guard) => sites.flatMap((site) => origins.map((origin) => ({ guard, site, origin }))));

  test.each(cells)('header $guard, Sec-Fetch-Site $site, Origin $origin', ({ guard, site, origin }) => {
    const own = (site === null || site === 'same-origin') && (origin === null || origin === origins[0]);
    expect(letIn(guard, site, origin, false)).toBe(guard && own);
  });

  test.each(cells)('a download with header $guard, Sec-Fetch-Site $site, Origin $origin', ({ guard, site, origin }) => {
    const fromPage = site === 'same-origin' || (guard && site === null);
    expect(letIn(guard, site, origin, true)).toBe(fromPage && (origin === null || origin === origins[0]));
  });
});
