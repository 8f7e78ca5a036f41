/** The panel of one receipt, whose code comes when somebody is about to open it. */
import { panelOnIntent } from '../../ui/panel-on-intent.tsx';

export const ReceiptDetails = panelOnIntent(
  async () => (await import('./ReceiptPanel.tsx')).ReceiptPanel,
  ({ receipt: { sequence, summary } }) => ({ id: 'receipt', label: `Receipt ${sequence}`, title: summary, width: 436 }),
);
