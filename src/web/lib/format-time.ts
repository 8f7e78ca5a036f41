import { partsOf, two, written, zoneName } from './zoned-time.ts';
import type { Parts, Zone } from './zoned-time.ts';

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

const dateOf = ({ day, month, year }: Parts) => `${day} ${months[month]} ${year}`;

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

/** `November 2026` of a UTC day, or `November`. */
export function formatMonth(day: string, year: 'with-year' | 'without-year' = 'with-year'): string {
  return written(`${day}T00:00:00Z`, 'utc', (p) => `${monthNames[p.month]}${year === 'with-year' ? ` ${p.year}` : ''}`);
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
