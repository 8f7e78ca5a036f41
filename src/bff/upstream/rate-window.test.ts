import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateWindow } from './rate-window.ts';

describe('the rate window', () => {
  it('never lets more than its limit into any window, and never waits longer than it must', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.record({ pause: fc.nat(60), reserve: fc.constantFrom(0, 0, 3) }), { maxLength: 120 }),
        (limit, steps) => {
          const window = new RateWindow(limit, 100);
          const sent: number[] = [];
          let now = 0;
          for (const { pause, reserve } of steps) {
            now += pause;
            if (reserve >= limit) continue;
            const wait = window.waitFor(reserve, now);
            const inWindow = sent.filter((time) => time > now - 100).length;
            expect(wait === 0).toBe(inWindow + 1 + reserve <= limit);
            expect(window.remaining(now)).toBe(limit - inWindow);
            if (wait > 0) {
              expect(window.waitFor(reserve, now + wait)).toBe(0);
              now += wait;
            }
            window.record(now);
            sent.push(now);
          }
          for (const end of sent)
            expect(sent.filter((time) => time > end - 100 && time <= end).length).toBeLessThanOrEqual(limit);
        },
      ),
    );
  });
});
