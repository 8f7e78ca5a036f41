import type { SpendFilter } from '../../../contract/canopy/spend.ts';
import { Allowances } from './Allowances.tsx';
import { Anomalies } from './Anomalies.tsx';

/** What deserves attention: what was unusual, and which allowances run out. */
export function Outlook({
  subtree,
  filters,
  onAccount,
}: {
  subtree: { organization: string; descendants: boolean };
  filters: readonly SpendFilter[];
  onAccount: (accountId: string) => void;
}) {
  const account = onlyAccount(filters);
  return (
    <>
      <Anomalies subtree={subtree} account={account} onAccount={onAccount} />
      <Allowances key={account} subtree={subtree} account={account} onAccount={onAccount} />
    </>
  );
}

/** The account that the page is narrowed to; null where there are several, or all. */
function onlyAccount(filters: readonly SpendFilter[]): string | null {
  const named = filters.find(({ dimension, operator }) => dimension === 'account' && operator === 'is');
  return named?.values.length === 1 ? (named.values[0] ?? null) : null;
}
