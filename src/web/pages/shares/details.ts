/** The panel of one share, whose code comes when somebody is about to open it. */
import { panelOnIntent } from '../../ui/panel-on-intent.tsx';

export const ShareDetails = panelOnIntent(
  async () => (await import('./SharePanel.tsx')).SharePanel,
  ({ share: { name } }) => ({ id: 'share', label: `Share ${name}`, title: name }),
);
