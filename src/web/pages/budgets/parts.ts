/** The panel and the dialogs, whose code comes when somebody is about to open them. */
import { dialogOnIntent } from '../../ui/dialog-on-intent.tsx';
import { panelOnIntent } from '../../ui/panel-on-intent.tsx';

export const BudgetDetails = panelOnIntent(
  async () => (await import('./BudgetPanel.tsx')).BudgetPanel,
  ({ budget: { name } }) => ({ id: 'budget', label: `Budget ${name}`, title: name, width: 560, sheetHeight: 'full' }),
);

export const EditBudget = dialogOnIntent(
  async () => (await import('./BudgetDialog.tsx')).BudgetDialog,
  ({ budget, onClose }) => ({ title: budget ? `Change ${budget.name}` : 'New budget', size: 'preflight', onClose }),
);

export const RemoveBudget = dialogOnIntent(
  async () => (await import('./DeleteBudgetDialog.tsx')).DeleteBudgetDialog,
  ({ budget, onClose }) => ({ title: `Delete ${budget.name}`, onClose }),
);
