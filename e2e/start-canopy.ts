import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Starts the built product on free ports with an empty data folder, and waits for its ready line. */
export default async function startCanopy(): Promise<() => Promise<void>> {
  const data = await mkdtemp(join(tmpdir(), 'canopy-e2e-'));
  const child = spawn(process.execPath, [join(import.meta.dirname, '../dist/server/main.js')], {
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      SANDBOX_PORT: '0',
      SANDBOX_PROFILE: 'demo',
      SANDBOX_NOW: '2026-11-22T14:02:00Z',
      CANOPY_DATA_DIR: data,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`Canopy stopped with code ${code} before it was ready`)));
    lines.on('line', (line) => {
      const sandbox = /Sandbox ready at (\S+)/.exec(line)?.[1];
      if (sandbox) process.env['CANOPY_E2E_SANDBOX'] = new URL(sandbox).origin;
      const ready = /Canopy ready at (\S+)/.exec(line)?.[1];
      if (!ready) return;
      process.env['CANOPY_E2E_URL'] = ready;
      resolve();
    });
  });
  return async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
    await rm(data, { recursive: true, force: true });
  };
}
