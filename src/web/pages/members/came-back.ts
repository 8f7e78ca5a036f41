import type { Member } from '../../../contract/cloudflare/members.ts';
import type { ErrorReport } from '../../../contract/envelope.ts';

/** Whom a list of members names and whom it does not, of addresses that were sent. Letter case does not matter. */
export function cameBack(addresses: readonly string[], members: readonly Member[]): { there: string[]; missing: string[] } {
  const present = new Set(members.map(({ user }) => user.email.toLowerCase()));
  const isThere = (address: string) => present.has(address.toLowerCase());
  return { there: addresses.filter(isThere), missing: addresses.filter((address) => !isThere(address)) };
}

/**
 * Whether a failed write is known not to have left Canopy: the session, the role, the request or the budget was in its way.
 * Whatever is sent has a receipt.
 */
export function neverSent({ code, receiptId }: ErrorReport): boolean {
  return receiptId === undefined && !['outcome_unknown', 'internal', 'in_progress', 'upstream_unexpected'].includes(code);
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
