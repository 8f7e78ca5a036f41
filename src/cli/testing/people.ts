import type { IdentityRecord } from '../../bff/session/identities.ts';
import type { Role } from '../../contract/permissions.ts';
import { tiny } from '../../sandbox/seed/tiny.ts';

function person(id: string, role: Role, scopeOrganizationId: string | null = null): IdentityRecord {
  return { id, name: `The ${id}`, email: `${id}@canopy.example`, role, description: `Signs in as ${id}.`, scopeOrganizationId };
}

/** One person for each role, and an administrator who sees only Quillon North and what is below it. */
export const people = [
  person('admin', 'administrator'),
  person('viewer', 'viewer'),
  person('auditor', 'auditor'),
  person('billing', 'billing-viewer'),
  person('partner', 'administrator', tiny.north.id),
] as const;
export type PersonName = 'admin' | 'viewer' | 'auditor' | 'billing' | 'partner';
