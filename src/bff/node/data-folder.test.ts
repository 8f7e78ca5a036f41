import { existsSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requireDataFolder } from './data-folder.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canopy-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a folder that is not there is made, with those above it, for nobody else to read', async () => {
  const path = join(folder, 'a', 'b');
  await requireDataFolder(path);
  await requireDataFolder(path);
  expect((await stat(path)).mode & 0o777).toBe(0o700);
});

test('two that make it at once both have it', async () => {
  const path = join(folder, 'at', 'once');
  await Promise.all([requireDataFolder(path), requireDataFolder(path), requireDataFolder(path)]);
  expect((await stat(path)).isDirectory()).toBe(true);
});

test('a file is no folder', async () => {
  await writeFile(join(folder, 'file'), '');
  await expect(requireDataFolder(join(folder, 'file'))).rejects.toThrow(
    'cannot be written (EEXIST): give this user write permission, or set CANOPY_DATA_DIR to another folder.',
  );
});

test.runIf(existsSync('/proc/self'))('where the system takes no folders it says so, at once', async () => {
  await expect(requireDataFolder('/proc/canopy/data')).rejects.toThrow('/proc/canopy/data cannot be written (ENOENT)');
});
