import type { Member } from '../../../contract/cloudflare/members.ts';
import type { ErrorReport } from '../../../contract/envelope.ts';

/** Whom a list of members names and whom it does not, of addresses that were sent. Letter case does not matter. */
export function cameBack(addresses: readonly string[], members: readonly Member[]): { there: string[]; missing: string[] } {
  const present = new Set(members.map(({ user }) => user.email.toLowerCase()));
  const isThere = (address: string) => present.has(address.toLowerCase());
  return { there: addresses.filter(isThere), missing: addresses.filter((address) => !isThere(address)) };
}

/** Cloudflare said that the batch is done, but did not name everybody of it. */
export function notNamed(requestId: string | null, rayId: string | null): ErrorReport {
  return {
    code: 'upstream_unexpected',
    message: 'Cloudflare accepted the batch, but its answer does not name this address.',
    action: 'Send it again by itself to see the reason.',
    requestId: requestId ?? 'none',
    upstream: { status: 200, rayId, errors: [] },
  };
}
