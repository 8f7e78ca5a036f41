import type { Receipt } from '../../../contract/canopy/receipts.ts';

/** How long the way back is offered, in milliseconds; later nobody remembers why it was moved. */
const offeredFor = 30 * 86_400_000;

/** The move that undoes a receipt's; null where it moved no account, not for certain, too long ago, or across what may be seen. */
export function moveBackOf(receipt: Receipt, now: number): { accountId: string; from: string; to: string } | null {
  const { operation, outcome, at, targetId: accountId, organizationId: to, request } = receipt;
  if (operation !== 'moveAccount' || outcome !== 'done' || now - Date.parse(at) > offeredFor) return null;
  const from =
    typeof request === 'object' && request !== null && 'destination_organization_id' in request
      ? request.destination_organization_id
      : null;
  if (accountId === null || to === null || typeof from !== 'string' || from === to) return null;
  return { accountId, from, to };
}
