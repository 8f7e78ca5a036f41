import type { SpendFilter, SpendQuestion } from '../../../contract/canopy/spend.ts';
import { onIntent } from '../../lib/on-intent.tsx';
import { toasts } from '../../ui/toasts.ts';

/** Dialogs come with all that dialogs need: the page is read without them. */
const inDialog = {
  onMissing: () =>
    toasts.failure({
      title: 'This dialog could not be loaded',
      note: 'Check the connection, or load the page again for the newest version.',
    }),
};

export const ExportFiles = onIntent(async () => (await import('./ExportDialog.tsx')).ExportDialog, inDialog);

/** A figure that somebody asks about: the total of a question, or what a row has of it. */
export interface Explained {
  question: Pick<SpendQuestion, 'organization' | 'descendants' | 'measure' | 'from' | 'to' | 'filters'>;
  /** Of what it is the figure; all that is shown where nothing is said. */
  label?: string;
  /** What narrows the question to its row. */
  where?: readonly SpendFilter[];
}

export const Explanation = onIntent(async () => (await import('./Explanation.tsx')).Explanation, inDialog);
