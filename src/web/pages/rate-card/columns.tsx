import type { Column } from '../../ui/columns.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Link, TextAction } from '../../ui/Link.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { plural } from '../../lib/format.ts';
import type { Row, UnknownRow } from './rows.ts';
import { certaintyWords, includedInShort, isUncertain, priceWords, roundingInShort, statusWithDates } from './words.ts';

interface Parts {
  currency: string;
  /** Why nothing can be changed; false where it can. */
  whyNot: string | false;
  onPrice: (row: UnknownRow) => void;
  onMap: (row: UnknownRow) => void;
}

/** One line of the card, or one metric of stored usage that no line prices. */
export function priceColumns({ currency, whyNot, onPrice, onMap }: Parts): Column<Row>[] {
  return [
    {
      id: 'metric',
      header: 'Metric',
      width: 232,
      grow: 2,
      shown: 'always',
      cell: (row) => <Upstream>{row.kind === 'line' ? row.line.name : row.metric.name}</Upstream>,
    },
    {
      id: 'price',
      header: 'Price',
      width: 230,
      grow: 1,
      cell: (row) =>
        row.kind === 'line' ? (
          <span className={row.line.price ? 'tabular' : 'text-muted'}>{priceWords(row.line.price, row.line.unit, currency)}</span>
        ) : (
          <span className="inline-flex items-center gap-3">
            {!row.otherUnit && (
              <TextAction disabledReason={whyNot} onPress={() => onPrice(row)}>
                Add a price
              </TextAction>
            )}
            <TextAction disabledReason={whyNot} onPress={() => onMap(row)}>
              {row.otherUnit ? 'See why' : 'Map to a line'}
            </TextAction>
          </span>
        ),
    },
    {
      id: 'included',
      header: 'Included per account',
      width: 230,
      grow: 1,
      leaves: 2,
      cell: (row) =>
        row.kind === 'line' ? (
          <span className={row.line.included.per === 'none' ? 'text-faint' : 'tabular'}>{includedInShort(row.line)}</span>
        ) : (
          <span className="text-muted">
            {row.otherUnit
              ? `Used in ${row.metric.unit || 'no unit'}; the card prices ${row.otherUnit.unit}`
              : `Used by ${plural(row.metric.accounts, 'account')}, in ${row.metric.unit || 'no unit'}`}
          </span>
        ),
    },
    {
      id: 'rounding',
      header: 'Rounding',
      width: 152,
      tone: 'muted',
      leaves: 4,
      cell: (row) => row.kind === 'line' && roundingInShort[row.line.rounding],
    },
    {
      id: 'status',
      header: 'Status',
      width: 168,
      tone: 'muted',
      leaves: 3,
      cell: (row) => row.kind === 'line' && statusWithDates(row.line),
    },
    {
      id: 'certainty',
      header: 'Certainty',
      width: 138,
      leaves: 1,
      cell: (row) =>
        row.kind === 'line' &&
        (isUncertain(row.line) ? (
          <Badge tone="warning">{certaintyWords[row.line.certainty]}</Badge>
        ) : row.line.certainty === 'custom' ? (
          <Badge tone="accent">{certaintyWords.custom}</Badge>
        ) : (
          <span className="text-muted">{certaintyWords[row.line.certainty]}</span>
        )),
    },
    {
      id: 'overrides',
      header: 'Overrides',
      width: 84,
      align: 'end',
      leaves: 6,
      cell: (row) => row.kind === 'line' && (row.overrides > 0 ? row.overrides : <span className="text-faint">–</span>),
    },
    {
      id: 'source',
      header: 'Source',
      width: 72,
      leaves: 5,
      cell: (row) => row.kind === 'line' && <SourceLink url={row.line.source.url} />,
    },
  ];
}

/** Where a price was read. A card from a file may hold any text: only https addresses are links. */
export function SourceLink({ url }: { url: string }) {
  if (!url.startsWith('https://')) return <span className="text-faint">{url === '' ? '–' : 'Note'}</span>;
  return (
    <Link href={url} className="link text-xs" tabIndex={-1}>
      Page
    </Link>
  );
}
