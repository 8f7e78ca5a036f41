import { expect, it } from 'vitest';
import type { DayState } from '../../../contract/canopy/spend.ts';
import { feedWords } from './words.ts';

const day = (date: string, state: DayState) => ({ day: date, state, records: 1 });

it('says from which day on Cloudflare’s records are whole, whatever a file holds before', () => {
  const days = [day('2025-06-01', 'incomplete'), day('2026-10-01', 'stored'), day('2026-11-28', 'stored')];
  expect(feedWords({ days, throughDay: '2026-11-28', failures: [] })).toBe(
    'Complete through 28 Nov 2026 (UTC), from 1 Oct 2026.',
  );
  const error = { code: 'upstream_timeout' as const, message: 'No answer.', action: 'Wait.', requestId: 'r' };
  const failures = [{ organizationId: 'o', organizationName: 'East', day: '2026-11-27', attempts: 1, error }];
  expect(feedWords({ days: [day('2025-06-01', 'incomplete')], throughDay: null, failures })).toBe(
    'No day is complete yet. 1 day could not be read.',
  );
});
