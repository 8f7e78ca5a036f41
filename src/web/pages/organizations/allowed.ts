/** What is allowed in an organization, in the words of the panel. */
import type { Hierarchy } from '../../../contract/canopy/hierarchy.ts';
import { deepestLevelAllowed, readFlag } from '../../tree/capability.ts';
import type { Flag, Permitted } from '../../tree/capability.ts';
import { whyNoSubOrganization } from '../../tree/move-rules.ts';
import type { OrganizationItem } from '../../tree/organization-index.ts';
import { whatMustGo } from './what-must-go.ts';

export interface Allowance {
  readonly id: string;
  readonly label: string;
  readonly state: Permitted['state'];
  /** Why, or what limits it. */
  readonly reason: string | null;
}

const flagLabels: readonly (readonly [string, string])[] = [
  ['member_management', 'Manage members'],
  ['account_creation', 'Create accounts'],
  ['account_deletion', 'Delete accounts'],
  ['account_migration', 'Migrate accounts'],
  ['account_creation_applies_tenant_defaults', 'Apply tenant defaults to new accounts'],
];
/** Flags that every answer should carry; their absence is worth saying. */
const required: ReadonlySet<string> = new Set<Flag>([
  'member_management',
  'account_creation',
  'account_deletion',
  'account_migration',
]);
const judgedElsewhere: ReadonlySet<string> = new Set<Flag>(['sub_org_creation', 'account_mobility', 'enterprise_capability']);

/** `scoped`: levels are counted from the person's own top, because what is above it is not visible. */
export function allowancesOf(item: OrganizationItem, shape: Hierarchy['shape'], scoped: boolean): readonly Allowance[] {
  const { flags } = item.node;
  const ofFlag = (flag: string, label: string): Allowance => {
    const permitted = readFlag(flags, flag);
    return { id: flag, label, state: permitted.state, reason: permitted.state === 'yes' ? null : permitted.reason };
  };
  const others = Object.keys(flags).filter((flag) => !judgedElsewhere.has(flag) && !flagLabels.some(([known]) => known === flag));
  return [
    subOrganizations(item, shape, scoped),
    ofFlag('account_mobility', shape === 'flat' ? 'Move accounts' : 'Move accounts inside this Distributor'),
    ...flagLabels
      .filter(([flag]) => required.has(flag) || Object.hasOwn(flags, flag))
      .map(([flag, label]) => ofFlag(flag, label)),
    deletion(item),
    ...others.map((flag) => ofFlag(flag, flag)), // flags that Cloudflare added: their own names are their labels
  ];
}

function subOrganizations(item: OrganizationItem, shape: Hierarchy['shape'], scoped: boolean): Allowance {
  const id = 'sub_org_creation';
  const label = 'Create sub-organizations';
  const reason = whyNoSubOrganization(item, shape);
  const depth = scoped ? `Level ${item.depth} of what you may see` : `Depth ${item.depth} of ${deepestLevelAllowed}`;
  if (reason === null) return { id, label, state: 'yes', reason: shape === 'flat' ? null : depth };
  return { id, label, state: readFlag(item.node.flags, id).state === 'unknown' ? 'unknown' : 'no', reason };
}

function deletion(item: OrganizationItem): Allowance {
  const id = 'delete';
  const label = 'Delete this organization';
  const permitted = readFlag(item.node.flags, 'enterprise_capability');
  if (permitted.state === 'no') return { id, label, state: 'no', reason: 'Cloudflare restricts deletion to Enterprise' };
  const first = whatMustGo(item);
  if (first !== null) return { id, label, state: 'no', reason: first };
  if (permitted.state === 'unknown') return { id, label, state: 'unknown', reason: permitted.reason };
  const unknown = item.accounts.missing > 0 || item.members.missing > 0;
  return unknown
    ? { id, label, state: 'unknown', reason: 'Not every count is known' }
    : { id, label, state: 'yes', reason: null };
}
