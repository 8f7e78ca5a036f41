import type { CloudflareEndpointName } from '../../contract/endpoints.ts';

/** What each operation does, verb and noun, for people. */
export const operationTitles: Readonly<Record<CloudflareEndpointName, string>> = {
  listOrganizations: 'List organizations',
  getOrganization: 'Read an organization',
  createOrganization: 'Create an organization',
  modifyOrganization: 'Rename or move an organization',
  deleteOrganization: 'Delete an organization',
  listOrganizationAccounts: 'List accounts of an organization',
  listAccountOrganizations: 'List organizations of an account',
  moveAccount: 'Move an account',
  getProfile: 'Read a profile',
  modifyProfile: 'Change a profile',
  listMembers: 'List members',
  getMember: 'Read a member',
  createMember: 'Invite a member',
  batchCreateMembers: 'Invite several members',
  deleteMember: 'Remove a member',
  listAuditEvents: 'Read the audit log',
  getResourceHistory: 'Read the history of a resource',
  getOrganizationUsage: 'Read usage of an organization',
  getAccountUsage: 'Read usage of an account',
  queryAccountUsage: 'Query usage of an account',
  listShares: 'List shares',
};
