import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DayState } from '../../contract/canopy/spend.ts';
import type { Tables } from '../database/schema.ts';
import { ofOrganizations } from './dimensions.ts';
import type { Day } from './days.ts';

export interface DayStates {
  of: (day: Day) => DayState;
  records: (day: Day) => number;
  /** The first day of which anything is stored. */
  firstDay: Day | null;
  /** The last day that is whole. */
  throughDay: Day | null;
}

/** What is known of every day of these organizations. */
export async function dayStates(query: Kysely<Tables>, live: readonly string[], today: Day): Promise<DayStates> {
  const { rows } = await sql<{ day: Day; whole: string; stored: string; failed: string; records: string }>`
    select day,
      count(*) filter (where stored_at >= cast(day + 1 as timestamptz)) as whole,
      count(*) filter (where stored_at is not null) as stored,
      count(*) filter (where stored_at is null and error is not null) as failed,
      sum(records) as records
    from usage_fetch where ${ofOrganizations(live)}
    group by day order by day`.execute(query);
  const days = new Map<Day, { state: DayState; records: number }>();
  let firstDay: Day | null = null;
  let throughDay: Day | null = null;
  for (const row of rows) {
    const state = stateOf(row, live.length, today);
    days.set(row.day, { state, records: Number(row.records) });
    if (Number(row.stored) > 0) firstDay ??= row.day;
    if (state === 'stored') throughDay = row.day;
  }
  return {
    of: (day) => days.get(day)?.state ?? 'missing',
    records: (day) => days.get(day)?.records ?? 0,
    firstDay,
    throughDay,
  };
}

function stateOf(row: { day: Day; whole: string; stored: string; failed: string }, organizations: number, today: Day): DayState {
  const whole = Number(row.whole);
  const stored = Number(row.stored);
  if (row.day === today && stored === organizations) return 'today';
  if (row.day < today && whole === organizations) return 'stored';
  if (stored > 0) return 'incomplete';
  return Number(row.failed) > 0 ? 'failed' : 'missing';
}
