// Finds the browser of the browser tests, or installs one.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const usualPaths = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * The path of a browser: `CANOPY_BROWSER`, one of the usual paths, or Playwright's own; else one is installed.
 * @param {string} root
 * @returns {Promise<string>}
 */
export async function findBrowser(root) {
  const named = process.env['CANOPY_BROWSER'];
  if (named) {
    if (!existsSync(named)) throw new Error(`CANOPY_BROWSER names ${named}, which does not exist.`);
    return named;
  }
  const found = await present();
  if (found) return found;
  const isDebianRoot = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  const playwright = {
    name: 'playwright install chromium-headless-shell',
    install: () => run(process.execPath, [join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium-headless-shell']),
  };
  const debian = {
    name: 'apt-get install chromium-headless-shell',
    install: () => run('apt-get', ['update', '-qq']) && run('apt-get', ['install', '-y', '-qq', 'chromium-headless-shell']),
  };
  for (const { name, install } of isDebianRoot ? [debian, playwright] : [playwright]) {
    console.log(`No browser found; installing one: ${name}`);
    const installed = install() ? await present() : undefined;
    if (installed) return installed;
  }
  throw new Error(
    'No browser for the browser tests. Install Debian’s chromium-headless-shell or chromium, or name one in CANOPY_BROWSER.',
  );
}

async function present() {
  const { chromium } = await import('@playwright/test');
  return [...usualPaths, chromium.executablePath()].find((path) => existsSync(path));
}

/** @param {string} command @param {string[]} words */
function run(command, words) {
  return spawnSync(command, words, { stdio: ['ignore', 'inherit', 'inherit'], timeout: 300_000 }).status === 0;
}
