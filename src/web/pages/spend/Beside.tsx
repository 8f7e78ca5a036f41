import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { FromListToBilled } from './FromListToBilled.tsx';
import { Movers } from './Movers.tsx';
import { WithoutCost } from './WithoutCost.tsx';
import type { SpendScreen } from './use-spend-screen.ts';

/** What stands beside the chart: what changed, what is in no total, and the way from list price to bill. */
export function Beside({ screen, answer }: { screen: SpendScreen; answer: SpendAnswer }) {
  const { compared, question, setUrl } = screen;
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
      {question && answer.unit.kind === 'money' && <FromListToBilled question={question} currency={answer.unit.currency} />}
    </>
  );
}
