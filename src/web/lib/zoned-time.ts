/** The reader's clock, and the one form of it that the frame shows: it is in the first file, the other forms are not. */

/** Times are UTC unless the reader asked for their own clock; both always say which. */
export type Zone = 'utc' | 'local';

export interface Parts {
  year: number;
  month: number;
  day: number;
  weekday: number;
  hour: number;
  minute: number;
  second: number;
}

export function partsOf(at: Date, zone: Zone): Parts {
  return zone === 'utc'
    ? {
        year: at.getUTCFullYear(),
        month: at.getUTCMonth(),
        day: at.getUTCDate(),
        weekday: at.getUTCDay(),
        hour: at.getUTCHours(),
        minute: at.getUTCMinutes(),
        second: at.getUTCSeconds(),
      }
    : {
        year: at.getFullYear(),
        month: at.getMonth(),
        day: at.getDate(),
        weekday: at.getDay(),
        hour: at.getHours(),
        minute: at.getMinutes(),
        second: at.getSeconds(),
      };
}

/** Runs `write` on a time that can be read; other text is shown as it came. */
export function written(at: string, zone: Zone, write: (parts: Parts, date: Date) => string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : write(partsOf(date, zone), date);
}

export const two = (n: number) => String(n).padStart(2, '0');

/** `UTC`, or the reader's offset: `UTC+2`, `UTC−03:30`. */
export function zoneName(zone: Zone, at: Date = new Date()): string {
  if (zone === 'utc') return 'UTC';
  const minutes = -at.getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const hours = Math.floor(size / 60);
  return `UTC${minutes < 0 ? '−' : '+'}${size % 60 === 0 ? hours : `${two(hours)}:${two(size % 60)}`}`;
}

/** `14:02 UTC`. */
export function formatMinute(at: string, zone: Zone = 'utc'): string {
  return written(at, zone, (p, date) => `${two(p.hour)}:${two(p.minute)} ${zoneName(zone, date)}`);
}
