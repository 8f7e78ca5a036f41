import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { DayState } from '../../contract/canopy/spend.ts';
import type { Tables } from '../database/schema.ts';
import { ofOrganizations } from './dimensions.ts';
import { addDays, eachDay } from './days.ts';
import type { Day, DayRange } from './days.ts';

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
  for (const { day, records } of await importedDays(query, live)) {
    const known = days.get(day);
    if (known && known.state !== 'missing' && known.state !== 'failed') continue;
    days.set(day, { state: 'incomplete', records: Number(records) });
    if (firstDay === null || day < firstDay) firstDay = day;
  }
  return {
    of: (day) => days.get(day)?.state ?? (day > today ? 'ahead' : 'missing'),
    records: (day) => days.get(day)?.records ?? 0,
    firstDay,
    throughDay,
  };
}

/** Days on which records of imports count: a day that only a file tells of is no complete one. */
async function importedDays(query: Kysely<Tables>, live: readonly string[]) {
  const { rows } = await sql<{ day: Day; records: string }>`
    select day, sum(records) as records from usage_change where ${ofOrganizations(live)} and records > 0 group by day`.execute(
    query,
  );
  return rows;
}

/** Three years: an import may hold older days, and nobody scrolls through them. */
const longestHistory = 1096;

/** The first day of history: where reading goes back to, or an import before that. */
export async function historyFrom(query: Kysely<Tables>, live: readonly string[], start: Day, today: Day): Promise<Day> {
  const { rows } = await sql<{ first: Day | null }>`
    select min(day) as first from usage_change
    where ${ofOrganizations(live)} and records > 0 and day >= cast(${addDays(today, -longestHistory)} as date)`.execute(query);
  const first = rows[0]?.first ?? start;
  return first < start ? first : start;
}

function stateOf(row: { day: Day; whole: string; stored: string; failed: string }, organizations: number, today: Day): DayState {
  const whole = Number(row.whole);
  const stored = Number(row.stored);
  if (row.day === today && stored === organizations) return 'today';
  if (row.day < today && whole === organizations) return 'stored';
  if (stored > 0) return 'incomplete';
  return Number(row.failed) > 0 ? 'failed' : 'missing';
}

/** Days of a range by state. */
export function countStates(range: DayRange, stateOf: (day: Day) => DayState): Record<DayState, number> {
  const counts: Record<DayState, number> = { stored: 0, incomplete: 0, failed: 0, missing: 0, today: 0, ahead: 0 };
  for (const day of eachDay(range)) counts[stateOf(day)]++;
  return counts;
}
