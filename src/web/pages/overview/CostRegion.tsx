import type { SpendAnswer, SpendState } from '../../../contract/canopy/spend.ts';
import type { ErrorReport } from '../../../contract/envelope.ts';
import { whyNotCompared } from '../../lib/comparison.ts';
import { formatCount } from '../../lib/count.ts';
import { formatChange, formatPercent, noRecord, plural } from '../../lib/format.ts';
import { basisOf } from '../../ui/basis-of.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { OrganizationGlyph } from '../../ui/glyphs.tsx';
import { Link, TextAction } from '../../ui/Link.tsx';
import { Money } from '../../ui/Money.tsx';
import { ShareBar } from '../../ui/ShareBar.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { Sparkbars } from '../../ui/Sparkbars.tsx';
import { tip, tipWhenClipped } from '../../ui/tip.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import { DayBars } from './DayBars.tsx';
import { isBeingRead } from './cost.ts';
import { places } from './places.ts';

interface Props {
  /** Whether any record has a cost is not known yet. */
  pending: boolean;
  answer: SpendAnswer | undefined;
  error: ErrorReport | null;
  currency: string | undefined;
  state: SpendState | null;
  href: string;
  organizationHref: (id: string) => string;
  onRetry: () => void;
}

function readSoFar(state: SpendState | null, unpriced: number): string {
  const read = state && `${formatCount(state.sync.done)} of ${plural(state.sync.total, 'organization day')} read so far.`;
  return [read, unpriced > 0 && `${plural(unpriced, 'record')} of these days not priced yet.`].filter(Boolean).join(' ');
}

/** What thirty complete days cost: by day, and by organization; every figure with its basis. */
export function CostRegion({ pending, answer, error, currency, state, href, organizationHref, onRetry }: Props) {
  if (error) return <ErrorState error={error} title="The cost could not be read" onRetry={onRetry} />;
  if (pending || (currency !== undefined && !answer)) return <Awaited />;
  if (!answer || currency === undefined || answer.total.total === null) {
    const reading = isBeingRead(state, answer);
    return (
      <EmptyState
        kind={reading ? 'not-synchronized' : 'nothing'}
        title={
          reading
            ? state?.sync.status === 'paused'
              ? 'Reading of usage is paused'
              : 'Usage is being read'
            : 'No record has a cost yet'
        }
        actions={<TextAction href={href}>Open usage & cost</TextAction>}
      >
        {reading ? readSoFar(state, answer?.unpriced ?? 0) : 'Quantities are there, metric by metric.'}
      </EmptyState>
    );
  }
  const { total, groups, others } = answer;
  const whole = Number(total.total ?? 0);
  const largest = Math.max(...groups.map((group) => Number(group.total ?? 0)), 1) / Math.max(whole, 1);
  const notCompared = whyNotCompared(answer);
  const change = notCompared === null ? formatChange(total.previous, total.total) : null;
  return (
    <section aria-label="Cost, 30 complete days" className="contents">
      <div className={`flex flex-wrap items-baseline gap-x-3 gap-y-1 px-(--gutter) pt-3 ${places.chart}`}>
        <h2 className="text-md font-semibold">Cost, 30 complete days</h2>
        <span className="font-semibold">
          <Money amount={total.total} currency={currency} basis={basisOf(total.bases)} />
        </span>
        <span className="text-muted">
          {notCompared ?? (change === null ? 'nothing to compare with' : `${change} from the 30 days before`)}
        </span>
        <span className="ml-auto">
          <TextAction href={href}>Open usage & cost</TextAction>
        </span>
      </div>
      <DayBars answer={answer} currency={currency} compared={notCompared === null} />
      <div
        className={`shrink-0 overflow-x-auto border-t border-line ${places.table}`}
        role="region"
        aria-label="Cost by organization, scrollable"
        tabIndex={0}
      >
        <table className="w-full" aria-label="Cost by organization">
          <thead className="ui-head">
            <tr>
              <th scope="col" className="ui-cell text-left">
                Organization
              </th>
              <th scope="col" className="ui-cell ui-cell-end max-sm:hidden">
                <span {...tip('Accounts that have usage records in these days')}>Accounts with usage</span>
              </th>
              <th scope="col" className="ui-cell ui-cell-end" aria-sort="descending">
                30-day cost
              </th>
              <th scope="col" className="ui-cell text-left max-sm:hidden">
                Share
              </th>
              <th scope="col" className="ui-cell ui-cell-end">
                Change
              </th>
              <th scope="col" className="ui-cell text-left max-lg:hidden">
                Daily
              </th>
            </tr>
          </thead>
          <tbody>
            {[...groups, ...(others ? [{ ...others, key: null, label: `Others (${others.groups})` }] : [])].map((group) => (
              <tr key={group.key ?? 'others'} className="ui-row">
                <th scope="row" className="ui-cell max-w-64 text-left font-normal max-sm:max-w-40">
                  {group.key ? (
                    <Link href={organizationHref(group.key)} className="flex items-center gap-2 hover:underline">
                      <OrganizationGlyph className="text-muted" />
                      <span className="truncate" {...tipWhenClipped()}>
                        <Upstream>{group.label}</Upstream>
                      </span>
                    </Link>
                  ) : (
                    <span className="text-muted">{group.label}</span>
                  )}
                </th>
                <td className="ui-cell ui-cell-end max-sm:hidden">{group.accounts}</td>
                <td className="ui-cell ui-cell-end">
                  <Money amount={group.total ?? undefined} currency={currency} basis={basisOf(group.bases)} />
                </td>
                <td className="ui-cell max-sm:hidden">
                  {group.total === null || whole === 0 ? (
                    noRecord
                  ) : (
                    <ShareBar share={Number(group.total) / whole} largest={largest} />
                  )}
                </td>
                <td className="ui-cell ui-cell-end">
                  {(notCompared === null ? formatChange(group.previous, group.total) : null) ?? noRecord}
                </td>
                <td className="ui-cell max-lg:hidden">
                  <Sparkbars
                    values={group.values.map((value) => (value === null ? null : Number(value)))}
                    label={`${group.label}, 30 days`}
                  />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className="ui-row ui-total">
              <th scope="row" className="ui-cell text-left">
                Total
              </th>
              <td className="ui-cell ui-cell-end max-sm:hidden">{total.accounts}</td>
              <td className="ui-cell ui-cell-end">
                <Money amount={total.total ?? undefined} currency={currency} basis={basisOf(total.bases)} />
              </td>
              <td className="ui-cell max-sm:hidden">{formatPercent(1)}</td>
              <td className="ui-cell ui-cell-end">{change ?? noRecord}</td>
              <td className="ui-cell max-lg:hidden">
                <Sparkbars values={total.values.map((value) => (value === null ? null : Number(value)))} label="Total, 30 days" />
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}

/** The room of the chart and of the table beneath, so that nothing below moves when they come. */
function Awaited() {
  return (
    <>
      <div className={`h-68 shrink-0 sm:h-58 ${places.chart}`} />
      <div className={`border-t border-line ${places.table}`}>
        <SkeletonRows columns={['start', 'end', 'end']} rows={10} />
      </div>
    </>
  );
}
