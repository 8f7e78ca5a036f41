import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { allowanceStates } from '../../../contract/canopy/forecast.ts';
import type { AllowanceState } from '../../../contract/canopy/forecast.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { allowancesQuery } from '../../queries/forecast.ts';
import { Button } from '../../ui/Button.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { allowanceColumns, allowanceOnPhone } from './allowance-columns.tsx';

const perPage = 10;
const stateLabels: Readonly<Record<AllowanceState, string>> = {
  'used-up': 'Used up',
  'will-be-used-up': 'Will be used up',
  within: 'Within',
};
/** Those that can still be acted on stand first. */
const shownStates: readonly AllowanceState[] = ['will-be-used-up', 'used-up', 'within'];

/** What accounts used of what is included, and when it is used up: those that will pay soon stand first. */
export function Allowances({
  subtree,
  account,
  isFiltered,
  onAccount,
}: {
  subtree: { organization: string; descendants: boolean };
  /** The only account the page is about, where it is about one. */
  account: string | null;
  /** Whether the page has filters that do not hold here. */
  isFiltered: boolean;
  onAccount: (accountId: string) => void;
}) {
  const [chosen, setChosen] = useState<AllowanceState | null>(null);
  const [page, setPage] = useState(1);
  const of = { ...subtree, ...(account === null ? {} : { account }) };
  const all = useQuery(allowancesQuery({ ...of, per_page: 1 }));
  const counts = all.data?.result.counts;
  const state = chosen ?? shownStates.find((one) => counts?.[one] !== 0) ?? 'within';
  const asked = useQuery({ ...allowancesQuery({ ...of, state, page, per_page: perPage }), enabled: counts !== undefined });
  const failed = all.error ?? asked.error;
  const answer = asked.data?.result;
  const pages = Math.max(1, Math.ceil((counts?.[state] ?? 0) / perPage));
  const order = state === 'used-up' ? 'dearest first' : 'most used first';
  const choose = (next: AllowanceState) => {
    setChosen(next);
    setPage(1);
  };
  const waiting = all.data?.result.waiting ?? 0;
  if (counts && allowanceStates.every((one) => counts[one] === 0) && waiting === 0 && !failed) return null;
  return (
    <section aria-label="Allowances" className="border-t border-line">
      <SectionHead
        edge="page"
        title="Allowances"
        note={isFiltered ? 'of running billing cycles, whatever else is filtered' : 'of running billing cycles'}
      >
        <SegmentedControl
          label="Allowances that are"
          size="row"
          className="max-sm:h-auto! max-sm:shrink! max-sm:flex-wrap max-sm:*:h-7"
          value={state}
          onChange={choose}
          options={shownStates.map((value) => ({
            value,
            label: counts ? `${stateLabels[value]} (${formatCount(counts[value])})` : stateLabels[value],
          }))}
        />
      </SectionHead>
      {failed ? (
        <ErrorLine
          className="px-(--gutter) py-1.5"
          error={failed.report}
          title="The allowances could not be read"
          onRetry={() => void Promise.all([all.refetch(), asked.refetch()])}
        />
      ) : !answer ? (
        <SkeletonRows columns={['start', 'start', 'end']} rows={3} />
      ) : answer.rows.length === 0 ? (
        <p className="px-(--gutter) py-3 text-muted">
          None of {plural(answer.counts.within + answer.counts['used-up'] + answer.counts['will-be-used-up'], 'allowance')}.
        </p>
      ) : (
        <DataTable
          label={`Allowances, ${order}`}
          fit="rows"
          rowSize="spend"
          rows={answer.rows}
          columns={allowanceColumns(onAccount)}
          rowId={({ organizationId, accountId, metric }) => `${organizationId} ${accountId} ${metric}`}
          rowLabel={({ metricName, accountName }) => `${metricName} of ${accountName}`}
          ordering="upstream"
          state={asked.isPlaceholderData ? 'refreshing' : 'ready'}
          phone={allowanceOnPhone(onAccount)}
        />
      )}
      {waiting > 0 && (
        <p className="px-(--gutter) py-1.5 text-xs text-warning-ink">
          Without {plural(waiting, 'organization')} still being worked out.
        </p>
      )}
      {answer && pages > 1 && (
        <div className="flex items-center gap-2 px-(--gutter) py-2 text-muted">
          <Button size="row" disabledReason={page === 1 && 'This is the first page.'} onClick={() => setPage(page - 1)}>
            Previous
          </Button>
          <Button size="row" disabledReason={page === pages && 'This is the last page.'} onClick={() => setPage(page + 1)}>
            Next
          </Button>
          <span className="tabular text-xs">
            Page {formatCount(page)} of {formatCount(pages)}, {order}
          </span>
        </div>
      )}
    </section>
  );
}
