import { tip } from '../../ui/tip.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import type { TableRow } from './table-rows.ts';

interface Props {
  row: TableRow;
  only: ReadonlySet<string>;
  onPick: (key: string | null) => void;
  onOpenTail: (() => void) | null;
  onOnly: (id: string, add: boolean) => void;
}

/** Swatch and name. The swatch is the legend: it narrows the chart. The name narrows the whole page. */
export function GroupName({ row, only, onPick, onOpenTail, onOnly }: Props) {
  const isOthers = row.kind === 'others';
  return (
    <span className="flex min-w-0 items-center">
      <Swatch row={row} only={only} onOnly={onOnly} />
      {isOthers && onOpenTail === null ? (
        <span className="truncate font-normal">{row.label}</span>
      ) : isOthers ? (
        <button
          type="button"
          className="link min-w-0 truncate text-left"
          onClick={onOpenTail ?? undefined}
          {...tip('Show them by name')}
        >
          {row.label}
        </button>
      ) : (
        <button
          type="button"
          className="min-w-0 truncate text-left font-normal hover:underline"
          onClick={() => onPick(row.group.key)}
          {...tip(`Filter by ${row.label}`)}
        >
          <Upstream>{row.label}</Upstream>
        </button>
      )}
    </span>
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
