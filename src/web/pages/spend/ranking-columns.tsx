import type { SpendRanking } from '../../../contract/canopy/spend.ts';
import { formatDay, formatMonth } from '../../lib/format-time.ts';
import { formatPercent, noRecord } from '../../lib/format.ts';
import { basisOf } from '../../ui/basis-of.ts';
import type { Column } from '../../ui/columns.ts';
import { Link } from '../../ui/Link.tsx';
import { ShareBar } from '../../ui/ShareBar.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { SpendAmount } from './SpendAmount.tsx';
import { changeOf, numberOf } from './change.ts';
import type { RankedRow } from './ranking.ts';
import { changeWords, percentWords } from './words.ts';

interface Facts {
  ranking: SpendRanking;
  currency: string;
  /** The name of the compared range; null for none. */
  compared: string | null;
  comparable: boolean;
  /** Only some of the accounts are shown, and the total is of all. */
  isSearched: boolean;
  /** Where an account's own spend is shown. */
  hrefOf: (key: string | null) => string;
  onExplain: (account: { key: string | null; label: string } | null) => void;
}

const numberIn = (amount: string | null) => (amount === null ? null : Number(amount));

/** What is said of each account, and of all. */
export function rankingColumns({
  ranking,
  currency,
  compared,
  comparable,
  isSearched,
  hrefOf,
  onExplain,
}: Facts): Column<RankedRow>[] {
  const unit = { kind: 'money', currency } as const;
  const largest = Math.max(0.0001, Number(ranking.accounts[0]?.total ?? 0) / (Number(ranking.total) || 1));
  const change = comparable ? changeOf(ranking.previous, ranking.total) : null;
  const columns: (Column<RankedRow> | false)[] = [
    {
      id: 'name',
      header: 'Account',
      width: 180,
      grow: 2,
      shown: 'always',
      sortBy: ({ label }) => label,
      cell: (row) => (
        <Link className="hover:underline" href={hrefOf(row.key)}>
          <Upstream>{row.label}</Upstream>
        </Link>
      ),
      total: isSearched ? 'Total of all' : 'Total',
    },
    {
      id: 'organization',
      header: 'Organization',
      width: 150,
      grow: 1,
      leaves: 4,
      tone: 'muted',
      sortBy: ({ organization }) => organization,
      cell: ({ organization }) => organization && <Upstream>{organization}</Upstream>,
    },
    {
      id: 'type',
      header: 'Type',
      width: 92,
      leaves: 7,
      tone: 'muted',
      sortBy: ({ type }) => type,
      cell: ({ type }) => (type === null ? noRecord : <Upstream>{type}</Upstream>),
    },
    {
      id: 'amount',
      header: 'Cost',
      width: 112,
      align: 'end',
      sortBy: ({ total }) => numberIn(total),
      cell: (row) => <SpendAmount amount={row.total} unit={unit} basis={basisOf(row.bases)} onExplain={() => onExplain(row)} />,
      total: (
        <SpendAmount
          amount={ranking.total}
          unit={unit}
          basis={basisOf(ranking.accounts.flatMap(({ bases }) => bases))}
          onExplain={() => onExplain(null)}
        />
      ),
    },
    {
      id: 'share',
      header: 'Share',
      width: 164,
      leaves: 5,
      sortBy: ({ share }) => share,
      cell: ({ share }) => (share === null ? noRecord : <ShareBar share={share} largest={largest} />),
      total: ranking.total === null ? noRecord : <span className="tabular">{formatPercent(1)}</span>,
    },
    compared !== null && {
      id: 'change',
      header: 'Change',
      width: 104,
      align: 'end',
      leaves: 3,
      sortBy: ({ change: own }) => (own ? numberOf(own.by) : null),
      cell: ({ change: own }) => <span className="tabular">{changeWords(own, unit)}</span>,
      total: changeWords(change, unit),
    },
    compared !== null && {
      id: 'percent',
      header: '%',
      width: 78,
      align: 'end',
      leaves: 2,
      sortBy: ({ change: own }) => own?.ratio ?? null,
      cell: ({ change: own }) => <span className="tabular">{percentWords(own)}</span>,
      total: percentWords(change),
    },
    ranking.month !== null && {
      id: 'forecast',
      header: `${formatMonth(ranking.month).slice(0, 3)} forecast`,
      width: 112,
      align: 'end',
      tone: 'muted',
      leaves: 3,
      sortBy: ({ expected }) => numberIn(expected),
      cell: ({ expected }) => <SpendAmount amount={expected} unit={unit} basis={expected === null ? undefined : 'estimated'} />,
      total: <SpendAmount amount={ranking.expected} unit={unit} basis="estimated" />,
    },
    {
      id: 'product',
      header: 'Largest product',
      width: 130,
      leaves: 6,
      tone: 'muted',
      sortBy: ({ product }) => product?.label,
      cell: ({ product }) => (product ? <Upstream>{product.label}</Upstream> : noRecord),
    },
    {
      id: 'last',
      header: 'Last record',
      width: 100,
      align: 'end',
      tone: 'muted',
      leaves: 8,
      sortBy: ({ lastDay }) => lastDay,
      cell: ({ lastDay }) => (lastDay === null ? noRecord : formatDay(lastDay)),
    },
  ];
  return columns.filter((column) => column !== false);
}
