import { useMemo } from 'react';
import type { SpendRanking } from '../../../contract/canopy/spend.ts';
import { plural } from '../../lib/format.ts';
import type { Sort } from '../../lib/url-values.ts';
import { basisOf } from '../../ui/basis-of.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Link } from '../../ui/Link.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { SpendAmount } from './SpendAmount.tsx';
import { rankingColumns } from './ranking-columns.tsx';
import { rankedRows, searched } from './ranking.ts';
import type { RankedRow } from './ranking.ts';
import { percentWords } from './words.ts';

interface Props {
  ranking: SpendRanking;
  comparable: boolean;
  /** What is searched for. */
  text: string;
  currency: string;
  /** The name of the compared range; null for none. */
  compared: string | null;
  sort: Sort;
  state: 'ready' | 'refreshing';
  onSort: (sort: Sort) => void;
  /** Where an account's own spend is shown. */
  hrefOf: (key: string | null) => string;
  /** Opens how an account's cost is estimated, or with null how that of all is. */
  onExplain: (account: { key: string | null; label: string } | null) => void;
}

/** Accounts by cost. Shares are of all of them, also of those that a search hides; so is the total. */
export function RankingTable({ ranking, comparable, text, currency, compared, sort, state, onSort, hrefOf, onExplain }: Props) {
  const rows = useMemo(() => searched(rankedRows(ranking, comparable), text), [ranking, comparable, text]);
  return (
    <DataTable<RankedRow>
      label="Accounts by cost"
      rowSize="spend"
      rows={rows}
      columns={rankingColumns({
        ranking,
        currency,
        compared,
        comparable,
        isSearched: rows.length < ranking.accounts.length,
        hrefOf,
        onExplain,
      })}
      rowId={({ id }) => id}
      rowLabel={({ label }) => label}
      state={state}
      sort={sort}
      onSort={onSort}
      phone={(row) => ({
        title: (
          <Link href={hrefOf(row.key)}>
            <Upstream>{row.label}</Upstream>
          </Link>
        ),
        detail: row.organization ?? row.product?.label ?? '',
        end: (
          <>
            <SpendAmount
              amount={row.total}
              unit={{ kind: 'money', currency }}
              basis={basisOf(row.bases)}
              onExplain={() => onExplain(row)}
            />
            {compared !== null && <span className="block text-xs text-muted">{percentWords(row.change)}</span>}
          </>
        ),
      })}
      empty={
        <EmptyState kind="filtered" title="No account matches">
          {`None of ${plural(ranking.accounts.length, 'account')} has this in its name, id, organization or largest product.`}
        </EmptyState>
      }
    />
  );
}
