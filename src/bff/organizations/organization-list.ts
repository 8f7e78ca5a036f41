import { listOrganizations } from '../../contract/cloudflare/organizations.ts';
import type { Asking, Clock, Log, Upstream } from '../services.ts';
import { plant } from './tree.ts';
import type { Tree } from './tree.ts';

/** After a change upstream may still answer with what was there before; within this time each question reads again. */
const settling = 30_000;
const settlingStep = 2_000;

interface Parts {
  upstream: Pick<Upstream, 'walk'>;
  clock: Clock;
  log: Log;
  stop: AbortSignal;
}

/** The list of organizations, read whole, planted as a tree, and kept with its age. */
export class OrganizationList {
  readonly #parts: Parts;
  readonly #planted: (tree: Tree) => void;
  #tree: Tree = plant([]);
  #reading: Promise<void> | null = null;
  #readAt = 0;
  #changedAt = 0;
  /** A change came after the list was last asked for. */
  #stale = true;
  known = false;
  asOf = '';
  complete = false;
  incompleteReason: string | null = null;
  version = 0;

  constructor(parts: Parts, planted: (tree: Tree) => void) {
    this.#parts = parts;
    this.#planted = planted;
  }

  get tree(): Tree {
    return this.#tree;
  }

  /** Until the list has been read once, and again after a change. A list that was read before outlives a failure. */
  async settled(): Promise<void> {
    const onItsWay = this.#reading !== null && this.#changedAt >= this.#readAt;
    if (!this.#stale && !onItsWay) {
      const now = this.#parts.clock.now();
      if (now - this.#changedAt < settling && now - this.#readAt >= settlingStep) this.readSoon('interactive');
      return;
    }
    try {
      await this.read('interactive');
    } catch (error) {
      if (!this.known) throw error;
    }
  }

  /** Reads the list; a reading under way that began after the last change is joined. */
  async read(priority: Asking['priority']): Promise<void> {
    this.#reading ??= this.#read(priority).finally(() => (this.#reading = null));
    await this.#reading;
    if (this.#stale) await this.read(priority);
  }

  readSoon(priority: Asking['priority']): void {
    this.read(priority).catch((error: unknown) => {
      if (!this.#parts.stop.aborted) this.#parts.log.warn({ err: error }, 'the list of organizations could not be read');
    });
  }

  readWhenOlderThan(age: number): void {
    if (this.#parts.clock.now() - this.#readAt >= age) this.readSoon('background');
  }

  async readIfOlderThan(age: number): Promise<void> {
    if (this.#parts.clock.now() - this.#readAt >= age) await this.read('interactive');
  }

  /** A write touched the tree: it is read before it is shown again. */
  changed(): void {
    this.#stale = true;
    this.#changedAt = this.#parts.clock.now();
    this.version += 1;
    this.readSoon('interactive');
  }

  async #read(priority: Asking['priority']): Promise<void> {
    const { upstream, clock, log, stop } = this.#parts;
    this.#stale = false;
    try {
      const asking: Asking = { requestId: 'directory-organizations', priority, signal: stop };
      const { result, info, asOf } = await upstream.walk(listOrganizations, { params: {}, query: {} }, asking);
      this.#tree = plant(result);
      this.#readAt = clock.now();
      this.asOf = asOf;
      this.complete = info?.complete !== false;
      this.incompleteReason = this.complete ? null : (info?.incomplete_reason ?? 'upstream stopped before its end');
      this.known = true;
      this.version += 1;
    } catch (error) {
      this.#stale = true;
      throw error;
    }
    const { duplicates, circles } = this.#tree;
    if (duplicates.length > 0) log.warn({ duplicates }, 'organizations came more than once');
    if (circles.length > 0) log.warn({ circles }, 'organizations name each other as parents; the circle was cut');
    this.#planted(this.#tree);
  }
}
