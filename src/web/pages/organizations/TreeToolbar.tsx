import { ChevronDown, ChevronUp, Columns3, ListTree } from 'lucide-react';
import type { KeyboardEvent, Ref } from 'react';
import { formatCount } from '../../lib/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { Strip } from '../../ui/Strip.tsx';
import { Toolbar } from '../../ui/Toolbar.tsx';
import { columnIds, columnTitles } from './columns.tsx';
import type { ColumnId } from './columns.tsx';

export type View = 'tree' | 'accounts';

interface Props {
  typed: string;
  onType: (text: string) => void;
  searchRef: Ref<HTMLInputElement>;
  /** Somebody is about to search. */
  onSeek: () => void;
  /** Null while nothing is searched. */
  hits: { position: number; total: number; reading: boolean } | null;
  onHit: (direction: 1 | -1) => void;
  onLeaveSearch: () => void;
  view: View;
  onView: (view: View) => void;
  /** Accounts under the root, and how many are allowed there; null where the root is not the scope. */
  quota: { used: number; missing: number; limit: number } | null;
  columns: readonly ColumnId[];
  available: ReadonlySet<ColumnId>;
  onColumns: (columns: readonly ColumnId[]) => void;
  onExpandAll: () => void;
  onCollapseAll: () => void;
}

/** Search with its hits, the view, the account limit, columns and branches. */
export function TreeToolbar({
  typed,
  onType,
  searchRef,
  onSeek,
  hits,
  onHit,
  onLeaveSearch,
  view,
  onView,
  quota,
  columns,
  available,
  onColumns,
  onExpandAll,
  onCollapseAll,
}: Props) {
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      onHit(event.shiftKey ? -1 : 1);
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      onLeaveSearch();
    }
  };
  const toggle = (id: ColumnId) =>
    onColumns(
      columns.includes(id) ? columns.filter((one) => one !== id) : columnIds.filter((one) => one === id || columns.includes(one)),
    );
  return (
    <Toolbar
      label="Tree"
      end={
        <>
          {hits === null
            ? quota && <Quota {...quota} />
            : view === 'tree' && <span className="text-xs text-muted max-sm:hidden">Ancestors of hits stay in view</span>}
          {view === 'tree' && (
            <Menu
              label="Branches"
              align="end"
              trigger={(props) => <IconButton {...props} icon={ListTree} label="Branches" />}
              entries={[
                { id: 'expand', label: 'Expand all', onSelect: onExpandAll },
                { id: 'collapse', label: 'Collapse all', onSelect: onCollapseAll },
              ]}
            />
          )}
          <Menu
            label="Columns"
            align="end"
            trigger={(props) => <IconButton {...props} icon={Columns3} label="Columns" />}
            entries={columnIds
              .filter((id) => available.has(id))
              .map((id) => ({ id, label: columnTitles[id], checked: columns.includes(id), onSelect: () => toggle(id) }))}
          />
        </>
      }
    >
      <span onFocus={onSeek} className="relative w-67 max-sm:w-auto max-sm:flex-1">
        <SearchField
          ref={searchRef}
          label="Filter by name or ID"
          keys={['/']}
          value={typed}
          onChange={onType}
          onKeyDown={keys}
          className="w-full"
          hits={hits && <Hits {...hits} onHit={onHit} />}
        />
      </span>
      <SegmentedControl
        label="View"
        value={view}
        onChange={onView}
        options={[
          { value: 'tree', label: 'Tree' },
          { value: 'accounts', label: 'Accounts only' },
        ]}
        className="max-sm:hidden"
      />
    </Toolbar>
  );
}

function Hits({ position, total, reading, onHit }: { position: number; total: number; reading: boolean; onHit: Props['onHit'] }) {
  const words =
    total === 0
      ? 'no hit'
      : position > 0
        ? `hit ${formatCount(position)} of ${formatCount(total)}`
        : `${formatCount(total)} ${total === 1 ? 'hit' : 'hits'}`;
  return (
    <span className="flex items-center gap-1">
      {words}
      {reading && ', reading accounts'}
      {total > 0 && (
        <>
          <IconButton icon={ChevronUp} label="Previous hit" size="row" className="h-5! w-5!" onClick={() => onHit(-1)} />
          <IconButton icon={ChevronDown} label="Next hit" size="row" className="-mr-1.5 h-5! w-5!" onClick={() => onHit(1)} />
        </>
      )}
    </span>
  );
}

/** The limit holds for the whole hierarchy under a root. */
function Quota({ used, missing, limit }: { used: number; missing: number; limit: number }) {
  const share = Math.min(1, used / limit);
  const words = `${formatCount(used)}${missing > 0 ? ' or more' : ''} of ${formatCount(limit)}`;
  return (
    <span className="grid min-w-44 gap-0.75 text-xs whitespace-nowrap max-lg:hidden">
      <span className="flex justify-between gap-2">
        Account limit
        <span className="tabular text-muted">
          <span className="font-semibold text-ink">{formatCount(used)}</span>
          {missing > 0 && '+'} of {formatCount(limit)}
        </span>
      </span>
      <Strip
        height={4}
        label={`${words} accounts`}
        cells={[
          { state: share > 0.95 ? 'warning' : 'used', count: Math.max(used, limit / 100) },
          { state: 'waiting', count: Math.max(0, limit - used) },
        ]}
      />
    </span>
  );
}
