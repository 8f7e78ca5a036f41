import { moveAccount } from '../../contract/cloudflare/accounts.ts';
import { modifyOrganization } from '../../contract/cloudflare/organizations.ts';
import type { Receipt } from '../../contract/canopy/receipts.ts';

/** Writes that may name an organization on either side of the border of somebody's scope. */
export const crossing: readonly string[] = [moveAccount.name, modifyOrganization.name];

/** Names of the organizations within a scope, by id. */
export type Inside = ReadonlyMap<string, string>;

/** A receipt as a person sees it whose scope these organizations are: what it says of others is left out. */
export function receiptWithin(receipt: Receipt, inside: Inside): Receipt {
  if (receipt.operation === moveAccount.name) return moveWithin(receipt, inside);
  if (receipt.operation === modifyOrganization.name) return changeWithin(receipt, inside);
  return receipt;
}

function moveWithin(receipt: Receipt, inside: Inside): Receipt {
  const { organizationId: source, targetId } = receipt;
  const destination = textAt(receipt.request, 'destination_organization_id');
  const [from, to] = [source, destination].map((id) => (id === null ? undefined : inside.get(id)));
  if (from !== undefined && to !== undefined) return receipt;
  const named = [from === undefined ? '' : ` from ${from}`, to === undefined ? '' : ` to ${to}`].join('');
  return {
    ...receipt,
    summary: `Move account ${targetId}${named}, across the border of what you may see`,
    organizationId: from !== undefined ? source : to !== undefined ? destination : null,
    request: to === undefined ? {} : receipt.request,
    reason: null, // it may speak of the other side
  };
}

/** Upstream wants the parent with every change, so a receipt holds it also where nothing moved. */
function changeWithin(receipt: Receipt, inside: Inside): Receipt {
  const parentId = isRecord(receipt.request) ? textAt(receipt.request['parent'], 'id') : null;
  if (!isRecord(receipt.request) || parentId === null || inside.has(parentId)) return receipt;
  const { parent: _parent, ...request } = receipt.request;
  const move = receipt.summary.indexOf('Move organization ');
  if (move < 0) return { ...receipt, request };
  return {
    ...receipt,
    request,
    summary: `${receipt.summary.slice(0, move)}Move the organization across the border of what you may see`,
    reason: null,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textAt(value: unknown, name: string): string | null {
  const text = isRecord(value) ? value[name] : null;
  return typeof text === 'string' ? text : null;
}
