import type { Identity } from '../../contract/canopy/session.ts';
import type { Hierarchy } from '../../contract/canopy/hierarchy.ts';
import type { Role } from '../../contract/permissions.ts';
import { isRole } from '../guards/permission.ts';
import { Problem } from '../problem.ts';
import type { Directory, Scope } from '../services.ts';
import type { SignInMethod } from './sign-in-method.ts';

/** One of the people one may sign in as, as the sandbox names them. */
export interface IdentityRecord {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly description: string;
  readonly scopeOrganizationId: Scope;
}

/** The drawing on the sign-in page shows at most this many organizations, from the top. */
const drawnOrganizations = 60;

/** Sign-in by choosing who to be: for the sandbox, where nothing is secret. */
export function identitySignIn(identities: readonly IdentityRecord[], directory: Pick<Directory, 'peek'>): SignInMethod {
  const known = new Map(identities.map((identity) => [identity.id, identity]));
  return {
    name: 'identities',
    options() {
      const whole = directory.peek(null);
      return {
        method: 'identities',
        identities: identities.map((identity) => shown(identity, whole, directory)),
        drawing: drawing(whole),
      };
    },
    async prove(body) {
      const identity = 'identity' in body ? known.get(body.identity) : undefined;
      if (identity) return identity.id;
      throw new Problem({
        code: 'not_signed_in',
        message: 'Nobody here can be signed in as that.',
        action: 'Choose one of the people on the sign-in page.',
      });
    },
    person(subject) {
      const identity = known.get(subject);
      if (!identity || !isRole(identity.role)) return null;
      const { id, name, email, role, scopeOrganizationId: scope } = identity;
      return { id, name, email, role, scope };
    },
  };
}

function shown(identity: IdentityRecord, whole: Hierarchy | null, directory: Pick<Directory, 'peek'>): Identity {
  const { id, name, role, description, scopeOrganizationId } = identity;
  const seen = scopeOrganizationId === null ? whole : directory.peek(scopeOrganizationId);
  const scopeName = whole?.nodes.find((node) => node.id === scopeOrganizationId)?.name ?? null;
  const accounts = seen && sum(seen.nodes.map((node) => node.accounts));
  return {
    id,
    name,
    role,
    description,
    scopeOrganizationId,
    scopeName,
    sees: seen && accounts !== null ? { organizations: seen.nodes.length, accounts } : null,
  };
}

/** Null as soon as one part is not known. */
function sum(counts: readonly (number | null)[]): number | null {
  let total = 0;
  for (const count of counts) {
    if (count === null) return null;
    total += count;
  }
  return total;
}

function drawing(whole: Hierarchy | null) {
  return [...(whole?.nodes ?? [])]
    .sort((a, b) => a.depth - b.depth)
    .slice(0, drawnOrganizations)
    .map(({ id, parentId, name, accounts }) => ({ id, parentId, name, accounts: accounts ?? 0 }));
}
