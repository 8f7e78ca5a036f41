import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The moment the sandbox lives at; the browser's clock is set to it too. */
export const now = '2026-11-22T14:02:00Z';

export type Profile = 'demo' | 'tiny' | 'enterprise';

export interface RunningCanopy {
  /** Where people open it. */
  url: string;
  /** The sandbox's listener, without `/client/v4`: its controls are beside the API. */
  sandbox: string;
  close: () => Promise<void>;
}

/** Starts the built product on free ports with an empty data folder, and waits for its ready line. */
export async function startCanopy(profile: Profile): Promise<RunningCanopy> {
  const data = await mkdtemp(join(tmpdir(), 'canopy-e2e-'));
  const child = spawn(process.execPath, [join(import.meta.dirname, '../dist/server/main.js')], {
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      SANDBOX_PORT: '0',
      SANDBOX_PROFILE: profile,
      SANDBOX_NOW: now,
      // with a call for each day the request budget would hold up thirteen months for most of an hour
      CANOPY_USAGE_DAYS_PER_CALL: '30',
      CANOPY_DATA_DIR: data,
    },
    // its log would drown the report; what it said last is shown when it does not start
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (part: Buffer) => (log = `${log}${part.toString()}`.slice(-4000)));
  const { url, sandbox } = await new Promise<{ url: string; sandbox: string }>((resolve, reject) => {
    let origin = '';
    child.once('exit', (code) => reject(new Error(`Canopy stopped with code ${code} before it was ready.\n${log}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const api = /Sandbox ready at (\S+)/.exec(line)?.[1];
      if (api) origin = new URL(api).origin;
      const ready = /Canopy ready at (\S+)/.exec(line)?.[1];
      if (ready) resolve({ url: ready, sandbox: origin });
    });
  });
  return {
    url,
    sandbox,
    close: async () => {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      await rm(data, { recursive: true, force: true });
    },
  };
}
