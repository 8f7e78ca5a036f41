import { Columns2, Rows2 } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { visibleLine } from '../lib/bidi.ts';
import { plural } from '../lib/format.ts';
import { classes } from './classes.ts';
import { CopyButton } from './CopyId.tsx';
import { diffFields, jsonText } from './json-diff.ts';
import type { FieldChange } from './json-diff.ts';
import { TextAction } from './Link.tsx';
import { SegmentedControl } from './SegmentedControl.tsx';

export type DiffView = 'inline' | 'side-by-side';

export interface DiffProps {
  before: unknown;
  after: unknown;
  view?: DiffView | undefined;
}

function Line({ side, value }: { side: 'before' | 'after'; value: { value: unknown } | null }) {
  const old = side === 'before';
  return (
    <div
      className={classes('flex gap-2 px-2.5 py-0.5', old ? 'bg-danger-soft text-danger-ink' : 'bg-success-soft text-success-ink')}
    >
      <span aria-hidden="true" className="mono">
        {old ? '−' : '+'}
      </span>
      <span className="sr-only">{old ? 'Before: ' : 'After: '}</span>
      {value === null ? (
        <span className="text-xs text-muted">not there</span>
      ) : (
        <code className="mono min-w-0 break-words whitespace-pre-wrap">{visibleJson(value.value)}</code>
      )}
    </div>
  );
}

/** JSON whose line breaks stay and whose deceiving characters are named. */
function visibleJson(value: unknown): string {
  return jsonText(value).split('\n').map(visibleLine).join('\n');
}

function ChangeBlock({ change, view }: { change: FieldChange; view: DiffView }) {
  return (
    <section aria-label={change.path || 'Value'} className="overflow-hidden rounded-md border border-line">
      <header className="flex h-6 items-center border-b border-line bg-sunken px-2.5">
        <span className="mono min-w-0 truncate text-muted">{change.path || 'value'}</span>
        <span className="ml-auto inline-flex">
          <CopyButton
            text={`${change.path}: ${jsonText(change.before?.value)} → ${jsonText(change.after?.value)}`}
            label={`the change of ${change.path}`}
          />
        </span>
      </header>
      <div className={view === 'side-by-side' ? 'grid grid-cols-2 divide-x divide-line' : undefined}>
        {(change.before || view === 'side-by-side') && <Line side="before" value={change.before} />}
        {(change.after || view === 'side-by-side') && <Line side="after" value={change.after} />}
      </div>
    </section>
  );
}

/** What changed, field by field: old over new, or side by side. Fields that stayed are a count until asked for. */
export function Diff({ before, after, view = 'inline' }: DiffProps) {
  const [all, setAll] = useState(false);
  const { changes, unchanged } = diffFields(before, after);
  return (
    <div className="grid gap-2">
      {changes.length === 0 && <p className="text-muted">No field changed.</p>}
      {changes.map((change) => (
        <ChangeBlock key={change.path} change={change} view={view} />
      ))}
      {unchanged.length > 0 && (
        <p className="text-xs text-muted">
          {plural(unchanged.length, 'field')} unchanged.{' '}
          <TextAction onPress={() => setAll(!all)}>{all ? 'Hide them' : 'Show all'}</TextAction>
        </p>
      )}
      {all && (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5">
          {unchanged.map(({ path, value }) => (
            <div key={path} className="contents">
              <dt className="mono text-muted">{path || 'value'}</dt>
              <dd className="mono break-words">{visibleJson(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}

/** A diff under its head, with the choice of view. `badge` says how exact the history is. */
export function DiffSection({
  before,
  after,
  title = 'Changed fields',
  badge,
}: DiffProps & { title?: string | undefined; badge?: ReactNode }) {
  const [view, setView] = useState<DiffView>('inline');
  return (
    <div className="grid gap-2">
      <div className="flex items-center gap-2.5">
        <h3 className="text-xs font-semibold text-muted">{title}</h3>
        {badge}
        <span className="ml-auto">
          <SegmentedControl
            label="View of changes"
            size="row"
            value={view}
            onChange={setView}
            options={[
              { value: 'inline', label: 'Inline', icon: Rows2 },
              { value: 'side-by-side', label: 'Side by side', icon: Columns2 },
            ]}
          />
        </span>
      </div>
      <Diff before={before} after={after} view={view} />
    </div>
  );
}
