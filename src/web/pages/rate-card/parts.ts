/** Panels and dialogs, whose code comes when somebody is about to open them. */
import { onIntent } from '../../lib/on-intent.tsx';
import { panelOnIntent } from '../../ui/panel-on-intent.tsx';
import { toasts } from '../../ui/toasts.ts';

export const LineDetails = panelOnIntent(
  async () => (await import('./LinePanel.tsx')).LinePanel,
  ({ line: { name } }) => ({ id: 'rate-card-line', label: `Line ${name}`, title: name, sheetHeight: 'full' }),
);

export const UnknownMetric = panelOnIntent(
  async () => (await import('./UnknownPanel.tsx')).UnknownPanel,
  ({ metric: { name } }) => ({ id: 'rate-card-line', label: `Metric ${name}`, title: name, sheetHeight: 'full' }),
);

export const OverrideDetails = panelOnIntent(
  async () => (await import('./OverridePanel.tsx')).OverridePanel,
  ({ index }) => {
    const title = index === null ? 'New override' : 'Override';
    return { id: 'rate-card-line', label: title, title, sheetHeight: 'full' };
  },
);

export const VersionDetails = panelOnIntent(
  async () => (await import('./VersionPanel.tsx')).VersionPanel,
  ({ version: { version } }) => ({
    id: 'rate-card-version',
    label: `Version ${version}`,
    title: `Version ${version}`,
    width: 480,
    sheetHeight: 'full',
  }),
);

/** Dialogs come when a change makes them possible, or the pointer is on their button: long before they are opened. */
const inDialog = {
  onMissing: () =>
    toasts.failure({
      title: 'This dialog could not be loaded',
      note: 'Nothing is lost: export the card, then load the page again.',
    }),
};

export const SaveCard = onIntent(async () => (await import('./SaveDialog.tsx')).SaveDialog, inDialog);
export const MergeCard = onIntent(async () => (await import('./MergeDialog.tsx')).MergeDialog, inDialog);
export const ImportCard = onIntent(async () => (await import('./ImportDialog.tsx')).ImportDialog, inDialog);
export const Leave = onIntent(async () => (await import('./LeaveDialog.tsx')).LeaveDialog, inDialog);
