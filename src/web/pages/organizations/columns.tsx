import { formatCount } from '../../lib/format.ts';
import { formatDate } from '../../lib/format-time.ts';
import type { Zone } from '../../lib/zoned-time.ts';
import { basisOf } from '../../ui/basis-of.ts';
import { CopyId } from '../../ui/CopyId.tsx';
import { Money } from '../../ui/Money.tsx';
import { NoCost, onlyLargest } from '../../ui/NoCost.tsx';
import { Sparkbars } from '../../ui/Sparkbars.tsx';
import type { TreeColumn } from '../../ui/tree-columns.ts';
import type { TreeRow } from '../../ui/tree-rows.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import type { Cost } from './costs.ts';
import { Count } from '../../tree/Count.tsx';
import type { Item, SortValue } from '../../tree/tree.ts';
import type { TreeCosts } from './use-costs.ts';

export const columnIds = ['accounts', 'members', 'cost', 'daily', 'created', 'below', 'managed', 'id'] as const;
export type ColumnId = (typeof columnIds)[number];
export const sortableColumns = ['name', 'accounts', 'members', 'cost', 'created', 'below'] as const;

/** Columns shown until somebody chooses others. */
export const firstColumns: readonly ColumnId[] = ['accounts', 'members', 'cost', 'daily', 'created'];

export const columnTitles: Readonly<Record<ColumnId, string>> = {
  accounts: 'Accounts',
  members: 'Members',
  cost: '30-day cost',
  daily: 'Daily',
  created: 'Created',
  below: 'Sub-orgs',
  managed: 'Managed by',
  id: 'ID',
};

export interface ColumnFacts {
  readonly costs: TreeCosts | null;
  /** Counts still arrive. */
  readonly reading: { readonly accounts: boolean; readonly members: boolean };
  readonly zone: Zone;
}

function costOf({ item }: TreeRow<Item>, costs: TreeCosts | null): Cost | undefined {
  if (item.kind === 'organization') return costs?.organizations.get(item.id);
  return item.kind === 'account' ? costs?.accounts.get(item.account.id) : undefined;
}

function CostCell({ row, costs }: { row: TreeRow<Item>; costs: TreeCosts }) {
  const found = costOf(row, costs);
  if (found) return <Money amount={found.total} currency={costs.currency} basis={basisOf(found.bases)} precision="whole" />;
  return <NoCost why={row.item.kind === 'account' && !costs.everyAccount ? onlyLargest : costs.notWhole} />;
}

/** A plain date: a thousand rows scroll by, and every reading of the moment is in the panel. */
function Created({ at, zone }: { at: string; zone: Zone }) {
  return (
    <time dateTime={at} className="text-muted">
      {formatDate(at, zone)}
    </time>
  );
}

/** What each column shows of a row. */
export function treeColumns(shown: readonly ColumnId[], { costs, reading, zone }: ColumnFacts): readonly TreeColumn<Item>[] {
  const cells: Record<ColumnId, Omit<TreeColumn<Item>, 'id' | 'header'>> = {
    accounts: {
      width: 116,
      align: 'end',
      sortable: true,
      leaves: 1,
      cell: ({ item }) => item.kind === 'organization' && <Count of={item.accounts} reading={reading.accounts} />,
    },
    members: {
      width: 84,
      align: 'end',
      sortable: true,
      leaves: 2,
      cell: ({ item }) => item.kind === 'organization' && <Count of={item.members} reading={reading.members} />,
    },
    cost: {
      width: 98,
      align: 'end',
      sortable: true,
      leaves: 3,
      cell: (row) =>
        costs && (row.item.kind === 'organization' || row.item.kind === 'account') && <CostCell row={row} costs={costs} />,
    },
    daily: {
      width: 109,
      leaves: 7,
      cell: (row) => {
        const days = costOf(row, costs)?.days;
        return days && <Sparkbars values={days} label="Cost of the last 30 complete days" />;
      },
    },
    created: {
      width: 106,
      align: 'end',
      sortable: true,
      leaves: 5,
      cell: ({ item }) =>
        item.kind === 'organization' ? (
          <Created at={item.node.createTime} zone={zone} />
        ) : item.kind === 'account' ? (
          <Created at={item.account.created_on} zone={zone} />
        ) : null,
    },
    below: {
      width: 84,
      align: 'end',
      sortable: true,
      leaves: 4,
      cell: ({ item }) => item.kind === 'organization' && formatCount(item.below),
    },
    managed: {
      width: 150,
      leaves: 6,
      cell: ({ item }) =>
        item.kind === 'organization' && item.node.managedBy !== null && <Upstream>{item.node.managedBy}</Upstream>,
    },
    id: {
      width: 150,
      leaves: 8,
      cell: ({ item }) =>
        item.kind === 'organization' ? (
          <CopyId id={item.id} label="organization ID" look="cell" />
        ) : item.kind === 'account' ? (
          <CopyId id={item.account.id} label="account ID" look="cell" />
        ) : null,
    },
  };
  return shown.map((id) => Object.assign(cells[id], { id, header: columnTitles[id] }));
}

/** What siblings are compared by; null for the name. */
export function sortValueOf(column: string, costs: TreeCosts | null): SortValue | null {
  switch (column) {
    case 'accounts':
      return (item) => (item.kind === 'organization' ? knownSum(item.accounts) : null);
    case 'members':
      return (item) => (item.kind === 'organization' ? knownSum(item.members) : null);
    case 'below':
      return (item) => (item.kind === 'organization' ? item.below : null);
    case 'created':
      return (item) => Date.parse(item.kind === 'organization' ? item.node.createTime : item.account.created_on);
    case 'cost':
      return (item) => {
        const found = item.kind === 'organization' ? costs?.organizations.get(item.id) : costs?.accounts.get(item.account.id);
        return found?.total === undefined || found.total === null ? null : Number(found.total);
      };
    default:
      return null;
  }
}

function knownSum({ here, within }: { here: number | null; within: number }): number | null {
  return here === null && within === 0 ? null : within;
}
