import type { Context } from 'hono';
import type { Door } from './guards/door.ts';
import { Problem } from './problem.ts';

/** One file of the built web app, in memory. */
export interface WebFile {
  contentType: string;
  /** Its name holds a digest of its content, so it can be kept for ever. */
  immutable: boolean;
  etag: string;
  /** The bytes in an encoding; `identity` always works. */
  bytes(encoding: 'identity' | 'gzip' | 'br'): Promise<Uint8Array<ArrayBuffer>>;
  /** Whether compressing it makes it smaller. */
  compressible: boolean;
}

/** Every file there is, by its path. Nothing else is ever served. */
export interface WebFiles {
  files: ReadonlyMap<string, WebFile>;
  /** Answers navigations: the app finds the page by itself. */
  index: WebFile;
}

/** Serves files by exact path, and the page for navigations to any path of the app. */
export function serveFiles(web: WebFiles | null) {
  return async (c: Context<Door>): Promise<Response> => {
    const method = c.req.raw.method;
    const path = (c.env.incoming.url ?? '').split('?', 1)[0] ?? '';
    if (!web) throw nothingHere();
    if (method !== 'GET' && method !== 'HEAD')
      throw new Problem({
        code: 'method_not_allowed',
        message: `${method} is not a method of this address.`,
        action: 'Use GET.',
      });
    const file = web.files.get(path) ?? (isNavigation(c, path) ? web.index : undefined);
    if (!file) throw nothingHere();
    return answer(c, file, file === web.index);
  };
}

/** A page is asked for by a browser, as HTML, under a path that is not a file's. */
function isNavigation(c: Context<Door>, path: string): boolean {
  const accepts = c.req.raw.headers.get('accept') ?? '';
  return accepts.includes('text/html') && !/^\/(api|assets)(\/|$)/.test(path) && !/\.[a-z0-9]+$/i.test(path);
}

async function answer(c: Context<Door>, file: WebFile, isPage: boolean): Promise<Response> {
  const cacheControl = isPage ? 'no-store' : file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache';
  const headers: Record<string, string> = { 'content-type': file.contentType, 'cache-control': cacheControl };
  if (!isPage) headers['etag'] = file.etag;
  if (file.compressible) headers['vary'] = 'accept-encoding';
  if (!isPage && c.req.raw.headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
  const encoding = file.compressible ? encodingFor(c.req.raw.headers.get('accept-encoding') ?? '') : 'identity';
  if (encoding !== 'identity') headers['content-encoding'] = encoding;
  const bytes = await file.bytes(encoding);
  headers['content-length'] = String(bytes.byteLength);
  return new Response(c.req.raw.method === 'HEAD' ? null : bytes, { headers });
}

function encodingFor(accepted: string): 'identity' | 'gzip' | 'br' {
  const offers = accepted.split(',').map((part) => part.trim().toLowerCase());
  const takes = (name: string) =>
    offers.some((offer) => offer === name || (offer.startsWith(`${name};`) && !/;\s*q=0(\.0*)?$/.test(offer)));
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : 'identity';
}

const nothingHere = () =>
  new Problem({ code: 'not_found', message: 'There is nothing at this address.', action: 'Open the console at its first page.' });
