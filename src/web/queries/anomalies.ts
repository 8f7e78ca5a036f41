/** Days on which something was used unlike usual, and what people made of them. */
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listAnomalies, markAnomaly } from '../../contract/canopy/anomalies.ts';
import type { QueryOf } from '../../contract/endpoint.ts';
import { ask, keyOf } from './client.ts';
import { useWrite } from './write.ts';

export const anomaliesQuery = (query: QueryOf<typeof listAnomalies>) =>
  queryOptions({
    queryKey: keyOf(listAnomalies, {}, query),
    queryFn: ({ signal }) => ask(listAnomalies, { query, signal }),
    placeholderData: keepPreviousData,
  });

/** Acknowledges one, mutes a metric of an account, or takes that back. */
export const useMarkAnomaly = () => useWrite(markAnomaly, ['listAnomalies']);
