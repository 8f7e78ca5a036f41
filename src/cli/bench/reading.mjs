// Watches a backend while it reads usage, prices it, and makes of it what the pages show.
import { ms, tell } from './product.mjs';

/** @typedef {Awaited<ReturnType<typeof import('./product.mjs').startProgram>>} Program */

const second = 1000;
const pause = () => new Promise((resolve) => setTimeout(resolve, second));
const secondsOf = (/** @type {number} */ began) => (performance.now() - began) / second;

/** Waits for the end of a whole run. @param {(path: string) => Promise<any>} ask */
export async function untilRead(ask) {
  for (;;) {
    const state = await ask('/canopy/spend');
    if (state.sync.status === 'idle' && state.sync.finishedAt !== null) return state;
    await pause();
  }
}

/**
 * Waits until nothing is left to do, and tells how long it took, what it cost, and how much memory it needed.
 * @param {Program} backend @param {(path: string) => Promise<any>} ask
 */
export async function measureReading(backend, ask) {
  const began = performance.now();
  let state = await untilRead(ask);
  const read = secondsOf(began);
  while (state.pricing.monthsLeft > 0) {
    await pause();
    state = await ask('/canopy/spend');
  }
  const priced = secondsOf(began);
  // what is looked ahead for, and what was unusual, come after the prices: nothing tells their end but that it is quiet
  for (let before = backend.cpuSeconds(), quiet = 0; quiet < 8; before = backend.cpuSeconds()) {
    await pause();
    quiet = backend.cpuSeconds() - before < 0.1 ? quiet + 1 : 0;
  }
  const records = recordsOf(state);
  const cpu = backend.cpuSeconds();
  tell(
    'read',
    `${records} records in ${read.toFixed(0)} s, ${(records / read).toFixed(0)} a second, ${state.failures.length} failures`,
  );
  tell('priced', `after ${priced.toFixed(0)} s; all is done after ${(secondsOf(began) - 8).toFixed(0)} s`);
  tell('processor time of the backend', `${cpu.toFixed(0)} s, ${((cpu / records) * 1e6).toFixed(0)} µs a record`);
  await tellMemory(backend);
  return state;
}

/** @param {Program} backend */
async function tellMemory(backend) {
  const loop = await backend.loop();
  tell('peak memory of the backend', `${backend.peakMegabytes().toFixed(0)} MB (budget 250 MB)`);
  tell('event loop held', `p99 ${ms(loop.p99)}, at most ${ms(loop.max)}`);
}

/** @param {{ days: { records: number }[] }} state */
export const recordsOf = ({ days }) => days.reduce((sum, day) => sum + day.records, 0);
