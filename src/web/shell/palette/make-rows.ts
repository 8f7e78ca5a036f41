/** Rows of the palette: what each thing is called, what stands beside it, and where it leads. */
import { typeLabel } from '../../lib/account-type.ts';
import { ArrowUp, Copy, Keyboard, Link2, Moon, ReceiptText, ScrollText, Settings, UserRound } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { HierarchyNode } from '../../../contract/canopy/hierarchy.ts';
import type { Receipt } from '../../../contract/canopy/receipts.ts';
import { formatCount, plural } from '../../lib/count.ts';
import type { HierarchyIndex } from '../../lib/hierarchy-index.ts';
import { pathTo } from '../../lib/paths.ts';
import type { ScopePage } from '../../lib/paths.ts';
import { noteRecent } from '../../lib/recent.ts';
import type { RecentThing } from '../../lib/recent.ts';
import type { MyRole } from '../../queries/role.ts';
import { toasts } from '../../ui/toasts.ts';
import { copyUrl, switchTheme } from '../GlobalKeys.tsx';
import { places } from '../navigation.ts';
import { keepDescendants } from '../keep-descendants.ts';
import { openSheet } from '../sheet-state.ts';
import type { Findable } from './entries.ts';
import type { Pasted } from './pasted.ts';
import type { Group, Row } from './rows.ts';
import type { Entry, Found } from './search-index.ts';

/** Everything a row may need to know about where it leads. */
export interface Context {
  tree: HierarchyIndex | null;
  page: ScopePage;
  here: string | null;
  search: string;
  role: MyRole;
  findable: Findable;
}

/** Organizations a step away that are listed before anything is typed. */
const mostNearby = 40;
/** Things that one e-mail address or id may mean. */
const mostPasted = 5;

/** Same screen, another organization. */
const switchTo = ({ page, search }: Context, organizationId: string) => keepDescendants(pathTo(page, organizationId), search);

/** "Larkfield EMEA › Brightwater Managed IT": without the root, which is the same for everything. */
function pathWords(tree: HierarchyIndex | null, organizationId: string | null): string {
  if (!tree || organizationId === null) return '';
  const names = tree.pathOf(organizationId).map(({ name }) => name);
  return names.slice(names.length > 1 ? 1 : 0).join(' › ');
}

export function rowOf({ entry, marks }: Found, context: Context): Row {
  const row = plainRow(entry, context);
  return { ...row, marks, onChosen: () => remember(entry, context) };
}

function plainRow(entry: Entry, context: Context): Row {
  const { tree, findable } = context;
  const id = `${entry.kind}-${entry.id}`;
  const home = entry.organizationId ?? '';
  if (entry.kind === 'organization') {
    const accounts = tree?.byId.get(entry.id)?.accounts ?? null;
    return {
      id,
      icon: { kind: 'organization' },
      title: entry.name,
      marks: [],
      detail: pathWords(tree, entry.organizationId),
      fact: accounts === null ? undefined : plural(accounts, 'account'),
      act: { href: switchTo(context, entry.id) },
      more: organizationActions(entry, context),
    };
  }
  if (entry.kind === 'account') {
    const type = findable.accountsById.get(entry.id)?.type;
    return {
      id,
      icon: { kind: 'account' },
      title: entry.name,
      marks: [],
      detail: pathWords(tree, home),
      fact: type === undefined ? undefined : typeLabel(type),
      act: { href: pathTo('accounts', home, { account: entry.id }) },
      more: accountActions(entry, context),
    };
  }
  const member = findable.membersById.get(entry.id);
  const twoFactorOff = member?.status === 'active' && member.user.two_factor_authentication_enabled === false;
  return {
    id,
    icon: { kind: 'member' },
    title: entry.name,
    marks: [],
    detail: [entry.also !== entry.name && entry.also, pathWords(tree, home)].filter(Boolean).join(' · '),
    fact: twoFactorOff ? '2FA off' : member?.status === 'active' ? undefined : capital(member?.status ?? ''),
    tone: twoFactorOff ? 'warning' : 'plain',
    act: { href: pathTo('members', home, { member: entry.id }) },
    more: [
      openRow('open', `Open ${entry.name}`, UserRound, pathTo('members', home, { member: entry.id })),
      copyRow('e-mail address', entry.also),
      ...auditRow(context, home, { actor_email: entry.also }, 'What this person did'),
    ],
  };
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

const openRow = (id: string, title: string, icon: LucideIcon, href: string): Row => ({
  id: `more-${id}`,
  icon: { icon },
  title,
  marks: [],
  act: { href },
});

const copyRow = (what: string, text: string): Row => ({
  id: `more-copy-${what}`,
  icon: { icon: Copy },
  title: `Copy ${what}`,
  detail: text,
  marks: [],
  act: {
    run: () =>
      void navigator.clipboard.writeText(text).then(
        () => toasts.success({ title: `${capital(what)} copied` }),
        () => toasts.failure({ title: 'The browser did not allow copying' }),
      ),
  },
});

function auditRow({ role }: Context, organizationId: string, filter: Record<string, string>, title: string): Row[] {
  if (!role.can('audit:read')) return [];
  return [openRow(`audit-${title}`, title, ScrollText, pathTo('audit', organizationId, filter))];
}

function organizationActions(entry: Entry, context: Context): Row[] {
  return [
    ...places
      .filter(({ permission }) => context.role.can(permission))
      .map(({ page, title, icon }) => openRow(page, `${title} of ${entry.name}`, icon, pathTo(page, entry.id))),
    copyRow('organization ID', entry.id),
  ];
}

function accountActions(entry: Entry, context: Context): Row[] {
  const home = entry.organizationId ?? '';
  const href = pathTo('accounts', home, { account: entry.id });
  const icon = places.find(({ page }) => page === 'accounts')?.icon ?? Copy;
  return [
    openRow('open', `Open ${entry.name}`, icon, href),
    ...auditRow(context, home, { resource_id: entry.id }, 'Events about this account'),
    copyRow('account ID', entry.id),
  ];
}

export function upRows(context: Context): Row[] {
  const { tree, here } = context;
  const ancestors = tree && here !== null ? tree.pathOf(here).slice(0, -1) : [];
  return ancestors
    .toReversed()
    .map((node) => Object.assign(nodeRow(node, context), { id: `up-${node.id}`, icon: { icon: ArrowUp } }));
}

const nodeRow = (node: HierarchyNode, context: Context): Row =>
  plainRow({ kind: 'organization', id: node.id, name: node.name, also: '', organizationId: node.parentId }, context);

/** Before anything is typed, the organizations a step away: up, beside, down. */
export function nearby(context: Context): Group[] {
  const { tree, here } = context;
  if (!tree || here === null) return [];
  const group = (id: string, title: string, nodes: readonly HierarchyNode[]): Group[] => {
    const others = nodes.filter((node) => node.id !== here);
    const rows = others.slice(0, mostNearby).map((node) => nodeRow(node, context));
    return rows.length > 0 ? [{ id, title, count: `${formatCount(rows.length)} of ${formatCount(others.length)}`, rows }] : [];
  };
  return [
    ...group('up', 'Go up', tree.pathOf(here).slice(0, -1).toReversed()),
    ...group('below', 'Below', tree.childrenOf(here)),
    ...group('beside', 'Beside', tree.siblingsOf(here)),
  ];
}

export function recentRow(thing: RecentThing, context: Context): Row {
  const home = thing.kind === 'organization' ? (thing.pathIds.at(-1) ?? null) : thing.organizationId;
  const entry: Entry = { kind: thing.kind, id: thing.id, name: thing.name, also: thing.name, organizationId: home };
  return { ...plainRow(entry, context), id: `recent-${thing.kind}-${thing.id}`, onChosen: () => remember(entry, context) };
}

/** Accounts and members are remembered when they are chosen; organizations when their page opens. */
function remember(entry: Entry, { tree, role }: Context): void {
  if (entry.kind === 'organization' || entry.organizationId === null) return;
  const path = tree?.pathOf(entry.organizationId) ?? [];
  noteRecent(role.session.user.id, {
    kind: entry.kind,
    id: entry.id,
    name: entry.name,
    organizationId: entry.organizationId,
    path: path.map(({ name }) => name),
    pathIds: path.map(({ id }) => id),
    seenAt: new Date().toISOString(),
  });
}

export function screenRows({ here, search: text, role }: Context): Row[] {
  const scoped = places.map((place): Row => ({
    id: `screen-${place.page}`,
    icon: { icon: place.icon },
    title: place.title,
    marks: [],
    keys: place.key === undefined ? undefined : `g ${place.key}`,
    disabledReason: role.whyNot(place.permission),
    act: { href: here === null ? '/' : keepDescendants(pathTo(place.page, here), text) },
  }));
  return [
    ...scoped,
    { id: 'screen-settings', icon: { icon: Settings }, title: 'Settings', marks: [], act: { href: '/settings' } },
  ];
}

export const commandRows = (): Row[] => [
  {
    id: 'theme',
    icon: { icon: Moon },
    title: 'Switch between light and dark',
    marks: [],
    keys: 'd .',
    act: { run: switchTheme },
  },
  { id: 'copy-url', icon: { icon: Link2 }, title: 'Copy the URL', marks: [], keys: 'c u', act: { run: copyUrl } },
  { id: 'keys', icon: { icon: Keyboard }, title: 'Shortcuts', marks: [], keys: '?', act: { run: () => openSheet('shortcuts') } },
];

export const titleOfPasted = ({ kind }: Pasted): string =>
  kind === 'id' ? 'This ID' : kind === 'ray' ? 'This Ray ID' : 'This e-mail address';

/** The audit screen's range that covers all Cloudflare keeps: a pasted id may be of any age. */
const wholeLog = '18mo';

/** Where a pasted id, Ray ID or e-mail address leads: the thing itself, else the records that may name it. */
export function straightTo(pasted: Pasted, context: Context, receipts: readonly Receipt[]): Row[] {
  const { findable, here } = context;
  const at = here ?? '';
  if (pasted.kind === 'ray') {
    const made = receipts.map((receipt) =>
      Object.assign(
        openRow(
          `receipt-${receipt.id}`,
          `Receipt ${formatCount(receipt.sequence)}`,
          ReceiptText,
          pathTo('audit/receipts', at, { receipt: receipt.id }),
        ),
        { detail: receipt.summary },
      ),
    );
    return [...made, ...auditRow(context, at, { raw_cf_ray_id: pasted.text, range: wholeLog }, 'Events with this Ray ID')];
  }
  const things = findable.index.entries
    .filter(({ entry }) => (pasted.kind === 'id' ? entry.id === pasted.text : entry.also.toLowerCase() === pasted.text))
    .slice(0, mostPasted)
    .map(({ entry }) => rowOf({ entry, marks: [] }, context));
  const records =
    pasted.kind === 'id'
      ? auditRow(context, at, { resource_id: pasted.text, range: wholeLog }, 'Events about this ID')
      : auditRow(context, at, { actor_email: pasted.text }, 'What this person did');
  return [...things, ...records];
}
