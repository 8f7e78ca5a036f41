// The forecast, back-tested: the demo's thirteen months, forecast on some days of each, against how they ended.
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { percentile } from './product.mjs';

/** @typedef {import('./backtest.ts').Tested} Tested */

const seededAt = Date.parse('2026-11-22T14:02:00Z');
const percent = (/** @type {number} */ value) => `${(value * 100).toFixed(1)}%`.padStart(7);

/** Prints how far forecasts were off, and how far cost so far, extended to the whole month, would have been. */
export async function measureForecast() {
  /** @type {{ module: typeof import('./backtest.ts') }} */
  const { module } = await runnerImport(join(import.meta.dirname, 'backtest.ts'));
  const began = performance.now();
  const tested = [...module.backtest(1, seededAt)];
  const accounts = new Set(tested.map(({ account }) => account)).size;
  const months = new Set(tested.map(({ month }) => month)).size;
  console.log(`  ${accounts} accounts, ${months} closed months, ${((performance.now() - began) / 1000).toFixed(0)} s`);
  console.log('  day   all accounts together, WAPE   accounts of $1 to $500, median APE   actual within the 80 % band');
  console.log('        forecast   cost run rate      forecast   cost run rate             all together   accounts');
  for (const day of new Set(tested.map(({ dayOfMonth }) => dayOfMonth))) {
    const ofDay = tested.filter(({ dayOfMonth }) => dayOfMonth === day);
    const totals = [...new Set(ofDay.map(({ month }) => month))].map((month) =>
      together(ofDay.filter((one) => one.month === month)),
    );
    const middling = ofDay.filter(({ actual }) => actual >= 1 && actual <= 500);
    console.log(
      `  ${String(day).padStart(3)}   ${percent(wape(totals, 'expected'))}    ${percent(wape(totals, 'runRate'))}            ${percent(
        medianApe(middling, 'expected'),
      )}    ${percent(medianApe(middling, 'runRate'))}                   ${percent(within(totals))}        ${percent(within(middling))}`,
    );
  }
}

/** Bands of accounts add by their squares. @param {Tested[]} accounts */
function together(accounts) {
  const sum = (/** @type {(one: Tested) => number} */ of) => accounts.reduce((total, one) => total + of(one), 0);
  const expected = sum((one) => one.expected);
  return {
    actual: sum((one) => one.actual),
    expected,
    runRate: sum((one) => one.runRate),
    low: expected - Math.sqrt(sum((one) => (one.expected - one.low) ** 2)),
    high: expected + Math.sqrt(sum((one) => (one.high - one.expected) ** 2)),
  };
}

/** @typedef {Pick<Tested, 'actual' | 'expected' | 'runRate' | 'low' | 'high'>} Outcome */

/** @param {Outcome[]} outcomes @param {'expected' | 'runRate'} by */
function wape(outcomes, by) {
  const missed = outcomes.reduce((sum, one) => sum + Math.abs(one[by] - one.actual), 0);
  return missed / outcomes.reduce((sum, one) => sum + one.actual, 0);
}

/** @param {Outcome[]} outcomes @param {'expected' | 'runRate'} by */
const medianApe = (outcomes, by) =>
  percentile(
    outcomes.map((one) => Math.abs(one[by] - one.actual) / one.actual),
    0.5,
  );

/** @param {Outcome[]} outcomes */
const within = (outcomes) =>
  outcomes.filter(({ low, high, actual }) => low - 0.01 <= actual && actual <= high + 0.01).length / outcomes.length;
