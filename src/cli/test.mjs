// Everything `npm test` checks, in the order that fails soonest. Prints what runs, and last the true counts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';

/**
 * @param {{ root: string, build: () => void }} project
 * @returns {Promise<number>} the exit code
 */
export async function test({ root, build }) {
  const bin = (/** @type {string} */ path) => join(root, 'node_modules', path);
  const results = bin('.cache/canopy');
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const counts = { passed: 0, failed: 0 };

  /** @param {string} title @param {string[]} words @param {Record<string, string>} [environment] */
  const step = (title, words, environment = {}) => {
    console.log(`\n— ${title}`);
    const began = performance.now();
    const done = spawnSync(process.execPath, words, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
    });
    console.log(`  ${done.status === 0 ? 'passed' : 'FAILED'}, ${((performance.now() - began) / 1000).toFixed(1)} s`);
    return done.status === 0;
  };
  /** A check that is one thing: it passes or it fails. @param {string} title @param {string[]} words */
  const check = (title, words) => {
    if (step(title, words)) counts.passed += 1;
    else counts.failed += 1;
  };

  check('Types', [bin('typescript/bin/tsc')]);
  check('Lint', [bin('oxlint/bin/oxlint'), '--deny-warnings']);
  check('Format', [bin('oxfmt/bin/oxfmt'), '--check', '.']);

  const unitReport = join(results, 'unit.json');
  const unit = step('Unit and integration tests, import rules', [
    bin('vitest/vitest.mjs'),
    'run',
    '--config',
    'src/cli/vitest.config.ts',
    '--reporter',
    'default',
    '--reporter',
    'json',
    `--outputFile.json=${unitReport}`,
  ]);
  count(unit, () => {
    const report = JSON.parse(readFileSync(unitReport, 'utf8'));
    return { passed: report.numPassedTests, failed: report.numFailedTests + report.numPendingTests };
  });

  const browser = await findBrowser(root);
  build();
  const browserReport = join(results, 'browser.json');
  const browsers = step(
    `Browser tests, with ${browser}`,
    [bin('@playwright/test/cli.js'), 'test', '--config', 'e2e/playwright.config.ts', '--reporter', 'list,json'],
    {
      CANOPY_BROWSER: browser,
      PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport,
    },
  );
  count(browsers, () => {
    const { stats } = JSON.parse(readFileSync(browserReport, 'utf8'));
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped };
  });

  console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
  return counts.failed === 0 ? 0 : 1;

  /** A runner that failed counts as at least one failure, also when it left no report. @param {boolean} passed @param {() => { passed: number, failed: number }} read */
  function count(passed, read) {
    let report = { passed: 0, failed: 0 };
    try {
      report = read();
    } catch {
      console.log('  left no report');
      report.failed = 1;
    }
    counts.passed += report.passed;
    counts.failed += passed ? report.failed : Math.max(1, report.failed);
  }
}
