import { useState } from 'react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { dimensionTitle } from '../../../contract/canopy/dimension-words.ts';
import type { SpendAnswer, SpendFilter, SpendMeasure, SpendQuestion } from '../../../contract/canopy/spend.ts';
import { formatCount } from '../../lib/format.ts';
import { spendQuery } from '../../queries/spend.ts';
import { spendRatiosQuery } from '../../queries/spend-ratios.ts';
import { ErrorLine } from '../../ui/ErrorState.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { changeOf } from './change.ts';
import { RatioList } from './RatioList.tsx';
import { coverageWords, ratioQuestion, savingWords } from './ratios.ts';
import { checkBill, coverageOf } from './waterfall.ts';
import { changeWords, formatAmount, percentWords } from './words.ts';

const columns = [
  { column: 'ListCost', label: 'List' },
  { column: 'ContractedCost', label: 'Contracted' },
  { column: 'EffectiveCost', label: 'Effective' },
  { column: 'BilledCost', label: 'Billed' },
] as const;

/** Their list and contracted costs need not be price times quantity, so they say nothing of what was saved. */
const noCorrections: SpendFilter = { dimension: 'chargeClass', operator: 'is-not', values: ['Correction'] };

const title = 'text-xs font-semibold text-muted';

/** From list price to bill, and our estimate against the bill. Loaded when somebody wants it, and asked then. */
export default function Waterfall({ question, currency }: { question: SpendQuestion; currency: string }) {
  const [withCorrections, setWithCorrections] = useState(true);
  const filters = withCorrections ? question.filters : [...question.filters, noCorrections];
  const of = (measure: SpendMeasure) =>
    spendQuery({ ...question, filters, measure, granularity: 'month', groupBy: null, inner: null, top: 1, compare: null });
  const asked = useQueries({
    queries: [
      ...columns.map(({ column }) => of({ kind: 'cost', column, currency })),
      of({ kind: 'spend', currency }),
      of({ kind: 'estimate', currency }),
    ],
  });
  const savings = (kind: 'effective-savings' | 'negotiated-savings') =>
    spendRatiosQuery(ratioQuestion({ ...question, filters }, { kind, currency }));
  const saved = useQuery(savings('effective-savings'));
  const negotiated = useQuery(savings('negotiated-savings'));
  const all = [...asked, saved, negotiated];
  const failed = all.find(({ error }) => error !== null);
  if (failed?.error)
    return (
      <ErrorLine
        error={failed.error.report}
        title="The costs could not be read"
        onRetry={() => all.forEach((one) => void one.refetch())}
      />
    );
  const [list, contracted, effective, billed, spend, estimate] = asked.map(({ data }) => data?.result);
  const [ofEffective, ofContracted] = [saved.data?.result, negotiated.data?.result];
  if (!list || !contracted || !effective || !billed || !spend || !estimate || !ofEffective || !ofContracted)
    return <p className="py-1 text-xs text-muted">Asking…</p>;
  const { unit } = billed;
  return (
    <>
      <Switch label="With corrections of earlier periods" checked={withCorrections} onChange={setWithCorrections} />
      <dl className="pt-1">
        {[list, contracted, effective, billed].map((answer, index) => (
          <Line key={columns[index]?.column} label={columns[index]?.label ?? ''} note={recordsOf(answer)}>
            {formatAmount(answer.total.total, unit)}
          </Line>
        ))}
        <Line label="Effective savings rate" note={coverageWords(ofEffective.total, 'a list and an effective cost')}>
          {savingWords(ofEffective.total)}
        </Line>
        <Line label="Negotiated part" note={coverageWords(ofContracted.total, 'a list and a contracted cost')}>
          {savingWords(ofContracted.total)}
        </Line>
      </dl>
      {list.total.records < effective.total.records && (
        <p className="pt-1 text-xs text-muted">
          List and contracted are without purchases that pay for later usage: that usage has both again.
        </p>
      )}
      {question.groupBy !== null && ofEffective.total.recordsWithBoth > 0 && (
        <>
          <h3 className={`${title} pt-2.5`}>Effective savings rate by {dimensionTitle(question.groupBy).toLowerCase()}</h3>
          <RatioList label="Effective savings rates" ratios={ofEffective} words={savingWords} note={coverageWords} />
        </>
      )}
      <h3 className={`${title} pt-2.5`}>Estimate against the bill</h3>
      <AgainstBill spend={spend} estimate={estimate} />
    </>
  );
}

function AgainstBill({ spend, estimate }: { spend: SpendAnswer; estimate: SpendAnswer }) {
  const check = checkBill(spend, estimate);
  const { unit } = spend;
  return (
    <>
      {(check.kind === 'compared' || check.kind === 'uneven') && (
        <dl className="pt-1">
          <Line label="Billed">{formatAmount(check.billed, unit)}</Line>
          <Line label="Our estimate">
            <span className="estimate">{formatAmount(check.estimated, unit)}</span>
          </Line>
          {check.kind === 'compared' && (
            <Line label="Difference" note={percentWords(changeOf(check.billed, check.estimated))}>
              {changeWords(changeOf(check.billed, check.estimated), unit)}
            </Line>
          )}
        </dl>
      )}
      <p className="pt-1 text-xs text-muted">{coverageOf(check)}</p>
    </>
  );
}

function Line({ label, note, children }: { label: string; note?: string | null; children: React.ReactNode }) {
  return (
    <div className="flex min-h-6 flex-wrap items-center justify-between gap-x-3">
      <dt>{label}</dt>
      <dd className="tabular">{children}</dd>
      {note && <dd className="w-full text-xs text-muted">{note}</dd>}
    </div>
  );
}

const recordsOf = ({ total }: SpendAnswer): string | null =>
  total.recordsWithCost === total.records
    ? null
    : `on ${formatCount(total.recordsWithCost)} of ${formatCount(total.records)} records`;
