import { useNow } from '../lib/clock.ts';
import type { Zone } from '../lib/zoned-time.ts';
import { formatAge, formatClock, formatDate, formatShortDate, formatSpan, formatStamp } from '../lib/format-time.ts';
import { formatMinute } from '../lib/zoned-time.ts';
import { noRecord } from '../lib/format.ts';
import { usePreferences } from '../lib/preferences.ts';
import { tipOf } from './tip.ts';

const shows = {
  stamp: formatStamp,
  date: formatDate,
  day: (at: string, zone: Zone) => formatShortDate(at, zone),
  clock: formatClock,
  minute: formatMinute,
};

export interface TimeProps {
  /** RFC 3339. */
  at: string | null | undefined;
  /** `stamp` stands alone; `clock` under a day heading; `minute` says "14:02 UTC"; `date` where the hour does not matter, `day` where this year goes without saying. */
  show?: keyof typeof shows | undefined;
}

/** A moment, in UTC unless this person chose their own clock; every other reading of it is in the tooltip. */
export function Time({ at, show = 'stamp' }: TimeProps) {
  const { timeZone } = usePreferences();
  if (!at) return <span className="text-faint">{noRecord}</span>;
  return (
    <time dateTime={at} className="tabular whitespace-nowrap" {...tipOf('time', at)}>
      {shows[show](at, timeZone)}
    </time>
  );
}

export interface AgeProps {
  at: string | null | undefined;
  /** `ago`: "4 min ago"; `span`: "23 days". */
  form?: 'ago' | 'span' | undefined;
  /** From this age on it asks for attention. */
  warnAfterDays?: number | undefined;
}

/** How long ago. The moment itself is in the tooltip. */
export function Age({ at, form = 'ago', warnAfterDays }: AgeProps) {
  const now = useNow();
  if (!at) return <span className="text-faint">{noRecord}</span>;
  const age = now - Date.parse(at);
  const late = warnAfterDays !== undefined && age > warnAfterDays * 86_400_000;
  return (
    <time dateTime={at} className={late ? 'font-semibold text-warning-ink tabular' : 'tabular'} {...tipOf('time', at)}>
      {form === 'ago' ? formatAge(at, now) : formatSpan(age)}
    </time>
  );
}
