import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unzipped } from '../../cli/testing/records-file.ts';
import { zip } from './zip.ts';
import type { ZipEntry } from './zip.ts';

async function archived(entries: readonly ZipEntry[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of zip(entries, Date.UTC(2026, 10, 28, 13, 30, 6))) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('an archive gives back what was put in, packed or not', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(
        fc.record({ name: fc.stringMatching(/^[a-zä]{1,12}\.csv$/), pack: fc.boolean(), pieces: fc.array(fc.uint8Array()) }),
        {
          selector: ({ name }) => name,
          maxLength: 4,
        },
      ),
      async (files) => {
        const archive = await archived(files.map(({ name, pack, pieces }) => ({ name, pack, bytes: pieces })));
        const found = unzipped(archive);
        expect([...found.keys()]).toEqual(files.map(({ name }) => name));
        for (const { name, pieces } of files) expect(Buffer.from(found.get(name) ?? [])).toEqual(Buffer.concat(pieces));
      },
    ),
    { numRuns: 50 },
  );
});

test('sizes and checksum stand after the bytes and in the directory, with the time', async () => {
  const archive = await archived([{ name: 'a.csv', pack: false, bytes: [Buffer.from('a,b\n')] }]);
  const directory = archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  expect(archive.readUInt32LE(directory + 16)).toBe(crc32('a,b\n'));
  expect(archive.readUInt32LE(directory - 12)).toBe(crc32('a,b\n'));
  expect([archive.readUInt32LE(directory + 20), archive.readUInt32LE(directory + 24)]).toEqual([4, 4]);
  expect([archive.readUInt16LE(directory + 14), archive.readUInt16LE(directory + 12)]).toEqual([
    (46 << 9) | (11 << 5) | 28,
    (13 << 11) | (30 << 5) | 3,
  ]);
});

test('a source that breaks breaks the archive before it has a directory', async () => {
  async function* breaking() {
    yield Buffer.from('half');
    throw new Error('gone');
  }
  const pieces: Uint8Array[] = [];
  const read = async () => {
    for await (const piece of zip([{ name: 'a.csv', pack: true, bytes: breaking() }], 0)) pieces.push(piece);
  };
  await expect(read()).rejects.toThrow('gone');
  expect(() => unzipped(Buffer.concat(pieces))).toThrow('no directory');
});

test('a source is read no faster than its archive, and let go of when nobody reads on', async () => {
  let asked = 0;
  let isOpen = true;
  async function* large() {
    try {
      for (; asked < 500; asked++) yield randomBytes(65_536);
    } finally {
      isOpen = false;
    }
  }
  let pieces = 0;
  for await (const _piece of zip([{ name: 'a.csv', pack: true, bytes: large() }], 0)) if (++pieces === 4) break;
  expect(asked).toBeLessThan(20);
  await expect.poll(() => isOpen).toBe(false);
});
