import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { plural } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { daysOf, isNotWhole } from './StoredDays.tsx';

/** No record answers the question: because filters leave none, because days were not read, or because there is none. */
export function NoRecord({
  answer: { days, buckets },
  onRemoveFilters,
  onRead,
  whyNot,
}: {
  answer: SpendAnswer;
  /** Null where there is no filter. */
  onRemoveFilters: (() => void) | null;
  onRead: (days: readonly string[]) => void;
  /** Why the person may not read days; false where they may. */
  whyNot: string | false;
}) {
  const unknown = days.missing + days.failed + days.incomplete;
  const isUnread = unknown > 0 && days.stored === 0;
  const why = [
    days.missing > 0 && `${plural(days.missing, 'day')} of the range ${days.missing === 1 ? 'was' : 'were'} never read.`,
    days.failed > 0 && `${plural(days.failed, 'day')} could not be read.`,
    days.incomplete > 0 && `${plural(days.incomplete, 'day')} ${days.incomplete === 1 ? 'is' : 'are'} not whole.`,
  ].filter(Boolean);
  return (
    <EmptyState
      kind={isUnread ? 'not-synchronized' : onRemoveFilters ? 'filtered' : 'nothing'}
      title={
        isUnread ? 'These days are not stored' : onRemoveFilters ? 'No record passes these filters' : 'No record on these days'
      }
      actions={
        <>
          {unknown > 0 && (
            <Button size="toolbar" disabledReason={whyNot} onClick={() => onRead(buckets.filter(isNotWhole).flatMap(daysOf))}>
              Read {unknown === 1 ? 'this day' : 'these days'}
            </Button>
          )}
          {onRemoveFilters && <TextAction onPress={onRemoveFilters}>Remove all filters</TextAction>}
        </>
      }
    >
      {unknown > 0
        ? `${why.join(' ')} What they hold is not known, which is not zero.`
        : 'Choose other days, another measure, or fewer filters.'}
    </EmptyState>
  );
}
