import type { Database } from '../database/open.ts';
import type { LedgerSeals } from '../health.ts';
import type { AccessBook, AccessReader, Clock, Directory, Log, ReceiptReader, UpstreamForWrites, Writes } from '../services.ts';
import { SealedAccessBook } from './access/book.ts';
import { createAccessReader } from './access/reader.ts';
import { Chain } from './chain.ts';
import { examine } from './examine.ts';
import { Ledger } from './ledger.ts';
import { Outcomes } from './outcomes.ts';
import { createPlans } from './plans/registry.ts';
import { createReceiptReader } from './reader.ts';
import { WriteDesk } from './write-desk.ts';

export interface ReceiptsOptions {
  database: Database;
  upstream: UpstreamForWrites;
  directory: Pick<
    Directory,
    'organizationOfAccount' | 'accounts' | 'path' | 'invalidate' | 'requireVisible' | 'subtree' | 'lineage'
  >;
  clock: Clock;
  log: Log;
  /** The e-mail address of the Global API key in use at the moment. */
  keyEmail: () => string | null;
  stop: AbortSignal;
}

/** What the ledger of writes and accesses gives to the other parts. */
export interface OpenLedger {
  writes: Writes;
  receipts: ReceiptReader;
  access: AccessBook & { close(): Promise<void> };
  accessReader: AccessReader;
  seals: LedgerSeals;
}

/** Opens the ledger, looks after writes that were on their way at the last stop, and gives the parts that use it. */
export async function openReceipts(options: ReceiptsOptions): Promise<OpenLedger> {
  const { database, directory, log, keyEmail } = options;
  const chain = await Chain.open(database);
  const ledger = new Ledger({ ...options, chain });
  const parts = { ...options, ledger, plans: createPlans(keyEmail) };
  const outcomes = new Outcomes(parts);
  const settling = outcomes.settlePending();
  settling.catch((error: unknown) => log.error({ err: error }, 'open receipts could not be settled'));
  const access = new SealedAccessBook({ ...options, chain });
  return {
    writes: new WriteDesk({ ...parts, outcomes }),
    receipts: createReceiptReader(database, directory),
    access,
    accessReader: createAccessReader(database, directory, access),
    seals: checkLedger(database, chain, log),
  };
}

/** Examines every entry in the background, and tells whoever runs Canopy where the ledger is no longer what Canopy wrote. */
function checkLedger(database: Database, chain: Chain, log: Log): LedgerSeals {
  const seals: LedgerSeals = { state: 'checking', changedAt: null };
  const { head } = chain;
  void examine(database).then(
    (broken) => {
      Object.assign(seals, broken ? { state: 'changed', changedAt: broken.sequence } : { state: 'intact' });
      // the head in the log is what tells, from outside, that entries were cut off at the end
      if (broken) log.error({ entry: broken.sequence, head }, 'the ledger was changed by something other than Canopy');
      else log.info({ head }, 'the ledger is as it was left');
    },
    (error: unknown) => {
      seals.state = 'unchecked';
      log.warn({ err: error }, 'the ledger could not be checked');
    },
  );
  return seals;
}
