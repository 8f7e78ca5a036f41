import { useEffect, useRef } from 'react';
import type { SpendState } from '../../../contract/canopy/spend.ts';
import { useReadSpendAgain } from '../../queries/spend-figures.ts';

/** Organization days, and months priced, after which answers are old. */
const everyDays = 64;
const everyMonths = 8;

/** Answers are asked again when a run of the sync or of the pricing ends, and now and then while it goes on. */
export function useAnswersKeepUp(state: SpendState | undefined): void {
  const readAgain = useReadSpendAgain();
  const seen = useRef({ status: 'idle', done: 0, monthsLeft: 0 });
  const latest = useRef(readAgain);
  useEffect(() => {
    latest.current = readAgain;
  });
  const status = state?.sync.status ?? 'idle';
  const done = state?.sync.done ?? 0;
  const monthsLeft = state?.pricing.monthsLeft ?? 0;
  // sync and pricing are processes outside React: their progress arrives with the polled state
  useEffect(() => {
    const before = seen.current;
    // also where only named days were read while everything else is paused
    const isRead = before.status === 'running' && (status === 'idle' || status === 'paused');
    const ended = isRead || (before.monthsLeft > 0 && monthsLeft === 0);
    if (ended || done - before.done >= everyDays || before.monthsLeft - monthsLeft >= everyMonths) {
      latest.current();
      seen.current = { status, done, monthsLeft };
    } else {
      seen.current = {
        status,
        done: Math.min(before.done, done),
        monthsLeft: Math.max(before.monthsLeft, monthsLeft),
      };
    }
  }, [status, done, monthsLeft]);
}
