import { Eye, GitBranch, ReceiptText, ScrollText, ShieldUser } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Identity } from '../../../contract/canopy/session.ts';
import { roleTitle } from '../../../contract/permissions.ts';
import type { Role } from '../../../contract/permissions.ts';

const icons: Readonly<Record<Role, LucideIcon>> = {
  administrator: ShieldUser,
  viewer: Eye,
  auditor: ScrollText,
  'billing-viewer': ReceiptText,
};

/** An administrator of a part is a partner's administrator. */
export function titleOf({ role, scopeOrganizationId }: Identity): string {
  return role === 'administrator' && scopeOrganizationId !== null ? 'Partner administrator' : roleTitle[role];
}

export function iconOf({ role, scopeOrganizationId }: Identity): LucideIcon {
  return scopeOrganizationId === null ? icons[role] : GitBranch;
}
