import { useSyncExternalStore } from 'react';

/**
 * One timer for every age and countdown on the page: it runs only while something listens, at the pace the most eager
 * listener asks for.
 */
function ticker(step: number) {
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const listeners = new Set<() => void>();
  const tick = () => {
    now = Date.now();
    for (const listener of listeners) listener();
  };
  return {
    subscribe: (listener: () => void) => {
      if (listeners.size === 0) {
        now = Date.now();
        timer = setInterval(tick, step);
      }
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) clearInterval(timer);
      };
    },
    now: () => (listeners.size === 0 ? rounded(step) : now),
  };
}

/** Stable within a step, as a snapshot must be between two reads of one render. */
const rounded = (step: number) => Math.floor(Date.now() / step) * step;

const tickers = { second: ticker(1000), minute: ticker(30_000) };

/** The time, renewed every second (countdowns) or every half minute (ages). */
export function useNow(pace: keyof typeof tickers = 'minute'): number {
  const ticker = tickers[pace];
  return useSyncExternalStore(ticker.subscribe, ticker.now);
}
