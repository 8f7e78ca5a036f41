/** Times are UTC unless the reader asked for their own clock; both always say which. */
export type Zone = 'utc' | 'local';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

interface Parts {
  year: number;
  month: number;
  day: number;
  weekday: number;
  hour: number;
  minute: number;
  second: number;
}

function partsOf(at: Date, zone: Zone): Parts {
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
function written(at: string, zone: Zone, write: (parts: Parts, date: Date) => string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : write(partsOf(date, zone), date);
}

const two = (n: number) => String(n).padStart(2, '0');
const dateOf = ({ day, month, year }: Parts) => `${day} ${months[month]} ${year}`;

/** `UTC`, or the reader's offset: `UTC+2`, `UTC−03:30`. */
export function zoneName(zone: Zone, at: Date = new Date()): string {
  if (zone === 'utc') return 'UTC';
  const minutes = -at.getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const hours = Math.floor(size / 60);
  return `UTC${minutes < 0 ? '−' : '+'}${size % 60 === 0 ? hours : `${two(hours)}:${two(size % 60)}`}`;
}

/** `22 Nov 2026 13:58:04 UTC`. */
export function formatStamp(at: string, zone: Zone = 'utc'): string {
  return written(at, zone, (p, date) => `${dateOf(p)} ${two(p.hour)}:${two(p.minute)}:${two(p.second)} ${zoneName(zone, date)}`);
}

/** `22 Nov 2026`. */
export function formatDate(at: string, zone: Zone = 'utc'): string {
  return written(at, zone, dateOf);
}

/** `22 Nov`, with the year where it is not this one. */
export function formatShortDate(at: string, zone: Zone = 'utc', now: number = Date.now()): string {
  return written(at, zone, (p) => dateOf(p).replace(` ${partsOf(new Date(now), zone).year}`, ''));
}

/** `13:58:04`. */
export function formatClock(at: string, zone: Zone = 'utc'): string {
  return written(at, zone, (p) => `${two(p.hour)}:${two(p.minute)}:${two(p.second)}`);
}

/** `14:02 UTC`. */
export function formatMinute(at: string, zone: Zone = 'utc'): string {
  return written(at, zone, (p, date) => `${two(p.hour)}:${two(p.minute)} ${zoneName(zone, date)}`);
}

/** `Sunday 22 November`, with the year when it is not the year of `now`. */
export function dayHeading(at: string, zone: Zone = 'utc', now: number = Date.now()): string {
  return written(at, zone, (p) => {
    const year = partsOf(new Date(now), zone).year === p.year ? '' : ` ${p.year}`;
    return `${weekdays[p.weekday]} ${p.day} ${monthNames[p.month]}${year}`;
  });
}

/** A UTC day `2026-11-22` as `22 Nov`, or `22 Nov 2026`. */
export function formatDay(day: string, year: 'with-year' | 'without-year' = 'without-year'): string {
  return written(`${day}T00:00:00Z`, 'utc', (p) => (year === 'with-year' ? dateOf(p) : `${p.day} ${months[p.month]}`));
}

/** `November 2026` of a UTC day. */
export function formatMonth(day: string): string {
  return written(`${day}T00:00:00Z`, 'utc', (p) => `${monthNames[p.month]} ${p.year}`);
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `8 s`, `52 minutes`, `3 hours`, `23 days`, `5 months`, `2 years`. */
export function formatSpan(milliseconds: number): string {
  const span = Math.max(0, milliseconds);
  if (span < minute) return `${Math.floor(span / 1000)} s`;
  if (span < hour) return counted(span / minute, 'minute');
  if (span < day) return counted(span / hour, 'hour');
  if (span < 60 * day) return counted(span / day, 'day');
  if (span < 730 * day) return counted(span / (30.4375 * day), 'month');
  return counted(span / (365.25 * day), 'year');
}

function counted(amount: number, unit: string): string {
  const whole = Math.max(1, Math.floor(amount));
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`;
}

/** `just now`, `4 min ago`, `23 days ago`; `in 3 hours` for what is to come. */
export function formatAge(at: string, now: number = Date.now()): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return at;
  const age = now - time;
  if (Math.abs(age) < 10_000) return 'just now';
  const words = formatSpan(Math.abs(age)).replace(/ minutes?$/, ' min');
  return age < 0 ? `in ${words}` : `${words} ago`;
}

/** `2:48` until a moment; `0:00` after it. */
export function formatCountdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
}
