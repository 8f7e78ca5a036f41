import { describe, expect, it } from 'vitest';
import type { SpendQuestion } from '../../contract/canopy/spend.ts';
import { storedWords, whyNotCompared, whyNotWhole } from './comparison.ts';
import { daysBetween } from './date-range.ts';

describe('two ranges', () => {
  const states = { stored: 0, incomplete: 0, failed: 0, missing: 0, today: 0, ahead: 0 };
  const range = { from: '2026-10-23', before: '2026-11-22' };
  const question: SpendQuestion = {
    descendants: true,
    measure: { kind: 'spend', currency: 'USD' },
    from: range.from,
    to: range.before,
    granularity: 'day',
    groupBy: null,
    filters: [],
    top: 1,
    compare: { from: '2026-09-23', to: '2026-10-23' },
  };
  const answer = (stored: number, before: number, notFinal = 0, notFinalBefore = 0) => ({
    question,
    days: { ...states, stored, today: daysBetween(range) - stored },
    compared: {
      buckets: [],
      days: { ...states, stored: before, missing: 30 - before },
      unpriced: 0,
      notFinal: notFinalBefore,
      movers: [],
    },
    notFinal,
  });

  it('are compared only where every day of both is stored and priced', () => {
    expect(whyNotCompared(answer(30, 30))).toBeNull();
    expect(whyNotCompared(answer(30, 12))).toBe('not compared: 12 of 30 days stored');
    expect(whyNotCompared(answer(29, 30))).toBe('not compared: today is not over');
    const later = { ...states, stored: 21, today: 1, ahead: 8 };
    expect(whyNotCompared({ ...answer(30, 30), days: later })).toBe('not compared: today is not over');
    const missing = { ...states, stored: 28, missing: 1, today: 1 };
    expect(whyNotCompared({ ...answer(30, 30), days: missing })).toBe('not compared: of this range 28 of 30 days stored');
    expect(whyNotCompared(answer(30, 30, 5))).toMatch(/not final/);
    expect(whyNotCompared(answer(30, 30, 0, 5))).toMatch(/not final/);
    expect(whyNotCompared({ ...answer(30, 30), compared: null })).toBe('not compared');
  });

  it('say what one of them is missing', () => {
    expect(whyNotWhole(answer(30, 0))).toBeNull();
    expect(whyNotWhole(answer(3, 0))).toBe('3 of 30 days stored');
    expect(whyNotWhole(answer(30, 0, 5))).toBe('prices are not final');
  });

  it('tell a day that some organizations answered from one that none did', () => {
    expect(storedWords({ ...states, stored: 12, missing: 18 }, 30)).toBe('12 of 30 days stored');
    expect(storedWords({ ...states, stored: 21, today: 1 }, 22)).toBe('21 complete days and today so far');
    expect(storedWords({ ...states, today: 1 }, 1)).toBe('today so far');
    expect(storedWords({ ...states, incomplete: 30 }, 30)).toBe('30 of 30 days stored in part');
    expect(storedWords({ ...states, stored: 12, incomplete: 18 }, 30)).toBe('12 of 30 days stored, 18 in part');
  });
});
