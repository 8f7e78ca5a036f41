// Reading 13 months of usage, and asking about it.
import { startApart, visit, withFolder } from './product.mjs';
import { askAndCompare } from './questions.mjs';
import { measureReading } from './reading.mjs';

/** @param {string} [profile] The sandbox's world: the demo, or a smaller one for a quick look. */
export async function measureSync(profile = 'demo') {
  await withFolder(async (folder) => {
    const { sandbox, startBackend, database } = await startApart(folder, { SANDBOX_PROFILE: profile });
    const backend = await startBackend();
    try {
      const ask = await visit(backend);
      const state = await measureReading(backend, ask);
      await askAndCompare(state, backend, ask, database);
    } finally {
      await backend.stop();
      await sandbox.stop();
    }
  });
}
