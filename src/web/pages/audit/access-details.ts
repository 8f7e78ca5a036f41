/** The panel of one access, whose code comes when somebody is about to open it. */
import { panelOnIntent } from '../../ui/panel-on-intent.tsx';
import { kindWords } from './access-words.ts';

export const AccessDetails = panelOnIntent(
  async () => (await import('./AccessPanel.tsx')).AccessPanel,
  ({ entry: { sequence, kind } }) => ({
    id: 'access',
    label: `Entry ${sequence}`,
    title: kindWords[kind],
    width: 436,
  }),
);
