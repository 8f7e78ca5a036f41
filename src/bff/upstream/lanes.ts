import type { Asking } from '../services.ts';

type Priority = Asking['priority'];
interface Waiting {
  priority: Priority;
  enter: () => void;
}

/** At most so many requests at once; people go before background work, and that before bulk work, neither of which takes the last lanes. */
export class Lanes {
  readonly #limit: Readonly<Record<Priority, number>>;
  readonly #queues: Readonly<Record<Priority, Set<Waiting>>> = {
    interactive: new Set(),
    background: new Set(),
    bulk: new Set(),
  };
  #taken = 0;

  constructor(total: number, background: number) {
    this.#limit = { interactive: total, background, bulk: background };
  }

  /** Resolves when a lane is free; the caller must `leave` it. Rejects with the signal's reason. */
  async enter(priority: Priority, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#taken < this.#limit[priority] && this.#queues[priority].size === 0) {
      this.#taken += 1;
      return;
    }
    const queue = this.#queues[priority];
    await new Promise<void>((resolve, reject) => {
      const waiting: Waiting = {
        priority,
        enter: () => {
          signal?.removeEventListener('abort', abandon);
          resolve();
        },
      };
      const abandon = () => {
        queue.delete(waiting);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', abandon, { once: true });
      queue.add(waiting);
    });
  }

  leave(): void {
    this.#taken -= 1;
    for (const priority of ['interactive', 'background', 'bulk'] as const) {
      const next = this.#taken < this.#limit[priority] ? first(this.#queues[priority]) : undefined;
      if (!next) continue;
      this.#queues[priority].delete(next);
      this.#taken += 1;
      next.enter();
      return;
    }
  }
}

function first<T>(items: ReadonlySet<T>): T | undefined {
  for (const item of items) return item;
  return undefined;
}
