import { useCallback, useMemo, useState } from 'react';
import { dimensionTitle } from '../../../contract/canopy/dimension-words.ts';
import type { SpendAnswer, SpendDimension } from '../../../contract/canopy/spend.ts';
import { whyNotCompared } from '../../lib/comparison.ts';
import { plural } from '../../lib/format.ts';
import type { Sort } from '../../lib/url-values.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { Opener, Swatch } from './GroupName.tsx';
import { SpendAmount, basisIn } from './SpendAmount.tsx';
import { changeOfGroup } from './change.ts';
import { groupId, othersKey } from './chart-data.ts';
import { shownGroups } from './question.ts';
import type { Explained } from './dialogs.ts';
import { explainRow, spendColumns } from './table-columns.tsx';
import { anomalyByKey } from './markers.ts';
import type { ChartMarker } from './markers.ts';
import { tableRows } from './table-rows.ts';
import type { GroupPath, TableRow } from './table-rows.ts';
import { useGroupForecasts } from './use-group-forecasts.ts';
import { percentWords } from './words.ts';

interface Props {
  /** The chart's answer, or one that names more groups of the same. */
  answer: SpendAnswer;
  /** Groups that have a bar in the chart. */
  charted: readonly { key: string | null }[];
  colours: ReadonlyMap<string, number>;
  by: SpendDimension;
  markers: readonly ChartMarker[];
  compared: string | null;
  only: readonly string[];
  sort: Sort;
  state: 'ready' | 'refreshing';
  onSort: (sort: Sort) => void;
  onPick: (path: GroupPath) => void;
  /** Null where the tail is named already. */
  onOpenTail: (() => void) | null;
  onFoldTail: (() => void) | null;
  onOnly: (id: string, add: boolean) => void;
  onExplain: (explained: Explained) => void;
}

const nothingForecast: ReadonlyMap<string, string | null> = new Map();

/** The legend of the chart and its equal: the same groups, the same order, the same total. */
export default function SpendTable(props: Props) {
  const {
    answer,
    charted,
    colours,
    by,
    markers,
    compared,
    only: narrowed,
    sort,
    state,
    onSort,
    onPick,
    onOpenTail,
    onFoldTail,
    onOnly,
    onExplain,
  } = props;
  const isCompared = compared !== null && whyNotCompared(answer) === null;
  const forecast = useGroupForecasts(answer);
  const rows = useMemo(
    () =>
      tableRows({
        answer,
        colours,
        charted: new Set([...charted.map(groupId), othersKey]),
        isCompared,
        forecasts: forecast?.byId ?? nothingForecast,
      }),
    [answer, colours, charted, isCompared, forecast],
  );
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const childrenOf = useCallback((row: TableRow) => (opened.has(row.id) ? row.children : []), [opened]);
  const onOpened = (id: string) => {
    const next = new Set(opened);
    if (!next.delete(id)) next.add(id);
    setOpened(next);
  };
  const only = new Set(narrowed);
  const largestShare = Math.max(
    ...rows.flatMap(({ kind, share }) => (kind === 'group' && share !== null ? [share] : [])),
    0.0001,
  );
  const columns = spendColumns({
    answer,
    by,
    compared,
    isCompared,
    largestShare,
    only,
    opened,
    anomalies: useMemo(() => anomalyByKey(markers, by), [markers, by]),
    forecast,
    onPick,
    onOpenTail,
    onOnly,
    onOpened,
    onExplain,
  });
  const { total, unit } = answer;
  return (
    <DataTable
      label={`By ${dimensionTitle(by).toLowerCase()}`}
      fit="rows"
      rowSize="spend"
      rows={rows}
      columns={columns}
      rowId={({ id }) => id}
      childrenOf={childrenOf}
      rowLabel={({ label }) => label}
      state={state}
      sort={sort}
      onSort={onSort}
      rowTone={({ id, isInner }) => (only.size === 0 || only.has(id) || isInner ? 'plain' : 'dimmed')}
      phone={(row) => ({
        start: row.isInner ? (
          <span className="block w-6" />
        ) : (
          <span className="flex">
            <Swatch row={row} only={only} onOnly={onOnly} />
            {row.children.length > 0 && <Opener row={row} isOpen={opened.has(row.id)} onOpened={onOpened} />}
          </span>
        ),
        title:
          row.path === null && (row.isInner || onOpenTail === null) ? (
            <span className="font-normal">{row.label}</span>
          ) : (
            <button
              type="button"
              className={row.path === null ? 'link' : 'font-normal'}
              onClick={() => (row.path === null ? onOpenTail?.() : onPick(row.path))}
            >
              <Upstream>{row.label}</Upstream>
            </button>
          ),
        detail: row.group.detail ?? plural(row.group.accounts, 'account'),
        end: (
          <>
            <SpendAmount
              amount={row.group.total}
              unit={unit}
              basis={basisIn(answer, row.group.bases)}
              onExplain={explainRow(row, answer, onExplain)}
            />
            {compared !== null && <span className="block text-xs text-muted">{percentWords(row.change)}</span>}
          </>
        ),
      })}
    >
      <p className="flex justify-between gap-3 border-t border-line-strong px-(--gutter) py-2.5 font-semibold sm:hidden">
        <span>{unit.kind === 'quantity' && !unit.summable ? 'Highest' : 'Total'}</span>
        <span>
          <SpendAmount
            amount={total.total}
            unit={unit}
            basis={basisIn(answer, total.bases)}
            onExplain={() => onExplain({ question: answer.question })}
          />
          {compared !== null && (
            <span className="ml-2 text-xs font-normal text-muted">{percentWords(isCompared ? changeOfGroup(total) : null)}</span>
          )}
        </span>
      </p>
      {onFoldTail && (
        <p className="px-(--gutter) py-1.5 text-xs text-muted">
          {plural(answer.groups.length, 'row')} by name.{' '}
          <TextAction onPress={onFoldTail}>Show the largest {shownGroups}</TextAction>
        </p>
      )}
    </DataTable>
  );
}
