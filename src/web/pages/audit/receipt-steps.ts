import type { Receipt } from '../../../contract/canopy/receipts.ts';
import type { Step } from '../../ui/Steps.tsx';

/** What became of a write whose answer did not come, step by step; nothing where the answer came. */
export function stepsOf({ outcome, settledBy, at, settledAt }: Receipt): readonly Step[] {
  if (settledBy !== 'reading' && outcome !== 'unknown') return [];
  const told = {
    done: 'Read back: the change is there',
    failed: 'Read back: nothing was changed',
    refused: 'Read back: nothing was changed',
    pending: 'Reading back',
    unknown: 'Read back, and it could not be told',
  }[outcome];
  return [
    { id: 'kept', state: 'done', label: 'Receipt kept', at },
    { id: 'sent', state: 'done', label: 'Sent once', at },
    { id: 'answer', state: 'failed', label: 'No answer came' },
    {
      id: 'reading',
      state: outcome === 'pending' ? 'running' : outcome === 'unknown' ? 'failed' : 'done',
      label: told,
      at: settledAt ?? undefined,
    },
  ];
}
