/** Panels and dialogs of the screen, whose code comes when somebody is about to open one. */
import { moveTitle } from '../../tree/move-accounts.ts';
import { dialogOnIntent } from '../../ui/dialog-on-intent.tsx';
import { panelOnIntent } from '../../ui/panel-on-intent.tsx';
import type { Doing } from './Dialogs.tsx';
import { RenameInRow } from './RenameInRow.tsx';

export const OrganizationDetails = panelOnIntent(
  async () => (await import('./OrganizationPanel.tsx')).OrganizationPanel,
  ({ name }) => ({ id: 'organization', label: `Organization ${name}`, title: name, sheetHeight: 'low' }),
);

export const AccountDetails = panelOnIntent(
  async () => (await import('./AccountPanel.tsx')).AccountPanel,
  ({ item: { name, account } }) => ({
    id: 'organization',
    label: `Account ${name === '' ? account.id : name}`,
    title: name === '' ? account.id : name,
    sheetHeight: 'low',
  }),
);

/** A row may be either, and its name may be changed in it. */
export function preloadDetails(): void {
  OrganizationDetails.preload();
  AccountDetails.preload();
  RenameInRow.preload();
}

function titleOf(doing: Doing): string {
  switch (doing.act) {
    case 'create':
      return 'New sub-organization';
    case 'move':
      return `Move ${doing.item.node.name}`;
    case 'move-accounts':
      return moveTitle(doing.accounts);
    case 'delete':
      return `Delete ${doing.item.node.name}`;
    case 'wider':
      return 'Open on a wider screen';
  }
}

export const Dialogs = dialogOnIntent(
  async () => (await import('./Dialogs.tsx')).Dialogs,
  ({ doing, onClose }) => ({
    title: titleOf(doing),
    size: doing.act === 'create' || doing.act === 'wider' ? 'plain' : 'preflight',
    onClose,
  }),
);
