// Reading 13 months of usage, and asking about it.
import { statSync } from 'node:fs';
import { ms, startApart, visit, withFolder } from './product.mjs';
import { compareQuestions, questionsAbout } from './questions.mjs';

/** @param {string} [profile] The sandbox's world: the demo, or a smaller one for a quick look. */
export async function measureSync(profile = 'demo') {
  await withFolder(async (folder) => {
    const { sandbox, startBackend, database } = await startApart(folder, { SANDBOX_PROFILE: profile });
    const backend = await startBackend();
    try {
      const ask = await visit(backend);
      const state = await untilRead(ask);
      const { startedAt, finishedAt } = state.sync;
      const seconds = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
      const records = recordsOf(state);
      const loop = await backend.loop();
      console.log(
        `  ${'13 months read'.padEnd(44)} ${records} records in ${seconds.toFixed(0)} s, ${(records / seconds).toFixed(0)} a second, ${state.failures.length} failures`,
      );
      console.log(`  ${'peak memory of the backend'.padEnd(44)} ${backend.peakMegabytes().toFixed(0)} MB (budget 250 MB)`);
      console.log(`  ${'event loop held'.padEnd(44)} p99 ${ms(loop.p99)}, at most ${ms(loop.max)}`);

      const account = (await ask('/canopy/spend/values/account')).values[1]?.key ?? null;
      const zone = (await ask('/canopy/spend/values/zone')).values[1]?.key ?? null;
      const about = { from: state.firstDay, to: state.today, account, zone };
      await compareQuestions(questionsAbout(about), ask, () => backend.stop(), database);
      console.log(`  ${'the store'.padEnd(44)} ${(statSync(database).size / 1e6).toFixed(0)} MB on disk`);
    } finally {
      await backend.stop();
      await sandbox.stop();
    }
  });
}

/** Waits for the end of a whole run. @param {(path: string) => Promise<any>} ask */
export async function untilRead(ask) {
  for (;;) {
    const state = await ask('/canopy/spend');
    if (state.sync.status === 'idle' && state.sync.finishedAt !== null) return state;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
}

/** @param {{ days: { records: number }[] }} state */
export const recordsOf = ({ days }) => days.reduce((sum, day) => sum + day.records, 0);
