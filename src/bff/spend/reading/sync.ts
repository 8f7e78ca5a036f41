import type { ErrorReport } from '../../../contract/envelope.ts';
import type { Hierarchy } from '../../../contract/canopy/hierarchy.ts';
import type { SpendState } from '../../../contract/canopy/spend.ts';
import { getOrganizationUsage } from '../../../contract/cloudflare/usage.ts';
import type { MemoryExhausted } from '../../database/errors.ts';
import { Problem } from '../../problem.ts';
import type { Clock, Log } from '../../services.ts';
import { dayOf } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { halves, Plan } from './plan.ts';
import { secondsLeft } from './pace.ts';
import type { UsageDirectory } from '../reach.ts';
import { LastDays } from './last-day.ts';
import { failedDays, isOfSize, passes, reasonOf } from './failures.ts';
import { readUsage } from './read.ts';
import type { Manner, Read, UsageUpstream } from './read.ts';
import type { Reading, UsageStore } from '../store/store.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** After the start of the process: the first page comes first. */
const startDelay = 2 * second;
/** Readings under way. Storing takes turns; the others wait for upstream meanwhile. */
const workers = 3;
/** Records after which the store is put in order while a run goes on: every reading leaves a part in each table it writes to. */
const recordsPerTidy = 2_500_000;

type Waiting = Map<string, Reading>;

function putIn(waiting: Waiting, reading: Reading): void {
  waiting.set(`${reading.organizationId} ${reading.days.join(' ')}`, reading);
}

/** Takes the one out that has waited longest. */
function takeFrom(waiting: Waiting): Reading | undefined {
  for (const [name, reading] of waiting) {
    waiting.delete(name);
    return reading;
  }
  return undefined;
}

function move(from: Waiting, to: Waiting): void {
  for (const [name, reading] of from) to.set(name, reading);
  from.clear();
}

export interface SyncParts {
  upstream: UsageUpstream;
  directory: UsageDirectory;
  store: UsageStore;
  clock: Clock;
  log: Log;
  historyStart: () => Day;
  /** Days that one call may bring, at most. */
  daysPerCall: number;
  /** Called with the organizations of the tree before each run. */
  remember: (hierarchy: Hierarchy) => Promise<void>;
  /** Called when days were stored, and when a run is over. */
  stored: () => void;
}

type Progress = SpendState['sync'];

/**
 * Keeps the store in step with upstream: soon after the start and every hour it reads what is missing, what failed
 * and what may still change. Days are stored in transactions, each of them whole, so it may be killed at any moment and goes
 * on from what is stored.
 */
export class UsageSync {
  readonly #parts: SyncParts;
  readonly #closing = new AbortController();
  #loop: Promise<void> | null = null;
  /** Ends the wait for the next run. */
  #wake = new AbortController();
  /** Ends the run at hand. */
  #run = new AbortController();
  #paused = false;
  #due = true;
  /** By name, so that none waits twice: what a person asked for, before everything else. */
  readonly #urgent = new Map<string, Reading>();
  /** What a person asked for and a pause came before. */
  readonly #held = new Map<string, Reading>();
  #failedRuns = 0;
  #failures = 0;
  /** Stored since the store was last put in order. */
  #recordsUntidied = 0;
  /** What the run at hand reads. */
  #plan: Plan | null = null;
  /** Calls of the run at hand that brought days. */
  #calls = 0;
  /** Readings under way, each with its end. */
  readonly #underWay = new Map<Reading, Promise<unknown>>();
  /** Readings that wait for one of those. */
  #heldUp = 0;
  /** What the run at hand has seen of whether upstream includes the last day of a call. */
  #lastDays = new LastDays();
  #progress: Progress = {
    status: 'idle',
    waitingFor: null,
    secondsLeft: null,
    done: 0,
    total: 0,
    records: 0,
    startedAt: null,
    finishedAt: null,
  };

  constructor(parts: SyncParts) {
    this.#parts = parts;
  }

  get progress(): Progress {
    return { ...this.#progress };
  }

  start(): void {
    this.#loop ??= this.#work();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#run.abort();
    this.#wake.abort();
    await this.#loop;
  }

  /** Runs now. */
  begin(): void {
    this.#paused = false;
    this.#due = true;
    move(this.#held, this.#urgent);
    this.#rouse();
  }

  async pause(): Promise<void> {
    this.#paused = true;
    await this.#parts.store.set('paused', 'true');
    move(this.#urgent, this.#held);
    this.#run.abort();
    this.#wake.abort();
    if (this.#progress.status !== 'running') this.#progress.status = 'paused';
  }

  async resume(): Promise<void> {
    await this.#parts.store.set('paused', 'false');
    this.begin();
  }

  /** Whether the run at hand is soon to read some of an organization's days. A run that waits for upstream may wait for long. */
  awaits(organizationId: string, days: DayRange): boolean {
    return this.#progress.status !== 'waiting' && (this.#plan?.awaits(organizationId, days) ?? false);
  }

  /** Reads these days again, also while paused; those that wait for that already are read once. */
  fetch(organizationIds: readonly string[], days: readonly Day[]): void {
    const today = this.#today();
    const known = [...new Set(days)].filter((day) => day <= today);
    const waiting = this.#urgent.size;
    for (const id of organizationIds) for (const day of known) putIn(this.#urgent, { organizationId: id, days: [day] });
    if (this.#progress.status === 'running' || this.#progress.status === 'waiting')
      this.#progress.total += this.#urgent.size - waiting;
    this.#rouse();
  }

  /** Ends the wait. What is about to run is shown as running: whoever asked for it sees that it was heard. */
  #rouse(): void {
    if (this.#loop && this.#progress.status !== 'waiting') this.#progress.status = 'running';
    this.#wake.abort();
  }

  #today = (): Day => dayOf(this.#parts.clock.now());

  async #work(): Promise<void> {
    this.#paused = (await this.#parts.store.setting('paused')) === 'true';
    await this.#wait(startDelay);
    while (!this.#closing.signal.aborted) {
      try {
        if (this.#hasWork()) await this.#once();
      } catch (error) {
        this.#parts.log.error({ error }, 'Reading usage stopped');
        this.#failures++;
      } finally {
        this.#plan = null;
        this.#parts.stored();
      }
      this.#goesOn();
      this.#progress.status = this.#paused ? 'paused' : 'idle';
      this.#failedRuns = this.#failures > 0 ? this.#failedRuns + 1 : 0;
      if (this.#hasWork()) continue;
      await this.#tidy(this.#untilWoken());
      if (this.#hasWork()) continue;
      const untilNext = this.#failures > 0 ? Math.min(hour, 5 * minute * 2 ** (this.#failedRuns - 1)) : hour;
      if ((await this.#wait(untilNext)) === 'over') this.#due = true;
    }
  }

  #hasWork = (): boolean => this.#urgent.size > 0 || (this.#due && !this.#paused);

  /** Waits, or until woken or closed. */
  async #wait(milliseconds: number): Promise<'over' | 'woken'> {
    const signal = this.#untilWoken();
    await this.#parts.clock.sleep(milliseconds, signal).catch(() => undefined); // being woken is no failure
    return signal.aborted ? 'woken' : 'over';
  }

  async #tidyAfterMany(records: number, signal: AbortSignal): Promise<void> {
    this.#recordsUntidied += records;
    if (this.#recordsUntidied >= recordsPerTidy) await this.#tidy(signal);
  }

  /** Nothing depends on it, and the next time goes on. */
  async #tidy(until: AbortSignal): Promise<void> {
    const { store, log } = this.#parts;
    this.#recordsUntidied = 0;
    await store.tidy(until).catch((error: unknown) => {
      if (!this.#closing.signal.aborted) log.warn({ error }, 'The usage store is put in order later: it could not be now');
    });
  }

  /** Comes when there is something to do, and when it is closed. */
  #untilWoken(): AbortSignal {
    this.#wake = new AbortController();
    return AbortSignal.any([this.#wake.signal, this.#closing.signal]);
  }

  async #once(): Promise<void> {
    this.#run = new AbortController();
    const signal = AbortSignal.any([this.#run.signal, this.#closing.signal]);
    const whole = this.#due && !this.#paused;
    this.#due = false;
    this.#failures = 0;
    this.#lastDays = new LastDays();
    this.#calls = 0;
    this.#progress = {
      status: 'running',
      waitingFor: null,
      secondsLeft: null,
      done: 0,
      total: this.#urgent.size,
      records: 0,
      startedAt: new Date(this.#parts.clock.now()).toISOString(),
      finishedAt: null,
    };
    const plan = whole ? await this.#planned(signal) : new Plan([], this.#today(), this.#today());
    this.#plan = plan;
    this.#progress.total += plan.size;
    const readings = plan.readings();
    await Promise.all(Array.from({ length: workers }, () => this.#follow(readings, plan, signal)));
    if (signal.aborted) return;
    await this.#patiently(signal, () => this.#parts.store.rollUpMonths(`${this.#today().slice(0, 7)}-01`, signal));
    this.#progress.finishedAt = new Date(this.#parts.clock.now()).toISOString();
  }

  async #planned(signal: AbortSignal): Promise<Plan> {
    const hierarchy = await this.#patiently(signal, async () => {
      const available = this.#parts.upstream.availability(getOrganizationUsage);
      if (!available.available)
        throw new Problem({
          code: 'capability_missing',
          message: available.reason,
          action: 'Configure a credential that may read usage.',
        });
      return this.#parts.directory.hierarchy(null);
    });
    if (!hierarchy) return new Plan([], this.#today(), this.#today());
    await this.#parts.remember(hierarchy);
    const plan = new Plan(
      hierarchy.nodes.map((node) => node.id),
      this.#parts.historyStart(),
      this.#today(),
    );
    for await (const fetch of this.#parts.store.fetches()) plan.known(fetch);
    return plan;
  }

  async #follow(planned: Iterator<Reading, void>, plan: Plan, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // only a run that goes on may take one: the next run reads what is left
      const urgent = takeFrom(this.#urgent);
      const reading = urgent ?? planned.next().value;
      if (!reading) return;
      const left = await this.#alone(reading, () => this.#read(reading, urgent ? 'urgent' : 'planned', plan, signal));
      // no plan knows that it is wanted; the next plan knows what is missing of this one
      if (left.days.length > 0 && (urgent || !signal.aborted)) putIn(this.#paused ? this.#held : this.#urgent, left);
    }
  }

  /** Waits while some of the same days are being read: what was asked for earlier must not be stored later. */
  async #alone(reading: Reading, work: () => Promise<Reading>): Promise<Reading> {
    const isOfSame = ({ organizationId, days }: Reading) =>
      organizationId === reading.organizationId && days.some((day) => reading.days.includes(day));
    this.#heldUp++;
    for (let other; (other = [...this.#underWay.keys()].find(isOfSame));) await this.#underWay.get(other);
    this.#heldUp--;
    const left = work();
    this.#underWay.set(
      reading,
      left.catch(() => undefined),
    );
    try {
      return await left;
    } finally {
      this.#underWay.delete(reading);
    }
  }

  /** Reads a reading, and answers what is left of it: where the run ended meanwhile, or a person wants something else first. */
  async #read(reading: Reading, kind: 'urgent' | 'planned', plan: Plan, signal: AbortSignal): Promise<Reading> {
    const requestId = `usage-${crypto.randomUUID()}`;
    const { organizationId } = reading;
    const mayGoOn = () => kind === 'urgent' || (this.#urgent.size === 0 && this.#heldUp === 0);
    let left = reading.days;
    for (let failed = false; left.length > 0;) {
      try {
        const of = { organizationId, days: left };
        const read = await this.#patiently(signal, () =>
          readUsage(this.#parts, of, this.#manner(mayGoOn), { requestId, priority: 'bulk', signal }),
        );
        if (read === null) break;
        left = left.slice(0, -read.days.length);
        failed = false;
        await this.#stored({ organizationId, days: read.days }, read, plan, signal);
      } catch (error) {
        if (signal.aborted) break;
        const reason = reasonOf(error);
        // where the next call fails as well it is not the day: the others are not asked for one by one
        const days = failed ? left : failedDays(error, left);
        if (!failed && isOfSize(reason) && days.length > 1) this.#putOff(halves({ organizationId, days }));
        else await this.#fail({ organizationId, days }, reason, plan, requestId);
        const at = left.indexOf(days[0] ?? '');
        const newer = left.slice(at + days.length); // they came, and were not stored either
        if (newer.length > 0) this.#putOff([{ organizationId, days: newer }]);
        left = left.slice(0, at);
        failed = true;
      }
      if (!mayGoOn()) break;
    }
    return { organizationId, days: left };
  }

  #putOff(readings: readonly Reading[]): void {
    for (const reading of readings) putIn(this.#urgent, reading);
  }

  async #stored(stored: Reading, { records, calls }: Read, plan: Plan, signal: AbortSignal): Promise<void> {
    plan.learned(stored.organizationId, stored.days.length, records);
    plan.settled(stored);
    this.#calls += calls;
    this.#progress.done += stored.days.length;
    this.#progress.records += records;
    this.#parts.stored();
    await this.#tidyAfterMany(records, signal);
  }

  #manner = (mayGoOn: () => boolean): Manner => ({
    daysPerCall: this.#parts.daysPerCall,
    lastDays: this.#lastDays,
    mayGoOn,
  });

  async #fail(reading: Reading, error: unknown, plan: Plan, requestId: string): Promise<void> {
    plan.settled(reading);
    this.#failures++;
    this.#progress.done += reading.days.length;
    const report: ErrorReport =
      error instanceof Problem
        ? { ...error.report, requestId }
        : { code: 'internal', message: 'Canopy could not store this day.', action: 'See the log of Canopy.', requestId };
    const { organizationId, days } = reading;
    this.#parts.log.warn(
      { organizationId, days: [days[0], days.at(-1)], code: report.code, requestId, error },
      'Usage could not be read',
    );
    await this.#parts.store.fail(reading, report).catch((reason: unknown) => {
      // what could not be read is not stored as it was: no reason to leave the rest unread
      this.#parts.log.error({ organizationId, error: reason }, 'That usage could not be read could not be stored');
    });
  }

  /** Repeats what failed for a passing reason, and says what it waits for. Null where the run ended meanwhile. */
  async #patiently<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T | null> {
    for (let attempt = 0; ; attempt++) {
      if (signal.aborted) return null;
      try {
        const result = await work();
        this.#goesOn();
        return result;
      } catch (error) {
        if (signal.aborted) return null;
        const reason = reasonOf(error);
        if (!passes(reason, attempt)) throw error;
        await this.#waitFor(reason, attempt, signal);
      }
    }
  }

  async #waitFor(error: Problem | MemoryExhausted, attempt: number, signal: AbortSignal): Promise<void> {
    const report = error instanceof Problem ? error.report : null;
    this.#progress.status = 'waiting';
    this.#progress.waitingFor = report?.message ?? 'Other work has the memory of the database.';
    const { done, total } = this.#progress;
    this.#progress.secondsLeft = report?.code === 'rate_budget' ? secondsLeft({ done, total, calls: this.#calls }) : null;
    const seconds = report?.retryAfterSeconds;
    const pause = seconds === undefined ? Math.min(5 * second * 2 ** attempt, 5 * minute) : seconds * second;
    await this.#parts.clock.sleep(pause, signal).catch(() => undefined); // who waits sees that the run is over
  }

  #goesOn(): void {
    this.#progress.status = 'running';
    this.#progress.waitingFor = null;
    this.#progress.secondsLeft = null;
  }
}
