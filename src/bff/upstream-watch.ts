import { Problem } from './problem.ts';
import type { UpstreamForWrites } from './services.ts';

/**
 * The same client, and a word for the probes on whether upstream still takes the credential: a credential that was
 * revoked is a matter for whoever runs Canopy, not for the sessions of the people who use it.
 */
export function watchCredential(upstream: UpstreamForWrites, tell: (isRefused: boolean) => void): UpstreamForWrites {
  async function watched<T>(exchange: Promise<T>): Promise<T> {
    try {
      const answer = await exchange;
      tell(false);
      return answer;
    } catch (error) {
      if (error instanceof Problem && error.report.code === 'upstream_auth') tell(true);
      throw error;
    }
  }
  return {
    call: (row, input, asking) => watched(upstream.call(row, input, asking)),
    walk: (row, input, asking) => watched(upstream.walk(row, input, asking)),
    stream: (row, input, asking) => watched(upstream.stream(row, input, asking)),
    availability: (row) => upstream.availability(row),
    budget: () => upstream.budget(),
    requireRoom: (row, asking) => upstream.requireRoom(row, asking),
  };
}
