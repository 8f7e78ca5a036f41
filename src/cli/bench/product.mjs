// Starts the built product for a measurement, in processes and folders of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createInterface } from 'node:readline';
import { bareEnvironment, nodeOptions } from '../launch.mjs';

/** As many as one call may bring, so that not the request budget is what is measured. With 1 it is, as Cloudflare is asked. */
const daysPerCall = process.env['CANOPY_USAGE_DAYS_PER_CALL'] ?? '30';

const server = join(import.meta.dirname, '../../../dist/server');

/**
 * Starts one of the built programs and waits for a line that matches.
 * @param {string} entry @param {Record<string, string>} environment @param {RegExp} ready
 * @returns {Promise<{ lines: string[], match: RegExpExecArray, seconds: number, peakMegabytes(): number, cpuSeconds(): number, loop(): Promise<{ p99: number, max: number }>, stop(): Promise<void>, kill(): Promise<void> }>}
 */
export async function startProgram(entry, environment, ready) {
  const began = performance.now();
  const watch = join(import.meta.dirname, 'watch.mjs');
  const child = spawn(process.execPath, [...nodeOptions, '--import', pathToFileURL(watch).href, join(server, entry)], {
    env: { ...bareEnvironment, ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const ended = (/** @type {NodeJS.Signals} */ signal) =>
    new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill(signal);
    });
  /** @type {string[]} */
  const lines = [];
  const match = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${entry} stopped with code ${code}: ${lines.join('\n')}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      const found = ready.exec(line);
      if (found) resolve(found);
    });
  });
  return {
    lines,
    match,
    seconds: (performance.now() - began) / 1000,
    // the kernel counts in 1024 bytes, the budget in millions
    peakMegabytes: () =>
      (Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) * 1024) / 1e6,
    // user and system time, in hundredths of a second whatever the machine
    cpuSeconds: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    loop: () =>
      new Promise((resolve) => {
        child.once('message', (/** @type {{ p99: number, max: number }} */ seen) => resolve(seen));
        child.send('loop');
      }),
    stop: () => ended('SIGTERM'),
    kill: () => ended('SIGKILL'),
  };
}

/** A folder that goes away when the work is done. @template T @param {(folder: string) => Promise<T>} work */
export async function withFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'canopy-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Headers of a signed-in person. @param {string} url @param {object} body */
export async function signIn(url, body) {
  const answer = await fetch(`${url}/api/canopy/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-canopy': '1', origin: new URL(url).origin },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`sign-in failed: ${await answer.text()}`);
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { 'x-canopy': '1', cookie };
}

/**
 * The backend on a sandbox in a process of its own, so that what is measured is the backend's alone.
 * @param {string} folder @param {Record<string, string>} [sandboxEnvironment]
 */
export async function startApart(folder, sandboxEnvironment = {}) {
  const sandbox = await startProgram(
    'sandbox.js',
    { SANDBOX_PORT: '0', CANOPY_DATA_DIR: join(folder, 'sandbox'), ...sandboxEnvironment },
    /Sandbox ready at ([^\s,]+)/,
  );
  const upstream = sandbox.match[1] ?? '';
  const startBackend = (baseUrl = upstream) =>
    startProgram(
      'main.js',
      {
        PORT: '0',
        CANOPY_DATA_DIR: join(folder, 'bff'),
        CLOUDFLARE_BASE_URL: baseUrl,
        CLOUDFLARE_API_TOKEN: 'sandbox-token',
        CLOUDFLARE_EMAIL: 'sandbox@example.com',
        CLOUDFLARE_API_KEY: 'sandbox-key',
        CANOPY_USAGE_DAYS_PER_CALL: daysPerCall,
      },
      /Canopy ready at (\S+)/,
    );
  return { sandbox, upstream, startBackend, database: join(folder, 'bff/canopy.duckdb') };
}

/** Asks a backend as the person whom the link it printed signs in. @param {Awaited<ReturnType<typeof startProgram>>} backend */
export async function visit(backend) {
  const url = backend.match[1] ?? '';
  const code = /#code=([\w-]+)/.exec(backend.lines.join('\n'))?.[1];
  const headers = await signIn(url, { code });
  return async (/** @type {string} */ path, /** @type {object | undefined} */ body) => {
    const answer = await fetch(`${url}/api${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { ...headers, ...(body ? { 'content-type': 'application/json', origin: new URL(url).origin } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text).result;
  };
}

/** @param {number[]} values @param {number} share */
export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** One figure of a part. @param {string} name @param {string} words */
export const tell = (name, words) => console.log(`  ${name.padEnd(44)} ${words}`);

/** @param {number} value */
export const ms = (value) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
