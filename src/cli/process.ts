import type { ConfigName } from '../bff/node/config-names.ts';
import { ConfigProblem } from '../bff/node/config-problem.ts';
import { DatabaseUnavailable, openingProblem } from '../bff/database/errors.ts';

/**
 * What the environment says. Credentials leave the process's own environment, which crash reports and child processes
 * repeat.
 */
export function takeEnvironment(): Readonly<Record<string, string | undefined>> {
  const environment = { ...process.env };
  for (const name of ['CLOUDFLARE_API_TOKEN', 'CLOUDFLARE_API_KEY'] satisfies ConfigName[]) delete process.env[name];
  return environment;
}

/**
 * Waits for SIGTERM or SIGINT, closes, and ends the process. What is in flight is finished first; a second signal ends
 * it at once.
 */
export async function untilAskedToStop(close: () => Promise<void>): Promise<never> {
  await new Promise<void>((resolve) => {
    let stopping = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (stopping) process.exit(1);
        stopping = true;
        resolve();
      });
    }
  });
  await close();
  process.exit(0);
}

/** One clear sentence for what a person can mend, the whole error for what only we can. */
export function problemWords(error: unknown): unknown {
  if (error instanceof ConfigProblem || error instanceof DatabaseUnavailable) return error.message;
  return heldFile(error) ?? systemSentence(error) ?? error;
}

/** Says what is wrong and ends with exit code 1. */
export function exitOnProblem(error: unknown): never {
  console.error(problemWords(error));
  process.exit(1);
}

/** The sandbox's store has the same engine as ours, and a second Canopy in one folder meets it first. */
function heldFile(error: unknown): string | null {
  const file = error instanceof Error ? /set lock on file "([^"]+)"/i.exec(error.message)?.[1] : undefined;
  return file === undefined ? null : openingProblem(file, error).message;
}

function systemSentence(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  const { port, path } = error as { port?: number; path?: string }; // Node adds them to system errors
  switch (error.code) {
    case 'EADDRINUSE':
      return `Port ${String(port)} is in use by another program. Stop it, or choose another port with PORT or SANDBOX_PORT.`;
    case 'EACCES':
    case 'EROFS':
    case 'EPERM':
      return path === undefined
        ? `Port ${String(port)} may not be opened by this user. Choose one above 1023 with PORT or SANDBOX_PORT.`
        : `${path} cannot be written. Give this user write permission, or name another folder in CANOPY_DATA_DIR.`;
    case 'ENOSPC':
      return 'The disk is full; Canopy needs room in CANOPY_DATA_DIR.';
    case 'EADDRNOTAVAIL':
      return 'HOST names an address that this machine does not have.';
    default:
      return null;
  }
}
