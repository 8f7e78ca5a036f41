import type { AuditRow } from '../store/tables.ts';
import type { Actor } from './actors.ts';
import type { Random } from './random.ts';

/** When, where and by whom something happened. */
export interface Moment {
  readonly time: number;
  readonly random: Random;
  readonly organizationId: string;
  readonly actor: Actor;
  /** Upstream failed; the call changed nothing. Refused calls (4xx) are never recorded. */
  readonly failed?: boolean;
}

interface Call {
  readonly description: string;
  readonly type: 'create' | 'update' | 'delete' | 'view';
  readonly product: string;
  readonly resource: string;
  readonly resourceId: string;
  readonly method: 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'GET';
  readonly uri: string;
  readonly status?: number;
  readonly request?: unknown;
  readonly response?: unknown;
}

function row(at: Moment, call: Call): AuditRow {
  const status = at.failed ? at.random.pick([500, 500, 502, 503]) : (call.status ?? 200);
  const response = at.failed ? { errors: [{ code: 1000, message: 'Internal server error' }] } : call.response;
  return {
    time: at.time,
    id: at.random.uuid(),
    organization_id: at.organizationId,
    action_description: call.description,
    action_result: at.failed ? 'failure' : 'success',
    action_type: call.type,
    ...at.actor,
    raw_cf_ray_id: at.random.hex(16),
    raw_method: call.method,
    raw_status_code: status,
    raw_uri: call.uri,
    resource_id: call.resourceId,
    resource_product: call.product,
    resource_type: call.resource,
    request: call.request === undefined ? null : JSON.stringify(call.request),
    response: response === undefined ? null : JSON.stringify(response),
  };
}

const of = (at: Moment) => `/organizations/${at.organizationId}`;

export const profileUpdated = (at: Moment, profile: object) =>
  row(at, {
    description: 'Update organization profile',
    type: 'update',
    product: 'organizations',
    resource: 'organization_profile',
    resourceId: at.organizationId,
    method: 'PUT',
    uri: `${of(at)}/profile`,
    status: 204,
    request: profile,
  });

export interface Invitee {
  readonly memberId: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
}

const memberBody = (invitee: Invitee, status: string) => ({
  id: invitee.memberId,
  status,
  user: { id: invitee.userId, email: invitee.email, name: invitee.name },
});

export const memberInvited = (at: Moment, invitee: Invitee) =>
  row(at, {
    description: 'Invite member',
    type: 'create',
    product: 'members',
    resource: 'member',
    resourceId: invitee.memberId,
    method: 'POST',
    uri: `${of(at)}/members`,
    request: { member: { user: { email: invitee.email } } },
    response: memberBody(invitee, 'pending'),
  });

/** One call for several people: its response is a list, which readers must survive. */
export const membersInvited = (at: Moment, invitees: readonly Invitee[]) =>
  row(at, {
    description: 'Invite members',
    type: 'create',
    product: 'members',
    resource: 'member_batch',
    resourceId: at.organizationId,
    method: 'POST',
    uri: `${of(at)}/members:batchCreate`,
    request: { members: invitees.map(({ email }) => ({ user: { email } })) },
    response: invitees.map((invitee) => memberBody(invitee, 'pending')),
  });

const memberChange = (description: string, status: string) => (at: Moment, invitee: Invitee) =>
  row(at, {
    description,
    type: 'update',
    product: 'members',
    resource: 'member',
    resourceId: invitee.memberId,
    method: 'PUT',
    uri: `${of(at)}/members/${invitee.memberId}`,
    request: { status },
    response: memberBody(invitee, status),
  });

export const invitationAccepted = memberChange('Accept invitation', 'active');
export const invitationRejected = memberChange('Reject invitation', 'rejected');
export const invitationExpired = memberChange('Expire invitation', 'canceled');
export const memberUpdated = memberChange('Update member', 'active');

const memberGone = (description: string) => (at: Moment, invitee: Invitee) =>
  row(at, {
    description,
    type: 'delete',
    product: 'members',
    resource: 'member',
    resourceId: invitee.memberId,
    method: 'DELETE',
    uri: `${of(at)}/members/${invitee.memberId}`,
    status: 204,
    request: { member_id: invitee.memberId, user: { email: invitee.email, name: invitee.name } },
  });

export const invitationCanceled = memberGone('Cancel invitation');
export const memberRemoved = memberGone('Remove member');

export interface NamedOrganization {
  readonly id: string;
  readonly name: string;
}

export const organizationRenamed = (at: Moment, organization: NamedOrganization, previous: string) =>
  row(at, {
    description: 'Rename organization',
    type: 'update',
    product: 'organizations',
    resource: 'organization',
    resourceId: organization.id,
    method: 'PUT',
    uri: `/organizations/${organization.id}`,
    request: { name: organization.name },
    response: { id: organization.id, name: organization.name, previous_name: previous },
  });

export const organizationCreated = (at: Moment, organization: NamedOrganization) =>
  row(at, {
    description: 'Create sub-organization',
    type: 'create',
    product: 'organizations',
    resource: 'organization',
    resourceId: organization.id,
    method: 'POST',
    uri: '/organizations',
    request: { name: organization.name, parent: { id: at.organizationId } },
    response: { id: organization.id, name: organization.name, parent: { id: at.organizationId } },
  });

export const organizationDeleted = (at: Moment, organization: NamedOrganization) =>
  row(at, {
    description: 'Delete sub-organization',
    type: 'delete',
    product: 'organizations',
    resource: 'organization',
    resourceId: organization.id,
    method: 'DELETE',
    uri: `/organizations/${organization.id}`,
    response: { id: organization.id, name: organization.name },
  });

export const accountLimitChanged = (at: Moment, limit: number, previous: number) =>
  row(at, {
    description: `Change account limit to ${limit.toLocaleString('en-US')}`,
    type: 'update',
    product: 'organizations',
    resource: 'account_limit',
    resourceId: at.organizationId,
    method: 'PUT',
    uri: `${of(at)}/limits/accounts`,
    request: { accounts: limit },
    response: { accounts: limit, previous },
  });

export interface NamedAccount {
  readonly id: string;
  readonly name: string;
}

/** Recorded by the organization the account arrives in. */
export const accountMoved = (at: Moment, account: NamedAccount, from: NamedOrganization, to: NamedOrganization) =>
  row(at, {
    description: `Move account ${account.name}`,
    type: 'update',
    product: 'accounts',
    resource: 'account',
    resourceId: account.id,
    method: 'POST',
    uri: `/accounts/${account.id}/move`,
    request: { destination_organization_id: to.id },
    response: {
      account_id: account.id,
      account_name: account.name,
      source_organization_id: from.id,
      source_organization_name: from.name,
      destination_organization_id: to.id,
      destination_organization_name: to.name,
    },
  });

export const accountAssigned = (at: Moment, account: NamedAccount, type: string) =>
  row(at, {
    description: `Assign account ${account.name}`,
    type: 'create',
    product: 'accounts',
    resource: 'account',
    resourceId: account.id,
    method: 'POST',
    uri: `${of(at)}/accounts`,
    request: { account: { name: account.name, type } },
    response: { id: account.id, name: account.name, type },
  });

/** Only Cloudflare Support takes an account out of an organization. */
export const accountRemoved = (at: Moment, account: NamedAccount) =>
  row(at, {
    description: `Remove account ${account.name}`,
    type: 'delete',
    product: 'accounts',
    resource: 'account',
    resourceId: account.id,
    method: 'DELETE',
    uri: `${of(at)}/accounts/${account.id}`,
    response: { id: account.id, name: account.name },
  });

export const accountUpdated = (at: Moment, account: NamedAccount, settings: object) =>
  row(at, {
    description: 'Update account settings',
    type: 'update',
    product: 'accounts',
    resource: 'account',
    resourceId: account.id,
    method: 'PUT',
    uri: `/accounts/${account.id}`,
    request: { name: account.name, settings },
    response: { id: account.id, name: account.name, settings },
  });

/** A resource of a share: a policy of the account that gives, pushed to those that receive. */
export const shareUpdated = (at: Moment, share: { id: string; name: string; accountId: string }, version: number) =>
  row(at, {
    description: 'Update share',
    type: 'update',
    product: 'resource_sharing',
    resource: 'share',
    resourceId: share.id,
    method: 'PUT',
    uri: `/accounts/${share.accountId}/shares/${share.id}`,
    request: { name: share.name, resource_version: version },
    response: { id: share.id, name: share.name, resource_version: version, status: 'active' },
  });

export const tokenRolled = (at: Moment, token: { id: string; name: string }) =>
  row(at, {
    description: 'Roll API token',
    type: 'update',
    product: 'tokens',
    resource: 'api_token',
    resourceId: token.id,
    method: 'PUT',
    uri: `/user/tokens/${token.id}/value`,
    request: {},
    response: { id: token.id, name: token.name, status: 'active' },
  });

export const tokenCreated = (at: Moment, token: { id: string; name: string }) =>
  row(at, {
    description: 'Create API token',
    type: 'create',
    product: 'tokens',
    resource: 'api_token',
    resourceId: token.id,
    method: 'POST',
    uri: '/user/tokens',
    request: { name: token.name, policies: [{ effect: 'allow', permission_groups: [{ name: 'Account Settings Write' }] }] },
    response: { id: token.id, name: token.name, status: 'active' },
  });
