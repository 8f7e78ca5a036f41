import type { ErrorReport } from '../../../contract/envelope.ts';
import type { SpendState } from '../../../contract/canopy/spend.ts';
import { isolated } from '../../lib/bidi.ts';
import { addDays, rangeWords } from '../../lib/date-range.ts';
import { formatDay } from '../../lib/format-time.ts';
import { plural } from '../../lib/format.ts';

type Failure = SpendState['failures'][number];

/** What could not be read for one and the same reason, told once. */
export interface FailureGroup {
  error: ErrorReport;
  /** Names of the organizations, in the order they failed. */
  organizations: readonly string[];
  /** From the first to the last; not each of them need have failed. */
  days: readonly string[];
  /** The most that one of them was tried. */
  attempts: number;
}

/** Failures by their reason, those of most organizations and days first. */
export function failureGroups(failures: readonly Failure[]): FailureGroup[] {
  const byReason = new Map<string, Failure[]>();
  for (const failure of failures) {
    const reason = reasonOf(failure.error);
    byReason.set(reason, [...(byReason.get(reason) ?? []), failure]);
  }
  return [...byReason.values()]
    .toSorted((one, other) => other.length - one.length)
    .flatMap((same) => {
      const [first] = same;
      if (!first) return [];
      return {
        error: first.error,
        organizations: [...new Set(same.map(({ organizationName }) => organizationName))],
        days: [...new Set(same.map(({ day }) => day))].toSorted(),
        attempts: Math.max(...same.map(({ attempts }) => attempts)),
      };
    });
}

const reasonOf = ({ code, message, upstream }: ErrorReport): string =>
  JSON.stringify([code, message, upstream?.status, upstream?.errors]);

const named = 3;

/** The first few names, and how many more there are, for a sentence of plain text. */
export const namesOf = (organizations: readonly string[]): string => firstOf(organizations.map(isolated));

function firstOf(organizations: readonly string[]): string {
  const names = organizations.slice(0, named).join(', ');
  return organizations.length > named ? `${names} and ${organizations.length - named} more` : names;
}

/**
 * `18 Oct 2026, Quillon South, tried 1 time`, `12 days, 18 Oct – 2 Nov 2026, Quillon South, tried up to 4 times`. Names are
 * as upstream has them: an error's title is isolated as a whole and names what hides in it. Ours come first, so the title
 * runs as they do.
 */
export function failureWords({ organizations, days, attempts }: FailureGroup): string {
  const [first = '', last = first] = [days[0], days.at(-1)];
  const when =
    days.length === 1
      ? formatDay(first, 'with-year')
      : `${plural(days.length, 'day')}, ${rangeWords({ from: first, before: addDays(last, 1) })}`;
  return `${when}, ${firstOf(organizations)}, tried ${days.length + organizations.length > 2 && attempts > 1 ? 'up to ' : ''}${plural(attempts, 'time')}`;
}

const refusals: ReadonlySet<string> = new Set(['upstream_refused', 'upstream_auth', 'capability_missing']);

/** Why nothing is stored, as far as is known. */
export function whyNothing({
  sync,
  failures,
}: Pick<SpendState, 'sync' | 'failures'>): 'refused' | 'failed' | 'paused' | 'reading' | 'no-record' {
  if (failures.length > 0) return failures.every(({ error }) => refusals.has(error.code)) ? 'refused' : 'failed';
  if (sync.status === 'paused') return 'paused';
  return sync.status === 'idle' ? 'no-record' : 'reading';
}
