import type { Call } from '../store/intake.ts';

/** Days that a call is to bring. */
export type Wanted = Pick<Call, 'from' | 'through'>;

/** Whether the last day that upstream is asked for comes with the answer. Its documentation does not say; its answers do. */
export type LastDay = 'unknown' | 'included' | 'excluded';

/**
 * What the answers of one run have shown. Calls for one day and calls for more are told apart: an upstream that takes the
 * same day twice for that day may leave out the last of more days.
 */
export class LastDays {
  readonly #known: Record<'one' | 'more', LastDay> = { one: 'unknown', more: 'unknown' };

  of(wanted: Wanted): LastDay {
    return this.#known[kindOf(wanted)];
  }

  /** What was learned first counts: calls that were under way meanwhile may have seen a day that had just begun. */
  learned(wanted: Wanted, lastDay: Exclude<LastDay, 'unknown'>): void {
    if (this.of(wanted) === 'unknown') this.#known[kindOf(wanted)] = lastDay;
  }
}

const kindOf = ({ from, through }: Wanted) => (from === through ? 'one' : 'more');
