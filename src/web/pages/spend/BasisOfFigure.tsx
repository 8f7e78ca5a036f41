import type { CostBasis, SpendAnswer } from '../../../contract/canopy/spend.ts';
import { formatMoney, formatPercent, plural } from '../../lib/format.ts';
import { BasisGlyph, basisWords } from '../../ui/Basis.tsx';
import type { Basis } from '../../ui/Basis.tsx';
import { Strip } from '../../ui/Strip.tsx';

const shownAs: Readonly<Record<CostBasis, Basis>> = {
  billed: 'billed',
  estimated: 'estimated',
  'within-allowance': 'included',
  free: 'included',
  'no-rate': 'no-rate',
};

/** What the total is founded on: money by basis, and the records that add nothing to it, with the reason. */
export function BasisOfFigure({ answer, currency }: { answer: SpendAnswer; currency: string }) {
  const { bases, total } = answer.total;
  const whole = Number(total ?? 0);
  const money = bases.filter(({ basis }) => basis === 'billed' || basis === 'estimated');
  const shareOf = (amount: string | null) => (whole === 0 ? 0 : Number(amount ?? 0) / whole);
  const zero = bases.filter(({ basis }) => basis === 'within-allowance' || basis === 'free' || basis === 'no-rate');
  return (
    <div className="border-line lg:border-l lg:pl-6">
      <p className="text-xs text-muted">Basis of this figure</p>
      <Strip
        className="my-1.5"
        height={10}
        label={money.map((part) => `${basisWords[shownAs[part.basis]]} ${formatPercent(shareOf(part.total))}`).join(', ')}
        cells={money.map(({ basis, total: part }) => ({
          state: basis === 'billed' ? 'billed' : 'estimated',
          count: Math.max(0, Math.round(shareOf(part) * 1000)),
        }))}
      />
      <ul className="flex flex-wrap gap-x-4 gap-y-1 text-muted">
        {money.map((part) => (
          <li key={part.basis} className="flex items-center gap-1.5">
            <BasisGlyph basis={shownAs[part.basis]} />
            {basisWords[shownAs[part.basis]]}{' '}
            <span className="font-semibold text-ink">{formatMoney(part.total ?? '0', currency)}</span>
            {formatPercent(shareOf(part.total))}
          </li>
        ))}
        {zero.map((part) => (
          <li key={part.basis} className="flex items-center gap-1.5">
            <BasisGlyph basis={shownAs[part.basis]} />
            {zeroWords[part.basis]} <span className="text-ink">{plural(part.records, 'record')}</span>
          </li>
        ))}
      </ul>
      {answer.unpriced > 0 && (
        <p className="text-muted">{plural(answer.unpriced, 'record')} not priced yet: in no total until they are.</p>
      )}
    </div>
  );
}

const zeroWords: Readonly<Record<CostBasis, string>> = {
  billed: '',
  estimated: '',
  'within-allowance': 'Within allowance',
  free: 'Free',
  'no-rate': 'No rate, in no total',
};
