/**
 * What a person opened lately, and where it was then: for the palette, and for the last known place of what is
 * gone. Kept in this browser, for one person at a time.
 */
import { useSyncExternalStore } from 'react';

export interface RecentThing {
  kind: 'organization' | 'account' | 'member';
  id: string;
  name: string;
  /** The organization it is in; its own id for an organization. */
  organizationId: string;
  /** Ancestors by name, root first. */
  path: readonly string[];
  /** The ancestors' ids, in the same order. */
  pathIds: readonly string[];
  /** RFC 3339 time it was last there. */
  seenAt: string;
}

const key = 'canopy.recent';
const kept = 30;

interface Stored {
  userId: string;
  things: readonly RecentThing[];
}

const isThing = (value: unknown): value is RecentThing =>
  typeof value === 'object' && value !== null && 'id' in value && 'name' in value && 'path' in value && Array.isArray(value.path);

/** What is stored, when it is this person's and readable. */
export function readRecent(stored: string | null, userId: string): readonly RecentThing[] {
  try {
    const value = JSON.parse(stored ?? 'null') as Partial<Stored> | null; // checked part by part below
    return value?.userId === userId && Array.isArray(value.things) ? value.things.filter(isThing) : [];
  } catch {
    return [];
  }
}

/** The list with one thing at its head, without its older self. */
export function withRecent(things: readonly RecentThing[], thing: RecentThing): readonly RecentThing[] {
  return [thing, ...things.filter(({ kind, id }) => kind !== thing.kind || id !== thing.id)].slice(0, kept);
}

let current: { userId: string; things: readonly RecentThing[] } | null = null;
const listeners = new Set<() => void>();

function load(userId: string): readonly RecentThing[] {
  if (current?.userId !== userId) {
    let stored: string | null = null;
    try {
      stored = localStorage.getItem(key);
    } catch {
      // storage is blocked: recent things last as long as the page
    }
    current = { userId, things: readRecent(stored, userId) };
  }
  return current.things;
}

/** Remembers that a person opened something. */
export function noteRecent(userId: string, thing: RecentThing): void {
  current = { userId, things: withRecent(load(userId), thing) };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // as above
  }
  for (const listener of listeners) listener();
}

/** Forgets everything, at sign-out. */
export function forgetRecent(): void {
  current = null;
  try {
    localStorage.removeItem(key);
  } catch {
    // nothing was stored
  }
}

/** Newest first. */
export function useRecent(userId: string): readonly RecentThing[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => load(userId),
  );
}
