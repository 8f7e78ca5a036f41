/** One hook for every write: sent once, never repeated by itself, and what it touched is read again afterwards. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { QueryClient, UseMutationResult } from '@tanstack/react-query';
import type { Endpoint, ResultOf } from '../../contract/endpoint.ts';
import { ask } from './client.ts';
import type { Answer, Ask, Failure } from './client.ts';
import { noteOpenOutcome } from './open-outcomes.ts';

export type WriteResult<E extends Endpoint> = UseMutationResult<Answer<ResultOf<E>>, Failure, Ask<E>>;

/** Marks everything of some rows as old; what is on the screen is read again at once. */
export function readAgain(client: QueryClient, names: readonly string[]): void {
  for (const name of names) void client.invalidateQueries({ queryKey: [name] });
}

/**
 * A mutation for a contract row. Its variables are the row's input (`params`, `body`, `reason`, `ifMatch`).
 * What it touched is read again after a failure too: an unknown outcome is settled by reading.
 */
export function useWrite<E extends Endpoint>(row: E, touched: readonly string[]): WriteResult<E> {
  const client = useQueryClient();
  return useMutation({
    mutationKey: [row.name],
    mutationFn: (input: Ask<E>) => ask(row, input),
    onError: ({ report }) => noteOpenOutcome(report, touched),
    onSettled: () => readAgain(client, touched),
  });
}
