import { Lock } from 'lucide-react';
import type { PlacedAccount } from '../../../contract/canopy/hierarchy.ts';
import type { SpendGroup } from '../../../contract/canopy/spend.ts';
import { typeLabel } from '../../lib/account-type.ts';
import type { HierarchyIndex } from '../../lib/hierarchy-index.ts';
import { basisOf } from '../../ui/basis-of.ts';
import type { Column } from '../../ui/columns.ts';
import { CopyId } from '../../ui/CopyId.tsx';
import { Money } from '../../ui/Money.tsx';
import { NoCost } from '../../ui/NoCost.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { enforcementOf } from '../../../contract/canopy/account-filter.ts';
import type { TagsByAccount } from '../../../contract/canopy/account-filter.ts';
import { enforcementLabel } from './enforcement-label.ts';
import { tagWords } from './use-tags.ts';

/** What 30 complete days cost by account id, where anything has a cost. */
export interface CostByAccount {
  currency?: string | undefined;
  /** Why an account that is not among them may still have a cost; null where it has none, empty while that is asked. */
  whyNone: string | null;
  groups: ReadonlyMap<string, SpendGroup>;
}

export function accountColumns(
  tree: HierarchyIndex | undefined,
  costs: CostByAccount | null,
  tags: TagsByAccount,
): Column<PlacedAccount>[] {
  const nameOf = (id: string) => tree?.byId.get(id)?.name ?? id;
  const cost: Column<PlacedAccount>[] = costs
    ? [
        {
          id: 'cost',
          header: '30-day cost',
          width: 132,
          align: 'end',
          leaves: 2,
          sortBy: ({ id }) => {
            const total = costs.groups.get(id)?.total;
            return total === null || total === undefined ? null : Number(total);
          },
          cell: ({ id }) => {
            const group = costs.groups.get(id);
            return group ? (
              <Money amount={group.total} currency={costs.currency} basis={basisOf(group.bases)} />
            ) : (
              <NoCost why={costs.whyNone} />
            );
          },
        },
      ]
    : [];
  return [
    {
      id: 'name',
      header: 'Name',
      width: 220,
      grow: 2,
      shown: 'always',
      sortBy: ({ name, id }) => name ?? id,
      cell: ({ name, id }) => (
        <span className="font-medium">{name ? <Upstream>{name}</Upstream> : <span className="mono">{id}</span>}</span>
      ),
    },
    {
      id: 'organization',
      header: 'Organization',
      width: 208,
      grow: 1,
      leaves: 1,
      sortBy: ({ organizationId }) => [...(tree?.ancestorNames(organizationId) ?? []), nameOf(organizationId)].join(' / '),
      cell: ({ organizationId }) => {
        const parent = tree?.ancestorNames(organizationId).at(-1);
        return (
          <>
            <Upstream>{nameOf(organizationId)}</Upstream>
            {parent && (
              <span className="text-muted">
                {' '}
                in <Upstream>{parent}</Upstream>
              </span>
            )}
          </>
        );
      },
    },
    {
      id: 'type',
      header: 'Type',
      width: 110,
      tone: 'muted',
      leaves: 3,
      sortBy: ({ type }) => typeLabel(type),
      cell: ({ type }) => <Upstream>{typeLabel(type)}</Upstream>,
    },
    {
      id: 'two-factor',
      header: '2FA',
      width: 118,
      leaves: 3,
      sortBy: enforcementOf,
      cell: (account) => {
        const state = enforcementOf(account);
        return (
          <span
            className={`inline-flex items-center gap-1.5 ${state === 'unknown' ? 'text-faint' : state === 'enforced' ? '' : 'text-muted'}`}
          >
            {state === 'enforced' && <Lock aria-hidden className="size-3.5 text-muted" />}
            {enforcementLabel[state]}
          </span>
        );
      },
    },
    ...cost,
    {
      id: 'tags',
      header: 'Tags',
      width: 170,
      tone: 'muted',
      leaves: 3,
      sortBy: ({ id }) => tagWords(tags.get(id)) || null,
      cell: ({ id }) => <Upstream>{tagWords(tags.get(id))}</Upstream>,
    },
    {
      id: 'created',
      header: 'Created',
      width: 108,
      tone: 'muted',
      align: 'end',
      leaves: 4,
      sortBy: ({ created_on }) => created_on,
      cell: ({ created_on }) => <Time at={created_on} show="date" />,
    },
    { id: 'id', header: 'ID', width: 140, leaves: 5, cell: ({ id }) => <CopyId id={id} label="account ID" look="cell" /> },
    {
      id: 'path',
      header: 'Full path',
      width: 300,
      shown: 'on-request',
      sortBy: ({ organizationId }) => tree?.ancestorNames(organizationId).join(' / '),
      cell: ({ organizationId }) => (
        <Upstream>{[...(tree?.ancestorNames(organizationId) ?? []), nameOf(organizationId)].join(' / ')}</Upstream>
      ),
    },
  ];
}
