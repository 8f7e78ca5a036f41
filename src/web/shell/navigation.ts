/** The places of the app, once: the rail, the phone's bar, the palette and the keys all read this list. */
import { Boxes, ChartColumnStacked, IdCard, LayoutDashboard, Network, ScrollText, Share2, Users } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Permission } from '../../contract/permissions.ts';
import type { ScopePage } from '../lib/paths.ts';

export interface Place {
  page: ScopePage;
  title: string;
  /** The word on the phone's bar, where the title is too long. */
  shortTitle?: string;
  icon: LucideIcon;
  permission: Permission;
  /** The second key after `g`. */
  key?: string;
  group: 'structure' | 'records';
  /** What the rail counts beside it. */
  counts?: 'organizations' | 'accounts' | 'members';
  onPhone: boolean;
}

export const places: readonly Place[] = [
  {
    page: 'overview',
    title: 'Overview',
    icon: LayoutDashboard,
    permission: 'organizations:read',
    key: 'h',
    group: 'structure',
    onPhone: true,
  },
  {
    page: 'organizations',
    title: 'Organizations',
    shortTitle: 'Tree',
    icon: Network,
    permission: 'organizations:read',
    key: 'o',
    group: 'structure',
    counts: 'organizations',
    onPhone: true,
  },
  {
    page: 'accounts',
    title: 'Accounts',
    icon: Boxes,
    permission: 'accounts:read',
    key: 'a',
    group: 'structure',
    counts: 'accounts',
    onPhone: false,
  },
  {
    page: 'members',
    title: 'Members',
    icon: Users,
    permission: 'members:read',
    key: 'm',
    group: 'structure',
    counts: 'members',
    onPhone: true,
  },
  { page: 'profile', title: 'Profile', icon: IdCard, permission: 'profile:read', group: 'structure', onPhone: false },
  {
    page: 'spend',
    title: 'Usage & cost',
    shortTitle: 'Cost',
    icon: ChartColumnStacked,
    permission: 'spend:read',
    key: 'u',
    group: 'records',
    onPhone: true,
  },
  { page: 'audit', title: 'Audit', icon: ScrollText, permission: 'audit:read', key: 'l', group: 'records', onPhone: true },
  { page: 'shares', title: 'Shares', icon: Share2, permission: 'shares:read', group: 'records', onPhone: false },
];

/** The place a screen belongs to, where it is a tab of another one. */
export const placeOfPage = (page: ScopePage): ScopePage =>
  page === 'audit/receipts' ? 'audit' : page.startsWith('spend/') ? 'spend' : page;
