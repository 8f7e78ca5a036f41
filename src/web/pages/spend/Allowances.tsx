import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { allowanceStates } from '../../../contract/canopy/forecast.ts';
import type { Allowance, AllowanceState } from '../../../contract/canopy/forecast.ts';
import { formatDay } from '../../lib/format-time.ts';
import { formatCount, formatPercent, formatQuantity, noRecord, plural } from '../../lib/format.ts';
import { allowancesQuery } from '../../queries/forecast.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Money } from '../../ui/Money.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';

const perPage = 10;
const stateLabels: Readonly<Record<AllowanceState, string>> = {
  'used-up': 'Used up',
  'will-be-used-up': 'Will be used up',
  within: 'Within',
};
/** Those that can still be acted on stand first. */
const shownStates: readonly AllowanceState[] = ['will-be-used-up', 'used-up', 'within'];
const start = 'ui-cell text-left font-normal';
const number = 'ui-cell ui-cell-end';

/** What accounts used of what is included, and when it is used up: those that will pay soon stand first. */
export function Allowances({
  subtree,
  account,
  onAccount,
}: {
  subtree: { organization: string; descendants: boolean };
  /** The only account the page is about, where it is about one. */
  account: string | null;
  onAccount: (accountId: string) => void;
}) {
  const [chosen, setChosen] = useState<AllowanceState | null>(null);
  const [page, setPage] = useState(1);
  const of = { ...subtree, ...(account === null ? {} : { account }) };
  const all = useQuery(allowancesQuery({ ...of, per_page: 1 }));
  const counts = all.data?.result.counts;
  const state = chosen ?? shownStates.find((one) => (counts?.[one] ?? 0) > 0) ?? 'within';
  const asked = useQuery({ ...allowancesQuery({ ...of, state, page, per_page: perPage }), enabled: counts !== undefined });
  const failed = all.error ?? asked.error;
  const answer = asked.data?.result;
  const pages = Math.max(1, Math.ceil((counts?.[state] ?? 0) / perPage));
  const choose = (next: AllowanceState) => {
    setChosen(next);
    setPage(1);
  };
  if (counts && allowanceStates.every((one) => counts[one] === 0) && !failed) return null;
  return (
    <section aria-label="Allowances" className="border-t border-line">
      <SectionHead title="Allowances" note="of running billing cycles">
        <SegmentedControl
          label="Allowances that are"
          size="row"
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
          error={failed.report}
          title="The allowances could not be asked"
          onRetry={() => void Promise.all([all.refetch(), asked.refetch()])}
        />
      ) : !answer ? (
        <SkeletonRows columns={['start', 'start', 'end']} rows={3} />
      ) : answer.rows.length === 0 ? (
        <p className="px-5 py-3 text-muted">
          None of {plural(answer.counts.within + answer.counts['used-up'] + answer.counts['will-be-used-up'], 'allowance')}.
        </p>
      ) : (
        <AllowanceTable rows={answer.rows} dimmed={asked.isPlaceholderData} onAccount={onAccount} />
      )}
      {answer && pages > 1 && (
        <div className="flex items-center gap-2 px-5 py-2 text-muted">
          <Button size="row" disabledReason={page === 1 && 'This is the first page.'} onClick={() => setPage(page - 1)}>
            Previous
          </Button>
          <Button size="row" disabledReason={page === pages && 'This is the last page.'} onClick={() => setPage(page + 1)}>
            Next
          </Button>
          <span className="tabular text-xs">
            Page {formatCount(page)} of {formatCount(pages)}, most used first
          </span>
        </div>
      )}
    </section>
  );
}

function AllowanceTable({
  rows,
  dimmed,
  onAccount,
}: {
  rows: readonly Allowance[];
  dimmed: boolean;
  onAccount: (accountId: string) => void;
}) {
  return (
    <div
      className={dimmed ? 'overflow-x-auto opacity-60' : 'overflow-x-auto'}
      role="region"
      aria-label="Allowances, scrollable"
      tabIndex={0}
    >
      <table className="w-full" aria-label="Allowances, most used first">
        <thead className="ui-head">
          <tr>
            {['Account', 'Metric', 'Used of included'].map((name) => (
              <th key={name} scope="col" className="ui-cell text-left">
                {name}
              </th>
            ))}
            {['Billable', 'Expected', 'Cost so far', 'Used up'].map((name) => (
              <th key={name} scope="col" className={number}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <AllowanceRow key={`${row.organizationId} ${row.accountId} ${row.metric}`} row={row} onAccount={onAccount} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AllowanceRow({ row, onAccount }: { row: Allowance; onAccount: (accountId: string) => void }) {
  const included = formatQuantity(row.included, row.unit);
  // the unit stands beside what is included; bytes may come in another size
  const quantity = (amount: string | null): string => {
    if (amount === null) return noRecord;
    const { figure, unit } = formatQuantity(amount, row.unit);
    return unit === included.unit ? figure : `${figure} ${unit}`;
  };
  const together = row.shared && row.usedTogether !== row.used;
  return (
    <tr className="ui-row h-(--row-spend)">
      <th scope="row" className={start}>
        {row.accountName}
        <span className="ml-2 text-xs text-muted">{row.organizationName}</span>
      </th>
      <td className="ui-cell">{row.metricName}</td>
      <td className="ui-cell whitespace-nowrap">
        <Meter share={row.share} />
        <span className="tabular">{quantity(together ? row.usedTogether : row.used)}</span>
        <span className="text-muted">
          {' '}
          of {included.figure} {included.unit}
          {perWords[row.per]}
          {together && ', shared'}
        </span>
      </td>
      <td className={number}>{row.billable === '0' ? noRecord : quantity(row.billable)}</td>
      <td className={number}>{quantity(row.expected)}</td>
      <td className={number}>
        {row.steps.length === 0 ? (
          <Money amount={row.cost} currency={row.currency} basis="estimated" />
        ) : (
          <Popover
            label={`Cost of ${row.metricName}`}
            align="end"
            trigger={(props) => (
              <button type="button" {...props} className="rounded-xs">
                <Money amount={row.cost} currency={row.currency} basis="estimated" />
              </button>
            )}
          >
            <ol className="grid gap-1">
              {row.steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            <p className="mt-2 text-xs text-muted">
              Cycle from {formatDay(row.cycle.from)} to before {formatDay(row.cycle.to)}, as the rate card has it.{' '}
              <TextAction size="xs" onPress={() => onAccount(row.accountId)}>
                Show this account
              </TextAction>
            </p>
          </Popover>
        )}
      </td>
      <td className={number}>{usedUpWords(row)}</td>
    </tr>
  );
}

/** Full at the allowance; what is beyond it is said in numbers. */
function Meter({ share }: { share: number }) {
  const beyond = share >= 1;
  return (
    <span
      role="img"
      aria-label={`${formatPercent(share, 0)} used`}
      className="mr-2 inline-block h-1.5 w-16 rounded-xs bg-press align-middle"
    >
      <span
        className={beyond ? 'block h-full rounded-xs bg-warning' : 'block h-full rounded-xs bg-accent'}
        style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }}
      />
    </span>
  );
}

const perWords: Readonly<Record<Allowance['per'], string>> = {
  'account-cycle': '',
  'account-day': ' a day',
  'zone-cycle': ', all zones',
};

function usedUpWords({ state, usedUpOn, per }: Allowance): string {
  if (usedUpOn === null) return state === 'within' ? 'lasts' : noRecord;
  const first = per === 'account-cycle' ? '' : 'first ';
  return state === 'used-up' ? `${first}${formatDay(usedUpOn)}` : `expected ${formatDay(usedUpOn)}`;
}
