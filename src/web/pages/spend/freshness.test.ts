import { expect, test } from 'vitest';
import type { SpendState } from '../../../contract/canopy/spend.ts';
import { asOfWords, daysBehind, isQuiet } from './freshness.ts';

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

test('nothing is said of a reading that is done, whole and in time', () => {
  const sync: SpendState['sync'] = {
    status: 'idle',
    waitingFor: null,
    secondsLeft: null,
    done: 9,
    total: 9,
    records: 1,
    startedAt: null,
    finishedAt: null,
  };
  const quiet = { throughDay: '2026-11-21', today: '2026-11-22', sync, failures: [] };
  expect(isQuiet(quiet)).toBe(true);
  expect(isQuiet({ ...quiet, throughDay: '2026-11-20' })).toBe(true);
  expect(isQuiet({ ...quiet, throughDay: '2026-11-19' })).toBe(false);
  for (const status of ['running', 'paused', 'waiting'] as const)
    expect(isQuiet({ ...quiet, sync: { ...sync, status } })).toBe(false);
});
