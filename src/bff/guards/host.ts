import type { Context, MiddlewareHandler, Next } from 'hono';
import { Problem } from '../problem.ts';
import { rawHeader } from './door.ts';
import type { Door } from './door.ts';

/** Lets in only requests addressed to the public origin, to the letter: a foreign name may be a rebound one. */
export function requireHost(publicUrl: URL): MiddlewareHandler<Door> {
  return async (c: Context<Door>, next: Next) => {
    const hosts = rawHeader(c.env.incoming, 'host');
    if (hosts.length === 1 && hosts[0] === publicUrl.host) return next();
    if (c.req.raw.headers.get('accept')?.includes('text/html')) return wayHome(publicUrl);
    throw new Problem({
      code: 'wrong_host',
      message: 'This server answers only under its own address.',
      action: `Open ${publicUrl.origin} instead, or set CANOPY_PUBLIC_URL to the address people type.`,
    });
  };
}

/** For people who typed another name of this machine. The address is the configured one; nothing of the request is in it. */
function wayHome({ href, origin }: URL): Response {
  const page = `<!doctype html><html lang="en"><title>Canopy</title><p>Canopy answers only under its own address: <a href="${href}">${origin}</a></p></html>`;
  return new Response(page, {
    status: 421,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}
