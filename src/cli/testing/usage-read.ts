import { expect, vi } from 'vitest';
import { controlSpendSync, getSpendState } from '../../contract/canopy/spend.ts';
import type { Visitor } from './visitor.ts';

/** Long enough for a machine that does much else. */
const patience = { timeout: 50_000, interval: 100 };

/** Waits until all that is stored is priced. */
export const untilPriced = (admin: Visitor): Promise<void> =>
  vi.waitFor(async () => expect((await admin.ask(getSpendState)).result.pricing.monthsLeft).toBe(0), patience);

/**
 * Waits until every day from this one on is read, has no others read, and waits until what is read is priced: from then on
 * nothing of usage changes by itself. Older days would take longer than a test may.
 */
export async function readUsageSince(admin: Visitor, first: string): Promise<void> {
  await vi.waitFor(async () => {
    const { days } = (await admin.ask(getSpendState)).result;
    expect(days.filter(({ day, state }) => day >= first && state !== 'stored' && state !== 'today')).toEqual([]);
  }, patience);
  await admin.ask(controlSpendSync, { body: { action: 'pause' } });
  // what was on its way when the pause came is stored before it is there
  await vi.waitFor(async () => expect((await admin.ask(getSpendState)).result.sync.status).toBe('paused'), patience);
  await untilPriced(admin);
}
