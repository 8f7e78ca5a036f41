/** How downloads end, which the browser does not tell a page. */
import { getExportEnd } from '../../contract/canopy/exports.ts';
import type { ErrorReport } from '../../contract/envelope.ts';
import { ask } from './client.ts';

const watchedEvery = 3_000;

/**
 * Why a download broke off, as the server saw it, once it has ended. Null where it did not, or where that cannot be known any
 * more: the server is gone, or has forgotten.
 */
export async function failureOfExport(ticket: string): Promise<ErrorReport | null> {
  try {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, watchedEvery));
      const { ended, failure } = (await ask(getExportEnd, { params: { ticket }, slide: false })).result;
      if (ended) return failure;
    }
  } catch {
    return null;
  }
}
