import { access, constants, mkdir } from 'node:fs/promises';
import { ConfigProblem } from './config-problem.ts';

/** Makes the data folder, for nobody else to read, or says why it cannot be used. */
export async function requireDataFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new ConfigProblem(
      [
        `The data folder ${path} cannot be written (${code}): give this user write permission, or set CANOPY_DATA_DIR to another folder.`,
      ],
      { cause: error },
    );
  }
}
