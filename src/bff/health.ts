import type { Context } from 'hono';
import type { Door } from './guards/door.ts';

/** What the examination of the ledger at the start has found. */
export interface LedgerSeals {
  state: 'checking' | 'intact' | 'changed' | 'unchecked';
  /** The first entry that is not what Canopy wrote. */
  changedAt: number | null;
}

/** What the probes report. Neither ever asks upstream. */
export interface Health {
  /** True once Canopy has begun to stop. */
  readonly closing: boolean;
  /** True while upstream refuses the credential: what is stored is still served. */
  readonly credentialRefused: boolean;
  readonly ledger: LedgerSeals;
  /** Whether the embedded store takes writes; found out at most every few seconds. */
  writable(): Promise<boolean>;
}

const noStore = { 'cache-control': 'no-store' };

/** Alive: the process answers. */
export const live = (c: Context<Door>): Response => c.json({ status: 'alive' }, 200, noStore);

/** Ready: it also takes requests and can keep what it must keep. */
export const ready =
  (health: Health) =>
  async (c: Context<Door>): Promise<Response> => {
    const reasons = [
      ...(health.closing ? ['Canopy is stopping'] : []),
      ...((await health.writable()) ? [] : ['the data folder cannot be written']),
    ];
    if (reasons.length > 0) return c.json({ status: 'not ready', reasons }, 503, noStore);
    const { state, changedAt } = health.ledger;
    const degraded = health.credentialRefused || state === 'changed';
    const ledger = changedAt === null ? state : `changed at entry ${changedAt}`;
    return c.json({ status: degraded ? 'degraded' : 'ready', ledger }, 200, noStore);
  };
