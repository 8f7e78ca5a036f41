import type { RowOf, Table } from '../database.ts';

const table = <const C extends Table['columns']>(name: string, columns: C): Table<C> => ({ name, columns });

/** What the store itself must remember: which data it holds and since when. */
export const facts = table('facts', { name: 'text', value: 'text' });

/** `path` holds the ids from the root down to the organization itself, joined by slashes. */
export const organizations = table('organizations', {
  position: 'integer',
  id: 'text',
  name: 'text',
  parent_id: 'text?',
  path: 'text',
  create_time: 'number',
  managed_by: 'text?',
  flags: 'text',
  older_flags: 'boolean',
});

export const profiles = table('profiles', { organization_id: 'text', profile: 'text' });

/** `usage_plan` says what the account uses: the usage records are worked out from it when they are asked for. */
export const accounts = table('accounts', {
  id: 'text',
  organization_id: 'text',
  name: 'text',
  type: 'text',
  created_on: 'number',
  settings: 'text',
  usage_plan: 'text',
});

export const members = table('members', {
  position: 'integer',
  id: 'text',
  organization_id: 'text',
  user_id: 'text',
  email: 'text',
  name: 'text',
  two_factor: 'boolean?',
  status: 'text',
  create_time: 'number',
  update_time: 'number',
});

export const shares = table('shares', {
  id: 'text',
  organization_id: 'text',
  name: 'text',
  kind: 'text',
  status: 'text',
  target_type: 'text',
  created: 'number',
  share: 'text',
});

/** One column for each filter; `request` and `response` are JSON text. */
export const audit = table('audit', {
  time: 'number',
  id: 'text',
  organization_id: 'text',
  action_description: 'text?',
  action_result: 'text?',
  action_type: 'text?',
  actor_context: 'text?',
  actor_email: 'text?',
  actor_id: 'text?',
  actor_ip_address: 'text?',
  actor_token_id: 'text?',
  actor_token_name: 'text?',
  actor_type: 'text?',
  raw_cf_ray_id: 'text?',
  raw_method: 'text?',
  raw_status_code: 'integer?',
  raw_uri: 'text?',
  raw_user_agent: 'text?',
  resource_id: 'text?',
  resource_product: 'text?',
  resource_type: 'text?',
  request: 'text?',
  response: 'text?',
});

export const tables: readonly Table[] = [facts, organizations, profiles, accounts, members, shares, audit];

export type OrganizationRow = RowOf<typeof organizations>;
export type AccountRow = RowOf<typeof accounts>;
export type MemberRow = RowOf<typeof members>;
export type ShareRow = RowOf<typeof shares>;
export type ProfileRow = RowOf<typeof profiles>;
export type AuditRow = RowOf<typeof audit>;
