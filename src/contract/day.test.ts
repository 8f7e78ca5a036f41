import { expect, test } from 'vitest';
import { markAnomaly } from './canopy/anomalies.ts';
import { isDay } from './day.ts';

test.each(['2026-11-22', '2024-02-29', '2028-02-29'])('%s is a day', (text) => {
  expect(isDay(text)).toBe(true);
});

test.each(['2026-02-29', '2026-13-01', '2026-1-1', '22 Nov', '2026-11-22T00:00:00Z', ''])('"%s" is none', (text) => {
  expect(isDay(text)).toBe(false);
});

test('an anomaly is marked from a day of the calendar', () => {
  const mark = { organizationId: 'a'.repeat(32), accountId: 'a', metric: 'm', unit: 'u', marked: true };
  expect(markAnomaly.body.safeParse({ ...mark, from: '2026-02-28' }).success).toBe(true);
  expect(markAnomaly.body.safeParse({ ...mark, from: '2026-02-29' }).error?.issues).toMatchObject([
    { path: ['from'], message: 'must be a day of the calendar' },
  ]);
});
