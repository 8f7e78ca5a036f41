import type { Clock, Log } from '../services.ts';
import { digestOf, newSessionId } from './session-id.ts';

/** When a session ends by itself, in milliseconds: so long after its last use, and so long after it began. */
export interface SessionLimits {
  readonly idle: number;
  readonly absolute: number;
}
export const sessionLimits: SessionLimits = { idle: 30 * 60_000, absolute: 8 * 3_600_000 };
/** How far the stored time of the last use may lag behind: a restart ends a session at most this much early. */
const storeEvery = 60_000;
/** More sessions than this are not kept; the ones longest unused go first. */
const mostSessions = 10_000;

/** One session as it stands. Its id is known only to the browser. */
export interface OpenSession {
  readonly digest: string;
  readonly subject: string;
  readonly createdAt: number;
  seenAt: number;
}

/** Where sessions survive a restart. */
export interface SessionShelf {
  all(): Promise<readonly OpenSession[]>;
  put(session: OpenSession): Promise<void>;
  seen(digest: string, seenAt: number): Promise<void>;
  remove(digests: readonly string[]): Promise<void>;
}

/** The sessions of this process, in memory, on a shelf that outlives it. */
export class Sessions {
  readonly #shelf: SessionShelf;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #limits: SessionLimits;
  readonly #open = new Map<string, OpenSession>();
  readonly #storedAt = new Map<string, number>();
  /** The latest time seen: a clock that goes back does not lengthen a session. */
  #latest = 0;

  private constructor(shelf: SessionShelf, clock: Clock, log: Log, limits: SessionLimits) {
    this.#shelf = shelf;
    this.#clock = clock;
    this.#log = log;
    this.#limits = limits;
  }

  /** Takes the sessions from the shelf that have not ended. */
  static async from(shelf: SessionShelf, clock: Clock, log: Log, limits: SessionLimits = sessionLimits): Promise<Sessions> {
    const sessions = new Sessions(shelf, clock, log, limits);
    const stored = await shelf.all();
    for (const session of stored) {
      sessions.#open.set(session.digest, session);
      sessions.#storedAt.set(session.digest, session.seenAt);
      sessions.#latest = Math.max(sessions.#latest, session.seenAt);
    }
    await sessions.#dropEnded();
    return sessions;
  }

  /** Opens a session and returns its id, which is kept nowhere. */
  async open(subject: string): Promise<{ id: string; session: OpenSession }> {
    await this.#dropEnded();
    const id = newSessionId();
    const now = this.#now();
    const session: OpenSession = { digest: await digestOf(id), subject, createdAt: now, seenAt: now };
    await this.#shelf.put(session);
    this.#open.set(session.digest, session);
    this.#storedAt.set(session.digest, now);
    return { id, session };
  }

  /** The session of an id, if it has not ended. `slide` counts as a use, which begins the idle time anew. */
  async find(id: string, slide: boolean): Promise<OpenSession | null> {
    const digest = await digestOf(id);
    const session = this.#open.get(digest);
    if (!session) return null;
    const now = this.#now();
    if (this.#hasEnded(session, now)) {
      await this.close(digest);
      return null;
    }
    if (slide) this.#use(session, now);
    return session;
  }

  /** Ends a session: its id opens nothing from now on. */
  async close(digest: string): Promise<void> {
    this.#open.delete(digest);
    this.#storedAt.delete(digest);
    await this.#shelf.remove([digest]);
  }

  /** Ends every session of a subject. */
  async closeAllOf(subject: string): Promise<void> {
    const digests = [...this.#open.values()].filter((session) => session.subject === subject).map(({ digest }) => digest);
    for (const digest of digests) {
      this.#open.delete(digest);
      this.#storedAt.delete(digest);
    }
    if (digests.length > 0) await this.#shelf.remove(digests);
  }

  /** When the session ends by itself. */
  expiry(session: OpenSession): { idleExpiresAt: string; absoluteExpiresAt: string } {
    return {
      idleExpiresAt: new Date(session.seenAt + this.#limits.idle).toISOString(),
      absoluteExpiresAt: new Date(session.createdAt + this.#limits.absolute).toISOString(),
    };
  }

  #use(session: OpenSession, now: number): void {
    session.seenAt = now;
    if (now - (this.#storedAt.get(session.digest) ?? 0) < storeEvery) return;
    this.#storedAt.set(session.digest, now);
    // a use is not refused because it could not be noted: at worst the session ends early after a restart
    this.#shelf.seen(session.digest, now).catch((error: unknown) => this.#log.warn({ err: error }, 'a session was not stored'));
  }

  #hasEnded(session: OpenSession, now: number): boolean {
    return now - session.seenAt >= this.#limits.idle || now - session.createdAt >= this.#limits.absolute;
  }

  async #dropEnded(): Promise<void> {
    const now = this.#now();
    const ended = [...this.#open.values()].filter((session) => this.#hasEnded(session, now));
    const crowd = this.#open.size - ended.length - (mostSessions - 1);
    if (crowd > 0) {
      const rest = [...this.#open.values()].filter((session) => !this.#hasEnded(session, now));
      ended.push(...rest.sort((a, b) => a.seenAt - b.seenAt).slice(0, crowd));
    }
    if (ended.length === 0) return;
    for (const { digest } of ended) {
      this.#open.delete(digest);
      this.#storedAt.delete(digest);
    }
    await this.#shelf.remove(ended.map(({ digest }) => digest));
  }

  #now(): number {
    this.#latest = Math.max(this.#latest, this.#clock.now());
    return this.#latest;
  }
}
