import { lazy } from 'react';
import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { Movers } from './Movers.tsx';
import { OnDemand } from './OnDemand.tsx';
import { WithoutCost } from './WithoutCost.tsx';
import type { SpendScreen } from './use-spend-screen.ts';

const Waterfall = lazy(() => import('./Waterfall.tsx'));
const UnitCost = lazy(() => import('./UnitCost.tsx'));

/** What the rate card does not price by itself. */
const withinAccounts = ['zone', 'region', 'subscription'] as const;

/** What stands beside the chart: what changed, what is in no total, the way from list price to bill, what a unit costs. */
export function Beside({ screen, answer }: { screen: SpendScreen; answer: SpendAnswer }) {
  const { compared, question, setUrl } = screen;
  const { groupBy, inner, filters } = answer.question;
  const asked = new Set([groupBy, inner?.groupBy, ...filters.map(({ dimension }) => dimension)]);
  const split = withinAccounts.find((dimension) => asked.has(dimension));
  return (
    <>
      {compared !== null && <Movers answer={answer} compared={compared} onPick={(key) => screen.drill([key])} />}
      <WithoutCost
        answer={answer}
        notes={screen.state.data?.result.notes ?? []}
        onCurrency={(currency) => screen.setMeasure(`${answer.question.measure.kind} ${currency}`)}
        onMetric={(metric, unit) => screen.setMeasure(`quantity ${metric} ${unit}`)}
        onCost={() => setUrl({ measure: 'auto', metric: null, unit: null }, { push: true })}
      />
      {split !== undefined && answer.unit.kind === 'money' && question?.measure.kind !== 'cost' && (
        <p className="px-(--gutter) py-3 text-xs text-muted">
          {`Estimates are made for whole accounts. What a metric costs is split over ${split}s by what each used in the billing cycle so far.`}
        </p>
      )}
      {question && answer.unit.kind === 'money' && (
        <OnDemand title="From list to billed">
          <Waterfall question={question} currency={answer.unit.currency} />
        </OnDemand>
      )}
      {question?.measure.kind === 'quantity' && answer.unit.kind === 'quantity' && answer.unit.summable && (
        <OnDemand title="Cost per unit">
          <UnitCost question={question} of={question.measure} currencies={screen.store.data?.result.currencies ?? []} />
        </OnDemand>
      )}
    </>
  );
}
