import { addDays, daysBetween } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { isWhole } from '../store/store.ts';
import type { DayFetch, Reading } from '../store/store.ts';

/** Days before today that upstream may still correct: they are read again every time. */
const trailingDays = 3;
/** Days that are stored together at most: about a month. */
const longestReading = 30;
/** Records one reading should bring: a second of work, and a transaction that needs little memory. */
const recordsPerReading = 8_000;

interface OrganizationPlan {
  /** One byte for each day from the start, 1 where it is to be read: there may be thousands of organizations. */
  needed: Uint8Array;
  /** For the length of the next reading. */
  storedDays: number;
  storedRecords: number;
  /** Failed readings of the days that have some. */
  attempts: Map<Day, number> | null;
}

/** Which days of which organizations are to be read, newest first, and how many days are stored together. */
export class Plan {
  readonly #organizations = new Map<string, OrganizationPlan>();
  /** The oldest day of all. */
  readonly #start: Day;
  readonly #length: number;

  constructor(organizationIds: Iterable<string>, start: Day, today: Day) {
    this.#start = start;
    this.#length = Math.max(0, daysBetween(start, today) + 1);
    for (const id of organizationIds)
      this.#organizations.set(id, {
        needed: new Uint8Array(this.#length).fill(1),
        storedDays: 0,
        storedRecords: 0,
        attempts: null,
      });
  }

  /** Takes out what is stored and settled. */
  known(fetch: DayFetch): void {
    const plan = this.#organizations.get(fetch.organizationId);
    if (!plan) return;
    if (fetch.storedAt !== null) this.learned(fetch.organizationId, 1, fetch.records);
    if (fetch.attempts > 0) (plan.attempts ??= new Map()).set(fetch.day, fetch.attempts);
    const index = daysBetween(this.#start, fetch.day);
    if (isWhole(fetch) && index < this.#length - 1 - trailingDays) plan.needed[index] = 0;
  }

  /** Days that were read, or failed: this plan asks for them no more. */
  settled({ organizationId, days }: Reading): void {
    const plan = this.#organizations.get(organizationId);
    for (const day of plan ? days : []) {
      const index = daysBetween(this.#start, day);
      if (plan && index >= 0 && index < this.#length) plan.needed[index] = 0;
    }
  }

  /** Whether some of these days are still to be read. */
  awaits(organizationId: string, { from, to }: DayRange): boolean {
    const plan = this.#organizations.get(organizationId);
    const first = Math.max(0, daysBetween(this.#start, from));
    const end = Math.min(this.#length, daysBetween(this.#start, to));
    return plan !== undefined && end > first && plan.needed.subarray(first, end).includes(1);
  }

  /** How much some days of an organization held. */
  learned(organizationId: string, days: number, records: number): void {
    const plan = this.#organizations.get(organizationId);
    if (!plan) return;
    plan.storedDays += days;
    plan.storedRecords += records;
  }

  /** Days of organizations to read. */
  get size(): number {
    let size = 0;
    for (const { needed } of this.#organizations.values()) for (const one of needed) size += one;
    return size;
  }

  /** What is to be read, one reading at a time: all organizations of the newest days first. */
  *readings(): Generator<Reading> {
    for (const [from, to] of this.#slicesBack())
      for (const [organizationId, plan] of this.#organizations)
        for (let end = to; ;) {
          while (end > from && plan.needed[end - 1] === 0) end--;
          if (end <= from) break;
          const begin = this.#beginOf(plan, from, end);
          const days = Array.from({ length: end - begin }, (_, offset) => addDays(this.#start, begin + offset));
          yield { organizationId, days };
          end = begin;
        }
  }

  /** Today alone, the days that may be corrected, then a month's worth at a time: ranges of day numbers. */
  *#slicesBack(): Generator<[from: number, to: number]> {
    let to = this.#length;
    for (const length of [1, trailingDays]) {
      yield [Math.max(0, to - length), to];
      to = Math.max(0, to - length);
    }
    for (; to > 0; to -= longestReading) yield [Math.max(0, to - longestReading), to];
  }

  /** The first day of the reading that ends before `end`. */
  #beginOf(plan: OrganizationPlan, from: number, end: number): number {
    const perDay = plan.storedDays > 0 ? Math.max(plan.storedRecords / plan.storedDays, 1) : recordsPerReading / trailingDays;
    const fitting = Math.max(1, Math.min(longestReading, Math.floor(recordsPerReading / perDay)));
    let begin = end;
    while (begin > from && plan.needed[begin - 1] === 1) {
      // Days that failed together are read in smaller parts, until the one that fails stands alone.
      const attempts = plan.attempts?.get(addDays(this.#start, begin - 1)) ?? 0;
      if (end - begin >= Math.max(1, fitting >> (2 * Math.min(attempts, 8)))) break;
      begin--;
    }
    return begin;
  }
}

/** The reading in two halves, newer first. */
export function halves({ organizationId, days }: Reading): Reading[] {
  const middle = Math.ceil(days.length / 2);
  return [days.slice(middle), days.slice(0, middle)].map((part) => ({ organizationId, days: part }));
}
