import type { PlacedAccount } from '../../../contract/canopy/hierarchy.ts';
import { plural } from '../../lib/format.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import type { Column } from '../../ui/columns.ts';
import { BulkBarOfAccounts } from './bulk-bar.ts';
import { AccountDetails } from './details.ts';
import { typeLabel } from '../../lib/account-type.ts';
import { noFilters } from './screen-url.ts';
import type { ScreenUrl, SetScreenUrl } from './screen-url.ts';

interface Props {
  url: ScreenUrl;
  setUrl: SetScreenUrl;
  /** What the filters leave, of how many. */
  rows: readonly PlacedAccount[];
  total: number;
  columns: readonly Column<PlacedAccount>[];
  hidden: ReadonlySet<string>;
  state: 'ready' | 'loading' | 'refreshing';
  selected: ReadonlySet<string>;
  onSelect: (ids: ReadonlySet<string>) => void;
  /** What an organization is called. */
  nameOf: (organizationId: string) => string;
}

/** Whoever is among the rows is about to open one, or to select some. */
function preloadParts(): void {
  AccountDetails.preload();
  BulkBarOfAccounts.preload();
}

/** The rows, and what stands there when there are none. */
export function AccountsTable({ url, setUrl, rows, total, columns, hidden, state, selected, onSelect, nameOf }: Props) {
  return (
    <DataTable<PlacedAccount>
      label="Accounts"
      rows={rows}
      columns={columns}
      hidden={hidden}
      rowId={({ id }) => id}
      rowLabel={({ name, id }) => name ?? id}
      state={state}
      sort={url.sort}
      onSort={(next) => setUrl({ sort: next })}
      selection={{ ids: selected, onChange: onSelect }}
      onOpen={({ id }) => setUrl({ account: id }, { push: true })}
      onIntent={preloadParts}
      openId={url.account}
      phone={(account) => ({
        title: <Upstream>{account.name ?? account.id}</Upstream>,
        detail: <Upstream>{nameOf(account.organizationId)}</Upstream>,
        end: typeLabel(account.type),
      })}
      empty={
        total > 0 ? (
          <EmptyState
            kind="filtered"
            title={`The filters hide ${plural(total, 'account')}`}
            actions={<TextAction onPress={() => setUrl(noFilters, { push: true })}>Show all accounts</TextAction>}
          />
        ) : (
          <EmptyState kind="nothing" title="No account is here">
            Accounts are created in Cloudflare’s dashboard, or moved here from another organization of the same distributor.
          </EmptyState>
        )
      }
    />
  );
}
