// Ten million records of a year and a month: reading them, and asking about them.
import { startApart, tell, visit, withFolder } from './product.mjs';
import { askAndCompare } from './questions.mjs';
import { measureReading } from './reading.mjs';
import { startScaledUpstream } from './scaled-upstream.mjs';

/** @param {string} [count] Records, about; fewer for a quick look. */
export async function measureLoad(count = '10000000') {
  await withFolder(async (folder) => {
    const { sandbox, upstream, startBackend, database } = await startApart(folder);
    const scaled = await startScaledUpstream(upstream, { size: { records: Number(count) }, zonesEvery: 5, days: 396 });
    const backend = await startBackend(scaled.url);
    try {
      tell('accounts', `${scaled.accounts} of the sandbox's catalogue, every fifth by zone, in 16 organizations`);
      const ask = await visit(backend);
      const state = await measureReading(backend, ask);
      await askAndCompare(state, backend, ask, database);
    } finally {
      await backend.stop();
      await scaled.stop();
      await sandbox.stop();
    }
  });
}
