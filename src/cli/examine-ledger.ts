import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseUnavailable } from '../bff/database/errors.ts';
import { openDatabase } from '../bff/database/open.ts';
import { Chain } from '../bff/receipts/chain.ts';
import { examine } from '../bff/receipts/examine.ts';

/** Examines every entry of the ledger in a data folder, and says in one sentence what it found. Changes nothing. */
export async function examineLedger(dataDir: string): Promise<{ isWell: boolean; words: string }> {
  const file = join(dataDir, 'canopy.duckdb');
  if (!existsSync(file)) return { isWell: true, words: 'Ledger: none yet, Canopy has not run on this data folder.' };
  try {
    const database = await openDatabase(file, 'read');
    try {
      const chain = await Chain.open(database);
      const broken = await examine(database);
      const { entries, seal } = chain.head;
      return broken
        ? {
            isWell: false,
            words: `Ledger: CHANGED by something other than Canopy; entry ${broken.sequence} is the first that is wrong.`,
          }
        : { isWell: true, words: `Ledger: intact, ${entries} entries, the newest sealed ${seal.slice(0, 16)}.` };
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error;
    return {
      isWell: true,
      words: `Ledger: not examined. ${error.message} A running Canopy examines it when it starts: see /readyz.`,
    };
  }
}
