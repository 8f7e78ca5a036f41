/** What can be done with a row, and why not. One list for the panel, the row's menu, the keys and the palette. */
import {
  ArrowUpRight,
  Boxes,
  ChartColumnStacked,
  Copy,
  FolderInput,
  Pencil,
  Plus,
  ScrollText,
  Trash2,
  Users,
} from 'lucide-react';
import type { Hierarchy } from '../../../contract/canopy/hierarchy.ts';
import type { Permission } from '../../../contract/permissions.ts';
import { pathTo } from '../../lib/paths.ts';
import type { MenuEntry } from '../../ui/Menu.tsx';
import { toasts } from '../../ui/toasts.ts';
import { whatMustGo } from './what-must-go.ts';
import { whyAccountsStay, whyNoSubOrganization, whyOrganizationStays } from '../../tree/move-rules.ts';
import type { OrganizationIndex, OrganizationItem } from '../../tree/organization-index.ts';
import type { AccountItem } from '../../tree/tree.ts';

export interface Reasons {
  /** Each is false where the person may do it. */
  readonly rename: string | false;
  readonly move: string | false;
  readonly create: string | false;
  readonly remove: string | false;
}

export interface Acts {
  readonly rename: (item: OrganizationItem) => void;
  readonly move: (item: OrganizationItem | AccountItem, to?: string) => void;
  readonly create: (parent: OrganizationItem) => void;
  readonly remove: (item: OrganizationItem) => void;
}

interface Circumstances {
  readonly shape: Hierarchy['shape'];
  readonly index: OrganizationIndex;
  readonly whyNot: (permission: Permission) => string | false;
}

export function reasonsFor(item: OrganizationItem, { shape, whyNot }: Circumstances): Reasons {
  const role = whyNot('organizations:write');
  return {
    rename: role,
    move: role || (whyOrganizationStays(item, shape) ?? false),
    create: role || (whyNoSubOrganization(item, shape) ?? false),
    remove: role,
  };
}

export function whyNotMoveAccount(item: AccountItem, { shape, index, whyNot }: Circumstances): string | false {
  const source = index.byId.get(item.account.organizationId);
  return whyNot('accounts:write') || (source ? (whyAccountsStay(source, shape) ?? false) : 'Its organization is not visible');
}

export function copyText(text: string, what: string): void {
  navigator.clipboard.writeText(text).then(
    () => toasts.success({ title: `${what} copied` }),
    () => toasts.failure({ title: 'The browser did not allow copying', note: text }),
  );
}

/** The whole menu of an organization; `short` leaves out what stands beside it as buttons. */
export function organizationMenu(
  item: OrganizationItem,
  acts: Acts,
  reasons: Reasons,
  whyNot: Circumstances['whyNot'],
  form: 'row' | 'short',
): readonly MenuEntry[] {
  const first: readonly MenuEntry[] = [
    { id: 'rename', label: 'Rename', icon: Pencil, keys: 'r', disabledReason: reasons.rename, onSelect: () => acts.rename(item) },
    { id: 'move', label: 'Move', icon: FolderInput, keys: 'm', disabledReason: reasons.move, onSelect: () => acts.move(item) },
    {
      id: 'create',
      label: 'New sub-organization',
      icon: Plus,
      disabledReason: reasons.create,
      onSelect: () => acts.create(item),
    },
    { id: 'line-1', separator: true },
  ];
  return [
    ...(form === 'row' ? first : []),
    { id: 'accounts', label: 'Open accounts', icon: Boxes, href: pathTo('accounts', item.id) },
    {
      id: 'members',
      label: 'Open members',
      icon: Users,
      disabledReason: whyNot('members:read'),
      href: pathTo('members', item.id),
    },
    {
      id: 'spend',
      label: 'Open usage & cost',
      icon: ChartColumnStacked,
      disabledReason: whyNot('spend:read'),
      href: pathTo('spend', item.id),
    },
    { id: 'audit', label: 'Open audit', icon: ScrollText, disabledReason: whyNot('audit:read'), href: pathTo('audit', item.id) },
    { id: 'line-2', separator: true },
    { id: 'copy', label: 'Copy ID', icon: Copy, onSelect: () => copyText(item.id, 'Organization ID') },
    {
      id: 'delete',
      label: 'Delete',
      icon: Trash2,
      tone: 'danger',
      note: whatMustGo(item) ?? undefined,
      disabledReason: reasons.remove,
      onSelect: () => acts.remove(item),
    },
  ];
}

export function accountMenu(
  item: AccountItem,
  acts: Acts,
  whyNotMove: string | false,
  form: 'row' | 'short',
): readonly MenuEntry[] {
  const { id, organizationId } = item.account;
  const move: MenuEntry = {
    id: 'move',
    label: 'Move account',
    icon: FolderInput,
    keys: 'm',
    disabledReason: whyNotMove,
    onSelect: () => acts.move(item),
  };
  return [
    ...(form === 'row' ? [move] : []),
    { id: 'open', label: 'Open in Accounts', icon: Boxes, href: pathTo('accounts', organizationId, { account: id }) },
    { id: 'dash', label: 'Open in Cloudflare', icon: ArrowUpRight, href: `https://dash.cloudflare.com/${id}` },
    { id: 'copy', label: 'Copy ID', icon: Copy, onSelect: () => copyText(id, 'Account ID') },
  ];
}
