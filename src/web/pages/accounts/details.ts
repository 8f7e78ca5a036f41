/** The panel of one account, whose code comes when somebody is about to open it. */
import { panelOnIntent } from '../../ui/panel-on-intent.tsx';

export const AccountDetails = panelOnIntent(
  async () => (await import('./AccountPanel.tsx')).AccountPanel,
  ({ account: { name, id } }) => ({ id: 'account', label: `Account ${name ?? id}`, title: name ?? id }),
);
