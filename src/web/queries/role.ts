/** What the signed-in person may do, and the sentence that says why not. */
import { useQuery } from '@tanstack/react-query';
import type { Session } from '../../contract/canopy/session.ts';
import { permissionsOfRole, roleTitle, roles } from '../../contract/permissions.ts';
import type { Permission, Role } from '../../contract/permissions.ts';
import { sessionQuery } from './session.ts';

const acts: Readonly<Record<Permission, string>> = {
  anyone: 'open this',
  'signed-in': 'open this',
  'organizations:read': 'see organizations',
  'organizations:write': 'change organizations',
  'accounts:read': 'see accounts',
  'accounts:write': 'move accounts',
  'members:read': 'see members',
  'members:write': 'invite or remove members',
  'profile:read': 'see organization profiles',
  'profile:write': 'change organization profiles',
  'spend:read': 'see usage and cost',
  'spend:write': 'change the rate card or what usage is read',
  'audit:read': 'see the audit log',
  'receipts:read': 'see receipts',
  'shares:read': 'see shares',
  'credentials:read': 'examine the credential',
};

/** What a role may not: "Billing viewer may not see members". */
export const refusalOf = (role: Role, permission: Permission): string => `${roleTitle[role]} may not ${acts[permission]}`;

/** Who may: "Administrator, Viewer and Auditor may." */
export function whoMay(permission: Permission): string {
  const titles = roles.filter((role) => permissionsOfRole[role].includes(permission)).map((role) => roleTitle[role]);
  const last = titles.pop() ?? 'Nobody';
  return `${titles.length > 0 ? `${titles.join(', ')} and ` : ''}${last} may.`;
}

/** The rule in full, for the reason of a disabled control. */
export const ruleOf = (role: Role, permission: Permission): string => `${refusalOf(role, permission)}. ${whoMay(permission)}`;

export interface MyRole {
  session: Session;
  can: (permission: Permission) => boolean;
  /** For `disabledReason`: false where the person may, else the rule. */
  whyNot: (permission: Permission) => string | false;
}

/** The session's role. Inside the shell only, where somebody is signed in. */
export function useRole(): MyRole {
  const session = useQuery(sessionQuery()).data?.result;
  if (!session) throw new Error('useRole stands outside the shell, where nobody is signed in');
  const can = (permission: Permission) => session.permissions.includes(permission);
  return { session, can, whyNot: (permission) => !can(permission) && ruleOf(session.role, permission) };
}
