import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundScale } from './round-scale.ts';

describe('the scale', () => {
  it('has four round intervals and room for the highest bar', () => {
    expect(roundScale(1840)).toEqual({ maximum: 2000, ticks: [0, 500, 1000, 1500, 2000] });
    expect(roundScale(2001).maximum).toBe(4000);
    expect(roundScale(0).maximum).toBe(1);
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), (highest) => {
        const { maximum } = roundScale(highest);
        expect(maximum).toBeGreaterThanOrEqual(highest * (1 - 1e-9));
        expect(maximum).toBeLessThanOrEqual(highest * 4.001);
      }),
    );
  });
});
