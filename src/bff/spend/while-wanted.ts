import type { Kysely, KyselyPlugin } from 'kysely';
import type { Tables } from '../database/schema.ts';

/** Reads as long as somebody waits for what is read: once the signal has ended, the next statement throws its reason. */
export function whileWanted(query: Kysely<Tables>, signal: AbortSignal | undefined): Kysely<Tables> {
  if (!signal) return query;
  const watching: KyselyPlugin = {
    transformQuery({ node }) {
      signal.throwIfAborted();
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return query.withPlugin(watching);
}
