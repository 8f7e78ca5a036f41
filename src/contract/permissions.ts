/** What a person may do. `anyone` needs no session, `signed-in` needs only one. */
export type Permission =
  | 'anyone'
  | 'signed-in'
  | 'organizations:read'
  | 'organizations:write'
  | 'accounts:read'
  | 'accounts:write'
  | 'members:read'
  | 'members:write'
  | 'profile:read'
  | 'profile:write'
  | 'spend:read'
  | 'spend:write'
  | 'audit:read'
  | 'receipts:read'
  | 'shares:read'
  | 'credentials:read';

export const roles = ['administrator', 'viewer', 'auditor', 'billing-viewer'] as const;
export type Role = (typeof roles)[number];

const viewer = ['organizations:read', 'accounts:read', 'members:read', 'profile:read'] as const satisfies readonly Permission[];

/** Roles below Cloudflare's single one. A role that is not listed may do nothing. */
export const permissionsOfRole: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: [
    ...viewer,
    'organizations:write',
    'accounts:write',
    'members:write',
    'profile:write',
    'spend:read',
    'spend:write',
    'audit:read',
    'receipts:read',
    'shares:read',
    'credentials:read',
  ],
  viewer,
  auditor: [...viewer, 'audit:read', 'receipts:read'],
  'billing-viewer': ['organizations:read', 'accounts:read', 'spend:read'],
};

export function roleAllows(role: Role, permission: Permission): boolean {
  return permission === 'anyone' || permission === 'signed-in' || permissionsOfRole[role].includes(permission);
}

export const roleTitle: Readonly<Record<Role, string>> = {
  administrator: 'Administrator',
  viewer: 'Viewer',
  auditor: 'Auditor',
  'billing-viewer': 'Billing viewer',
};
