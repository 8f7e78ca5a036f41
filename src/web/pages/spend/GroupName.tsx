import { ChevronRight, Diamond } from 'lucide-react';
import type { SpendAnomaly } from '../../../contract/canopy/anomalies.ts';
import { formatDay } from '../../lib/format-time.ts';
import { classes } from '../../ui/classes.ts';
import { tip } from '../../ui/tip.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import type { GroupPath, TableRow } from './table-rows.ts';

interface Props {
  row: TableRow;
  only: ReadonlySet<string>;
  /** Rows whose second level is shown. */
  opened: ReadonlySet<string>;
  anomalies: ReadonlyMap<string | null, SpendAnomaly>;
  onPick: (path: GroupPath) => void;
  onOpenTail: (() => void) | null;
  onOnly: (id: string, add: boolean) => void;
  onOpened: (id: string) => void;
}

/** Swatch and name. The swatch is the legend: it narrows the chart. The name narrows the whole page. */
export function GroupName({ row, only, opened, anomalies, onPick, onOpenTail, onOnly, onOpened }: Props) {
  const { path } = row;
  const anomaly = path && !row.isInner ? anomalies.get(path[0]) : undefined;
  return (
    <span className={classes('flex min-w-0 items-center', row.isInner && 'pl-12 text-muted')}>
      {!row.isInner && <Swatch row={row} only={only} onOnly={onOnly} />}
      {row.children.length > 0 && <Opener row={row} isOpen={opened.has(row.id)} onOpened={onOpened} />}
      {path !== null ? (
        <button
          type="button"
          className="min-w-0 truncate text-left font-normal hover:underline"
          onClick={() => onPick(path)}
          {...tip(`Filter by ${row.label}`)}
        >
          <Upstream>{row.label}</Upstream>
        </button>
      ) : row.isInner || onOpenTail === null ? (
        <span className="truncate font-normal">{row.label}</span>
      ) : (
        <button type="button" className="link min-w-0 truncate text-left" onClick={onOpenTail} {...tip('Show them by name')}>
          {row.label}
        </button>
      )}
      {anomaly && (
        <span className="ml-1.5 shrink-0" {...tip(unusualWords(anomaly))}>
          <Diamond aria-hidden className="size-3 text-warning" />
          <span className="sr-only">{unusualWords(anomaly)}</span>
        </span>
      )}
    </span>
  );
}

const unusualWords = ({ metricName, isStep, from }: SpendAnomaly): string =>
  `${metricName} is unusual ${isStep ? 'since' : 'on'} ${formatDay(from)}`;

/** Shows what a row consists of by the second dimension. */
export function Opener({ row, isOpen, onOpened }: { row: TableRow; isOpen: boolean; onOpened: (id: string) => void }) {
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-label={`What ${row.label} consists of`}
      className="-ml-1 flex size-6 shrink-0 items-center justify-center rounded-sm text-muted hover:bg-press hover:text-ink"
      onClick={() => onOpened(row.id)}
    >
      <ChevronRight aria-hidden className={classes('size-3.5', isOpen && 'rotate-90')} />
    </button>
  );
}

/** Only what the chart draws has one: the rest of a long table is in its Others. */
export function Swatch({ row, only, onOnly }: Pick<Props, 'row' | 'only' | 'onOnly'>) {
  const colour = row.kind === 'others' ? 'var(--color-chart-others)' : `var(--color-chart-${row.colour ?? 9})`;
  if (row.colour === null && row.kind === 'group') return <span className="mr-2.25 size-2.5 shrink-0" />;
  const shown = only.size === 0 || only.has(row.id);
  return (
    <button
      type="button"
      aria-pressed={only.has(row.id)}
      aria-label={`Only ${row.label} in the chart`}
      className="mr-0.5 -ml-1.75 flex size-6 shrink-0 items-center justify-center rounded-sm hover:bg-press"
      onClick={(event) => onOnly(row.id, event.shiftKey)}
      {...tip('Only this in the chart; Shift adds another')}
    >
      <span
        className="size-2.5 rounded-xs"
        style={shown ? { background: colour } : { boxShadow: `inset 0 0 0 1.5px ${colour}` }}
      />
    </button>
  );
}
