// One organization with 500 accounts, every record by zone: a month of it.
import { startApart, tell, visit, withFolder } from './product.mjs';
import { measureReading } from './reading.mjs';
import { startScaledUpstream } from './scaled-upstream.mjs';

/** Of each account: with fewer, some have hardly any records. */
const leastZones = 8;

/** @param {string} [count] Accounts. */
export async function measureWide(count = '500') {
  await withFolder(async (folder) => {
    const { sandbox, upstream, startBackend } = await startApart(folder);
    const size = { accounts: Number(count), zones: leastZones };
    const scaled = await startScaledUpstream(upstream, { size, zonesEvery: 1, days: 30 });
    const backend = await startBackend(scaled.url);
    try {
      tell('accounts', `${scaled.accounts} in one organization, 31 days, every record by zone`);
      await measureReading(backend, await visit(backend));
    } finally {
      await backend.stop();
      await scaled.stop();
      await sandbox.stop();
    }
  });
}
