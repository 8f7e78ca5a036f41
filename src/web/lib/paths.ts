/** Addresses of the app's own screens. */
export const scopePages = [
  'overview',
  'organizations',
  'accounts',
  'members',
  'profile',
  'spend',
  'spend/budgets',
  'spend/accounts',
  'spend/tags',
  'spend/sources',
  'spend/rate-card',
  'audit',
  'audit/receipts',
  'shares',
] as const;
export type ScopePage = (typeof scopePages)[number];

/**
 * The path of a screen at an organization. `search` holds the screen's own state: `pathTo('accounts', id, { q: 'mill' })`.
 * A list value becomes several occurrences; absent and empty values are left out.
 */
export function pathTo(
  page: ScopePage,
  organizationId: string,
  search: Readonly<Record<string, string | readonly string[] | undefined>> = {},
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search))
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) if (one !== '') query.append(name, one);
  const path = page === 'overview' ? `/o/${organizationId}` : `/o/${organizationId}/${page}`;
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}

export interface Place {
  organizationId: string;
  page: ScopePage;
}

/** The organization and screen of a path; null outside the scope (sign-in, settings). */
export function placeOf(pathname: string): Place | null {
  const match = /^\/o\/([a-z0-9]{32})(?:\/(.+?))?\/?$/.exec(pathname);
  if (!match?.[1]) return null;
  const page = scopePages.find((name) => name === (match[2] ?? 'overview'));
  return page ? { organizationId: match[1], page } : null;
}

/** A path of this app to come back to after signing in, or `/`: never another origin. */
export function safeReturn(next: string | null): string {
  if (next === null || !/^\/(?![/\\])/.test(next)) return '/';
  // backslashes and control characters are how "relative" addresses leave the origin
  if (/[\\\p{Cc}]/u.test(next)) return '/';
  return next.startsWith('/sign-in') ? '/' : next;
}
