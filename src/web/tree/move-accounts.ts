/** The dialog that moves accounts, whose code comes when somebody is about to. */
import { dialogOnIntent } from '../ui/dialog-on-intent.tsx';
import type { AccountItem } from './tree.ts';

/** What the dialog is called. */
export function moveTitle(accounts: readonly AccountItem[]): string {
  return accounts.length === 1 ? `Move ${accounts[0]?.name ?? 'account'}` : `Move ${accounts.length} accounts`;
}

export const MoveAccounts = dialogOnIntent(
  async () => (await import('./MoveAccountsDialog.tsx')).MoveAccountsDialog,
  ({ accounts, onClose }) => ({ title: moveTitle(accounts), size: 'preflight', onClose }),
);
