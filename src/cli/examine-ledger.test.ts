import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../bff/database/open.ts';
import { systemClock } from '../bff/node/clock.ts';
import { SealedAccessBook } from '../bff/receipts/access/book.ts';
import { Chain } from '../bff/receipts/chain.ts';
import { examineLedger } from './examine-ledger.ts';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'canopy-ledger-'))));
afterEach(() => rm(folder, { recursive: true }));
const file = () => join(folder, 'canopy.duckdb');

test('the doctor says whether the ledger is as it was left, and names the first entry that is not', async () => {
  expect((await examineLedger(folder)).words).toBe('Ledger: none yet, Canopy has not run on this data folder.');

  const database = await openDatabase(file());
  const chain = await Chain.open(database);
  const stop = new AbortController();
  const book = new SealedAccessBook({
    chain,
    directory: { lineage: () => [] },
    clock: systemClock,
    log: { info() {}, warn() {}, error() {} },
    stop: stop.signal,
  });
  const facts = { person: null, came: null, organizationId: null, targetId: null, reason: null, asked: null, requestId: 'r' };
  for (let count = 0; count < 3; count += 1) await book.note({ ...facts, kind: 'sign-out', operation: 'signOut' });
  expect((await examineLedger(folder)).words).toMatch(/^Ledger: not examined\. .* is already open/);
  await database.close();
  expect(await examineLedger(folder)).toEqual({
    isWell: true,
    words: expect.stringMatching(/^Ledger: intact, 3 entries, the newest sealed [0-9a-f]{16}\.$/) as string,
  });

  const again = await openDatabase(file());
  await again.query.updateTable('ledger_entry').set({ body: '{}' }).where('sequence', '=', 2).execute();
  await again.close();
  expect(await examineLedger(folder)).toEqual({
    isWell: false,
    words: 'Ledger: CHANGED by something other than Canopy; entry 2 is the first that is wrong.',
  });
});
