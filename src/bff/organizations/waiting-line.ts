import type { Asking } from '../services.ts';

/**
 * How soon something is read.
 * - `now`: a person waits for it, so it may use what the rate budget keeps for people
 * - `soon`: someone asked for so much that it may not; it only goes before what nobody asked for
 * - `later`: nobody asked for it
 */
export type Turn = 'now' | 'soon' | 'later';

const turns: readonly Turn[] = ['now', 'soon', 'later'];
export const priorityOf = (turn: Turn): Asking['priority'] => (turn === 'now' ? 'interactive' : 'background');

/** What waits to be read, each once, at the best turn it was given. */
export class WaitingLine {
  readonly #waiting: Readonly<Record<Turn, Set<string>>> = { now: new Set(), soon: new Set(), later: new Set() };

  add(id: string, turn: Turn): void {
    const better = turns.slice(0, turns.indexOf(turn));
    if (better.some((one) => this.#waiting[one].has(id))) return;
    this.remove(id);
    this.#waiting[turn].add(id);
  }

  remove(id: string): void {
    for (const turn of turns) this.#waiting[turn].delete(id);
  }

  /** Takes the next one whose priority may be asked now. */
  take(isPaused: (priority: Asking['priority']) => boolean): { id: string; turn: Turn } | null {
    for (const turn of turns) {
      if (isPaused(priorityOf(turn))) continue;
      for (const id of this.#waiting[turn]) {
        this.#waiting[turn].delete(id);
        return { id, turn };
      }
    }
    return null;
  }
}
