import { expect, test } from 'vitest';
import { asOfWords, daysBehind } from './freshness.ts';

test('yesterday is as new as data can be, and what is older says by how many days', () => {
  const of = (throughDay: string | null) => ({ firstDay: '2026-01-01', throughDay, today: '2026-11-22' });
  expect(daysBehind(of('2026-11-21'))).toBe(0);
  expect(asOfWords(of('2026-11-21'))).toBe('Complete through 21 Nov 2026 (UTC).');
  expect(daysBehind(of('2026-11-16'))).toBe(5);
  expect(asOfWords(of('2026-11-16'))).toBe('Complete through 16 Nov 2026 (UTC), 5 days behind.');
  expect(daysBehind(of(null))).toBeNull();
  expect(asOfWords(of(null))).toBe('No day is complete for every organization.');
  expect(asOfWords({ ...of(null), firstDay: null })).toContain('not zero');
});
