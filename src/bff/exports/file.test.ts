import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { csvFile, csvPieces, ndjsonFile } from './file.ts';

const newDigest = () => {
  const hash = createHash('sha256');
  return { update: (bytes: Uint8Array) => void hash.update(bytes), hex: () => hash.digest('hex') };
};
const textOf = async (file: AsyncIterable<Uint8Array>) => {
  let text = '';
  for await (const piece of file) text += new TextDecoder().decode(piece);
  return text;
};
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const manifest = () => ({ title: 'Things of Larkfield', asOf: '2026-10-15T12:00:00.000Z' });
async function* piecesOf(...pieces: string[]) {
  yield* pieces;
}
async function* brokenAfter(batch: readonly string[][]) {
  yield batch;
  throw new Error('broken');
}

describe('a file', () => {
  it('ends with what it is, its rows and the digest of everything before', async () => {
    const body = 'A,B,C\r\n1,2,3\r\n4,5,6\r\n';
    const batches = [[['1', '2', '3']], [], [['4', '5', '6']]];
    expect(await textOf(csvFile(['A', 'B', 'C'], batches, manifest, newDigest))).toBe(
      `${body}# Things of Larkfield; 2 rows; as of 2026-10-15T12:00:00.000Z; sha256 ${sha256(body)},,\r\n`.replace(
        /^(# .*),,\r\n$/m,
        '"$1",,\r\n',
      ),
    );
  });

  it('of rows that are written already has as many columns as their header', async () => {
    const text = await textOf(csvPieces(piecesOf('A,"B, b",C\r\n', '1,2,3\r\n'), { title: 'Usage', asOf: null }, newDigest));
    expect(text.split('\r\n').at(-2)).toBe(`"# Usage; 1 rows; sha256 ${sha256('A,"B, b",C\r\n1,2,3\r\n')}",,`);
  });

  it('breaks as CSV where its source fails', async () => {
    await expect(textOf(csvFile(['A'], brokenAfter([['1']]), manifest, newDigest))).rejects.toThrow('broken');
  });

  it('says as NDJSON where its source fails', async () => {
    const text = await textOf(ndjsonFile(brokenAfter([['1']]), manifest, newDigest, () => ({ code: 'internal' })));
    expect(JSON.parse(text.split('\n')[1] ?? '')).toEqual({
      _end: { complete: false, count: 1, sha256: sha256('["1"]\n'), ...manifest(), error: { code: 'internal' } },
    });
  });
});
