import { expect, test } from 'vitest';
import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { changeOf } from './change.ts';
import { bucketTitle, spokenBucket } from './spoken.ts';
import { bucketStart, formatAmountShort, heldWords, percentWords, valuesWords } from './words.ts';

test('an axis says what its steps need and no more', () => {
  const dollars = [0, 0.25, 0.5, 5, 7.5, 12.5, 2000, 12_500, 1_500_000].map((value) =>
    formatAmountShort(value, { kind: 'money', currency: 'USD' }),
  );
  expect(dollars).toEqual(['$0', '$0.25', '$0.50', '$5', '$7.50', '$12.50', '$2,000', '$12.5K', '$1.5M']);
  expect([0, 2.5, 5].map((value) => formatAmountShort(value, { kind: 'money', currency: 'USD' }, 2.5))).toEqual([
    '$0',
    '$2.50',
    '$5.00',
  ]);
  expect(formatAmountShort(0.0025, { kind: 'money', currency: 'EUR' })).toBe('€0.0025');
  expect(formatAmountShort(5, { kind: 'money', currency: 'JPY' })).toBe('¥5');
});

test('a bar of a month has the name of the month, and one that begins within it has its day', () => {
  const months = ['2026-11-22', '2026-12-01', '2027-01-01', '2027-02-01'].map((from) => bucketStart({ from }, 'month'));
  expect(months).toEqual(['22 Nov', 'Dec', 'Jan 2027', 'Feb']);
  expect(bucketStart({ from: '2027-01-01' }, 'week')).toBe('1 Jan');
  expect(bucketTitle({ from: '2026-11-04', to: '2026-11-05' }, 'day')).toBe('Wed 4 Nov 2026');
  expect(bucketTitle({ from: '2026-11-02', to: '2026-11-09' }, 'week')).toBe('2 Nov – 8 Nov 2026');
});

test('a total says of which days it is, and that a day to come is not a day that is missing', () => {
  const none = { stored: 0, incomplete: 0, failed: 0, missing: 0, today: 0, ahead: 0 };
  const range = { from: '2026-11-01', to: '2026-12-01' } as SpendAnswer['question']; // nothing else of it is read
  const held = (days: Partial<SpendAnswer['days']>, notFinal = 0) =>
    heldWords({ days: { ...none, ...days }, notFinal, question: range });
  expect(held({ stored: 30 })).toBe('30 complete days');
  expect(held({ stored: 30 }, 5)).toBe('30 complete days, prices not final');
  expect(held({ stored: 12, missing: 18 })).toBe('12 of 30 days stored');
  expect(held({ stored: 21, today: 1, ahead: 8 })).toBe('21 complete days and today so far, 8 days to come');
  expect(held({ stored: 3, incomplete: 17, today: 1, ahead: 9 })).toBe('3 of 21 days stored, 17 in part, 9 days to come');
  expect(held({ ahead: 30 })).toBe('30 days to come');
});

test('a change that rounds to nothing has no sign', () => {
  const changed = (now: string) => percentWords(changeOf('1000', now));
  expect(['1050', '950', '1000.1', '999.9', '1000'].map(changed)).toEqual(['+5.0%', '−5.0%', '0.0%', '0.0%', '0.0%']);
  expect(['10000', '16314'].map(changed)).toEqual(['+900.0%', '+1,531%']); // wider than its column, and no clearer
});

test('a bar is read aloud with what it is compared with, and where that was never read, so it is said', () => {
  const workers = { label: 'Workers', values: ['4', '5'] };
  const answer = {
    question: { granularity: 'day' },
    unit: { kind: 'money', currency: 'USD' },
    buckets: [
      { from: '2026-11-04', to: '2026-11-05', state: 'stored' },
      { from: '2026-11-05', to: '2026-11-06', state: 'today' },
    ],
    groups: [workers],
    others: null,
    total: { values: ['4', '5'], previousValues: ['3', null] },
    compared: {
      buckets: [
        { from: '2026-11-02', to: '2026-11-03', state: 'stored' },
        { from: '2026-11-03', to: '2026-11-04', state: 'missing' },
      ],
    },
  } as unknown as SpendAnswer; // nothing else of it is read
  expect(spokenBucket(answer, 0, '2 days before')).toBe('Wed 4 Nov 2026: $4.00. 2 Nov, 2 days before $3.00. Workers $4.00');
  expect(spokenBucket(answer, 1, '2 days before')).toBe(
    'Thu 5 Nov 2026, not over yet: $5.00. 3 Nov, 2 days before never read. Workers $5.00',
  );
  expect(spokenBucket(answer, 0, null)).toBe('Wed 4 Nov 2026: $4.00. Workers $4.00');
});

test('a filter names its values, and counts those whose names are not known', () => {
  const labels = new Map<string | null, string>([
    ['a', 'Alder & Finch'],
    ['b', 'Box Turtle Backup'],
  ]);
  expect(valuesWords({ dimension: 'account', operator: 'is', values: ['b', 'a', null] }, labels)).toBe(
    'Box Turtle Backup, Alder & Finch, No account',
  );
  expect(valuesWords({ dimension: 'account', operator: 'is', values: ['a', 'c', 'd'] }, labels)).toBe('Alder & Finch and 2 more');
  expect(valuesWords({ dimension: 'account', operator: 'is', values: ['c'] }, labels)).toBe('c');
});
