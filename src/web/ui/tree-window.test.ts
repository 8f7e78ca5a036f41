import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowLimit, rowWindow, scrollToShow } from './tree-window.ts';

describe('the window of rows', () => {
  it('holds every row in view, and never more than the limit on a screen of usual height', () => {
    fc.assert(
      fc.property(
        fc.nat(800_000),
        fc.integer({ min: 60, max: 1600 }),
        fc.constantFrom(28, 36, 46),
        fc.nat(25_000),
        (scrolled, height, rowHeight, count) => {
          const scrollTop = Math.min(scrolled, Math.max(0, count * rowHeight - height));
          const { first, end } = rowWindow(scrollTop, height, rowHeight, count);
          expect(first).toBeGreaterThanOrEqual(0);
          expect(end).toBeLessThanOrEqual(count);
          expect(first).toBeLessThanOrEqual(Math.floor(scrollTop / rowHeight));
          expect(end).toBeGreaterThanOrEqual(Math.min(count, Math.ceil((scrollTop + height) / rowHeight)));
          expect(end - first).toBeLessThanOrEqual(rowLimit - 2);
        },
      ),
    );
  });

  it('stays the same over small scrolls', () => {
    const windows = new Set<string>();
    for (let scrolled = 5_600; scrolled < 5_656; scrolled += 1) {
      const { first, end } = rowWindow(scrolled, 700, 28, 25_000);
      windows.add(`${first} ${end}`);
    }
    expect(windows.size).toBeLessThanOrEqual(3);
  });
});

describe('scrolling to a row', () => {
  it('moves only for rows out of view', () => {
    expect(scrollToShow(5, 0, 700, 28)).toBeNull();
    expect(scrollToShow(0, 280, 700, 28)).toBe(0);
    expect(scrollToShow(100, 0, 700, 28)).toBe(100 * 28 + 28 - 700);
    expect(scrollToShow(100, 0, 700, 28, 'middle')).toBe(100 * 28 - 336);
  });
});
