import { describe, expect, it } from 'vitest';
import { histogram, rangeOf } from './range.ts';

const now = Date.parse('2026-11-22T14:02:11Z');

describe('the range of the audit page', () => {
  it('ends at the next minute for a preset', () => {
    expect(rangeOf({ range: '24h', since: null, before: null }, now)).toEqual({
      since: '2026-11-21T14:03:00Z',
      before: '2026-11-22T14:03:00Z',
      preset: '24h',
    });
  });

  it('is the two times of the URL where they make sense', () => {
    expect(rangeOf({ range: '7d', since: '2026-11-01', before: '2026-11-02T06:00:00Z' }, now).preset).toBeNull();
    expect(rangeOf({ range: '7d', since: '2026-11-03', before: '2026-11-02' }, now).preset).toBe('7d');
    expect(rangeOf({ range: '7d', since: 'soon', before: '2026-11-02' }, now).preset).toBe('7d');
  });

  it('is counted in equal parts, and says which are not loaded to their end', () => {
    const slots = histogram(
      { since: '2026-11-01T00:00:00Z', before: '2026-11-02T00:00:00Z' },
      [
        { time: '2026-11-01T23:59:59Z', failed: true },
        { time: '2026-11-01T18:00:00Z', failed: false },
      ],
      Date.parse('2026-11-01T12:00:00Z'),
      4,
    );
    expect(slots.map(({ events, failures, settled }) => [events, failures, settled])).toEqual([
      [0, 0, false],
      [0, 0, false],
      [0, 0, true],
      [2, 1, true],
    ]);
  });
});
