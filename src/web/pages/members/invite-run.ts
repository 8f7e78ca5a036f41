import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { memberBatchLimit } from '../../../contract/cloudflare/members.ts';
import type { Member } from '../../../contract/cloudflare/members.ts';
import type { ErrorReport } from '../../../contract/envelope.ts';
import { Failure } from '../../queries/client.ts';
import { membersQuery, useBatchCreateMembers, useCreateMember } from '../../queries/members.ts';
import { batchesOf } from './addresses.ts';
import { cameBack, neverSent, notNamed } from './came-back.ts';

/** Where one invitation stands. A failed one was never sent, or was read back and is known not to be there. */
export type InviteState =
  | { kind: 'waiting'; batch: number }
  | { kind: 'sending'; batch: number }
  | { kind: 'invited' }
  | { kind: 'failed'; error: ErrorReport }
  | { kind: 'unknown'; error: ErrorReport };

export interface InviteRun {
  rows: ReadonlyMap<string, InviteState>;
  batches: number;
  running: boolean;
  start: (addresses: readonly string[]) => Promise<void>;
  /** Sends again what failed: all of it, or what failed together with one report. */
  retryFailed: (together?: ErrorReport) => Promise<void>;
  /** Reads back once more what could not be read back. */
  readBack: () => Promise<void>;
}

/**
 * Sends invitations in batches of what upstream takes, one batch after the other. The failure of a batch is not the
 * failure of its rows: the members are read back, and each row is told apart. Failed rows are sent again one by one.
 */
export function useInviteRun(organizationId: string): InviteRun {
  const client = useQueryClient();
  const batch = useBatchCreateMembers();
  const single = useCreateMember();
  const [rows, setRows] = useState<ReadonlyMap<string, InviteState>>(new Map());
  const [running, setRunning] = useState(false);
  const [batches, setBatches] = useState(0);
  const current = useRef(rows);
  const set = (addresses: readonly string[], state: InviteState) => {
    current.current = new Map([...current.current, ...addresses.map((address) => [address, state] as const)]);
    setRows(current.current);
  };

  /** What reading back says of addresses whose sending failed. */
  const settle = async (addresses: readonly string[], error: ErrorReport) => {
    if (neverSent(error)) {
      set(addresses, { kind: 'failed', error });
      return;
    }
    let members: readonly Member[];
    try {
      ({ result: members } = await client.fetchQuery({
        ...membersQuery(organizationId, { status: ['active', 'pending'] }),
        staleTime: 0,
      }));
    } catch {
      set(addresses, { kind: 'unknown', error });
      return;
    }
    const { there, missing } = cameBack(addresses, members);
    set(there, { kind: 'invited' });
    set(missing, { kind: 'failed', error });
  };

  const send = async (addresses: readonly string[], number: number) => {
    set(addresses, { kind: 'sending', batch: number });
    const [only, ...others] = addresses;
    try {
      if (only !== undefined && others.length === 0) {
        await single.mutateAsync({ params: { organizationId }, body: { member: { user: { email: only } } } });
        set(addresses, { kind: 'invited' });
        return;
      }
      const { result, meta } = await batch.mutateAsync({
        params: { organizationId },
        body: { members: addresses.map((email) => ({ user: { email } })) },
      });
      const { there, missing } = cameBack(addresses, result);
      set(there, { kind: 'invited' });
      if (missing.length > 0) await settle(missing, notNamed(meta.requestId, meta.rayId));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      await settle(addresses, error.report);
    }
  };

  const run = async (groups: readonly (readonly string[])[]) => {
    if (groups.length === 0) return;
    setRunning(true);
    setBatches(groups.length);
    for (const [index, group] of groups.entries()) set(group, { kind: 'waiting', batch: index + 1 });
    try {
      for (const [index, group] of groups.entries()) await send(group, index + 1);
    } finally {
      setRunning(false);
    }
  };

  // rows that wait for the same moment ask at the same moment: the first sends, the others find nothing left to send
  const line = useRef(Promise.resolve());
  const inTurn = (work: () => Promise<void>) => {
    const done = line.current.then(work);
    line.current = done.catch(() => undefined);
    return done;
  };

  const failedRows = (together?: ErrorReport) =>
    [...current.current]
      .filter(([, state]) => state.kind === 'failed' && (together === undefined || state.error === together))
      .map(([address]) => [address]);

  const readBack = async () => {
    setRunning(true);
    try {
      const unknown = new Map<ErrorReport, string[]>(); // one reading for all that failed together
      for (const [address, state] of current.current)
        if (state.kind === 'unknown') unknown.set(state.error, [...(unknown.get(state.error) ?? []), address]);
      for (const [error, addresses] of unknown) await settle(addresses, error);
    } finally {
      setRunning(false);
    }
  };

  return {
    rows,
    batches,
    running,
    start: (addresses) => inTurn(() => run(batchesOf(addresses, memberBatchLimit))),
    retryFailed: (together) => inTurn(() => run(failedRows(together))),
    readBack: () => inTurn(readBack),
  };
}
