/** Names of rows whose data a kind of write makes old. Every write leaves a receipt and an audit event. */
const traces = ['listReceipts', 'getReceipt', 'listAuditEvents', 'getResourceHistory'] as const;

export const touchedByOrganizationWrite = [
  'getHierarchy',
  'listOrganizations',
  'getOrganization',
  'listAccountOrganizations',
  'listAllAccounts',
  'listAllMembers',
  ...traces,
] as const;
export const touchedByAccountMove = [
  'getHierarchy',
  'listOrganizationAccounts',
  'listAccountOrganizations',
  'listAllAccounts',
  ...traces,
] as const;
export const touchedByMemberWrite = ['getHierarchy', 'listMembers', 'getMember', 'listAllMembers', ...traces] as const;
export const touchedByProfileWrite = ['getProfile', 'getOrganization', ...traces] as const;
