/** Dialogs of this page, whose code comes when somebody is about to open them. */
import { dialogOnIntent } from '../../ui/dialog-on-intent.tsx';

export const ImportFile = dialogOnIntent(
  async () => (await import('./ImportDialog.tsx')).ImportDialog,
  ({ replaced, onClose }) => ({ title: replaced ? `Replace ${replaced.name}` : 'Import a file', size: 'preflight', onClose }),
);

export const SeeReport = dialogOnIntent(
  async () => (await import('./ReportDialog.tsx')).ReportDialog,
  ({ source, onClose }) => ({ title: source.name, size: 'preflight', onClose }),
);

export const DeleteSource = dialogOnIntent(
  async () => (await import('./DeleteDialog.tsx')).DeleteDialog,
  ({ source, onClose }) => ({ title: `Delete ${source.name}`, onClose }),
);
