/** Saved views once lived in the browser: what is left there is moved to the server, and forgotten here. */

export interface StoredView {
  name: string;
  /** Without the question mark. */
  search: string;
  isDefault: boolean;
}

const keyOf = (screen: string) => `canopy.views.${screen}`;

const isView = (value: unknown): value is StoredView =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'search' in value &&
  typeof value.search === 'string' &&
  'isDefault' in value &&
  typeof value.isDefault === 'boolean';

/** What is stored and readable. */
export function readViews(stored: string | null): readonly StoredView[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(value) ? value.filter(isView) : [];
  } catch {
    return [];
  }
}

/** The same state, whatever the order of its parts. */
export function isSameSearch(one: string, other: string): boolean {
  const sorted = (search: string) =>
    [...new URLSearchParams(search)]
      .map((pair) => pair.join('='))
      .toSorted()
      .join('&');
  return sorted(one) === sorted(other);
}

export function storedViews(screen: string): readonly StoredView[] {
  try {
    return readViews(localStorage.getItem(keyOf(screen)));
  } catch {
    return []; // storage is blocked
  }
}

export function forgetStoredViews(screen: string): void {
  try {
    localStorage.removeItem(keyOf(screen));
  } catch {
    // as above
  }
}
