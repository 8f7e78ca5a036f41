/** Files: ask for a ticket, then let the browser fetch it as a download. */
import { useMutation } from '@tanstack/react-query';
import type { ExportRequest } from '../../contract/canopy/exports.ts';
import { ask, Failure } from './client.ts';

/** The row comes when a file is asked for: it knows every kind of file, and a page needs one. */
async function exportRow() {
  try {
    return (await import('../../contract/canopy/exports.ts')).createExport;
  } catch (cause) {
    throw new Failure(
      {
        code: 'internal',
        message: 'This part of Canopy could not be loaded. A newer version may have replaced it.',
        action: 'Reload the page.',
        requestId: 'none',
      },
      0,
      { cause },
    );
  }
}

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
    mutationFn: async (body: ExportRequest) => ask(await exportRow(), { body }),
    onSuccess: ({ result }) => download(result.url, result.fileName),
  });
}
