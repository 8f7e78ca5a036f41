import type { CostBasis, SpendAnswer } from '../../../contract/canopy/spend.ts';
import { formatMoney, formatShare, plural } from '../../lib/format.ts';
import { BasisGlyph, basisWords } from '../../ui/Basis.tsx';
import { basisOfCost } from '../../ui/basis-of.ts';
import { Strip } from '../../ui/Strip.tsx';
import type { StripCell } from '../../ui/Strip.tsx';
import { notFinalWords } from './words.ts';

/** Parts of a thousand: a share too small to draw is drawn as the smallest that can be seen. */
const cell = (state: StripCell['state'], share: number): StripCell => ({
  state,
  count: share > 0 ? Math.max(1, Math.round(share * 1000)) : 0,
});

/** What the total is founded on: money by basis, and the records that add nothing to it, with the reason. */
export function BasisOfFigure({ answer, card }: { answer: SpendAnswer; card: number | null }) {
  const { unit, question, total: figure } = answer;
  if (unit.kind !== 'money') return null;
  const { kind } = question.measure;
  // no rate beside a bill may be for want of a card in this currency
  const isBilledOnly = kind === 'cost' || (kind === 'spend' && isBilled(figure.bases));
  return (
    <div className="min-w-64 flex-1 px-(--gutter) py-2.5 max-[85rem]:basis-full max-sm:py-1.5">
      <p className="flex justify-between gap-3 text-xs text-muted">
        <span>Basis of this figure</span>
        <span>
          {unit.currency}
          {card !== null && !isBilledOnly && answer.unpriced === 0 && `, rate card v${card}`}
        </span>
      </p>
      {kind === 'spend' ? (
        <Parts answer={answer} currency={unit.currency} />
      ) : (
        <Coverage
          state={kind === 'estimate' ? 'estimated' : 'billed'}
          words={kind === 'estimate' ? 'are estimated' : `carry a billed cost in ${unit.currency}`}
          records={figure.records}
          covered={figure.recordsWithCost}
          unpriced={answer.unpriced}
        />
      )}
      {answer.notFinal > 0 && <p className="mt-1 text-xs text-warning-ink">{notFinalWords(answer.notFinal, card)}</p>}
      <p className="mt-1 text-xs text-muted">Usage only: no subscriptions, taxes or credits.</p>
    </div>
  );
}

/** Whether a bill is all that the amount is founded on. */
const isBilled = (bases: SpendAnswer['total']['bases']): boolean =>
  bases.some(({ basis }) => basis === 'billed') && bases.every(({ basis }) => basis === 'billed' || basis === 'no-rate');

/** What waits for a price is no record of any total yet, which is not none. */
const NoRecordAtAll = ({ unpriced }: { unpriced: number }) =>
  unpriced === 0 && <p className="mt-1 text-xs text-muted">It is founded on no record.</p>;

function Parts({ answer, currency }: { answer: SpendAnswer; currency: string }) {
  const { bases, total, records } = answer.total;
  if (records === 0) return <NoRecordAtAll unpriced={answer.unpriced} />;
  const whole = Number(total ?? 0);
  const money = bases.filter(({ basis }) => basis === 'billed' || basis === 'estimated');
  const shareOf = (amount: string | null) => (whole === 0 ? 0 : Number(amount ?? 0) / whole);
  const of = (...wanted: CostBasis[]) =>
    bases.filter(({ basis }) => wanted.includes(basis)).reduce((records, part) => records + part.records, 0);
  const [included, free] = [of('within-allowance'), of('free')];
  const noRate = answer.withoutCost.metrics.length;
  return (
    <>
      <Strip
        className="my-1.5"
        height={10}
        label={
          money.length === 0
            ? 'No record has a cost'
            : money.map((part) => `${basisWords[basisOfCost[part.basis]]} ${formatShare(shareOf(part.total))}`).join(', ')
        }
        cells={
          money.length === 0
            ? [{ state: 'missing' }]
            : money.map(({ basis, total: part }) => cell(basis === 'billed' ? 'billed' : 'estimated', shareOf(part)))
        }
      />
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
        {money.map((part) => (
          <li key={part.basis} className="flex items-center gap-1.5">
            <BasisGlyph basis={basisOfCost[part.basis]} />
            {basisWords[basisOfCost[part.basis]]}
            <span className="tabular font-semibold text-ink">{formatMoney(part.total ?? '0', currency, 'whole')}</span>
            <span className="tabular">{formatShare(shareOf(part.total))}</span>
          </li>
        ))}
        {included + free > 0 && (
          <li className="flex items-center gap-1.5">
            <BasisGlyph basis="included" />
            {included > 0 ? 'Within allowance' : 'Free'}
            {included > 0 && free > 0 && ' or free'} <span className="tabular text-ink">{plural(included + free, 'record')}</span>
          </li>
        )}
        {noRate > 0 && (
          <li className="flex items-center gap-1.5">
            <BasisGlyph basis="no-rate" />
            No rate <span className="tabular font-semibold text-ink">{plural(noRate, 'metric')}</span>
          </li>
        )}
      </ul>
    </>
  );
}

/** Where the measure knows no basis: how many of the records have a value at all. */
function Coverage({
  state,
  words,
  records,
  covered,
  unpriced,
}: {
  state: 'billed' | 'estimated';
  words: string;
  records: number;
  covered: number;
  unpriced: number;
}) {
  if (records === 0) return <NoRecordAtAll unpriced={unpriced} />;
  const share = covered / records;
  return (
    <>
      <Strip
        className="my-1.5"
        height={10}
        label={`${formatShare(share)} of the records ${words}`}
        cells={[cell(state, share), cell('missing', 1 - share)]}
      />
      <p className="text-xs text-muted">
        <span className="text-ink">{formatShare(share)}</span> of the records {words}. The others are in no total, and are not
        zero.
      </p>
    </>
  );
}
