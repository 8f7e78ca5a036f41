import { useQuery } from '@tanstack/react-query';
import { noCurrency } from '../../../contract/canopy/currency.ts';
import type { CorrectedCharge, Restatement } from '../../../contract/canopy/spend-quality.ts';
import { addDays } from '../../lib/date-range.ts';
import { formatDay } from '../../lib/format-time.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { restatementsQuery } from '../../queries/quality.ts';
import type { Column } from '../../ui/columns.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { Link } from '../../ui/Link.tsx';
import { Money } from '../../ui/Money.tsx';
import { Quantity } from '../../ui/Quantity.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { spendAt } from './spend-at.ts';

interface Props {
  organizationId: string;
  subtree: { organization: string; descendants: boolean };
}

/** What changed after the fact: days that were whole and say something else since, and corrections of earlier charges. */
export function Restatements({ organizationId, subtree }: Props) {
  const asked = useQuery(restatementsQuery(subtree));
  const found = asked.data?.result;
  if (asked.error && !found)
    return (
      <section aria-label="Corrections and restatements">
        <SectionHead title="Corrections and restatements" edge="page" />
        <ErrorLine
          className="px-(--gutter) py-2.5"
          error={asked.error.report}
          title="What changed after the fact is not known"
          onRetry={() => void asked.refetch()}
        />
      </section>
    );
  const restated = found?.restatements;
  const corrections = found?.corrections;
  const state = asked.isPending ? 'loading' : 'ready';
  return (
    <section aria-label="Corrections and restatements">
      <SectionHead
        title="Restated days"
        note={
          restated &&
          (restated.total > restated.rows.length
            ? `the newest ${restated.rows.length} of ${formatCount(restated.total)}`
            : plural(restated.total, 'change'))
        }
        edge="page"
      />
      {restated?.total === 0 ? (
        <p className="px-(--gutter) py-2.5 text-muted">
          No day that was complete says something else since. Canopy reads the last days again every hour and would list it here.
        </p>
      ) : (
        <DataTable<Restatement>
          label="Restated days"
          fit="rows"
          rowSize="spend"
          state={state}
          rows={restated?.rows ?? []}
          rowId={(row) => JSON.stringify([row.organizationName, row.day, row.accountId, row.metric, row.unit, row.currency])}
          rowLabel={({ metricName, accountName, day }) => `${metricName} of ${accountName} on ${formatDay(day)}`}
          columns={restatedColumns(organizationId)}
          phone={({ day, accountName, metricName, quantity, unit }) => ({
            title: metricName,
            detail: `${accountName}, ${formatDay(day)}`,
            end: (
              <>
                <Quantity amount={quantity.after ?? undefined} unit={unit} />
                <span className="block text-xs text-muted">
                  was <Quantity amount={quantity.before ?? undefined} unit={unit} />
                </span>
              </>
            ),
          })}
        />
      )}
      <SectionHead
        title="Corrections"
        note={
          corrections &&
          (corrections.total > corrections.rows.length
            ? `by the day of the charge, the newest ${corrections.rows.length} of ${formatCount(corrections.total)}`
            : `by the day of the charge, ${plural(corrections.total, 'charge')}`)
        }
        edge="page"
      >
        {corrections?.net.map(({ currency, billed }) => (
          <span key={currency} className="text-xs text-muted">
            in all <Money amount={billed} currency={currency} /> {currency}
          </span>
        ))}
      </SectionHead>
      {corrections?.total === 0 ? (
        <p className="px-(--gutter) py-2.5 text-muted">No stored record corrects an earlier charge.</p>
      ) : (
        <DataTable<CorrectedCharge>
          label="Corrections"
          fit="rows"
          rowSize="spend"
          state={state}
          rows={corrections?.rows ?? []}
          rowId={(row) => JSON.stringify([row.organizationName, row.day, row.accountId, row.metric, row.unit, row.currency])}
          rowLabel={({ metricName, accountName, day }) => `${metricName} of ${accountName} on ${formatDay(day)}`}
          columns={correctionColumns(organizationId)}
          phone={({ day, accountName, metricName, quantity, unit, billed, currency }) => ({
            title: metricName,
            detail: `${accountName}, ${formatDay(day)}`,
            end: (
              <>
                <Quantity amount={quantity ?? undefined} unit={unit} />
                {billed !== null && (
                  <span className="block text-xs text-muted">
                    <Money amount={billed} currency={currency ?? noCurrency} />
                  </span>
                )}
              </>
            ),
          })}
        />
      )}
    </section>
  );
}

interface Charge {
  day: string;
  accountId: string | null;
  accountName: string;
  organizationName: string;
  metricName: string;
}

/** Which charge it is: the day leads to it in Usage & cost. */
function chargeColumns<Row extends Charge>(organizationId: string): Column<Row>[] {
  return [
    {
      id: 'day',
      header: 'Day (UTC)',
      width: 115,
      shown: 'always',
      cell: ({ day, accountId }) => (
        <Link
          className="hover:underline"
          href={spendAt(organizationId, { from: day, to: addDays(day, 1) }, { dimension: 'account', value: accountId })}
        >
          {formatDay(day, 'with-year')}
        </Link>
      ),
    },
    { id: 'metric', header: 'Metric', width: 200, grow: 2, cell: ({ metricName }) => <Upstream>{metricName}</Upstream> },
    { id: 'account', header: 'Account', width: 150, grow: 1, cell: ({ accountName }) => <Upstream>{accountName}</Upstream> },
    {
      id: 'organization',
      header: 'Organization',
      width: 130,
      cell: ({ organizationName }) => <Upstream>{organizationName}</Upstream>,
    },
  ];
}

const restatedColumns = (organizationId: string): Column<Restatement>[] => [
  ...chargeColumns<Restatement>(organizationId),
  {
    id: 'quantityBefore',
    header: 'Quantity before',
    width: 152,
    align: 'end',
    cell: ({ quantity, unit }) => <Quantity amount={quantity.before ?? undefined} unit={unit} />,
  },
  {
    id: 'quantityAfter',
    header: 'After',
    width: 152,
    align: 'end',
    cell: ({ quantity, unit }) => <Quantity amount={quantity.after ?? undefined} unit={unit} />,
  },
  {
    id: 'billedBefore',
    header: 'Billed before',
    width: 100,
    align: 'end',
    cell: ({ billed, currency }) => <Money amount={billed.before ?? undefined} currency={currency ?? noCurrency} />,
  },
  {
    id: 'billedAfter',
    header: 'After',
    width: 95,
    align: 'end',
    cell: ({ billed, currency }) => <Money amount={billed.after ?? undefined} currency={currency ?? noCurrency} />,
  },
  { id: 'noticed', header: 'Noticed', width: 115, cell: ({ noticedAt }) => <Time at={noticedAt} show="date" /> },
];

const correctionColumns = (organizationId: string): Column<CorrectedCharge>[] => [
  ...chargeColumns<CorrectedCharge>(organizationId),
  {
    id: 'quantity',
    header: 'Quantity',
    width: 152,
    align: 'end',
    cell: ({ quantity, unit }) => <Quantity amount={quantity ?? undefined} unit={unit} />,
  },
  {
    id: 'billed',
    header: 'Billed',
    width: 120,
    align: 'end',
    cell: ({ billed, currency }) => <Money amount={billed ?? undefined} currency={currency ?? noCurrency} />,
  },
  { id: 'records', header: 'Records', width: 80, align: 'end', cell: ({ records }) => formatCount(records) },
];
