import { describe, expect, it } from 'vitest';
import type { SpendQuestion } from '../../../contract/canopy/spend.ts';
import { fewerDaysBefore, isWholeBefore } from './compared-days.ts';

describe('the days before', () => {
  const question: SpendQuestion = {
    descendants: true,
    measure: { kind: 'spend', currency: 'USD' },
    from: '2026-10-23',
    to: '2026-11-22',
    granularity: 'day',
    groupBy: null,
    filters: [],
    top: 1,
    compare: { from: '2026-09-23', to: '2026-10-23' },
  };

  it('are said to be fewer where some have no amount', () => {
    const total = (values: (string | null)[], previousValues: (string | null)[]) => {
      const whole = {
        total: '3',
        previous: '1',
        records: 3,
        previousRecords: 3,
        recordsWithCost: 3,
        accounts: 1,
        bases: [],
        detail: null,
        inner: null,
      };
      return { ...whole, key: null, label: 'Total', values, previousValues };
    };
    expect(fewerDaysBefore({ question, total: total(['1', '1', '1'], [null, null, '1']) })).toBe(1);
    expect(fewerDaysBefore({ question, total: total(['1', null, '1'], ['0', null, '1']) })).toBeNull();
    // 31 days against the 30 of the month before
    expect(fewerDaysBefore({ question, total: total(['1', '1', '1'], ['1', '1']) })).toBeNull();
    const perMonth = { ...question, granularity: 'month' as const };
    expect(fewerDaysBefore({ question: perMonth, total: total(['1', '1'], [null, '1']) })).toBeNull();
  });

  it('are known whole where each is stored and priced, whatever is known of the range itself', () => {
    const states = { stored: 0, incomplete: 0, failed: 0, missing: 0, today: 0, ahead: 0 };
    const compared = (stored: number, notFinal: number) => ({
      buckets: [],
      days: { ...states, stored, missing: 30 - stored },
      unpriced: 0,
      notFinal,
      movers: [],
    });
    expect(isWholeBefore({ question, compared: compared(30, 0) })).toBe(true);
    expect(isWholeBefore({ question, compared: compared(12, 0) })).toBe(false);
    expect(isWholeBefore({ question, compared: compared(30, 5) })).toBe(false);
    expect(isWholeBefore({ question, compared: null })).toBe(false);
  });
});
