/** Files: ask for a ticket, then let the browser fetch it as a download. */
import { queryOptions, useMutation } from '@tanstack/react-query';
import { createExport, measureRecords } from '../../contract/canopy/exports.ts';
import type { ExportRequest, RecordsQuestion } from '../../contract/canopy/exports.ts';
import { ask } from './client.ts';

/** A `download` link rather than a navigation: a ticket that has gone must not replace the page. */
function download(url: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
}

/** Starts a download. It is done for the page once the browser has taken over; `data.result.fileName` is the file's name. */
export function useExport() {
  return useMutation({
    mutationFn: (body: ExportRequest) => ask(createExport, { body }),
    onSuccess: ({ result }) => download(result.url, result.fileName),
  });
}

/** How large files of records would be, and what they lack. Asked anew whenever somebody is about to take one. */
export const recordsMeasureQuery = (question: RecordsQuestion) =>
  queryOptions({
    queryKey: [measureRecords.name, question] as const,
    queryFn: ({ signal }) => ask(measureRecords, { body: question, signal }),
    staleTime: 0,
    refetchInterval: ({ state }) => ((state.data?.result.monthsToPrice ?? 0) > 0 ? 5_000 : false),
  });
