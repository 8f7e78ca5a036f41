/** The dialog that moves accounts, whose code comes when somebody is about to. */
import { plural } from '../lib/count.ts';
import { dialogOnIntent } from '../ui/dialog-on-intent.tsx';
import type { OrganizationItem } from './organization-index.ts';
import { accountItem } from './tree.ts';
import type { AccountItem } from './tree.ts';

/** What is told of a move, and where everything came from; null where that were several organizations. */
export interface Moved {
  readonly title: string;
  readonly note: string;
  readonly from: OrganizationItem | null;
}

/** What the dialog is called. */
export function moveTitle(accounts: readonly AccountItem[]): string {
  return accounts.length === 1 ? `Move ${accounts[0]?.name ?? 'account'}` : `Move ${plural(accounts.length, 'account')}`;
}

export const MoveAccounts = dialogOnIntent(
  async () => (await import('./MoveAccountsDialog.tsx')).MoveAccountsDialog,
  ({ accounts, onClose }) => ({ title: moveTitle(accounts), size: 'preflight', onClose }),
);

/** The same accounts where they are after a move. */
export function movedTo(accounts: readonly AccountItem[], organizationId: string): readonly AccountItem[] {
  return accounts.map(({ account }) => accountItem({ ...account, organizationId }));
}
