import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, matchingPreset, presets, rangeWords, shiftRange } from './date-range.ts';

const rangeOf = (id: string, today: string) => presets(today).find((preset) => preset.id === id)?.range;

describe('days', () => {
  it('add over months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
  });
});

describe('a half-open range', () => {
  const range = { from: '2026-10-23', before: '2026-11-22' };

  it('counts, shifts by its own length, and says its first and last day', () => {
    expect(daysBetween(range)).toBe(30);
    expect(shiftRange(range, -1)).toEqual({ from: '2026-09-23', before: '2026-10-23' });
    expect(rangeWords(range)).toBe('23 Oct – 21 Nov 2026');
    expect(rangeWords({ from: '2025-12-30', before: '2026-01-02' })).toBe('30 Dec 2025 – 1 Jan 2026');
    expect(rangeWords({ from: '2026-11-21', before: '2026-11-22' })).toBe('21 Nov 2026');
  });
});

describe('presets', () => {
  it('end before today, which is still running', () => {
    expect(rangeOf('30', '2026-11-22')).toEqual({ from: '2026-10-23', before: '2026-11-22' });
    expect(rangeOf('month', '2026-11-22')).toEqual({ from: '2026-11-01', before: '2026-11-22' });
    expect(rangeOf('last-month', '2026-01-10')).toEqual({ from: '2025-12-01', before: '2026-01-01' });
    expect(rangeOf('quarter', '2026-11-22')).toEqual({ from: '2026-10-01', before: '2026-11-22' });
    expect(rangeOf('year', '2026-11-22')).toEqual({ from: '2025-11-01', before: '2026-11-01' });
  });

  it('show today alone on the first day of a period', () => {
    expect(rangeOf('month', '2026-11-01')).toEqual({ from: '2026-11-01', before: '2026-11-02' });
  });

  it('are recognized', () => {
    expect(matchingPreset({ from: '2026-10-23', before: '2026-11-22' }, '2026-11-22')?.id).toBe('30');
    expect(matchingPreset({ from: '2026-10-22', before: '2026-11-22' }, '2026-11-22')).toBeUndefined();
  });
});
