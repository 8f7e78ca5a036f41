import { plural } from '../../lib/format.ts';
import type { OrganizationItem } from '../../tree/organization-index.ts';

/** What must go before the organization can be deleted, as far as the snapshot knows; null where nothing must. */
export function whatMustGo({ below, accounts, members }: OrganizationItem): string | null {
  const parts = [
    below > 0 && plural(below, 'sub-organization'),
    accounts.within > 0 && plural(accounts.within, 'account'),
    members.within > 0 && plural(members.within, 'member'),
  ].filter((part) => part !== false);
  const last = parts.pop();
  if (last === undefined) return null;
  return `${parts.length > 0 ? `${parts.join(', ')} and ` : ''}${last} must go first`;
}
