import { useQuery } from '@tanstack/react-query';
import { ChartLine, Pencil, Table2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Budget } from '../../../contract/canopy/budgets.ts';
import { formatDay, formatMonth } from '../../lib/format-time.ts';
import { formatMoney, formatPercent } from '../../lib/format.ts';
import { pathTo } from '../../lib/paths.ts';
import { budgetQuery } from '../../queries/budgets.ts';
import { Button } from '../../ui/Button.tsx';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { Fact, FactGrid } from '../../ui/FactGrid.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { Money } from '../../ui/Money.tsx';
import { Panel, PanelSection } from '../../ui/Panel.tsx';
import { SegmentedControl } from '../../ui/SegmentedControl.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { Time } from '../../ui/Time.tsx';
import { Upstream } from '../../ui/Upstream.tsx';
import { basisOf } from '../../ui/basis-of.ts';
import { BurnFigure, BurnTable } from './BurnFigure.tsx';
import { BudgetStateMark } from './columns.tsx';
import { breachWords, burnWords, lackWords, scopeWords } from './words.ts';

interface Props {
  budget: Budget;
  whyNot: string | false;
  onEdit: () => void;
  onRemove: () => void;
  onClose: () => void;
}

/** One budget: where it stands, how the month burns down, its thresholds, and the months before. */
export function BudgetPanel({ budget, whyNot, onEdit, onRemove, onClose }: Props) {
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const detail = useQuery(budgetQuery(budget.id));
  const shown = detail.data?.result;
  const { standing, currency, part } = shown ?? budget;
  const money = (amount: string) => formatMoney(amount, currency);
  const lacks = lackWords(standing.lacks);
  return (
    <Panel
      id="budget"
      label={`Budget ${budget.name}`}
      width={560}
      sheetHeight="full"
      title={<Upstream>{budget.name}</Upstream>}
      path={<Upstream>{scopeWords(budget)}</Upstream>}
      onClose={onClose}
      actions={
        <>
          <Button size="toolbar" icon={Pencil} disabledReason={whyNot} onClick={onEdit}>
            Change
          </Button>
          <Button size="toolbar" icon={Trash2} disabledReason={whyNot} onClick={onRemove}>
            Delete
          </Button>
        </>
      }
    >
      <PanelSection
        title={formatMonth(standing.month.from)}
        action={
          standing.state !== 'unknown' && (
            <TextAction
              href={pathTo('spend', budget.organizationId, {
                from: standing.month.from,
                before: standing.month.to,
                view: 'cumulative',
                where: part ? `${part.dimension}=${encodeURIComponent(part.value)}` : undefined,
              })}
            >
              Same in usage & cost
            </TextAction>
          )
        }
      >
        <FactGrid>
          <Fact term="State">
            <BudgetStateMark state={standing.state} />
          </Fact>
          <Fact term="Used">
            <Money amount={standing.used ?? undefined} currency={currency} basis={basisOf(standing.bases)} /> of{' '}
            {money(standing.amount)}
            {standing.share !== null && <span className="text-muted">, {formatPercent(standing.share)}</span>}
          </Fact>
          <Fact term="Burn">
            {burnWords(standing.burn)}{' '}
            <span className="text-muted">
              of an even month, after {standing.elapsed.days} of {standing.elapsed.of} days
            </span>
          </Fact>
          <Fact term="Month end">
            {standing.forecast.expected === null ? (
              <span className="text-muted">{standing.withheld ?? 'No forecast'}</span>
            ) : (
              <>
                <Money amount={standing.forecast.expected} currency={currency} basis="estimated" />
                <span className="text-muted">
                  {' '}
                  {money(standing.forecast.low ?? '0')} to {money(standing.forecast.high ?? '0')}, 80% band
                </span>
              </>
            )}
          </Fact>
          <Fact term="Beyond it">{breachWords(standing)}</Fact>
        </FactGrid>
        {(shown ?? budget).isTagGone && (
          <p className="mt-2 text-xs text-warning-ink">
            No account carries this tag, so nothing counts: it was removed, or renamed on some accounts only, or by someone who
            may not change this budget. Choose another with Change.
          </p>
        )}
        {lacks && <p className="mt-2 text-xs text-warning-ink">{lacks}</p>}
      </PanelSection>
      {detail.error && (
        <ErrorLine error={detail.error.report} title="Its days could not be read" onRetry={() => void detail.refetch()} />
      )}
      {!shown && !detail.error && <SkeletonRows columns={['start', 'end']} rows={8} />}
      {shown && shown.days.length > 0 && (
        <PanelSection
          title="Added up, day by day"
          action={
            <SegmentedControl
              label="Show as"
              size="row"
              value={view}
              onChange={setView}
              options={[
                { value: 'chart', label: 'Chart', icon: ChartLine, iconOnly: true },
                { value: 'table', label: 'Table', icon: Table2, iconOnly: true },
              ]}
            />
          }
        >
          {view === 'chart' ? <BurnFigure detail={shown} /> : <BurnTable detail={shown} />}
        </PanelSection>
      )}
      {standing.thresholds.length > 0 && (
        <PanelSection title="Thresholds">
          <table className="w-full text-left">
            <thead className="text-xs text-muted">
              <tr>
                <th className="py-0.5 font-medium">Of the budget</th>
                <th className="py-0.5 text-right font-medium">Amount</th>
                <th className="py-0.5 pl-6 font-medium">When</th>
              </tr>
            </thead>
            <tbody>
              {standing.thresholds.map(({ percent, amount, passedOn, expectedOn }) => (
                <tr key={percent} className="border-t border-line-soft">
                  <td className="tabular py-0.5">{percent}%</td>
                  <td className="tabular py-0.5 text-right">{money(amount)}</td>
                  <td className="py-0.5 pl-6">
                    {passedOn ? (
                      `passed on ${formatDay(passedOn)}`
                    ) : expectedOn ? (
                      <span className="text-muted">expected on {formatDay(expectedOn)}</span>
                    ) : (
                      <span className="text-faint">{standing.forecast.expected === null ? 'not passed' : 'not this month'}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </PanelSection>
      )}
      {shown && shown.history.length > 0 && (
        <PanelSection title="Months before">
          <table className="w-full text-left">
            <thead className="text-xs text-muted">
              <tr>
                <th className="py-0.5 font-medium">Month</th>
                <th className="py-0.5 text-right font-medium">Used</th>
                <th className="py-0.5 text-right font-medium">Of</th>
                <th className="py-0.5 text-right font-medium">Share</th>
              </tr>
            </thead>
            <tbody>
              {shown.history.map(({ month, amount, used, share, isWhole }) => (
                <tr key={month} className="border-t border-line-soft">
                  <td className="py-0.5">
                    {formatMonth(`${month}-01`)}
                    {!isWhole && <span className="text-xs text-warning-ink"> not every day stored</span>}
                  </td>
                  <td className="tabular py-0.5 text-right">{used === null ? '–' : money(used)}</td>
                  <td className="tabular py-0.5 text-right text-muted">{money(amount)}</td>
                  <td className={`tabular py-0.5 text-right ${share !== null && share > 1 ? 'font-medium text-danger-ink' : ''}`}>
                    {share === null ? '–' : formatPercent(share)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </PanelSection>
      )}
      <PanelSection>
        <p className="text-xs text-muted">
          Set by {budget.created.by.name}, <Time at={budget.created.at} show="date" />
          {budget.version > 1 && (
            <>
              ; changed by {budget.changed.by.name}, <Time at={budget.changed.at} show="date" />
            </>
          )}
          . It caps nothing and sends no alert.
        </p>
      </PanelSection>
    </Panel>
  );
}
