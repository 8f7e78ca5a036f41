import { useMemo } from 'react';
import type { RateCard } from '../../../contract/canopy/rate-card.ts';
import type { SpendMetric } from '../../../contract/canopy/spend.ts';
import { plural } from '../../lib/format.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { priceColumns } from './columns.tsx';
import { LineDetails, UnknownMetric } from './parts.ts';
import { filterRows, rowsOf } from './rows.ts';
import type { Row, UnknownRow } from './rows.ts';
import type { Open, ScreenUrl, SetScreenUrl } from './screen-url.ts';
import { priceWords, statusWords } from './words.ts';

interface Props {
  card: RateCard;
  metrics: readonly SpendMetric[];
  url: ScreenUrl;
  setUrl: SetScreenUrl;
  whyNot: string | false;
  onOpen: (open: Open) => void;
  openId: string | null;
}

/** Every line by family; before them, what stored usage has and no line prices. */
export function PricesView({ card, metrics, url, setUrl, whyNot, onOpen, openId }: Props) {
  const all = useMemo(() => rowsOf(card, metrics), [card, metrics]);
  const rows = useMemo(() => filterRows(all, { q: url.q, show: url.show }), [all, url.q, url.show]);
  const columns = useMemo(
    () =>
      priceColumns({
        currency: card.currency,
        whyNot,
        onPrice: ({ id }: UnknownRow) => onOpen({ kind: 'price', id }),
        onMap: ({ id }: UnknownRow) => onOpen({ kind: 'map', id }),
      }),
    [card.currency, whyNot, onOpen],
  );
  return (
    <DataTable<Row>
      label="Prices"
      rows={rows}
      columns={columns}
      rowId={({ kind, id }) => `${kind} ${id}`}
      rowLabel={(row) => (row.kind === 'line' ? row.line.name : row.metric.name)}
      group={groupOf}
      onOpen={(row) => onOpen(row.kind === 'line' ? { kind: 'line', id: row.id } : { kind: 'price', id: row.id })}
      onIntent={() => {
        LineDetails.preload();
        UnknownMetric.preload();
      }}
      openId={openId}
      phone={(row) =>
        row.kind === 'line'
          ? {
              title: <Upstream>{row.line.name}</Upstream>,
              detail: priceWords(row.line.price, row.line.unit, card.currency),
              end: row.line.status === 'billed' ? undefined : statusWords[row.line.status],
            }
          : {
              title: <Upstream>{row.metric.name}</Upstream>,
              detail: `Used by ${plural(row.metric.accounts, 'account')}`,
              end: 'No rate',
            }
      }
      empty={
        <EmptyState
          kind="filtered"
          title={`The filters hide ${plural(all.length, 'line')}`}
          actions={<TextAction onPress={() => setUrl({ q: '', show: 'all' }, { push: true })}>Show all lines</TextAction>}
        />
      }
    />
  );
}

const groupOf = (row: Row) =>
  row.kind === 'unknown'
    ? { id: 'unknown', label: 'In stored usage, not on the card: in no total' }
    : { id: `family ${row.line.family}`, label: <Upstream>{row.line.family}</Upstream> };
