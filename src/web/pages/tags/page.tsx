import { useQuery } from '@tanstack/react-query';
import { FileUp, Pencil, Tag, Trash2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { withoutValue } from '../../../contract/canopy/dimension-words.ts';
import { tagDimension } from '../../../contract/canopy/tag-key.ts';
import { plural } from '../../lib/format.ts';
import { pathTo } from '../../lib/paths.ts';
import { useScope } from '../../lib/url-state.ts';
import { useRole } from '../../queries/role.ts';
import { tagsQuery } from '../../queries/tags.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import type { Column } from '../../ui/columns.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Link } from '../../ui/Link.tsx';
import { Money } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { ShareBar } from '../../ui/ShareBar.tsx';
import { SpendTabs } from '../../ui/SpendTabs.tsx';
import { StatusBar } from '../../ui/StatusBar.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { basisOf } from '../../ui/basis-of.ts';
import { ChangeTag, ImportTags } from './parts.ts';
import { useTagCosts } from './use-tag-costs.ts';
import { tagRows } from './rows.ts';
import type { TagRow } from './rows.ts';

/** What people tagged accounts as: keys with their values, what each comes to, and what has none. */
export function Component() {
  const { organizationId, descendants } = useScope();
  const subtree = useMemo(() => ({ organization: organizationId, descendants }), [organizationId, descendants]);
  const { whyNot } = useRole();
  const tags = useQuery(tagsQuery(subtree));
  const [changing, setChanging] = useState<{ row: TagRow; remove: boolean } | null>(null);
  const [importing, setImporting] = useState(false);
  const [typed, setTyped] = useState('');
  const found = tags.data?.result;
  const costs = useTagCosts(subtree, found?.keys.map(({ key }) => key) ?? []);
  const rows = found ? tagRows(found, costs.groups) : [];
  const refused = whyNot('accounts:write');
  const columns = useMemo(
    () => columnsOf(organizationId, costs.currency, refused, (row, remove) => setChanging({ row, remove })),
    [organizationId, costs.currency, refused],
  );
  const importButton = (kind: 'primary' | 'plain') => (
    <Button kind={kind} icon={FileUp} disabledReason={refused} onClick={() => setImporting(true)} {...ImportTags.intent}>
      Import tags
    </Button>
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHead
        title="Account tags"
        facts={found && `${plural(found.keys.length, 'key')}, ${plural(found.accounts, 'account')}`}
        tabs={<SpendTabs organizationId={organizationId} current="tags" />}
      >
        <ButtonLink href={pathTo('accounts', organizationId)}>Choose accounts</ButtonLink>
        {importButton('plain')}
      </PageHead>
      <Notice tone="plain">
        A tag says what an account is today: days before it was tagged are grouped by it too. Cloudflare does not know it.
      </Notice>
      {tags.error && !found ? (
        <ErrorState error={tags.error.report} title="The tags could not be read" onRetry={() => void tags.refetch()} />
      ) : (
        <DataTable<TagRow>
          label="Account tags"
          rows={rows}
          columns={columns}
          rowId={({ key, value }) => `${key} ${value ?? ''}`}
          rowLabel={({ key, value }) => (value === null ? withoutValue(tagDimension(key)) : `${key} ${value}`)}
          state={tags.isPending ? 'loading' : tags.isPlaceholderData ? 'refreshing' : 'ready'}
          group={({ key, tagged }) => ({
            id: key,
            label: (
              <>
                <strong className="font-semibold text-ink">{key}</strong> on {tagged} of {plural(found?.accounts ?? 0, 'account')}
              </>
            ),
          })}
          phone={({ key, value, accounts, cost }) => ({
            title: <Upstream>{value ?? withoutValue(tagDimension(key))}</Upstream>,
            detail: plural(accounts, 'account'),
            end:
              cost && costs.currency ? (
                <Money amount={cost.total} currency={costs.currency} basis={basisOf(cost.bases)} />
              ) : undefined,
          })}
          empty={
            <EmptyState icon={Tag} title="No account has a tag" actions={importButton('plain')}>
              Tags give spend to teams, products or cost centers. Select accounts in the list of accounts and tag them, or import
              lines with account id, key and value.
            </EmptyState>
          }
        />
      )}
      <StatusBar>
        {found && found.coverage.pending > 0
          ? `Accounts of ${plural(found.coverage.pending, 'organization')} are still being read: counts will grow.`
          : costs.currency
            ? `Cost of 30 complete days in ${costs.currency}, billed or estimated.`
            : costs.currency === null && 'No cost is stored yet: tags are counted, and not priced.'}
      </StatusBar>
      {importing && <ImportTags.Part text={typed} onText={setTyped} onClose={() => setImporting(false)} />}
      {changing && <ChangeTag.Part row={changing.row} remove={changing.remove} onClose={() => setChanging(null)} />}
    </div>
  );
}

function columnsOf(
  organizationId: string,
  currency: string | null | undefined,
  refused: string | false,
  onChange: (row: TagRow, remove: boolean) => void,
): Column<TagRow>[] {
  return [
    {
      id: 'value',
      header: 'Value',
      width: 220,
      grow: 2,
      shown: 'always',
      cell: ({ key, value }) => (
        <Link
          className={value === null ? 'text-muted hover:underline' : 'hover:underline'}
          href={pathTo('spend', organizationId, {
            where: `tag:${key}=${encodeURIComponent(value ?? '')}`,
            by: 'account',
          })}
        >
          <Upstream>{value ?? withoutValue(tagDimension(key))}</Upstream>
        </Link>
      ),
    },
    { id: 'accounts', header: 'Accounts', width: 90, align: 'end', cell: ({ accounts }) => accounts },
    {
      id: 'cost',
      header: '30-day cost',
      width: 130,
      align: 'end',
      cell: ({ cost }) =>
        !currency ? '–' : <Money amount={cost?.total} currency={currency} basis={cost && basisOf(cost.bases)} />,
    },
    {
      id: 'share',
      header: 'Share',
      width: 160,
      leaves: 1,
      cell: ({ share, largest }) => share !== null && <ShareBar share={share} largest={largest} />,
    },
    {
      id: 'act',
      header: 'Change',
      width: 84,
      align: 'end',
      cell: (row) =>
        row.value !== null && (
          <span className="inline-flex gap-1">
            <IconButton
              size="row"
              icon={Pencil}
              label={`Rename ${row.key} ${row.value}`}
              disabledReason={refused}
              onClick={() => onChange(row, false)}
              {...ChangeTag.intent}
            />
            <IconButton
              size="row"
              icon={Trash2}
              label={`Remove ${row.key} ${row.value}`}
              disabledReason={refused}
              onClick={() => onChange(row, true)}
              {...ChangeTag.intent}
            />
          </span>
        ),
    },
  ];
}
