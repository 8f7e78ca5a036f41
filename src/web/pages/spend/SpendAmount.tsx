import type { Amount, SpendAnswer, SpendGroup } from '../../../contract/canopy/spend.ts';
import { noRecord } from '../../lib/format.ts';
import type { Basis } from '../../ui/Basis.tsx';
import { basisOf } from '../../ui/basis-of.ts';
import { Money } from '../../ui/Money.tsx';
import { tip } from '../../ui/tip.ts';
import { formatAmount } from './words.ts';

/** What an amount of this answer is. Upstream's own cost columns are what they say; a quantity has no basis. */
export function basisIn({ question: { measure } }: Pick<SpendAnswer, 'question'>, bases: SpendGroup['bases']): Basis {
  return measure.kind === 'estimate' ? 'estimated' : measure.kind === 'spend' ? basisOf(bases) : 'billed';
}

/** An exact amount that says what it is. Null: no record had a value, which is not zero. */
export function SpendAmount({
  amount,
  unit,
  basis,
  onExplain,
}: {
  amount: Amount | undefined;
  unit: SpendAnswer['unit'];
  basis?: Basis | undefined;
  /** Opens how an estimate comes about. */
  onExplain?: (() => void) | undefined;
}) {
  if (basis !== 'no-rate' && (amount === null || amount === undefined)) return <span className="text-faint">{noRecord}</span>;
  if (unit.kind === 'money') {
    const money = <Money amount={amount} currency={unit.currency} basis={basis} />;
    if (!onExplain || basis === 'billed' || basis === 'no-rate') return money;
    return (
      <button type="button" onClick={onExplain}>
        {money}
        <span className="sr-only">, how it is estimated</span>
      </button>
    );
  }
  return (
    <span className="tabular whitespace-nowrap" {...tip(`${amount ?? ''} ${unit.unit}`)}>
      {formatAmount(amount, unit)}
    </span>
  );
}
