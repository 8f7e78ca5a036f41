import { formatStamp } from '../../lib/format-time.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { tip } from '../../ui/tip.ts';
import type { Slot, TimeRange } from './range.ts';

/** Loaded events over time. What may still grow is hatched; the failed part stands at the foot. Press a bar to narrow the range. */
export function Histogram({
  slots,
  complete,
  onRange,
}: {
  slots: readonly Slot[];
  complete: boolean;
  onRange: (range: TimeRange) => void;
}) {
  const highest = Math.max(1, ...slots.map(({ events }) => events));
  const events = slots.reduce((sum, slot) => sum + slot.events, 0);
  const failures = slots.reduce((sum, slot) => sum + slot.failures, 0);
  const first = slots[0];
  const last = slots.at(-1);
  const summary = `${plural(events, 'event')} loaded, ${failures} failed, ${complete ? 'all of the range' : 'older ones not loaded yet'}`;
  return (
    <div className="flex items-end gap-4 border-b border-line px-5 pt-3 pb-2">
      <div className="min-w-0 flex-1">
        <p className="sr-only">{summary}</p>
        <div aria-hidden className="flex h-11 items-end gap-px border-b border-line-strong">
          {slots.map((slot) => (
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
        <div className="tabular mt-0.5 flex justify-between text-2xs text-chart-axis">
          <span>{first && formatStamp(first.since)}</span>
          <span>{last && formatStamp(last.before)}</span>
        </div>
      </div>
      <div className="shrink-0 text-right">
        <div className="tabular font-semibold">
          {formatCount(events)}
          {complete ? '' : '+'}
        </div>
        <div className="text-xs text-muted">{complete ? 'events' : 'events loaded'}</div>
        {failures > 0 && <div className="text-xs text-danger-ink">{failures} failed</div>}
      </div>
    </div>
  );
}
