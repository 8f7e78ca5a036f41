import { cloudflareEndpoints } from '../../../contract/endpoints.ts';
import type { Endpoint } from '../../../contract/endpoint.ts';
import type { Plan } from '../plan.ts';
import { relocateAccount } from './accounts.ts';
import { inviteMember, inviteMembers, removeMember } from './members.ts';
import { changeOrganization, makeOrganization, removeOrganization } from './organizations.ts';
import { changeProfile } from './profile.ts';

/** The plan of a row by the row's name. */
export type Plans = (operation: string) => Plan<Endpoint>;

/** Every row that writes must have a plan: without one its outcome could not be settled. */
export function createPlans(keyEmail: () => string | null): Plans {
  const plans = [
    makeOrganization,
    changeOrganization,
    removeOrganization,
    relocateAccount,
    changeProfile,
    inviteMember,
    inviteMembers,
    removeMember(keyEmail),
  ];
  // a row and its plan agree on their types; found by name again, the pair can no longer be told
  const byName = new Map(plans.map((plan) => [plan.row.name, plan as unknown as Plan<Endpoint>]));
  const find: Plans = (operation) => {
    const plan = byName.get(operation);
    if (!plan) throw new Error(`${operation} has no plan`);
    return plan;
  };
  for (const row of Object.values<Endpoint>(cloudflareEndpoints)) if (row.effect === 'write') find(row.name);
  return find;
}
