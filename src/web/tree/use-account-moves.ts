/** Moving accounts one after another, with a result for each. */
import { useRef, useState } from 'react';
import type { ErrorReport } from '../../contract/envelope.ts';
import { useMoveAccount } from '../queries/accounts.ts';
import { Failure } from '../queries/client.ts';
import type { AccountItem } from './tree.ts';

export type MoveState =
  | { readonly state: 'waiting' | 'running' | 'done' }
  | { readonly state: 'failed' | 'unknown'; readonly error: ErrorReport };

const waiting: MoveState = { state: 'waiting' };

export interface AccountMoves {
  readonly states: ReadonlyMap<string, MoveState>;
  readonly isRunning: boolean;
  readonly count: (state: MoveState['state']) => number;
  /** Moves all that have not moved. Answers whether every one has in the end. */
  readonly run: (destinationId: string) => Promise<boolean>;
  /** No further account is sent. */
  readonly stop: () => void;
}

/** One call at a time: others share the rate budget, and the first failure is seen before the last call is made. */
export function useAccountMoves(accounts: readonly AccountItem[]): AccountMoves {
  const { mutateAsync } = useMoveAccount();
  const [states, setStates] = useState<ReadonlyMap<string, MoveState>>(() => new Map(accounts.map(({ id }) => [id, waiting])));
  const [isRunning, setRunning] = useState(false);
  const stopped = useRef(false);
  const results = useRef(new Map(states));

  const note = (id: string, state: MoveState) => {
    results.current.set(id, state);
    setStates(new Map(results.current));
  };
  const moveOne = async ({ id, account }: AccountItem, destinationId: string) => {
    note(id, { state: 'running' });
    try {
      await mutateAsync({ params: { accountId: account.id }, body: { destination_organization_id: destinationId } });
      note(id, { state: 'done' });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      note(id, { state: error.report.code === 'outcome_unknown' ? 'unknown' : 'failed', error: error.report });
    }
  };
  const run = async (destinationId: string) => {
    stopped.current = false;
    setRunning(true);
    for (const account of accounts) {
      const state = results.current.get(account.id)?.state;
      // what may have arrived is never sent again
      if (stopped.current || state === 'done' || state === 'unknown') continue;
      await moveOne(account, destinationId);
    }
    setRunning(false);
    return [...results.current.values()].every(({ state }) => state === 'done');
  };
  return {
    states,
    isRunning,
    count: (wanted) => [...states.values()].filter(({ state }) => state === wanted).length,
    run,
    stop: () => {
      stopped.current = true;
    },
  };
}
