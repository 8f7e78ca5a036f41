import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundScale } from './round-scale.ts';

describe('the scale', () => {
  it('has round intervals and room for the highest bar, and little more', () => {
    expect(roundScale(1840)).toEqual({ maximum: 2000, ticks: [0, 500, 1000, 1500, 2000] });
    expect(roundScale(2001)).toEqual({ maximum: 2500, ticks: [0, 500, 1000, 1500, 2000, 2500] });
    expect(roundScale(44.8)).toEqual({ maximum: 50, ticks: [0, 10, 20, 30, 40, 50] });
    expect(roundScale(9.6).ticks).toEqual([0, 2.5, 5, 7.5, 10]);
    expect(roundScale(0).maximum).toBe(1);
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), (highest) => {
        const { maximum, ticks } = roundScale(highest);
        expect(maximum).toBeGreaterThanOrEqual(highest * (1 - 1e-9));
        expect(maximum).toBeLessThanOrEqual(highest * 1.5001);
        expect(ticks.at(-1)).toBeCloseTo(maximum, 6);
        expect(ticks.length).toBeGreaterThan(3);
        expect(ticks.length).toBeLessThan(7);
      }),
    );
  });
});
