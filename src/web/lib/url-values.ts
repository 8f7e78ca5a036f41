/**
 * State that lives in the URL, as data: each value knows how it is read from the query string and written
 * to it. A default is never written, so a plain URL is a plain screen. No React here; the hooks are in `url-state.ts`.
 */
import { isDay } from '../../contract/day.ts';

export interface UrlValue<T> {
  /** Texts of every occurrence; an unreadable one falls back to the default, so an old link still opens. */
  read(texts: readonly string[]): T;
  /** Empty for the default. */
  write(value: T): readonly string[];
}
/** Values by their name in the query string. */
export type UrlShape = Readonly<Record<string, UrlValue<unknown>>>;
export type ValuesOf<S extends UrlShape> = { [K in keyof S]: ReturnType<S[K]['read']> };

/** Free text; empty when absent. */
export const text = (): UrlValue<string> => ({
  read: ([first]) => first ?? '',
  write: (value) => (value === '' ? [] : [value]),
});

/** An id or another text that may be absent. */
export const maybeText = (): UrlValue<string | null> => ({
  read: ([first]) => first || null,
  write: (value) => (value === null || value === '' ? [] : [value]),
});

/** One of a few words. */
export const choice = <const T extends string>(words: readonly T[], fallback: NoInfer<T>): UrlValue<T> => ({
  read: ([first]) => words.find((word) => word === first) ?? fallback,
  write: (value) => (value === fallback ? [] : [value]),
});

/** Several texts, each an occurrence of its own: `status=active&status=pending`. */
export const many = (): UrlValue<readonly string[]> => ({
  read: (texts) => [...new Set(texts.filter((text) => text !== ''))],
  write: (value) => value,
});

/** Several of a few words. */
export const choices = <const T extends string>(words: readonly T[]): UrlValue<readonly T[]> => ({
  read: (texts) => words.filter((word) => texts.includes(word)),
  write: (value) => words.filter((word) => value.includes(word)),
});

/** Several texts in one occurrence, where order matters: `cols=name,type`. Null for the screen's own default. */
export const ordered = (): UrlValue<readonly string[] | null> => ({
  read: ([first]) => (first === undefined ? null : first.split(',').filter((part) => part !== '')),
  write: (value) => (value === null ? [] : [value.join(',')]),
});

/** A switch. */
export const flag = (fallback: boolean): UrlValue<boolean> => ({
  read: ([first]) => (first === 'true' ? true : first === 'false' ? false : fallback),
  write: (value) => (value === fallback ? [] : [String(value)]),
});

/** A whole number within bounds; null when absent. */
export const whole = (minimum: number, maximum: number): UrlValue<number | null> => ({
  read: ([first]) => {
    const value = /^-?\d{1,15}$/.test(first ?? '') ? Number(first) : NaN;
    return value >= minimum && value <= maximum ? value : null;
  },
  write: (value) => (value === null ? [] : [String(value)]),
});

/** A UTC day, `YYYY-MM-DD`; null when absent or not a day. */
export const urlDay = (): UrlValue<string | null> => ({
  read: ([first = '']) => (isDay(first) ? first : null),
  write: (value) => (value === null ? [] : [value]),
});

/** The sorted column, as tables take it. */
export interface Sort {
  column: string;
  direction: 'ascending' | 'descending';
}

/** `sort=name`, or `sort=-created` from the top. */
export const sort = (columns: readonly string[], fallback: Sort): UrlValue<Sort> => ({
  read: ([first]) => {
    const column = first?.replace(/^-/, '');
    if (first === undefined || column === undefined || !columns.includes(column)) return fallback;
    return { column, direction: first.startsWith('-') ? 'descending' : 'ascending' };
  },
  write: ({ column, direction }) =>
    column === fallback.column && direction === fallback.direction ? [] : [`${direction === 'descending' ? '-' : ''}${column}`],
});

/** Reads every value of a shape from a query string. */
export function readUrl<S extends UrlShape>(shape: S, search: URLSearchParams): ValuesOf<S> {
  return Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, value.read(search.getAll(name))])) as ValuesOf<S>; // built key by key from the same shape
}

/** A query string with some values changed; what belongs to others stays as it is. */
export function writeUrl<S extends UrlShape>(shape: S, search: URLSearchParams, patch: Partial<ValuesOf<S>>): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const name of Object.keys(patch)) {
    const value = shape[name];
    if (!value) continue;
    next.delete(name);
    for (const one of value.write(patch[name])) next.append(name, one);
  }
  return next;
}
