import * as accounts from './accounts.ts';
import * as audit from './audit.ts';
import type { Handlers } from './handler.ts';
import * as members from './members.ts';
import * as organizations from './organizations.ts';
import * as profile from './profile.ts';
import * as shares from './shares.ts';
import * as usage from './usage.ts';

/** Which handler answers which row of the contract. */
export const handlers: Handlers = {
  listOrganizations: organizations.list,
  getOrganization: organizations.get,
  createOrganization: organizations.create,
  modifyOrganization: organizations.modify,
  deleteOrganization: organizations.remove,
  listOrganizationAccounts: accounts.list,
  listAccountOrganizations: accounts.organizationsOf,
  moveAccount: accounts.move,
  getProfile: profile.get,
  modifyProfile: profile.modify,
  listMembers: members.list,
  getMember: members.get,
  createMember: members.create,
  batchCreateMembers: members.createBatch,
  deleteMember: members.remove,
  listAuditEvents: audit.list,
  getResourceHistory: audit.history,
  getOrganizationUsage: usage.ofOrganization,
  getAccountUsage: usage.ofAccount,
  queryAccountUsage: usage.query,
  listShares: shares.list,
};
