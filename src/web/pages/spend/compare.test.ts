import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../lib/date-range.ts';
import { comparedLabel, comparedRange, monthBefore, monthsEarlier } from './compare.ts';

const none = { from: null, before: null };
const range = { from: '2026-10-23', before: '2026-11-22' };

describe('the range that is compared with', () => {
  it('is as many days before, the same days of last month or year, or the same weekdays', () => {
    expect(comparedRange('none', range, none)).toBeNull();
    expect(comparedRange('before', range, none)).toEqual({ from: '2026-09-23', to: '2026-10-23' });
    expect(comparedRange('month', range, none)).toEqual({ from: '2026-09-23', to: '2026-10-22' });
    expect(comparedRange('year', range, none)).toEqual({ from: '2025-10-23', to: '2025-11-22' });
    expect(comparedRange('weekdays', range, none)).toEqual({ from: '2026-09-25', to: '2026-10-25' });
  });

  it('ends with a shorter month', () => {
    expect(comparedRange('month', { from: '2026-03-01', before: '2026-03-31' }, none)).toEqual({
      from: '2026-02-01',
      to: '2026-03-01',
    });
    expect(comparedRange('month', { from: '2026-03-01', before: '2026-04-01' }, none)).toEqual({
      from: '2026-02-01',
      to: '2026-03-01',
    });
    expect(comparedRange('year', { from: '2028-02-29', before: '2028-03-01' }, none)).toEqual({
      from: '2027-02-28',
      to: '2027-03-01',
    });
  });

  it('is never empty, ends before the range where it is days before, and keeps weekdays where it says so', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 400 }), (start, days) => {
        const from = addDays('2020-01-01', start);
        const asked = { from, before: addDays(from, days) };
        for (const comparison of ['before', 'month', 'year', 'weekdays'] as const) {
          const compared = comparedRange(comparison, asked, none);
          expect(compared && compared.from < compared.to).toBe(true);
        }
        expect(comparedRange('before', asked, none)?.to).toBe(from);
        const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();
        expect(weekday(comparedRange('weekdays', asked, none)?.from ?? '')).toBe(weekday(from));
      }),
    );
  });

  it('is as many first days of the last month as this one has, and no more than that has', () => {
    const length = (day: string) => new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
    for (let day = '2023-12-02'; day < '2028-04-01'; day = addDays(day, 1)) {
      const from = `${day.slice(0, 8)}01`;
      if (day === from) continue; // no day of the month is over
      const last = addDays(from, -1);
      const first = `${last.slice(0, 8)}01`;
      const complete = Number(day.slice(8)) - 1;
      expect(monthsEarlier({ from, before: day }, 1)).toEqual({
        from: first,
        to: addDays(first, Math.min(complete, length(last))),
      });
      expect(monthBefore(day)).toEqual({ from: first, before: from });
    }
  });

  it('is a custom one only where that makes sense', () => {
    expect(comparedRange('custom', range, { from: '2026-01-01', before: '2026-02-01' })).toEqual({
      from: '2026-01-01',
      to: '2026-02-01',
    });
    expect(comparedRange('custom', range, { from: '2026-02-01', before: '2026-01-01' })).toBeNull();
    expect(comparedRange('custom', range, none)).toBeNull();
  });

  it('has a name over its column', () => {
    expect(comparedLabel('before', range, { from: '2026-09-23', to: '2026-10-23' })).toBe('30 days before');
    expect(comparedLabel('month', range, { from: '2026-09-23', to: '2026-10-22' })).toBe('Same days last month, 29 of 30');
    const march = { from: '2026-03-01', before: '2026-04-01' };
    expect(comparedLabel('month', march, { from: '2026-02-01', to: '2026-03-01' })).toBe('Same days last month, 28 of 31');
    expect(comparedLabel('year', march, { from: '2025-03-01', to: '2025-04-01' })).toBe('Same days last year');
    expect(comparedLabel('custom', range, { from: '2026-01-01', to: '2026-02-01' })).toBe('1 Jan – 31 Jan 2026');
    expect(monthBefore('2026-03-31')).toEqual({ from: '2026-02-01', before: '2026-03-01' });
  });
});
