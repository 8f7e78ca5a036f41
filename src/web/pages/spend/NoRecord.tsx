import { ChartColumnStacked } from 'lucide-react';
import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { EmptyStateProps } from '../../ui/EmptyState.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { daysOf, isNotWhole } from './StoredDays.tsx';
import { unknownOf, whyNoRecord } from './no-record.ts';
import type { WhyNoRecord } from './no-record.ts';

/** No record answers the question, and why. */
export function NoRecord({
  answer,
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
  const isFiltered = onRemoveFilters !== null;
  const unread = answer.buckets.filter(isNotWhole).flatMap(daysOf);
  const unknown = unknownOf(answer);
  const looks: Readonly<Record<WhyNoRecord, Pick<EmptyStateProps, 'kind' | 'icon' | 'title'> & { act: string }>> = {
    ahead: { kind: 'not-synchronized', title: 'These days are still to come', act: 'Choose days that have begun.' },
    unpriced: {
      kind: 'not-synchronized',
      title: isFiltered ? 'No record that passes these filters is priced yet' : 'No record is priced yet',
      act: '',
    },
    unread: {
      kind: 'not-synchronized',
      title: unread.length === 1 ? 'This day is not stored' : 'These days are not stored',
      act: '',
    },
    filtered: {
      kind: 'filtered',
      title: 'No record passes these filters',
      act: 'Choose other days, another measure, or fewer filters.',
    },
    none: {
      icon: ChartColumnStacked,
      title: unread.length > 0 ? 'No record on the days that are stored' : 'No record on these days',
      act: 'Choose other days or another measure.',
    },
  };
  const { act, ...look } = looks[whyNoRecord(answer, isFiltered)];
  return (
    <EmptyState
      {...look}
      actions={
        <>
          {unread.length > 0 && (
            <Button size="toolbar" disabledReason={whyNot} onClick={() => onRead(unread)}>
              Read {unread.length === 1 ? 'this day' : 'these days'}
            </Button>
          )}
          {onRemoveFilters && <TextAction onPress={onRemoveFilters}>Remove all filters</TextAction>}
        </>
      }
    >
      {unknown.length > 0
        ? `${unknown.join(' ')} What ${unread.length === 0 ? 'they come to' : unread.length === 1 ? 'it holds' : 'they hold'} is not known, which is not zero.`
        : act}
    </EmptyState>
  );
}
