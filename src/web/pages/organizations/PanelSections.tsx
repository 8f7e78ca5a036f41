import { useQuery } from '@tanstack/react-query';
import { Check, CircleQuestionMark, Minus } from 'lucide-react';
import { useState } from 'react';
import { formatChange, formatMoney, plural } from '../../lib/format.ts';
import { addDays } from '../../lib/date-range.ts';
import { actorOf, sentenceOf } from '../../lib/event-words.ts';
import { formatDay } from '../../lib/format-time.ts';
import { pathTo } from '../../lib/paths.ts';
import { newestAuditEventsQuery } from '../../queries/audit.ts';
import { basisOf } from '../../ui/basis-of.ts';
import { BasisBadge } from '../../ui/Basis.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { Link, TextAction } from '../../ui/Link.tsx';
import { Money } from '../../ui/Money.tsx';
import { PanelSection } from '../../ui/Panel.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { Time } from '../../ui/Time.tsx';
import { tipWhenClipped } from '../../ui/tip.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import type { Allowance } from './allowed.ts';
import type { Cost } from './costs.ts';
import { DailyBars } from './DailyBars.tsx';
import type { OrganizationItem } from '../../tree/organization-index.ts';
import type { TreeCosts } from './use-costs.ts';
import { useControl } from '../../tree/use-control.ts';

const marks = {
  yes: <Check className="mt-0.5 size-3.5 text-success" />,
  no: <Minus className="mt-0.5 size-3.5 text-muted" />,
  unknown: <CircleQuestionMark className="mt-0.5 size-3.5 text-warning" />,
} as const;
const words = { yes: 'Yes: ', no: 'No: ', unknown: 'Unknown: ' } as const;

/** Every capability with yes, no or unknown, and why. */
export function AllowedHere({ allowances, role }: { allowances: readonly Allowance[]; role: string | false }) {
  return (
    <PanelSection title="Allowed here">
      {role !== false && <p className="mb-1.5 text-xs text-muted">By Cloudflare. {role}</p>}
      <ul className="grid gap-1.25">
        {allowances.map(({ id, label, state, reason }) => (
          <li key={id} className="grid grid-cols-[0.875rem_minmax(0,1fr)] gap-x-2">
            {marks[state]}
            <span className={state === 'yes' ? undefined : 'text-muted'}>
              <span className="sr-only">{words[state]}</span>
              {label.includes('_') ? <span className="mono">{label}</span> : label}
              {reason !== null && <span className="block text-xs text-faint">{reason}</span>}
            </span>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

/** Who has full control: members here, and through implicit access those of every organization above. */
export function FullControl({ item }: { item: OrganizationItem }) {
  const { state, control, retry } = useControl(item);
  const accounts = item.accounts.missing > 0 ? 'every account here' : `all ${plural(item.accounts.within, 'account')}`;
  return (
    <PanelSection title="Who has full control here">
      {state === 'not-allowed' && <p className="text-muted">Your role may not see members.</p>}
      {state === 'reading' && <Skeleton width="80%" className="my-1" />}
      {state === 'failed' && <ErrorLine error={retry.error} title="Members could not be read" onRetry={retry.run} />}
      {state === 'read' && (
        <p>
          {plural(control.here, 'active member')}
          {control.above.length > 0 && (
            <>
              , and <strong>{control.total - control.here}</strong> more through implicit access:{' '}
              {control.above.map(({ name, count }, at) => (
                <span key={name}>
                  {at > 0 && ', '}
                  {count} from <Upstream>{name}</Upstream>
                </span>
              ))}
            </>
          )}
          .{' '}
          {control.total > 1
            ? 'Each of them controls'
            : control.total === 1
              ? 'That person controls'
              : 'Nobody whom you can see controls'}{' '}
          {item.accounts.within === 0 && item.accounts.missing === 0 ? 'this organization' : accounts}.
          {control.unknown.length > 0 && (
            <span className="block text-xs text-warning-ink">
              Not counted, because they could not be read: <Upstream>{control.unknown.join(', ')}</Upstream>
            </span>
          )}
          {control.scoped && (
            <span className="block text-xs text-faint">Members above the organizations you may see have control as well.</span>
          )}
        </p>
      )}
    </PanelSection>
  );
}

/** As high as the cost that comes, so that nothing under it moves. */
export function CostToCome() {
  return (
    <PanelSection title="Cost, 30 complete days">
      <div className="h-21.5 pt-1">
        <Skeleton width="40%" />
      </div>
    </PanelSection>
  );
}

/** What the last 30 complete days cost, by day, with its basis and what it does not cover. */
export function CostSection({ of, costs }: { of: Cost; costs: TreeCosts }) {
  const change = costs.isCompared ? formatChange(of.previous, of.total) : null;
  const basis = basisOf(of.bases);
  const lastDay = addDays(costs.to, -1);
  return (
    <PanelSection title="Cost, 30 complete days" action={<BasisBadge basis={basis} />}>
      <p className="flex items-baseline gap-2">
        <span className="text-xl font-semibold">
          <Money amount={of.total} currency={costs.currency} basis={basis} />
        </span>
        {change !== null && of.previous !== null && (
          <span className="text-xs text-muted tabular">
            {change} from {formatMoney(of.previous, costs.currency, 'whole')}
          </span>
        )}
      </p>
      <DailyBars days={of.days} label={`Cost by day from ${formatDay(costs.from)} to ${formatDay(lastDay)}`} />
      <p className="mt-1 flex justify-between text-xs text-muted">
        <span>{formatDay(costs.from)}</span>
        <span>
          {costs.throughDay === null ? 'not every organization is stored' : `data through ${formatDay(costs.throughDay)} (UTC)`}
        </span>
      </p>
      {of.recordsWithCost < of.records && (
        <p className="mt-1 text-xs text-faint">
          {plural(of.records - of.recordsWithCost, 'usage record')} of {of.records.toLocaleString('en-US')} have no cost and{' '}
          {of.records - of.recordsWithCost === 1 ? 'is' : 'are'} not in it.
        </p>
      )}
      {costs.otherCurrencies.length > 0 && (
        <p className="mt-1 text-xs text-faint">What was billed in {costs.otherCurrencies.join(' or ')} is not in it.</p>
      )}
    </PanelSection>
  );
}

const newest = 4;
const lookBack = 30;

/** The newest audit events of the organization itself. */
export function NewestEvents({ organizationId }: { organizationId: string }) {
  const [range] = useState(() => {
    const before = new Date(Math.ceil(Date.now() / 60_000) * 60_000);
    const since = new Date(before.getTime() - lookBack * 86_400_000);
    return { since: since.toISOString(), before: before.toISOString() };
  });
  const events = useQuery(newestAuditEventsQuery(organizationId, range, newest));
  const today = range.before.slice(0, 10);
  return (
    <PanelSection title="Newest events here" action={<TextAction href={pathTo('audit', organizationId)}>Open audit</TextAction>}>
      {events.isPending && <Skeleton width="70%" className="my-1" />}
      {events.error && (
        <ErrorLine error={events.error.report} title="Events could not be read" onRetry={() => void events.refetch()} />
      )}
      {events.data?.result.length === 0 && <p className="text-muted">No recorded event in {lookBack} days.</p>}
      <ul className="grid gap-1">
        {events.data?.result.map((event) => (
          <li key={event.id} className="grid grid-cols-[3.25rem_minmax(0,1fr)] gap-x-2">
            <span className="text-xs text-muted">
              <Time at={event.action?.time} show={event.action?.time?.startsWith(today) ? 'clock' : 'day'} />
            </span>
            <Link
              href={pathTo('audit', organizationId, { range: '30d', event: event.id })}
              className="truncate hover:underline"
              {...tipWhenClipped()}
            >
              <span className="font-medium">
                <Upstream>{actorOf(event).name}</Upstream>
              </span>{' '}
              <Upstream>{`${sentenceOf(event).act} ${sentenceOf(event).object}${sentenceOf(event).tail}`}</Upstream>
            </Link>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}
