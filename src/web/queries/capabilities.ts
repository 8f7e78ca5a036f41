/** What the configured credentials can do: by their kind, and by asking. */
import { queryOptions } from '@tanstack/react-query';
import { getCapabilities, runDoctor } from '../../contract/canopy/capabilities.ts';
import { ask, keyOf } from './client.ts';

export const capabilitiesQuery = () =>
  queryOptions({
    queryKey: keyOf(getCapabilities),
    queryFn: ({ signal }) => ask(getCapabilities, { signal }),
    staleTime: 60_000,
  });

/** Sends one small read for each operation, so it runs only when it is asked for: `enabled: false` and `refetch()`. */
export const doctorQuery = () =>
  queryOptions({
    queryKey: keyOf(runDoctor),
    queryFn: ({ signal }) => ask(runDoctor, { signal }),
    enabled: false,
    staleTime: Infinity,
    retry: false,
  });
