import { formatDay, formatStamp } from '../../lib/format-time.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { formatMinute } from '../../lib/zoned-time.ts';
import { tip } from '../../ui/tip.ts';
import type { SlotCount, TimeRange } from './range.ts';
import { histogram, ticks } from './slots.ts';

/** What lies under the table's view. */
export interface InView {
  oldest: number;
  newest: number;
}

/**
 * Events read so far over time. What may still grow is hatched; the failed part stands at the foot; the part that the
 * list shows is tinted. Press a bar to narrow the range. It has its height before anything is known.
 */
export function Histogram({
  range,
  counts,
  oldest,
  complete,
  inView,
  onRange,
}: {
  range: TimeRange;
  /** Of all that was read; null until something was. */
  counts: readonly SlotCount[] | null;
  /** Down to this time everything was read. */
  oldest: number;
  complete: boolean;
  inView: InView | null;
  onRange: (range: TimeRange) => void;
}) {
  const slots = counts && histogram(range, counts, oldest);
  const highest = Math.max(1, ...(slots ?? []).map(({ events }) => events));
  const events = (slots ?? []).reduce((sum, slot) => sum + slot.events, 0);
  const failures = (slots ?? []).reduce((sum, slot) => sum + slot.failures, 0);
  const summary = `${plural(events, 'event')} loaded, ${failures} failed, ${complete ? 'all of the range' : 'older ones not loaded yet'}`;
  const start = Date.parse(range.since);
  const length = Date.parse(range.before) - start;
  const along = (time: number) => `${(Math.max(0, Math.min(1, (time - start) / length)) * 100).toFixed(2)}%`;
  return (
    <div className="flex shrink-0 items-end gap-4 border-b border-line px-(--gutter) pt-3 pb-1">
      <div className="min-w-0 flex-1">
        {slots && <p className="sr-only">{summary}</p>}
        {inView && (
          <p className="sr-only">
            In view: {formatStamp(new Date(inView.newest).toISOString())} to {formatStamp(new Date(inView.oldest).toISOString())}
          </p>
        )}
        <div aria-hidden className="relative flex h-11 items-end gap-px border-b border-line-strong">
          {inView && (
            <span
              className="pointer-events-none absolute inset-y-0 min-w-0.5 border-b-2 border-accent bg-accent/8"
              style={{ left: along(inView.oldest), right: `calc(100% - ${along(inView.newest)})` }}
            />
          )}
          {slots?.map((slot) => (
            <button
              type="button"
              key={slot.since}
              tabIndex={-1}
              className="flex h-full min-w-0 flex-1 flex-col justify-end hover:bg-hover"
              onClick={() => onRange({ since: slot.since, before: slot.before })}
              {...tip(`${formatStamp(slot.since)}: ${plural(slot.events, 'event')}${slot.settled ? '' : ', not all loaded'}`)}
            >
              <span
                className={slot.settled ? 'bg-muted/55' : 'hatch text-muted'}
                style={{ height: `${((slot.events - slot.failures) / highest) * 100}%` }}
              />
              <span className="bg-danger" style={{ height: `${(slot.failures / highest) * 100}%` }} />
              {slot.events === 0 && !slot.settled && <span className="hatch h-1 text-line-strong" />}
            </button>
          ))}
        </div>
        <div aria-hidden className="tabular relative mt-0.5 h-4 overflow-hidden text-2xs text-chart-axis">
          {ticks(range).map(({ at, along: place, isDay }, index) => (
            <span
              key={at}
              className={`absolute border-l border-line-strong pl-1 whitespace-nowrap ${index % 2 === 1 ? 'max-sm:hidden' : ''}`}
              style={{ left: `${(place * 100).toFixed(2)}%` }}
            >
              {/* at the end there is only room for the mark: a cut-off day would read as another one */}
              {place < 0.92 && (
                <span className={place > 0.8 ? 'max-sm:hidden' : undefined}>
                  {isDay ? formatDay(at.slice(0, 10), length > 32_000_000_000 ? 'with-year' : 'without-year') : formatMinute(at)}
                </span>
              )}
            </span>
          ))}
        </div>
      </div>
      <div className="min-w-17 shrink-0 self-start text-right">
        {slots && (
          <>
            <div className="tabular font-semibold">
              {formatCount(events)}
              {complete ? '' : '+'}
            </div>
            <div className="text-xs text-muted">{complete ? 'events' : 'events loaded'}</div>
            {failures > 0 && <div className="text-xs text-danger-ink">{failures} failed</div>}
          </>
        )}
      </div>
    </div>
  );
}
