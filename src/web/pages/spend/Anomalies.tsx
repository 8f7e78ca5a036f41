import { useQuery } from '@tanstack/react-query';
import { Diamond } from 'lucide-react';
import { useState } from 'react';
import { muteDays } from '../../../contract/canopy/anomalies.ts';
import type { SpendAnomaly } from '../../../contract/canopy/anomalies.ts';
import type { SpendFilter } from '../../../contract/canopy/spend.ts';
import { isolated } from '../../lib/bidi.ts';
import { addDays, daysBetween, rangeWords } from '../../lib/date-range.ts';
import { formatDay } from '../../lib/format-time.ts';
import { formatCount, formatMoneyChange, formatQuantity, plural } from '../../lib/format.ts';
import { pathTo } from '../../lib/paths.ts';
import { anomaliesQuery, useMarkAnomaly } from '../../queries/anomalies.ts';
import { useRole } from '../../queries/role.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { tip } from '../../ui/tip.ts';
import { anomaliesId, passes } from './markers.ts';

const fewest = 6;

/** What was used unlike usual in the last weeks, the dearest first; people acknowledge it, or mute what always does so. */
export function Anomalies({
  subtree,
  filters,
  account,
  began,
  isPricing,
  onAllDays,
  onAccount,
}: {
  subtree: { organization: string; descendants: boolean };
  /** Those of the page; an anomaly that they leave out is not listed. */
  filters: readonly SpendFilter[];
  account: string | null;
  began: { from: string; to: string } | null;
  isPricing: boolean;
  onAllDays: () => void;
  onAccount: (accountId: string) => void;
}) {
  const [showsAll, setShowsAll] = useState(false);
  const [isLong, setIsLong] = useState(false);
  const asked = useQuery(
    anomaliesQuery({ ...subtree, ...(account === null ? {} : { account }), show: showsAll ? 'all' : 'open' }),
  );
  const mark = useMarkAnomaly();
  const answer = asked.data?.result;
  if (!answer && !asked.error) return null;
  if (answer?.total === 0) return null;
  const found = (answer?.rows ?? []).filter(
    (row) => passes(row, filters) && (began === null || (row.from >= began.from && row.from < began.to)),
  );
  const filtered = (answer?.rows ?? []).filter((row) => !passes(row, filters)).length;
  const rows = isLong || began !== null ? found : found.slice(0, fewest);
  return (
    <section id={anomaliesId} aria-label="Anomalies" tabIndex={-1} className="border-t border-line">
      <SectionHead
        edge="page"
        title="Anomalies"
        note={
          answer &&
          `${plural(answer.open, 'open one', 'open ones')} of the last 5 weeks${isPricing ? ', as priced before' : ''}${filtered > 0 ? `, ${formatCount(filtered)} left out by the filters` : ''}`
        }
      >
        <Switch label="Also acknowledged and muted" checked={showsAll} onChange={setShowsAll} />
      </SectionHead>
      {asked.error && (
        <ErrorLine
          className="px-(--gutter) py-1.5"
          error={asked.error.report}
          title="The anomalies could not be read"
          onRetry={() => void asked.refetch()}
        />
      )}
      {mark.error && (
        <ErrorLine className="px-(--gutter) py-1.5" error={mark.error.report} title="The anomaly could not be marked" />
      )}
      {began && (
        <p className="px-(--gutter) py-1.5 text-xs text-muted">
          Only what began {rangeWords({ from: began.from, before: began.to })}.{' '}
          <TextAction onPress={onAllDays}>Show all days</TextAction>
        </p>
      )}
      {answer && rows.length === 0 && (
        <p className="px-(--gutter) py-3 text-muted">
          {answer.rows.length > 0
            ? `None of ${answer.rows.length < (showsAll ? answer.total : answer.open) ? 'the dearest ' : ''}${answer.rows.length} passes the filters of the page.`
            : `Every one of ${answer.total} is acknowledged or muted.`}
        </p>
      )}
      <ul>
        {rows.map((row) => (
          <AnomalyRow
            key={`${row.organizationId} ${row.accountId} ${row.metric} ${row.unit} ${row.from}`}
            row={row}
            working={mark.isPending}
            onAccount={onAccount}
            onMark={(from, marked) => {
              const { organizationId, accountId, metric, unit } = row;
              mark.mutate({ body: { organizationId, accountId, metric, unit, from, marked } });
            }}
          />
        ))}
      </ul>
      {found.length > fewest && began === null && (
        <p className="px-(--gutter) py-2">
          <TextAction onPress={() => setIsLong(!isLong)}>{isLong ? 'Show fewer' : `Show all ${found.length}`}</TextAction>
        </p>
      )}
    </section>
  );
}

function AnomalyRow({
  row,
  working,
  onAccount,
  onMark,
}: {
  row: SpendAnomaly;
  working: boolean;
  onAccount: (accountId: string) => void;
  onMark: (from: string | null, marked: boolean) => void;
}) {
  const { can, whyNot } = useRole();
  const { acknowledged, muted } = row;
  const refused = whyNot('spend:write') || (working && 'Being kept.');
  return (
    <li className="ui-row flex h-auto min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-(--gutter) py-1">
      <span className="flex min-w-0 flex-1 gap-3 max-sm:basis-full max-sm:gap-2">
        <Diamond aria-hidden className="mt-0.75 size-3.5 shrink-0 text-warning-ink" />
        <span className="min-w-0">
          <span className="font-medium">
            <Upstream>{row.metricName}</Upstream>
          </span>{' '}
          {usedWords(row)}
          <span className="ml-2 text-xs text-muted">
            <TextAction size="xs" onPress={() => onAccount(row.accountId)}>
              <Upstream>{row.accountName}</Upstream>
            </TextAction>
            , <Upstream>{row.organizationName}</Upstream>
          </span>
        </span>
      </span>
      {can('audit:read') && (
        <TextAction
          size="xs"
          href={pathTo('audit', row.organizationId, { since: row.from, before: addDays(row.from, 1) })}
          {...tip(`What happened in ${isolated(row.organizationName)} on that day`)}
        >
          Audit events
        </TextAction>
      )}
      <span className="text-xs text-muted sm:w-28 sm:text-right">{whenWords(row)}</span>
      <span
        className="tabular w-24 text-right max-sm:ml-auto"
        {...tip(row.kind === 'new' ? 'What it cost on these days' : 'What it cost on these days beside the usual')}
      >
        {formatMoneyChange('0', row.impact, row.currency)}
      </span>
      <span className="flex items-center justify-end gap-1.5 sm:min-w-38">
        {muted ? (
          <>
            <span className="text-xs text-muted" {...tip(`Muted on ${formatDay(muted.at.slice(0, 10))}; it ends by itself`)}>
              Muted by <Upstream>{muted.by.name}</Upstream> until {formatDay(muted.until.slice(0, 10), 'without-year')}
            </span>
            <Button size="row" disabledReason={refused} onClick={() => onMark(null, false)}>
              Unmute
            </Button>
          </>
        ) : (
          <>
            <Button size="row" disabledReason={refused} onClick={() => onMark(row.from, acknowledged === null)}>
              {acknowledged ? `Acknowledged by ${isolated(acknowledged.by.name)}, take back` : 'Acknowledge'}
            </Button>
            <Button
              size="row"
              kind="quiet"
              disabledReason={refused}
              onClick={() => onMark(null, true)}
              {...tip(`For ${muteDays} days, no anomaly of this metric of this account is open`)}
            >
              Mute
            </Button>
          </>
        )}
      </span>
    </li>
  );
}

function usedWords({ kind, used, usual, unit, from, to }: SpendAnomaly): string {
  // what goes on is counted until it has become the usual
  const days = daysBetween({ from, before: addDays(to, 1) });
  const within = days > 1 ? ` in ${days} days` : '';
  const amount = (value: number): string => {
    const shown = formatQuantity(String(Math.round(value)), unit);
    return `${shown.figure} ${shown.unit}`.trim();
  };
  if (kind === 'new') return `is new: ${amount(used)}${within}`;
  return `${amount(used)}${within}, usually ${amount(usual)}`;
}

function whenWords({ kind, from, to, isStep }: SpendAnomaly): string {
  if (isStep || kind === 'new') return `since ${formatDay(from)}`;
  return from === to ? formatDay(from) : `${formatDay(from)} to ${formatDay(to)}`;
}
