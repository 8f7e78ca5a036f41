import { createReadStream } from 'node:fs';
import { appendFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Shelf } from '../spend/imports/shelf.ts';

/**
 * Files on their way in, in a folder of their own. It is emptied when Canopy starts: what was not taken by then is sent
 * again. Names are made by us, so that nothing a person typed is ever part of a path.
 */
export async function openImportShelf(dataDir: string): Promise<Shelf> {
  const folder = join(dataDir, 'imports');
  const pathOf = (id: string) => join(folder, `${id}.part`);
  await rm(folder, { recursive: true, force: true });
  return {
    async append(id, bytes) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await appendFile(pathOf(id), bytes, { mode: 0o600 });
    },
    read: (id) => createReadStream(pathOf(id), { highWaterMark: 128 * 1024 }),
    pathOf,
    remove: (id) => rm(pathOf(id), { force: true }),
  };
}
