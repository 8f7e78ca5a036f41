import { type Role, roleTitle } from '../contract/permissions.ts';
import { demoOrganizationId } from './seed/demo/ids.ts';
import { demoOrganizations } from './seed/demo/organizations.ts';
import { enterpriseId } from './seed/enterprise.ts';
import { maxOrganizationId, maxPartner } from './seed/distributor-max.ts';
import type { SandboxProfile } from './seed/profile.ts';
import { tiny } from './seed/tiny.ts';

/** Somebody one can be in the sandbox. */
export interface SandboxIdentity {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** What the role may see and do, one sentence. */
  readonly description: string;
  /** The organization whose subtree the person may see; null for everything. */
  readonly scopeOrganizationId: string | null;
}

interface Partner {
  readonly name: string;
  readonly email: string;
  readonly organization: { readonly id: string; readonly name: string };
}

/** The administrator of one organization in each world. */
function partnerOf(profile: SandboxProfile, seed: number): Partner {
  switch (profile) {
    case 'demo': {
      const organization = demoOrganizations.find(({ key }) => key === 'brightwater');
      if (!organization) throw new Error('the demo has lost its partner');
      const { name } = organization;
      return {
        name: 'Aoife Brannigan',
        email: 'a.brannigan@brightwater.example',
        organization: { id: demoOrganizationId(seed, organization), name },
      };
    }
    case 'tiny':
      return { name: 'Neve Tarrant', email: tiny.members.northAdmin.email, organization: tiny.north };
    case 'enterprise':
      return {
        name: 'Orla Fenwick',
        email: 'o.fenwick@hartwell.example',
        organization: { id: enterpriseId(seed), name: 'Hartwell Group' },
      };
    case 'distributor-max':
      return {
        name: 'Rune Asplund',
        email: 'r.asplund@meridian.example',
        organization: { id: maxOrganizationId(seed, maxPartner.position), name: maxPartner.name },
      };
  }
}

/** The five people of the sign-in page: one for each role, and a partner who sees one organization and what is below it. */
export function identitiesOf(profile: SandboxProfile, seed: number): readonly SandboxIdentity[] {
  const partner = partnerOf(profile, seed);
  const domain = { demo: 'larkfield', tiny: 'quillon', enterprise: 'hartwell', 'distributor-max': 'meridian' }[profile];
  const person = (id: string, name: string, role: Role, description: string): SandboxIdentity => {
    const [first = '', last = ''] = name.toLowerCase().split(' ');
    return { id, name, email: `${first.slice(0, 1)}.${last}@${domain}.example`, role, description, scopeOrganizationId: null };
  };
  return [
    person('admin', 'Ines Halloran', 'administrator', 'Everything, in all organizations'),
    person('viewer', 'Theo Marchetti', 'viewer', 'Organizations, accounts, members, profile; no changes'),
    person('auditor', 'Saoirse Quinlan', 'auditor', `${roleTitle.viewer}, plus audit log and receipts`),
    person('billing', 'Anselm Dubois', 'billing-viewer', 'Organizations, accounts, cost; no e-mail addresses'),
    {
      id: 'partner',
      name: partner.name,
      email: partner.email,
      role: 'administrator',
      description: `${partner.organization.name} and below, nothing above it`,
      scopeOrganizationId: partner.organization.id,
    },
  ];
}
