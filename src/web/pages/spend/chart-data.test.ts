import { describe, expect, it } from 'vitest';
import type { DayState, SpendAnswer } from '../../../contract/canopy/spend.ts';
import { assignColours, chartPoints, cumulative } from './chart-data.ts';
import { bucketStateWords, isPart } from './words.ts';

describe('colours', () => {
  it('stay with their group and differ among those shown', () => {
    const first = assignColours(new Map(), [{ key: 'workers' }, { key: 'r2' }, { key: null }]);
    expect([...first.values()]).toEqual([1, 2, 3]);
    const second = assignColours(first, [{ key: 'stream' }, { key: 'r2' }]);
    expect(second.get('key r2')).toBe(2);
    expect(second.get('key stream')).toBe(1);
    expect(second.get('key workers')).toBe(1);
  });
});

type Span = readonly [from: string, to: string, state?: DayState];
const buckets = (spans: readonly Span[]) => spans.map(([from, to, state = 'stored']) => ({ from, to, state }));
/** Ten a bucket, and as much before; only what a chart is made of. */
const answerOf = (granularity: 'day' | 'week' | 'month', now: readonly Span[], before: readonly Span[]): SpendAnswer => {
  const ten = (spans: readonly Span[]) => spans.map(() => '10');
  return {
    question: { granularity },
    unit: { kind: 'money', currency: 'USD' },
    buckets: buckets(now),
    compared: { buckets: buckets(before), notFinal: 0 },
    notFinal: 0,
    groups: [],
    others: null,
    total: { values: ten(now), previousValues: ten(before) },
  } as unknown as SpendAnswer;
};
const before = (answer: SpendAnswer) => chartPoints(answer).map(({ previous }) => previous);

it('no day stands under the line of others while some of either are priced by an older rate card', () => {
  const days = answerOf('day', [['2026-11-01', '2026-11-02']], [['2026-10-01', '2026-10-02']]);
  expect(before(days)).toEqual([10]);
  expect(before({ ...days, notFinal: 3 })).toEqual([null]);
});

it('nothing is added up for days to come, unless a file holds some of them already', () => {
  const days = answerOf(
    'day',
    [
      ['2026-11-01', '2026-11-02'],
      ['2026-11-02', '2026-11-03', 'today'],
      ['2026-11-03', '2026-11-04', 'ahead'],
      ['2026-11-04', '2026-11-05', 'ahead'],
    ],
    [],
  );
  const added = (values: readonly (string | null)[]) => cumulative({ ...days, total: { ...days.total, values } }).total.values;
  expect(added(['10', '5', null, null])).toEqual(['10', '15', null, null]);
  expect(added(['10', '5', null, '2'])).toEqual(['10', '15', null, '17']);
});

describe('weeks and months that the range cuts', () => {
  const weeks = answerOf(
    'week',
    [
      ['2026-10-29', '2026-11-02'],
      ['2026-11-02', '2026-11-09'],
      ['2026-11-09', '2026-11-12'],
    ],
    [
      ['2026-10-13', '2026-10-19'],
      ['2026-10-19', '2026-10-26'],
      ['2026-10-26', '2026-10-29'],
    ],
  );

  it('are parts, and say of what', () => {
    expect(chartPoints(weeks).map((point) => point.isPart)).toEqual([true, false, true]);
    const [first, whole] = weeks.buckets.map((bucket) => bucketStateWords(bucket, 'week'));
    expect([first, whole]).toEqual(['4 days of the week', 'stored']);
    expect(bucketStateWords({ from: '2026-11-23', to: '2026-11-29', state: 'today' }, 'week')).toBe(
      'not over yet, 6 days of the week',
    );
    expect(isPart({ from: '2026-02-01', to: '2026-03-01', state: 'stored' }, 'month')).toBe(false);
    expect(isPart({ from: '2026-02-02', to: '2026-03-01', state: 'stored' }, 'month')).toBe(true);
    expect(isPart({ from: '2026-02-02', to: '2026-02-03', state: 'stored' }, 'day')).toBe(false);
  });

  it('are compared with as many days only: four days under the line of six would read as a fall', () => {
    expect(before(weeks)).toEqual([null, 10, 10]);
  });

  it('are compared as whole months, however long those are', () => {
    const months = answerOf('month', [['2026-03-01', '2026-04-01']], [['2026-02-01', '2026-03-01']]);
    expect(before(months)).toEqual([10]);
  });

  it('end the line of sums, as a day that is not stored does', () => {
    expect(before(cumulative(weeks))).toEqual([null, null, null]);
    const days = answerOf(
      'day',
      [
        ['2026-11-01', '2026-11-02'],
        ['2026-11-02', '2026-11-03'],
        ['2026-11-03', '2026-11-04'],
      ],
      [
        ['2026-10-01', '2026-10-02'],
        ['2026-10-02', '2026-10-03', 'missing'],
        ['2026-10-03', '2026-10-04'],
      ],
    );
    expect(before(days)).toEqual([10, null, 10]);
    expect(before(cumulative(days))).toEqual([10, null, null]);
  });
});
