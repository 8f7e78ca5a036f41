import { useSyncExternalStore } from 'react';

/** How this person wants to see Canopy, kept in this browser only. */
export interface Preferences {
  theme: 'system' | 'light' | 'dark';
  density: 'compact' | 'comfortable';
  timeZone: 'utc' | 'local';
  /** Single-key shortcuts; people who dictate or use switches turn them off. */
  shortcuts: 'on' | 'off';
  /** Patterns on top of chart colours. */
  chartPatterns: 'off' | 'on';
}

export const preferencesKey = 'canopy.preferences';
const choices: { readonly [Name in keyof Preferences]: readonly Preferences[Name][] } = {
  theme: ['system', 'light', 'dark'],
  density: ['compact', 'comfortable'],
  timeZone: ['utc', 'local'],
  shortcuts: ['on', 'off'],
  chartPatterns: ['off', 'on'],
};

/** The first choice of each is the default; what is stored and not a choice is ignored. */
export function readPreferences(stored: string | null): Preferences {
  let given: Record<string, unknown> = {};
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    if (typeof value === 'object' && value !== null) given = value as Record<string, unknown>; // any object may be read by key
  } catch {
    // not ours: the defaults stand
  }
  const pick = <Name extends keyof Preferences>(name: Name): Preferences[Name] => {
    const [first] = choices[name];
    const found = choices[name].find((choice) => choice === given[name]);
    return found ?? (first as Preferences[Name]); // every list above has a first entry
  };
  return {
    theme: pick('theme'),
    density: pick('density'),
    timeZone: pick('timeZone'),
    shortcuts: pick('shortcuts'),
    chartPatterns: pick('chartPatterns'),
  };
}

function stored(): string | null {
  try {
    return localStorage.getItem(preferencesKey);
  } catch {
    return null; // storage is blocked: preferences last as long as the page
  }
}

const inBrowser = typeof window !== 'undefined';
let current = readPreferences(inBrowser ? stored() : null);
const listeners = new Set<() => void>();
const darkSystem = inBrowser ? matchMedia('(prefers-color-scheme: dark)') : null;

/** Puts theme and density on the root element, as `public/theme.js` did before the first paint. */
function apply(): void {
  const dark = current.theme === 'dark' || (current.theme === 'system' && darkSystem?.matches === true);
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  document.documentElement.dataset['density'] = current.density;
}

function changed(next: Preferences): void {
  current = next;
  apply();
  for (const listener of listeners) listener();
}

if (inBrowser) {
  darkSystem?.addEventListener('change', apply);
  // another tab changed them
  window.addEventListener('storage', (event) => {
    if (event.key === preferencesKey) changed(readPreferences(event.newValue));
  });
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function preferences(): Preferences {
  return current;
}

export function setPreference<Name extends keyof Preferences>(name: Name, value: Preferences[Name]): void {
  const next = { ...current, [name]: value };
  try {
    localStorage.setItem(preferencesKey, JSON.stringify(next));
  } catch {
    // storage is blocked: this page still follows
  }
  changed(next);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences, preferences);
}
