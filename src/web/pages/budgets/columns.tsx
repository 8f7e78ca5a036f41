import type { Budget, BudgetState } from '../../../contract/canopy/budgets.ts';
import { formatMoney, formatPercent } from '../../lib/format.ts';
import type { Column } from '../../ui/columns.ts';
import { Money } from '../../ui/Money.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { basisOf } from '../../ui/basis-of.ts';
import { breachWords, burnWords, scopeWords, stateLooks } from './words.ts';

export function BudgetStateMark({ state }: { state: BudgetState }) {
  const { icon, tone, word, label } = stateLooks[state];
  return (
    <StatusMark icon={icon} tone={tone} word={word}>
      {label}
    </StatusMark>
  );
}

/** Used of the amount, with a mark where an even month would be. */
export function UsedBar({ share, even, state }: { share: number | null; even: number; state: BudgetState }) {
  const width = (part: number) => `${Math.max(0, Math.min(1, part)) * 100}%`;
  return (
    <span className="inline-flex w-full items-center gap-2">
      <span className="tabular w-11 shrink-0 text-right">{share === null ? '–' : formatPercent(share, 0)}</span>
      <span aria-hidden="true" className="relative h-1.25 min-w-12 flex-1 rounded-xs bg-press">
        <span
          className={`absolute inset-y-0 left-0 rounded-xs ${state === 'over' ? 'bg-danger' : state === 'at-risk' ? 'bg-warning' : 'bg-muted/60'}`}
          style={{ width: width(share ?? 0) }}
        />
        <span className="absolute -inset-y-0.75 w-px bg-ink" style={{ left: width(even) }} />
      </span>
    </span>
  );
}

export const budgetColumns: readonly Column<Budget>[] = [
  {
    id: 'name',
    header: 'Budget',
    width: 170,
    grow: 2,
    shown: 'always',
    cell: ({ name }) => (
      <span className="font-medium">
        <Upstream>{name}</Upstream>
      </span>
    ),
  },
  {
    id: 'for',
    header: 'For',
    width: 190,
    grow: 2,
    tone: 'muted',
    leaves: 4,
    cell: (budget) => (
      <>
        {budget.isTagGone && <span className="text-warning-ink">Tag gone: </span>}
        <Upstream>{scopeWords(budget)}</Upstream>
      </>
    ),
  },
  { id: 'state', header: 'State', width: 130, cell: ({ standing }) => <BudgetStateMark state={standing.state} /> },
  {
    id: 'used',
    header: 'Used',
    width: 108,
    align: 'end',
    cell: ({ standing, currency }) => (
      <Money amount={standing.used ?? undefined} currency={currency} basis={basisOf(standing.bases)} />
    ),
  },
  {
    id: 'amount',
    header: 'Of',
    width: 104,
    align: 'end',
    tone: 'muted',
    leaves: 1,
    cell: ({ standing, currency }) => formatMoney(standing.amount, currency),
  },
  {
    id: 'share',
    header: 'Share',
    width: 170,
    grow: 1,
    leaves: 2,
    cell: ({ standing: { share, elapsed, state } }) => <UsedBar share={share} even={elapsed.days / elapsed.of} state={state} />,
  },
  {
    id: 'burn',
    header: 'Burn',
    width: 64,
    align: 'end',
    leaves: 3,
    cell: ({ standing }) => <span className="tabular">{burnWords(standing.burn)}</span>,
  },
  {
    id: 'forecast',
    header: 'Month end',
    width: 112,
    align: 'end',
    leaves: 2,
    cell: ({ standing: { forecast, withheld }, currency }) =>
      forecast.expected === null ? (
        <span className="text-faint" title={withheld ?? undefined}>
          no forecast
        </span>
      ) : (
        <Money amount={forecast.expected} currency={currency} basis="estimated" />
      ),
  },
  {
    id: 'breach',
    header: 'Beyond it',
    width: 152,
    tone: 'muted',
    leaves: 3,
    cell: ({ standing }) => breachWords(standing),
  },
];
