import type { Database } from '../database/open.ts';
import type { Clock, Directory, Log, ReceiptReader, UpstreamForWrites, Writes } from '../services.ts';
import { Ledger } from './ledger.ts';
import { Outcomes } from './outcomes.ts';
import { createPlans } from './plans/registry.ts';
import { createReceiptReader } from './reader.ts';
import { WriteDesk } from './write-desk.ts';

export interface ReceiptsOptions {
  database: Database;
  upstream: UpstreamForWrites;
  directory: Pick<Directory, 'organizationOfAccount' | 'accounts' | 'path' | 'invalidate' | 'requireVisible' | 'subtree'>;
  clock: Clock;
  log: Log;
  /** The e-mail address of the Global API key in use. */
  keyEmail: string | null;
  stop: AbortSignal;
}

/** Opens the ledger, looks after writes that were on their way at the last stop, and gives the parts that use it. */
export async function openReceipts(options: ReceiptsOptions): Promise<{ writes: Writes; receipts: ReceiptReader }> {
  const { database, directory, log, keyEmail } = options;
  const ledger = await Ledger.open(options);
  const parts = { ...options, ledger, plans: createPlans(keyEmail) };
  const outcomes = new Outcomes(parts);
  const settling = outcomes.settlePending();
  settling.catch((error: unknown) => log.error({ err: error }, 'open receipts could not be settled'));
  void checkSeals(ledger, log);
  return { writes: new WriteDesk({ ...parts, outcomes }), receipts: createReceiptReader(database, directory) };
}

/** Tells whoever runs Canopy where the ledger is no longer what Canopy wrote. */
async function checkSeals(ledger: Ledger, log: Log): Promise<void> {
  try {
    const broken = await ledger.verify();
    if (broken) log.error({ entry: broken.sequence }, 'the ledger of receipts was changed by something other than Canopy');
  } catch (error) {
    log.warn({ err: error }, 'the ledger of receipts could not be checked');
  }
}
