/** Named states of a screen, kept in this browser: a name, and the query string that shows it. */
import { useCallback, useSyncExternalStore } from 'react';

export interface SavedView {
  name: string;
  /** Without the question mark. */
  search: string;
  /** Opened where the address names no state of its own. */
  isDefault: boolean;
}

const keyOf = (screen: string) => `canopy.views.${screen}`;
const longestName = 60;
const most = 50;

const isView = (value: unknown): value is SavedView =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'search' in value &&
  typeof value.search === 'string' &&
  'isDefault' in value &&
  typeof value.isDefault === 'boolean';

/** What is stored and readable. */
export function readViews(stored: string | null): readonly SavedView[] {
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

/** One view more, newest first; a name that is taken means that view. */
export function withView(views: readonly SavedView[], name: string, search: string): readonly SavedView[] {
  const kept = name.trim().slice(0, longestName);
  if (kept === '') return views;
  const before = views.find((view) => view.name === kept);
  return [{ name: kept, search, isDefault: before?.isDefault ?? false }, ...withoutView(views, kept)].slice(0, most);
}

export function withoutView(views: readonly SavedView[], name: string): readonly SavedView[] {
  return views.filter((view) => view.name !== name);
}

/** One default at most; null for none. */
export function withDefault(views: readonly SavedView[], name: string | null): readonly SavedView[] {
  return views.map((view) => ({ ...view, isDefault: view.name === name }));
}

const current = new Map<string, readonly SavedView[]>();
const listeners = new Set<() => void>();

function viewsOf(screen: string): readonly SavedView[] {
  let views = current.get(screen);
  if (!views) {
    try {
      views = readViews(localStorage.getItem(keyOf(screen)));
    } catch {
      views = []; // storage is blocked: views last as long as the page
    }
    current.set(screen, views);
  }
  return views;
}

export const defaultView = (screen: string): SavedView | undefined => viewsOf(screen).find(({ isDefault }) => isDefault);

function setViews(screen: string, views: readonly SavedView[]): void {
  current.set(screen, views);
  try {
    localStorage.setItem(keyOf(screen), JSON.stringify(views));
  } catch {
    // as above
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The views of a screen, newest first, and how to change them. */
export function useSavedViews(screen: string) {
  const views = useSyncExternalStore(
    subscribe,
    useCallback(() => viewsOf(screen), [screen]),
  );
  return {
    views,
    save: (name: string, search: string) => setViews(screen, withView(viewsOf(screen), name, search)),
    remove: (name: string) => setViews(screen, withoutView(viewsOf(screen), name)),
    setDefault: (name: string | null) => setViews(screen, withDefault(viewsOf(screen), name)),
  };
}
