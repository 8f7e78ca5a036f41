import { Problem } from '../problem.ts';
import { rawHeader } from './door.ts';
import type { RawRequest } from './door.ts';

/** Lets in only requests addressed to the public origin, to the letter: a foreign name may be a rebound one. */
export function requireHost(raw: RawRequest, publicUrl: URL): void {
  const hosts = rawHeader(raw, 'host');
  if (hosts.length === 1 && hosts[0] === publicUrl.host) return;
  throw new Problem({
    code: 'wrong_host',
    message: 'This server answers only under its own address.',
    action: `Open ${publicUrl.origin} instead, or set CANOPY_PUBLIC_URL to the address people type.`,
  });
}
