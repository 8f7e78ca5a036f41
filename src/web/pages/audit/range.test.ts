import { describe, expect, it } from 'vitest';
import { countSlots, presetIds, rangeOf } from './range.ts';
import { histogram, ticks } from './slots.ts';

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

  it('is counted in equal parts, page by page, and says which are not read to their end', () => {
    const range = { since: '2026-11-01T00:00:00Z', before: '2026-11-03T00:00:00Z' };
    const newest = countSlots(range, [
      { time: '2026-11-02T23:59:59Z', failed: true },
      { time: '2026-11-02T23:00:00Z', failed: false },
      { time: '2026-11-04T00:00:00Z', failed: false },
      { time: 'never', failed: false },
    ]);
    const older = countSlots(range, [{ time: '2026-11-02T23:00:00Z', failed: false }]);
    expect(newest).toEqual([{ slot: 47, events: 2, failures: 1 }]);
    const slots = histogram(range, [...newest, ...older], Date.parse('2026-11-02T12:00:00Z'));
    expect(slots).toHaveLength(48);
    expect(slots.at(-1)).toMatchObject({ events: 3, failures: 1, settled: true, since: '2026-11-02T23:00:00Z' });
    expect(slots[35]).toMatchObject({ events: 0, settled: false });
    expect(slots[36]).toMatchObject({ events: 0, settled: true });
  });

  it('is marked at whole hours or days, eight at most', () => {
    const marked = (since: string, before: string) => ticks({ since, before }).map(({ at }) => at.slice(5, 16));
    expect(marked('2026-11-22T13:03:00Z', '2026-11-22T14:03:00Z')).toEqual([
      '11-22T13:10',
      '11-22T13:20',
      '11-22T13:30',
      '11-22T13:40',
      '11-22T13:50',
      '11-22T14:00',
    ]);
    expect(marked('2026-11-15T14:03:00Z', '2026-11-22T14:03:00Z')).toEqual(
      [16, 17, 18, 19, 20, 21, 22].map((date) => `11-${String(date)}T00:00`),
    );
    for (const { range } of presetIds.map((id) => ({ range: rangeOf({ range: id, since: null, before: null }, now) }))) {
      expect(ticks(range).length).toBeLessThanOrEqual(9);
      expect(ticks(range).length).toBeGreaterThan(4);
    }
  });
});
