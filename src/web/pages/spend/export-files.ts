import { onIntent } from '../../lib/on-intent.tsx';
import { toasts } from '../../ui/toasts.ts';

/** The dialog comes with all that dialogs need: the page is read without it. */
export const ExportFiles = onIntent(async () => (await import('./ExportDialog.tsx')).ExportDialog, {
  onMissing: () =>
    toasts.failure({
      title: 'The export could not be loaded',
      note: 'Check the connection, or load the page again for the newest version.',
    }),
});
