// Starts the built product for a measurement, in processes and folders of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const server = join(import.meta.dirname, '../../../dist/server');

/**
 * Starts one of the built programs and waits for a line that matches.
 * @param {string} entry @param {Record<string, string>} environment @param {RegExp} ready
 * @returns {Promise<{ lines: string[], match: RegExpExecArray, seconds: number, peakMegabytes(): number, stop(): Promise<void> }>}
 */
export async function startProgram(entry, environment, ready) {
  const began = performance.now();
  const child = spawn(process.execPath, [join(server, entry)], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
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
    peakMegabytes: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
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

/** @param {number[]} values @param {number} share */
export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** @param {number} value */
export const ms = (value) => `${value.toFixed(value < 10 ? 2 : 0)} ms`;
