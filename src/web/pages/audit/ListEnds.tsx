import { formatCount } from '../../lib/format.ts';
import type { Failure } from '../../queries/client.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { formatQuery } from './query-language.ts';
import type { Term } from './query-language.ts';

/** It stands above the rows and comes when they stand, as what is below them does: in one file. */
export { Histogram } from './Histogram.tsx';

/** Nothing was found: what could be loosened, and what an empty answer does not prove. */
export function NoEvents({
  terms,
  searched,
  onChange,
  onWhole,
}: {
  terms: readonly Term[];
  /** How many events were looked through for words, where older ones were not; else null. */
  searched: number | null;
  onChange: (terms: Term[]) => void;
  /** Asks for all that is kept; null where it was. */
  onWhole: (() => void) | null;
}) {
  return (
    <EmptyState
      kind={terms.length > 0 ? 'filtered' : 'nothing'}
      title={
        searched !== null
          ? `None of the newest ${formatCount(searched)} events matches`
          : terms.length > 0
            ? 'No events match'
            : 'No events in this range'
      }
      actions={
        <>
          {terms.map((term) => (
            <TextAction key={formatQuery([term])} onPress={() => onChange(terms.filter((one) => one !== term))}>
              Without <span className="mono">{formatQuery([term])}</span>
            </TextAction>
          ))}
          {onWhole && <TextAction onPress={onWhole}>Look in all 18 months</TextAction>}
        </>
      }
    >
      {searched !== null && 'Older ones were not looked through yet. '}
      Views and refused calls are not recorded upstream, so this is not proof that nothing happened.
    </EmptyState>
  );
}

/** Under the last event: what follows, why it does not, and how to go on. */
export function ListEnd({
  failure,
  onRetry,
  reading,
  read,
  full,
  more,
  onMore,
  searching,
}: {
  failure: Failure | null;
  onRetry: () => void;
  reading: boolean;
  /** How many events were read. */
  read: number;
  /** As many are held as can be. */
  full: boolean;
  more: boolean;
  onMore: () => void;
  /** How many events the next press looks through; null where the list goes on by itself. */
  searching: number | null;
}) {
  return (
    <div className="px-(--gutter) py-3 text-muted">
      {failure ? (
        <ErrorLine error={failure.report} title="These events could not be read" onRetry={onRetry} />
      ) : reading ? (
        'Reading older events…'
      ) : full ? (
        `The newest ${formatCount(read)} events were searched, the most at once. Narrow the range, or name a field, to reach older ones.`
      ) : more ? (
        <Button size="toolbar" onClick={onMore}>
          {searching === null ? 'Older events' : `Search ${formatCount(searching)} older events`}
        </Button>
      ) : (
        read > 0 && 'No older event in this range.'
      )}
    </div>
  );
}
