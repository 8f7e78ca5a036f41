import { useQuery } from '@tanstack/react-query';
import { Plus, Target } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Budget } from '../../../contract/canopy/budgets.ts';
import { formatMonth } from '../../lib/format-time.ts';
import { plural } from '../../lib/format.ts';
import { useScope, useUrlState } from '../../lib/url-state.ts';
import { maybeText } from '../../lib/url-values.ts';
import { usePreload } from '../../lib/use-preload.ts';
import { budgetsQuery } from '../../queries/budgets.ts';
import { useRole } from '../../queries/role.ts';
import { Button } from '../../ui/Button.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Money } from '../../ui/Money.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { Split } from '../../ui/Panel.tsx';
import { SpendTabs } from '../../ui/SpendTabs.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { basisOf } from '../../ui/basis-of.ts';
import type { WrittenBudget } from './BudgetDialog.tsx';
import { budgetColumns } from './columns.tsx';
import { BudgetDetails, EditBudget, RemoveBudget } from './parts.ts';
import { scopeWords, stateLooks } from './words.ts';

const screenUrl = { budget: maybeText() };

/** What months may cost: how far each budget is used, where it will end, and those that need a look first. */
export function Component() {
  const { organizationId, descendants } = useScope();
  const subtree = useMemo(() => ({ organization: organizationId, descendants }), [organizationId, descendants]);
  const { whyNot } = useRole();
  const [url, setUrl] = useUrlState(screenUrl);
  const [editing, setEditing] = useState<{ budget: Budget | null } | null>(null);
  const [written, setWritten] = useState<WrittenBudget | null>(null);
  const [removing, setRemoving] = useState<Budget | null>(null);
  const budgets = useQuery(budgetsQuery(subtree));
  const found = budgets.data?.result;
  const open = found?.budgets.find(({ id }) => id === url.budget);
  usePreload(url.budget !== null, BudgetDetails);
  const refused = whyNot('spend:write');
  const create = (kind: 'primary' | 'plain') => (
    <Button kind={kind} icon={Plus} disabledReason={refused} onClick={() => setEditing({ budget: null })} {...EditBudget.intent}>
      New budget
    </Button>
  );
  return (
    <Split
      panel={
        open && (
          <BudgetDetails.Part
            budget={open}
            whyNot={refused}
            onEdit={() => setEditing({ budget: open })}
            onRemove={() => setRemoving(open)}
            onClose={() => setUrl({ budget: null })}
          />
        )
      }
    >
      <PageHead
        title="Budgets"
        facts={found && `${plural(found.budgets.length, 'budget')}, ${formatMonth(found.today)}`}
        tabs={<SpendTabs organizationId={organizationId} current="budgets" />}
      >
        {create('primary')}
      </PageHead>
      <Notice tone="plain">
        A budget caps nothing, and Canopy sends no alert: what needs a look stands first in this list. Complete days count.
      </Notice>
      {budgets.error && !found ? (
        <ErrorState error={budgets.error.report} title="The budgets could not be read" onRetry={() => void budgets.refetch()} />
      ) : (
        <DataTable<Budget>
          label="Budgets"
          rows={found?.budgets ?? []}
          columns={budgetColumns}
          rowId={({ id }) => id}
          rowLabel={({ name }) => name}
          state={budgets.isPending ? 'loading' : budgets.isPlaceholderData ? 'refreshing' : 'ready'}
          ordering="upstream"
          onOpen={({ id }) => setUrl({ budget: id }, { push: true })}
          onIntent={BudgetDetails.preload}
          openId={url.budget}
          phone={(budget) => ({
            title: <Upstream>{budget.name}</Upstream>,
            detail: (
              <>
                {budget.isTagGone ? 'Tag gone' : stateLooks[budget.standing.state].label},{' '}
                <Upstream>{scopeWords(budget)}</Upstream>
              </>
            ),
            end: (
              <Money
                amount={budget.standing.used ?? undefined}
                currency={budget.currency}
                basis={basisOf(budget.standing.bases)}
              />
            ),
          })}
          empty={
            <EmptyState icon={Target} title="No budget is set" actions={create('plain')}>
              Say what a month may cost for an organization, an account, a product family or a tag, and see here how fast it is
              used and when it is expected to run out.
            </EmptyState>
          }
        />
      )}
      {editing && (
        <EditBudget.Part
          budget={editing.budget}
          organizationId={organizationId}
          written={written}
          onWritten={setWritten}
          onSaved={(id) => {
            if (!editing.budget) setWritten(null);
            setEditing(null);
            setUrl({ budget: id });
          }}
          onClose={() => setEditing(null)}
        />
      )}
      {removing && (
        <RemoveBudget.Part
          budget={removing}
          onDone={() => {
            setRemoving(null);
            setUrl({ budget: null });
          }}
          onClose={() => setRemoving(null)}
        />
      )}
    </Split>
  );
}
