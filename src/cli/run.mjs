// The first thing every npm script runs: makes a fresh clone ready, then does what was asked.
// Node built-ins only, since node_modules may not exist yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environment, nodeOptions } from './launch.mjs';

const root = join(import.meta.dirname, '..', '..');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) fail(`Canopy needs Node 20.19 or newer; this is ${process.version}.`);

/** @type {Record<string, (rest: string[]) => void | Promise<void>>} */
const tasks = {
  start: (rest) => serve('main.js', rest),
  sandbox: (rest) => serve('sandbox.js', rest),
  doctor: (rest) => serve('doctor.js', rest),
  bench(rest) {
    install();
    build();
    become([join(root, 'src/cli/bench/bench.mjs'), ...rest]);
  },
  dev(rest) {
    install();
    become([join(root, 'src/cli/dev.mjs'), ...rest]);
  },
  async test() {
    install();
    const { test } = await import('./test.mjs');
    process.exitCode = await test({ root, build });
  },
};

const [task = 'start', ...rest] = process.argv.slice(2);
const run = tasks[task];
if (!run) fail(`There is no task "${task}"; the tasks are ${Object.keys(tasks).join(', ')}.`);
else await run(rest);

/** @param {string} entry @param {string[]} rest */
function serve(entry, rest) {
  install();
  build();
  become([join(root, 'dist/server', entry), ...rest]);
}

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Installs packages when they are not those of the lock file. `npm ci` removes the stamp with everything else. */
function install() {
  const stamp = join(root, 'node_modules/.canopy-install');
  const wanted = `${digest(['package.json', 'package-lock.json'])} ${process.version.split('.')[0]} ${process.platform} ${process.arch}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  // somebody else ran `npm ci` just now: a second minute of it would change nothing
  if (!existsSync(stamp) && isInstalled()) return write(stamp, wanted);
  console.log('Installing packages, once, about a minute…');
  // the npm that started us, or the one on PATH when node was called by hand
  const npm = process.env.npm_execpath;
  const words = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const done = npm
    ? spawnSync(process.execPath, [npm, ...words], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
    : spawnSync('npm', words, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });
  if (done.status !== 0) fail('The packages could not be installed; what npm said is above.');
  write(stamp, wanted);
}

/** Whether the packages here are those of the lock file: npm writes down what it installed when it is done. */
function isInstalled() {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesOf(record);
  const { '': _root, ...wanted } = packagesOf(join(root, 'package-lock.json'));
  const same = Object.entries(installed).every(([path, { version, integrity }]) => {
    const { version: right, integrity: hash } = wanted[path] ?? {};
    return version === right && integrity === hash;
  });
  // optional ones are for other systems
  return same && Object.entries(wanted).every(([path, { optional }]) => optional || path in installed);
}

/** @param {string} file @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>} */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

/** Builds the web app and the server when a source file has changed since the last build. */
function build() {
  const stamp = join(root, 'dist/.canopy-build');
  const wanted = digest([
    'package-lock.json',
    'vite.config.ts',
    'index.html',
    'tsconfig.json',
    ...filesUnder('public'),
    ...filesUnder('src'),
  ]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Building, a few seconds…');
  const began = performance.now();
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const done = spawnSync(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (done.status !== 0) fail('The build failed; what it said is above.');
  write(stamp, wanted);
  console.log(`Built in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
}

/** @param {string} folder */
function filesUnder(folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

/** @param {string[]} files */
function digest(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    if (!existsSync(join(root, file))) fail(`${file} is missing; is this a whole clone?`);
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

/** @param {string} file @param {string} text */
function write(file, text) {
  try {
    writeFileSync(file, text);
  } catch (error) {
    fail(
      `${file} cannot be written (${error instanceof Error && 'code' in error ? String(error.code) : String(error)}); give this folder write permission.`,
    );
  }
}

/** Hands over to another program: signals go to it, its exit code is ours. @param {string[]} words */
function become(words) {
  const child = spawn(process.execPath, [...nodeOptions, ...words], { cwd: root, stdio: 'inherit', env: environment });
  // a terminal sends SIGINT to the whole group; the others reach only us
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  process.on('SIGINT', () => {});
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}
