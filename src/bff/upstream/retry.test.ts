import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RetryBudget, retryDelay } from './retry.ts';
import { ManualClock } from './testing.ts';

describe('retries', () => {
  it('are spread over their whole time', () => {
    const seed = { value: 7 };
    const random = () => (seed.value = (seed.value * 16_807) % 2_147_483_647) / 2_147_483_647;
    const buckets = Array.from({ length: 10 }, () => 0);
    for (let client = 0; client < 200; client += 1) {
      const bucket = Math.floor((retryDelay(2, random) / 1_000) * 10);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    expect(Math.max(...buckets)).toBeLessThan(50);
  });

  it('never wait longer than eight seconds', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const delay = retryDelay(attempt, () => random);
        return delay >= 0 && delay <= 8_000;
      }),
    );
  });

  it('are at most a tenth of the traffic, and come back slowly', async () => {
    const clock = new ManualClock();
    const budget = new RetryBudget(clock);
    let retries = 0;
    for (let request = 0; request < 1_000; request += 1) {
      budget.earn();
      if (budget.spend()) retries += 1;
    }
    expect(retries).toBeLessThanOrEqual(110);
    expect(budget.spend()).toBe(false);
    await clock.advance(10_000);
    expect(budget.spend()).toBe(true);
  });
});
