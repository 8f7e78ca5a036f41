import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { WebFile, WebFiles } from '../serve-files.ts';
import { ConfigProblem } from './config-problem.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.woff2': 'font/woff2',
};
const compressible = new Set(['.html', '.js', '.css', '.json', '.webmanifest', '.svg', '.txt']);

/** Reads the built web app into memory. Source maps, build manifests and files of unknown kinds are left behind. */
export async function loadWebFiles(folder: string): Promise<WebFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((error: unknown) => {
    throw new ConfigProblem(['The web app has not been built; run npm start, which builds it.'], { cause: error });
  });
  const files = new Map<string, WebFile>();
  for (const entry of entries) {
    const path = `/${relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')}`;
    const contentType = contentTypes[extname(path)];
    if (!entry.isFile() || !contentType || path.startsWith('/.')) continue;
    files.set(path, webFile(path, contentType, new Uint8Array(await readFile(join(folder, path)))));
  }
  const index = files.get('/index.html');
  if (!index) throw new ConfigProblem(['The built web app has no index.html; run npm start, which builds it.']);
  files.delete('/index.html');
  return { files, index };
}

/** Compressed forms are made when first asked for and kept: a start need not wait for them. */
function webFile(path: string, contentType: string, content: Uint8Array<ArrayBuffer>): WebFile {
  const made = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  return {
    contentType,
    immutable: path.startsWith('/assets/'),
    etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
    compressible: compressible.has(extname(path)) && content.byteLength > 1024,
    async bytes(encoding) {
      if (encoding === 'identity') return content;
      const known = made.get(encoding) ?? (encoding === 'br' ? brotli(content) : gzipped(content));
      made.set(encoding, known);
      return known;
    },
  };
}

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

// quality 9 costs a tenth of the time of 11 and a twelfth more bytes
async function brotli(content: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: content.byteLength };
  return new Uint8Array(await brotliAsync(content, { params }));
}

async function gzipped(content: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await gzipAsync(content, { level: 9 }));
}
