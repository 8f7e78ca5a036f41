import { setTimeout as pause } from 'node:timers/promises';
import { MemoryExhausted } from './errors.ts';

/** How often what found no memory is begun, and the first wait in between, in milliseconds; the next ones double. */
const mostAttempts = 7;
const firstPause = 50;

/**
 * Begins work again that found no memory: what else is going on ends soon, and `relieve` may free some. Work that fails must
 * leave nothing behind. Throws `MemoryExhausted` where there is still none in the end.
 */
export async function withMemory<T>(work: () => Promise<T>, relieve?: () => Promise<void>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof MemoryExhausted) || attempt === mostAttempts) throw error;
    }
    await relieve?.();
    await pause(firstPause * 2 ** (attempt - 1));
  }
}
