import type { Share } from '../../../contract/cloudflare/shares.ts';
import type { Column } from '../../ui/columns.ts';
import { CopyId } from '../../ui/CopyId.tsx';
import { ShareStatus } from '../../ui/ShareStatus.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { resourceTypeLabel, targetLabel } from './words.ts';

/** Recipients that have it now; null where upstream does not say. */
export function recipientsOf({ associated_recipient_count: count }: Share): number | null {
  return count ?? null;
}

/** The kinds of things shared, each once. */
export function resourceWords({ resources }: Share): string {
  return [...new Set((resources ?? []).map(({ resource_type }) => resourceTypeLabel(resource_type)))].join(', ');
}

export const shareColumns: Column<Share>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 220,
    grow: 2,
    shown: 'always',
    sortBy: ({ name }) => name,
    cell: ({ name }) => (
      <span className="font-medium">
        <Upstream>{name}</Upstream>
      </span>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    width: 110,
    sortBy: ({ status }) => status,
    cell: ({ status }) => <ShareStatus status={status} />,
  },
  {
    id: 'target',
    header: 'Target',
    width: 110,
    sortBy: ({ target_type }) => target_type,
    cell: ({ target_type }) => targetLabel(target_type),
  },
  {
    id: 'types',
    header: 'Resource types',
    width: 200,
    grow: 1,
    sortBy: resourceWords,
    cell: (share) => resourceWords(share) || <span className="text-faint">None</span>,
  },
  {
    id: 'account',
    header: 'Account',
    width: 180,
    grow: 1,
    leaves: 1,
    sortBy: ({ account_name }) => account_name,
    cell: ({ account_name, account_id }) => <Upstream>{account_name ?? account_id}</Upstream>,
  },
  {
    id: 'recipients',
    header: 'Recipients',
    width: 90,
    align: 'end',
    sortBy: recipientsOf,
    cell: (share) => recipientsOf(share) ?? <span className="text-faint">Unknown</span>,
  },
  { id: 'id', header: 'ID', width: 150, shown: 'on-request', cell: ({ id }) => <CopyId id={id} label="share ID" look="cell" /> },
  {
    id: 'created',
    header: 'Created',
    width: 110,
    align: 'end',
    leaves: 1,
    sortBy: ({ created }) => created,
    cell: ({ created }) => <Time at={created} show="date" />,
  },
];
