import type { Allowance } from '../../../contract/canopy/forecast.ts';
import { formatDay } from '../../lib/format-time.ts';
import { formatPercent, noRecord } from '../../lib/format.ts';
import type { Column } from '../../ui/columns.ts';
import type { PhoneRow } from '../../ui/DataTableRow.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Money } from '../../ui/Money.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { includedWords, quantityBeside, usedOf, usedUpWords } from './allowance.ts';

type OnAccount = (accountId: string) => void;

/** What is said of each allowance; what is beyond it is said in numbers. */
export const allowanceColumns = (onAccount: OnAccount): Column<Allowance>[] => [
  {
    id: 'account',
    header: 'Account',
    width: 160,
    grow: 1,
    cell: ({ accountName }) => <Upstream>{accountName}</Upstream>,
  },
  {
    id: 'organization',
    header: 'Organization',
    width: 150,
    leaves: 4,
    tone: 'muted',
    cell: ({ organizationName }) => <Upstream>{organizationName}</Upstream>,
  },
  { id: 'metric', header: 'Metric', width: 200, grow: 2, cell: ({ metricName }) => <Upstream>{metricName}</Upstream> },
  {
    id: 'used',
    header: 'Used of included',
    width: 272,
    grow: 1,
    cell: (row) => (
      <>
        <Meter share={row.share} />
        <span className="tabular">{quantityBeside(row, usedOf(row))}</span>{' '}
        <span className="text-muted">{includedWords(row)}</span>
      </>
    ),
  },
  {
    id: 'billable',
    header: 'Billable',
    width: 84,
    align: 'end',
    leaves: 3,
    cell: (row) => (row.billable === '0' ? noRecord : quantityBeside(row, row.billable)),
  },
  {
    id: 'expected',
    header: 'Expected',
    width: 84,
    align: 'end',
    leaves: 2,
    cell: (row) => quantityBeside(row, row.expected),
  },
  {
    id: 'cost',
    header: 'Cost so far',
    width: 90,
    align: 'end',
    leaves: 1,
    cell: (row) => <CostSoFar row={row} onAccount={onAccount} />,
  },
  { id: 'used-up', header: 'Used up', width: 132, align: 'end', cell: usedUpWords },
];

/** On a phone: when it is used up, and what is paid already or how much is used until then. */
export const allowanceOnPhone =
  (onAccount: OnAccount) =>
  (row: Allowance): PhoneRow => ({
    title: <Upstream>{row.metricName}</Upstream>,
    detail: (
      <>
        <Upstream>{row.accountName}</Upstream>, <Upstream>{row.organizationName}</Upstream>
      </>
    ),
    end: (
      <>
        {usedUpWords(row)}
        <span className="block text-xs text-muted">
          {row.state === 'used-up' ? (
            <CostSoFar row={row} onAccount={onAccount} />
          ) : (
            <>
              <Meter share={row.share} />
              {formatPercent(row.share, 0)}
            </>
          )}
        </span>
      </>
    ),
  });

/** What is beyond the allowance costs so far, and how that comes about. */
function CostSoFar({ row, onAccount }: { row: Allowance; onAccount: OnAccount }) {
  const cost = <Money amount={row.cost} currency={row.currency} basis="estimated" />;
  if (row.steps.length === 0) return cost;
  return (
    <Popover
      label={`Cost of ${row.metricName}`}
      align="end"
      className="p-3 text-left whitespace-normal" // not as in the cell it stands in
      trigger={(props) => (
        <button type="button" {...props} className="rounded-xs">
          {cost}
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
  );
}

/** Full at the allowance. */
function Meter({ share }: { share: number }) {
  return (
    <span
      role="img"
      aria-label={`${formatPercent(share, 0)} used`}
      className="mr-2 inline-block h-1.5 w-16 rounded-xs bg-press align-middle max-sm:w-10"
    >
      <span
        className={share >= 1 ? 'block h-full rounded-xs bg-warning' : 'block h-full rounded-xs bg-accent'}
        style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }}
      />
    </span>
  );
}
