import type { Coverage } from '../../contract/canopy/hierarchy.ts';
import type { ErrorReport, ResultInfo } from '../../contract/envelope.ts';
import { Problem } from '../problem.ts';
import type { Asking, Clock, Log } from '../services.ts';
import { WaitingLine, priorityOf } from './waiting-line.ts';
import type { Turn } from './waiting-line.ts';

/** How many organizations are read at the same time. */
const lanes = 4;
/** A question about at most this many organizations may use what the rate budget keeps for people. */
export const fewLists = 40;
/** A reading that failed is tried again when it is asked for and this long has passed. */
const retryAfter = 60_000;
/** After a change upstream may still answer with what was there before; within this time each question reads again. */
const settling = 30_000;
const settlingStep = 2_000;
/** Failures named in one answer; the counts tell of all. */
const namedFailures = 200;

interface ReadingPage<T> {
  result: readonly T[];
  info: ResultInfo | null;
  asOf: string;
}

interface Reading<T> {
  rows: readonly T[] | null;
  asOf: string | null;
  error: ErrorReport | null;
  /** When the last answer or failure came; 0 before the first. */
  readAt: number;
  changedAt: number;
  /** Grows with every reason to read again; a reading that began under an older one does not count as fresh. */
  wanted: number;
  got: number;
  /** What the reading under way will have got; 0 where none is. */
  underWay: number;
}

/**
 * One list for each organization, read in the background under the rate budget. What someone asked for is read
 * first. A failure stays with its organization, and what is not known stays unknown.
 */
export class Readings<T> {
  readonly #read: (organizationId: string, asking: Asking) => Promise<ReadingPage<T>>;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #stop: AbortSignal;
  readonly #readings = new Map<string, Reading<T>>();
  readonly #line = new WaitingLine();
  readonly #waiting = new Set<() => void>();
  #running = 0;
  /** Kinds of work that wait until the budget has filled again. */
  readonly #paused = new Set<Asking['priority']>();
  /** Grows with every change of what is known. */
  version = 0;

  constructor(
    read: (organizationId: string, asking: Asking) => Promise<ReadingPage<T>>,
    { clock, log, stop }: { clock: Clock; log: Log; stop: AbortSignal },
  ) {
    this.#read = read;
    this.#clock = clock;
    this.#log = log;
    this.#stop = stop;
  }

  rows(organizationId: string): readonly T[] | null {
    return this.#readings.get(organizationId)?.rows ?? null;
  }

  /** When the rows were read, or null where they are not known or a change has come since. */
  freshSince(organizationId: string): number | null {
    const reading = this.#readings.get(organizationId);
    return reading?.rows && reading.got === reading.wanted ? reading.readAt : null;
  }

  /** Keeps readings for exactly these organizations; new ones are read when there is room. */
  keep(organizationIds: ReadonlySet<string>): void {
    for (const id of this.#readings.keys()) {
      if (organizationIds.has(id)) continue;
      this.#readings.delete(id);
      this.#line.remove(id);
    }
    for (const id of organizationIds) {
      if (this.#readings.has(id)) continue;
      this.#readings.set(id, { rows: null, asOf: null, error: null, readAt: 0, changedAt: 0, wanted: 1, got: 0, underWay: 0 });
      this.#line.add(id, 'later');
    }
    this.version += 1;
    this.#fill();
  }

  /** Somebody waits for these: they are read before the others, and again where a failure or a change makes it worth it. */
  ask(organizationIds: readonly string[]): void {
    const turn = turnFor(organizationIds);
    const now = this.#clock.now();
    for (const id of organizationIds) {
      const reading = this.#readings.get(id);
      if (!reading) continue;
      const failedLongAgo = reading.error !== null && now - reading.readAt >= retryAfter;
      const mayHaveSettled = now - reading.changedAt < settling && now - reading.readAt >= settlingStep;
      if (reading.got === reading.wanted && (failedLongAgo || mayHaveSettled)) reading.wanted += 1;
      if (reading.got < reading.wanted) this.#hurry(id, turn);
    }
    this.#fill();
  }

  /** Reads these again, before the others. */
  again(organizationIds: readonly string[]): void {
    const turn = turnFor(organizationIds);
    for (const id of organizationIds) {
      const reading = this.#readings.get(id);
      if (!reading) continue;
      reading.wanted += 1;
      this.#hurry(id, turn);
    }
    this.version += 1;
    this.#fill();
  }

  /** As `again`, after a write that touched these. */
  changed(organizationIds: readonly string[]): void {
    const now = this.#clock.now();
    for (const id of organizationIds) {
      const reading = this.#readings.get(id);
      if (reading) reading.changedAt = now;
    }
    this.again(organizationIds);
  }

  /** Reads again, when there is room, what is older than the age. */
  refreshOlderThan(age: number): void {
    const limit = this.#clock.now() - age;
    for (const [id, reading] of this.#readings) {
      if (reading.got !== reading.wanted || reading.readAt > limit) continue;
      reading.wanted += 1;
      this.#line.add(id, 'later');
    }
    this.#fill();
  }

  /** Until all of these have an answer or a failure, or the time is up. */
  async settled(organizationIds: readonly string[], milliseconds: number): Promise<void> {
    const done = new AbortController();
    const late = this.#clock.sleep(milliseconds, done.signal).then(
      () => true,
      () => true,
    );
    while (organizationIds.some((id) => this.#isPending(id))) {
      const woken = new Promise<false>((resolve) => this.#waiting.add(() => resolve(false)));
      if (await Promise.race([late, woken])) break;
    }
    done.abort();
  }

  coverage(organizationIds: readonly string[]): Coverage {
    let answered = 0;
    let pending = 0;
    let asOf: string | null = null;
    const failed: { organizationId: string; error: ErrorReport }[] = [];
    for (const organizationId of organizationIds) {
      const reading = this.#readings.get(organizationId);
      if (reading?.asOf && (asOf === null || reading.asOf < asOf)) asOf = reading.asOf;
      if (!reading || reading.got < reading.wanted) pending += 1;
      else if (!reading.error) answered += 1;
      else if (failed.length < namedFailures) failed.push({ organizationId, error: reading.error });
    }
    return { total: organizationIds.length, answered, pending, failed, asOf };
  }

  #isPending(id: string): boolean {
    const reading = this.#readings.get(id);
    return reading !== undefined && reading.got < reading.wanted;
  }

  #hurry(id: string, turn: Turn): void {
    const reading = this.#readings.get(id);
    if (reading && reading.underWay !== reading.wanted) this.#line.add(id, turn);
  }

  #fill(): void {
    while (this.#running < lanes && !this.#stop.aborted) {
      const next = this.#line.take((priority) => this.#paused.has(priority));
      if (!next) return;
      this.#running += 1;
      void this.#readOne(next.id, next.turn).finally(() => {
        this.#running -= 1;
        for (const wake of this.#waiting) wake();
        this.#waiting.clear();
        this.#fill();
      });
    }
  }

  async #readOne(id: string, turn: Turn): Promise<void> {
    const priority = priorityOf(turn);
    const reading = this.#readings.get(id);
    if (!reading) return;
    const wanted = reading.wanted;
    reading.underWay = wanted;
    try {
      const page = await this.#read(id, { requestId: `directory-${id}`, priority, signal: this.#stop });
      if (wanted < reading.got) return; // a newer answer came first
      reading.rows = page.result;
      reading.asOf = page.asOf;
      reading.error = page.info?.complete === false ? cutShort(page.info) : null;
      this.#note(reading, wanted);
    } catch (error) {
      if (this.#stop.aborted) return;
      const report = reportOf(error, id);
      if (report.code === 'rate_budget' || report.code === 'upstream_throttled') {
        if (reading.underWay === wanted) reading.underWay = 0;
        this.#line.add(id, turn);
        this.#pause('background', report);
        if (priority === 'interactive' || report.code === 'upstream_throttled') this.#pause('interactive', report);
        return;
      }
      if (report.code === 'internal') this.#log.error({ organizationId: id, err: error }, 'a list could not be read');
      reading.error = report;
      this.#note(reading, wanted);
    }
  }

  #note(reading: Reading<T>, wanted: number): void {
    reading.readAt = this.#clock.now();
    reading.got = Math.max(reading.got, wanted);
    this.version += 1;
  }

  #pause(priority: Asking['priority'], { retryAfterSeconds = 5 }: ErrorReport): void {
    if (this.#paused.has(priority)) return;
    this.#paused.add(priority);
    void this.#clock
      .sleep(retryAfterSeconds * 1000, this.#stop)
      .catch(() => undefined)
      .then(() => {
        this.#paused.delete(priority);
        this.#fill();
      });
  }
}

const turnFor = (organizationIds: readonly string[]): Turn => (organizationIds.length <= fewLists ? 'now' : 'soon');

function cutShort(info: ResultInfo): ErrorReport {
  return {
    code: 'upstream_unexpected',
    message: `The list is not whole: ${info.incomplete_reason ?? 'upstream stopped before its end'}.`,
    action: 'Read it again.',
    requestId: '',
  };
}

function reportOf(error: unknown, organizationId: string): ErrorReport {
  const requestId = `directory-${organizationId}`;
  if (error instanceof Problem) return { ...error.report, requestId };
  return { code: 'internal', message: 'Canopy failed while reading this list.', action: 'Read it again.', requestId };
}
