import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type {
  ExplainedAccount,
  ExplainedCycle,
  ExplainedMetric,
  ExplanationQuestion,
  MetricExplanation,
  SpendExplanation,
} from '../../../contract/canopy/spend-explanation.ts';
import { addDays, rangeWords } from '../../lib/date-range.ts';
import { formatDay } from '../../lib/format-time.ts';
import { formatMoney, formatQuantity, plural } from '../../lib/format.ts';
import { pathTo } from '../../lib/paths.ts';
import { explanationQuery, metricExplanationQuery } from '../../queries/spend-explanation.ts';
import { basisOf } from '../../ui/basis-of.ts';
import { classes } from '../../ui/classes.ts';
import { Dialog, DialogSection } from '../../ui/Dialog.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { Link } from '../../ui/Link.tsx';
import { Money } from '../../ui/Money.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import type { Explained } from './dialogs.ts';
import { notFinalWords } from './words.ts';

/** How a figure comes about: by metric, and on demand by account and billing cycle, down to the price of a block. */
export function Explanation({ explained, onClose }: { explained: Explained; onClose: () => void }) {
  const { question, label = 'All that is shown', where = [] } = explained;
  const { organization, descendants, measure, from, to, filters } = question;
  if (measure.kind !== 'spend' && measure.kind !== 'estimate') return null;
  const { kind, currency } = measure;
  const asked: ExplanationQuestion = {
    organization,
    descendants,
    measure: { kind, currency },
    from,
    to,
    filters: [...filters, ...where],
  };
  return <ExplanationDialog asked={asked} label={label} onClose={onClose} />;
}

function ExplanationDialog({ asked, label, onClose }: { asked: ExplanationQuestion; label: string; onClose: () => void }) {
  const answer = useQuery(explanationQuery(asked));
  const explanation = answer.data?.result;
  const { currency } = asked.measure;
  return (
    <Dialog
      title="How is this estimated?"
      size="preflight"
      cancel="Close"
      consequence={
        <>
          <Upstream>{label}</Upstream>, {rangeWords({ from: asked.from, before: asked.to })}
          {explanation && (
            <>
              : <Money amount={explanation.total} currency={currency} basis={basisOf(explanation.bases)} />
            </>
          )}
        </>
      }
      note={
        explanation && (
          <>
            {explanation.card.name}, version {explanation.card.version}.{' '}
            {asked.organization !== undefined && (
              <Link className="link" href={pathTo('spend/rate-card', asked.organization)}>
                Open the rate card
              </Link>
            )}
          </>
        )
      }
      onClose={onClose}
    >
      {answer.error && !explanation ? (
        <DialogSection>
          <ErrorLine
            error={answer.error.report}
            title="The figure could not be explained"
            onRetry={() => void answer.refetch()}
          />
        </DialogSection>
      ) : explanation ? (
        <Whole explanation={explanation} asked={asked} />
      ) : (
        <SkeletonRows columns={['start', 'end', 'end']} rows={8} />
      )}
    </Dialog>
  );
}

/** What it is made of, and each metric. */
function Whole({ explanation, asked }: { explanation: SpendExplanation; asked: ExplanationQuestion }) {
  const { metrics, bases, total, notFinal, card } = explanation;
  const { currency } = asked.measure;
  const [first] = metrics;
  const [opened, setOpened] = useState<ReadonlySet<ExplainedMetric['metric']>>(
    new Set(first && metrics.length === 1 ? [idOf(first)] : []),
  );
  const billed = bases.find(({ basis }) => basis === 'billed');
  const estimated = bases.find(({ basis }) => basis === 'estimated');
  return (
    <>
      <DialogSection>
        <p>
          {billed?.total && estimated?.total
            ? `${formatMoney(billed.total, currency)} is billed by Cloudflare, and ${formatMoney(estimated.total, currency)} is reckoned from usage with the rate card.`
            : 'Cloudflare sends quantities; they are priced with the rate card, for each account and billing cycle.'}{' '}
          <span className="text-muted">
            The days of a cycle use up its allowance in turn, so a day costs what it adds to the cycle.
          </span>
        </p>
        {notFinal > 0 && <p className="text-xs text-warning-ink">{notFinalWords(notFinal, card.version)}</p>}
      </DialogSection>
      <ul aria-label="By metric">
        {metrics.map((metric) => {
          const id = idOf(metric);
          const isOpen = opened.has(id);
          return (
            <li key={id} className="border-b border-line">
              <Disclosure
                isOpen={isOpen}
                onToggle={() => {
                  const next = new Set(opened);
                  if (!next.delete(id)) next.add(id);
                  setOpened(next);
                }}
                label={metric.name}
                note={metric.quantity === null ? `level, ${metric.unit}` : quantityWords(metric.quantity, metric.unit)}
                amount={<Money amount={metric.total} currency={currency} basis={basisOf(metric.bases)} />}
              />
              {isOpen && <Metric metric={metric} asked={asked} />}
            </li>
          );
        })}
      </ul>
      <p className="flex justify-between gap-3 px-5 py-2.5 font-semibold">
        <span>{metrics.length === 1 ? 'Total' : `Total of ${plural(metrics.length, 'metric')}`}</span>
        <Money amount={total} currency={currency} basis={basisOf(bases)} />
      </p>
    </>
  );
}

const idOf = ({ metric, unit }: Pick<ExplainedMetric, 'metric' | 'unit'>): string => `${metric} ${unit}`;

function quantityWords(amount: string, unit: string): string {
  const { figure, unit: name } = formatQuantity(amount, unit);
  return `${figure} ${name}`.trim();
}

/** A row that opens: what it is of, and what it comes to. */
function Disclosure({
  isOpen,
  onToggle,
  label,
  note,
  amount,
  isInner = false,
}: {
  isOpen: boolean;
  onToggle: () => void;
  label: string;
  note: string;
  amount: ReactNode;
  isInner?: boolean;
}) {
  return (
    <div className={classes('flex items-center gap-3 pr-5 hover:bg-hover', isInner ? 'pl-8' : 'pl-3')}>
      <button
        type="button"
        aria-expanded={isOpen}
        className="flex min-h-9 min-w-0 flex-1 items-center gap-1.5 py-1 text-left max-sm:min-h-11"
        onClick={onToggle}
      >
        <ChevronRight aria-hidden className={classes('size-3.5 shrink-0 text-muted', isOpen && 'rotate-90')} />
        <span className="flex min-w-0 flex-1 items-baseline gap-x-3 max-sm:block">
          <span className={classes('block min-w-0 flex-1 truncate', !isInner && 'font-medium')}>
            <Upstream>{label}</Upstream>
          </span>
          <span className="tabular block shrink-0 text-xs text-muted">{note}</span>
        </span>
      </button>
      <span className="w-24 shrink-0 text-right">{amount}</span>
    </div>
  );
}

/** The price of a metric, what all accounts used of it, and each account. */
function Metric({ metric, asked }: { metric: ExplainedMetric; asked: ExplanationQuestion }) {
  const question = { ...asked, metric: metric.metric, unit: metric.unit };
  const answer = useQuery(metricExplanationQuery(question));
  const explanation = answer.data?.result;
  const noRate = metric.bases.find(({ basis }) => basis === 'no-rate');
  return (
    <div className="pb-2.5">
      <div className="grid gap-1 pr-5 pb-1.5 pl-8 text-xs text-muted">
        {metric.terms.length > 0 && <p>Rate card: {metric.terms.join('; ')}.</p>}
        {metric.terms.length === 0 && <p>No line of the rate card is about it, so nothing of it is estimated.</p>}
        {noRate && noRate.records > 0 && metric.terms.length > 0 && (
          <p>{plural(noRate.records, 'record')} without a rate, in no total.</p>
        )}
        {explanation?.sums && <SumWords sums={explanation.sums} metric={metric} explanation={explanation} />}
      </div>
      {answer.error && !explanation ? (
        <ErrorLine
          className="pr-5 pl-8"
          error={answer.error.report}
          title="The metric could not be explained"
          onRetry={() => void answer.refetch()}
        />
      ) : explanation ? (
        <Accounts explanation={explanation} currency={asked.measure.currency} />
      ) : (
        <SkeletonRows columns={['start', 'end']} rows={3} />
      )}
    </div>
  );
}

/** Allowances are each account's own, so they are added up and never filled by others. */
function SumWords({
  sums,
  metric,
  explanation,
}: {
  sums: NonNullable<MetricExplanation['sums']>;
  metric: ExplainedMetric;
  explanation: MetricExplanation;
}) {
  const all = explanation.accounts.length + (explanation.others?.accounts ?? 0);
  const of = (amount: string) => quantityWords(amount, metric.unit);
  return (
    <p className="text-ink">
      {of(sums.used)} used
      {all > 1 && ` by ${plural(sums.accounts, 'account')}${sums.accounts < all ? ' that are estimated' : ''}`}: {of(sums.within)}{' '}
      within {sums.accounts === 1 ? 'the allowance' : 'their allowances'}, {of(sums.billable)} billable.
    </p>
  );
}

function Accounts({ explanation, currency }: { explanation: MetricExplanation; currency: string }) {
  const { accounts, others } = explanation;
  const [opened, setOpened] = useState<string | null>(null);
  const [only] = accounts;
  if (only && accounts.length === 1) return <Cycles account={only} currency={currency} />;
  return (
    <ul aria-label="By account">
      {accounts.map((account) => {
        const id = `${account.organizationName} ${account.accountId}`;
        return (
          <li key={id}>
            <Disclosure
              isInner
              isOpen={opened === id}
              onToggle={() => setOpened(opened === id ? null : id)}
              label={account.accountName}
              note={account.organizationName}
              amount={
                <Money
                  amount={account.total}
                  currency={currency}
                  basis={account.billed === null ? 'estimated' : account.cycles.length > 0 ? 'mixed' : 'billed'}
                />
              }
            />
            {opened === id && <Cycles account={account} currency={currency} />}
          </li>
        );
      })}
      {others && (
        <li className="flex justify-between gap-3 py-1.5 pr-5 pl-13.5 text-muted">
          {plural(others.accounts, 'other account')}
          <Money amount={others.total} currency={currency} />
        </li>
      )}
    </ul>
  );
}

/** The sum that leads to what one account has of the figure. */
function Cycles({ account, currency }: { account: ExplainedAccount; currency: string }) {
  return (
    <div className="grid gap-3 pt-1 pr-5 pb-1.5 pl-13.5 max-sm:pl-8">
      {account.billed !== null && (
        <Line words="billed by Cloudflare, not estimated" amount={account.billed} currency={currency} />
      )}
      {account.cycles.map((cycle) => (
        <Cycle
          key={`${cycle.cycle.from} ${cycle.days.from}`}
          cycle={cycle}
          currency={currency}
          isPriced={account.total !== null}
        />
      ))}
      {account.cycles.length + Number(account.billed !== null) > 1 && (
        <div className="border-t border-line pt-1">
          <Line words={`of ${account.accountName} in all`} amount={account.total} currency={currency} isSum />
        </div>
      )}
    </div>
  );
}

function Cycle({ cycle, currency, isPriced }: { cycle: ExplainedCycle; currency: string; isPriced: boolean }) {
  const { days, steps, remarks, upTo, before, elsewhere, cost } = cycle;
  const lastDay = formatDay(addDays(days.to, -1), 'without-year');
  const isWhole = cycle.cycle.from === days.from && elsewhere === '0';
  return (
    <section aria-label={`Billing cycle from ${formatDay(cycle.cycle.from)}`} className="grid gap-1">
      <h4 className="text-xs font-semibold text-muted">
        Billing cycle {rangeWords({ from: cycle.cycle.from, before: cycle.cycle.to })}, up to {lastDay}
      </h4>
      <ol className="grid gap-0.5">
        {steps.map((step) => (
          <li key={step} className="tabular">
            {step}
          </li>
        ))}
      </ol>
      {remarks.map((remark) => (
        <p key={remark} className="text-xs text-muted">
          {remark}
        </p>
      ))}
      {isPriced && (
        <div className="grid gap-0.5">
          {!isWhole && <Line words={`the cycle up to ${lastDay}`} amount={upTo} currency={currency} />}
          {before !== '0' && (
            <Line
              words={`less the days before ${formatDay(days.from, 'without-year')}`}
              amount={before}
              currency={currency}
              isLess
            />
          )}
          {elsewhere !== '0' && (
            <Line words="less records that are not in this figure, or billed" amount={elsewhere} currency={currency} isLess />
          )}
          <Line words={rangeWords({ from: days.from, before: days.to })} amount={cost} currency={currency} isSum />
        </div>
      )}
      {cycle.isOld && (
        <p className="text-xs text-warning-ink">
          The figure was priced before the newest usage or rate card; it is being priced again, so the difference is among the
          other records here.
        </p>
      )}
    </section>
  );
}

function Line({
  words,
  amount,
  currency,
  isLess = false,
  isSum = false,
}: {
  words: string;
  amount: string | null;
  currency: string;
  isLess?: boolean;
  isSum?: boolean;
}) {
  return (
    <p className={classes('flex justify-between gap-3', isSum ? 'font-medium' : 'text-muted')}>
      <span>{words}</span>
      <span className="tabular whitespace-nowrap">
        {isLess && '− '}
        <Money amount={amount} currency={currency} />
      </span>
    </p>
  );
}
