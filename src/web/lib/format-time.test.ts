import { describe, expect, it } from 'vitest';
import {
  dayHeading,
  formatAge,
  formatClock,
  formatCountdown,
  formatDate,
  formatDay,
  formatMonth,
  formatSpan,
  formatStamp,
} from './format-time.ts';
import { formatMinute, zoneName } from './zoned-time.ts';

const at = '2026-11-22T13:58:04Z';
const now = Date.parse('2026-11-22T14:02:10Z');

describe('a moment in UTC', () => {
  it('in every form', () => {
    expect(formatStamp(at)).toBe('22 Nov 2026 13:58:04 UTC');
    expect(formatDate(at)).toBe('22 Nov 2026');
    expect(formatClock(at)).toBe('13:58:04');
    expect(formatMinute(at)).toBe('13:58 UTC');
    expect(dayHeading(at, 'utc', now)).toBe('Sunday 22 November');
    expect(dayHeading('2025-01-01T00:00:00Z', 'utc', now)).toBe('Wednesday 1 January 2025');
  });

  it('is shown as it came where it cannot be read', () => {
    expect(formatStamp('soon')).toBe('soon');
    expect(formatAge('soon', now)).toBe('soon');
  });
});

describe('a day', () => {
  it('with and without its year', () => {
    expect(formatDay('2026-11-02')).toBe('2 Nov');
    expect(formatDay('2026-11-02', 'with-year')).toBe('2 Nov 2026');
    expect(formatMonth('2026-11-02')).toBe('November 2026');
    expect(formatMonth('2026-11-02', 'without-year')).toBe('November');
  });
});

describe('age', () => {
  it.each([
    [4 * 60_000, '4 min ago'],
    [3_000, 'just now'],
    [30_000, '30 s ago'],
    [52 * 60_000, '52 min ago'],
    [3_600_000, '1 hour ago'],
    [86_400_000, '1 day ago'],
    [23 * 86_400_000, '23 days ago'],
    [90 * 86_400_000, '2 months ago'],
    [964 * 86_400_000, '2 years ago'],
    [-3 * 3_600_000, 'in 3 hours'],
  ])('%d ms is %s', (age, words) => expect(formatAge(new Date(now - age).toISOString(), now)).toBe(words));

  it('spans', () => {
    expect(formatSpan(52 * 60_000)).toBe('52 minutes');
    expect(formatSpan(-5)).toBe('0 s');
  });

  it('counts down', () => {
    expect(formatCountdown(168_000)).toBe('2:48');
    expect(formatCountdown(-1)).toBe('0:00');
  });
});

describe('the reader’s clock', () => {
  it('says its offset', () => {
    const behind = Object.assign(new Date(0), { getTimezoneOffset: () => 210 });
    const ahead = Object.assign(new Date(0), { getTimezoneOffset: () => -120 });
    expect(zoneName('local', behind)).toBe('UTC−03:30');
    expect(zoneName('local', ahead)).toBe('UTC+2');
    expect(zoneName('utc', ahead)).toBe('UTC');
  });
});
