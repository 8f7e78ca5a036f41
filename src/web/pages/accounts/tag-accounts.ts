/** The dialog that tags accounts, whose code comes when somebody is about to. */
import type { PlacedAccount } from '../../../contract/canopy/hierarchy.ts';
import { plural } from '../../lib/count.ts';
import { dialogOnIntent } from '../../ui/dialog-on-intent.tsx';

/** What the dialog is called. */
export function tagTitle(accounts: readonly PlacedAccount[]): string {
  const [first] = accounts;
  return accounts.length === 1 && first ? `Tag ${first.name ?? first.id}` : `Tag ${plural(accounts.length, 'account')}`;
}

export const TagAccounts = dialogOnIntent(
  async () => (await import('./TagDialog.tsx')).TagDialog,
  ({ accounts, onClose }) => ({ title: tagTitle(accounts), onClose }),
);
