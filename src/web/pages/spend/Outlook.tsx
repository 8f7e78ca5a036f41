import type { SpendFilter } from '../../../contract/canopy/spend.ts';
import { Allowances } from './Allowances.tsx';
import { Anomalies } from './Anomalies.tsx';
import { onlyAccount } from './question.ts';

/** What deserves attention: what was unusual, and which allowances run out. */
export function Outlook({
  subtree,
  filters,
  began,
  isPricing,
  onAllDays,
  onAccount,
}: {
  subtree: { organization: string; descendants: boolean };
  filters: readonly SpendFilter[];
  /** Anomalies that began in this range only; null for all. */
  began: { from: string; to: string } | null;
  /** Usage is being priced again: what was unusual is sought when all of it is. */
  isPricing: boolean;
  onAllDays: () => void;
  onAccount: (accountId: string) => void;
}) {
  const account = onlyAccount(filters);
  return (
    <>
      <Anomalies
        subtree={subtree}
        filters={filters}
        account={account}
        began={began}
        isPricing={isPricing}
        onAllDays={onAllDays}
        onAccount={onAccount}
      />
      <Allowances
        key={account}
        subtree={subtree}
        account={account}
        isFiltered={filters.length > (account === null ? 0 : 1)}
        onAccount={onAccount}
      />
    </>
  );
}
