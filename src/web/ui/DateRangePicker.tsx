import { CalendarDays, ChevronDown, ChevronLeft, ChevronRight } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { isDay } from '../../contract/day.ts';
import { addDays, daysBetween, matchingPreset, presets, rangeWords, shiftRange } from '../lib/date-range.ts';
import type { DateRange } from '../lib/date-range.ts';
import { plural } from '../lib/format.ts';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { IconButton } from './IconButton.tsx';
import { Popover } from './Popover.tsx';

const loadCalendar = () => import('./RangeCalendar.tsx');
// the calendar is heavy: it comes when somebody reaches for the button
const RangeCalendar = lazy(async () => ({ default: (await loadCalendar()).RangeCalendar }));

export interface DateRangePickerProps extends DateRange {
  onChange: (range: DateRange) => void;
  /** The current UTC day. */
  today: string;
  /** Days that are stored; the others carry a dot. */
  storedDays?: ReadonlySet<string> | undefined;
  /** The earliest day that can be asked for. */
  earliest?: string | undefined;
  /** Buttons that shift the range by its own length; `wide`: not on a phone, where the page has its own place for them. */
  steps?: 'shown' | 'hidden' | 'wide' | undefined;
}

/** A range of UTC days, half-open and saying so: "From" is in it, "before" is not. */
export function DateRangePicker({ from, before, onChange, today, storedDays, earliest, steps = 'shown' }: DateRangePickerProps) {
  const range = { from, before };
  return (
    <div className="flex items-center gap-2 max-sm:min-w-max!">
      <Popover
        label="Date range"
        width={676}
        className="p-0"
        trigger={(props) => (
          <Button
            {...props}
            size="toolbar"
            icon={CalendarDays}
            trailingIcon={ChevronDown}
            onPointerEnter={() => void loadCalendar()}
            onFocus={() => void loadCalendar()}
          >
            <span className="font-semibold">{rangeWords(range)}</span>
            <span className="font-normal text-muted max-sm:hidden">{plural(daysBetween(range), 'day')}, UTC</span>
          </Button>
        )}
      >
        {(close) => (
          <RangeEditor
            range={range}
            today={today}
            storedDays={storedDays}
            earliest={earliest}
            onApply={(next) => {
              close();
              onChange(next);
            }}
          />
        )}
      </Popover>
      {steps !== 'hidden' && (
        <RangeSteps {...range} today={today} onChange={onChange} className={steps === 'wide' ? 'max-sm:hidden' : undefined} />
      )}
    </div>
  );
}

/** Two buttons that shift a range by its own length. */
export function RangeSteps({
  from,
  before,
  today,
  onChange,
  className,
}: DateRange & Pick<DateRangePickerProps, 'today' | 'onChange'> & { className?: string | undefined }) {
  const range = { from, before };
  const later = shiftRange(range, 1);
  return (
    <span className={classes('inline-flex', className)}>
      <IconButton
        kind="plain"
        icon={ChevronLeft}
        label={`${plural(daysBetween(range), 'day')} earlier`}
        className="flex-1 rounded-r-none"
        onClick={() => onChange(shiftRange(range, -1))}
      />
      <IconButton
        kind="plain"
        icon={ChevronRight}
        label={`${plural(daysBetween(range), 'day')} later`}
        className="-ml-px flex-1 rounded-l-none"
        disabledReason={later.from > today && 'These days have not come yet'}
        onClick={() => onChange(later)}
      />
    </span>
  );
}

interface RangeEditorProps {
  range: DateRange;
  today: string;
  storedDays: ReadonlySet<string> | undefined;
  earliest: string | undefined;
  onApply: (range: DateRange) => void;
}

function problemOf({ from, before }: DateRange, earliest: string | undefined, today: string): string | null {
  if (!isDay(from) || !isDay(before)) return 'Write days as 2026-11-22';
  if (before <= from) return '“before” must be later than “From”';
  if (earliest !== undefined && from < earliest) return `Nothing is stored before ${earliest}`;
  if (before > addDays(today, 1)) return `Today is ${today}`;
  return null;
}

function RangeEditor({ range, today, storedDays, earliest, onApply }: RangeEditorProps) {
  const [draft, setDraft] = useState(range);
  const problem = problemOf(draft, earliest, today);
  const chosen = matchingPreset(draft, today);
  return (
    <div className="flex max-sm:flex-col">
      <ul
        aria-label="Presets"
        className="w-44 shrink-0 border-r border-line p-1 py-1.5 max-sm:w-full max-sm:border-r-0 max-sm:border-b"
      >
        {presets(today).map((preset) => (
          <li key={preset.id}>
            <button
              type="button"
              aria-pressed={preset.id === chosen?.id}
              className={classes(
                'h-7 w-full rounded-sm px-2.25 text-left focus-inside hover:bg-hover',
                preset.id === chosen?.id && 'bg-selected font-semibold hover:bg-selected-hover',
              )}
              onClick={() => setDraft(preset.range)}
            >
              {preset.label}
            </button>
          </li>
        ))}
      </ul>
      <div className="min-w-0 flex-1">
        <div className="h-64 px-3 pt-3 max-sm:hidden">
          <Suspense fallback={null}>
            <RangeCalendar
              range={isDay(draft.from) && isDay(draft.before) && draft.before > draft.from ? draft : range}
              today={today}
              storedDays={storedDays}
              earliest={earliest}
              onChange={setDraft}
            />
          </Suspense>
        </div>
        {/* the calendar stays outside: its own hidden button would become the one that Enter presses */}
        <form
          className="mx-3 flex flex-wrap items-center gap-2 border-t border-line py-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (!problem) onApply(draft);
          }}
        >
          <DayField label="From" value={draft.from} onChange={(from) => setDraft({ ...draft, from })} />
          <span aria-hidden="true">before</span>
          <DayField label="before" value={draft.before} onChange={(before) => setDraft({ ...draft, before })} />
          <output className={classes('text-xs', problem ? 'text-danger-ink' : 'text-muted')}>
            {problem ?? `${plural(daysBetween(draft), 'day')}, UTC`}
          </output>
          <Button kind="primary" size="toolbar" type="submit" className="ml-auto" disabledReason={problem ?? false}>
            Apply range
          </Button>
        </form>
      </div>
    </div>
  );
}

function DayField({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <input
      aria-label={label}
      value={value}
      inputMode="numeric"
      autoComplete="off"
      placeholder="2026-11-22"
      className="tabular h-(--control-toolbar) w-28 rounded-md border border-line-control bg-raised px-2.25"
      onChange={(event) => onChange(event.target.value.trim())}
    />
  );
}
