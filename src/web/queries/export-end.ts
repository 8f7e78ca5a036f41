/** How downloads end, which the browser does not tell a page. */
import type { ExportEnd } from '../../contract/canopy/access.ts';
import { getExportEnd } from '../../contract/canopy/exports.ts';
import { ask } from './client.ts';

const watchedEvery = 3_000;

/** How a download ended, as the server saw it. Null where that cannot be known any more: the server is gone, or has forgotten. */
export async function endOfExport(ticket: string): Promise<ExportEnd | null> {
  try {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, watchedEvery));
      const { ended } = (await ask(getExportEnd, { params: { ticket }, slide: false })).result;
      if (ended) return ended;
    }
  } catch {
    return null;
  }
}
