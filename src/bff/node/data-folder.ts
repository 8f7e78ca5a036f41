import { access, constants, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigProblem } from './config-problem.ts';

/** Makes the data folder, for nobody else to read, or says why it cannot be used. */
export async function requireDataFolder(path: string): Promise<void> {
  try {
    await makeFolder(path);
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ConfigProblem(
      [
        `The data folder ${path} cannot be written (${codeOf(error) ?? 'unknown error'}): give this user write permission, or set CANOPY_DATA_DIR to another folder.`,
      ],
      { cause: error },
    );
  }
}

/** Step by step, because `recursive` never comes back where the system takes no folders, as below /proc. */
async function makeFolder(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await makeOne(path);
  }
}

/** It may be there: another process may have made it just now. */
async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error;
  }
}

const codeOf = (error: unknown): string | null => (error instanceof Error && 'code' in error ? String(error.code) : null);
