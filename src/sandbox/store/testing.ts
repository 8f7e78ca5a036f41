import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SandboxProfile } from '../seed/profile.ts';
import { openStore, type StoreOptions } from './open.ts';
import type { Page, PageQuery, Position, Store } from './store.ts';

/** The time all store tests run at. */
export const testTime = Date.parse('2026-11-22T14:02:00Z');

/** A store in a folder of its own; `discard` closes it and removes the folder. */
export async function temporaryStore(
  profile: SandboxProfile,
  options: Partial<StoreOptions> = {},
): Promise<{ store: Store; options: StoreOptions; discard: () => Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'canopy-store-'));
  const all: StoreOptions = { dataDir, profile, seed: 1, now: () => testTime, fixedNow: true, ...options };
  const store = await openStore(all);
  return {
    store,
    options: all,
    discard: async () => {
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Every row of a list, page by page. */
export async function allPages<T>(limit: number, read: (query: PageQuery) => Promise<Page<T>>): Promise<T[]> {
  const rows: T[] = [];
  let after: Position | null = null;
  do {
    const page: Page<T> = await read({ limit, after });
    rows.push(...page.rows);
    after = page.next;
  } while (after);
  return rows;
}
