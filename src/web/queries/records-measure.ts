/** Files of records, before they are taken. */
import { queryOptions } from '@tanstack/react-query';
import { measureRecords } from '../../contract/canopy/exports.ts';
import type { RecordsQuestion } from '../../contract/canopy/exports.ts';
import { ask } from './client.ts';

/** How large files of records would be, and what they lack. Asked anew whenever somebody is about to take one. */
export const recordsMeasureQuery = (question: RecordsQuestion) =>
  queryOptions({
    queryKey: [measureRecords.name, question] as const,
    queryFn: ({ signal }) => ask(measureRecords, { body: question, signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => ((state.data?.result.monthsToPrice ?? 0) > 0 ? 5_000 : false),
  });
