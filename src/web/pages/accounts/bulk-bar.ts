import { onIntent } from '../../lib/on-intent.tsx';

/** What can be done with selected accounts, whose code comes when somebody is about to select one. */
export const BulkBarOfAccounts = onIntent(async () => (await import('./AccountsBulkBar.tsx')).AccountsBulkBar);
