import { CalendarDate, parseDate } from '@internationalized/date';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import {
  Button,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  RangeCalendar as AriaRangeCalendar,
} from 'react-aria-components/RangeCalendar';
import { addDays } from '../lib/date-range.ts';
import type { DateRange } from '../lib/date-range.ts';
import { formatMonth } from '../lib/format-time.ts';
import { classes } from './classes.ts';

export interface RangeCalendarProps {
  range: DateRange;
  today: string;
  storedDays: ReadonlySet<string> | undefined;
  earliest: string | undefined;
  onChange: (range: DateRange) => void;
}

/** The month whose neighbour to the right shows the end of the range. */
function firstMonth({ before }: DateRange): CalendarDate {
  const last = parseDate(addDays(before, -1));
  return new CalendarDate(last.year, last.month, 1).subtract({ months: 1 });
}

/**
 * Two months to choose a range from, with keyboard and screen reader support from React Aria. It is heavy, so it is a
 * file of its own that loads when somebody reaches for the range.
 */
export function RangeCalendar({ range, today, storedDays, earliest, onChange }: RangeCalendarProps) {
  const [focused, setFocused] = useState<{ for: string; at: CalendarDate }>({ for: range.before, at: firstMonth(range) });
  // a preset moves the calendar to where its range is
  const shown = focused.for === range.before ? focused.at : firstMonth(range);
  const months = [0, 1];
  return (
    <AriaRangeCalendar
      aria-label="Days of the range"
      visibleDuration={{ months: 2 }}
      firstDayOfWeek="mon"
      pageBehavior="single"
      value={{ start: parseDate(range.from), end: parseDate(addDays(range.before, -1)) }}
      focusedValue={shown}
      onFocusChange={(at) => setFocused({ for: range.before, at: new CalendarDate(at.year, at.month, at.day) })}
      minValue={earliest ? parseDate(earliest) : null}
      maxValue={parseDate(today)}
      onChange={({ start, end }) => onChange({ from: start.toString(), before: addDays(end.toString(), 1) })}
      className="flex gap-4"
    >
      {months.map((offset) => (
        <div key={offset}>
          <div className="flex h-6 items-center">
            {offset === 0 && <Pager slot="previous" />}
            <span className="flex-1 text-center font-semibold">{formatMonth(shownMonth(shown, offset))}</span>
            {offset === 1 && <Pager slot="next" />}
          </div>
          <CalendarGrid
            offset={{ months: offset }}
            weekdayStyle="short"
            className="border-separate border-spacing-x-0 border-spacing-y-px"
          >
            <CalendarGridHeader>
              {(day) => (
                <CalendarHeaderCell className="h-7 w-8 text-xs font-normal text-muted">{day.slice(0, 2)}</CalendarHeaderCell>
              )}
            </CalendarGridHeader>
            <CalendarGridBody>
              {(date) => (
                <CalendarCell
                  date={date}
                  className={({
                    isSelected,
                    isSelectionStart,
                    isSelectionEnd,
                    isDisabled,
                    isOutsideMonth,
                    isFocusVisible,
                    isHovered,
                  }) =>
                    classes(
                      'tabular relative flex h-7 w-8 items-center justify-center text-sm outline-none',
                      isOutsideMonth && 'invisible',
                      isDisabled && 'text-disabled',
                      isSelectionStart || isSelectionEnd
                        ? 'rounded-sm bg-accent font-semibold text-on-accent'
                        : isSelected
                          ? 'bg-selected'
                          : isHovered && 'rounded-sm bg-hover',
                      isFocusVisible && 'z-10 rounded-sm outline-2! outline-offset-1 outline-ring!',
                      date.toString() === today && 'hatch [--hatch-color:var(--color-line-strong)]',
                    )
                  }
                >
                  {({ formattedDate, isDisabled }) => (
                    <>
                      {formattedDate}
                      {storedDays && !isDisabled && !storedDays.has(date.toString()) && (
                        <span className="absolute bottom-0.5 size-0.75 rounded-full bg-current">
                          <span className="sr-only">not stored</span>
                        </span>
                      )}
                    </>
                  )}
                </CalendarCell>
              )}
            </CalendarGridBody>
          </CalendarGrid>
        </div>
      ))}
    </AriaRangeCalendar>
  );
}

function shownMonth(first: CalendarDate, offset: number): string {
  return new CalendarDate(first.year, first.month, 1).add({ months: offset }).toString();
}

function Pager({ slot }: { slot: 'previous' | 'next' }) {
  const Icon = slot === 'previous' ? ChevronLeft : ChevronRight;
  return (
    <Button
      slot={slot}
      className="inline-flex size-6 items-center justify-center rounded-md text-muted data-disabled:text-disabled data-focus-visible:outline-2 data-focus-visible:outline-ring data-hovered:bg-hover"
    >
      <Icon className="size-4" />
    </Button>
  );
}
