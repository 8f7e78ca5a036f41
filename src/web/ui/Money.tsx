import { formatChange, formatMoney, formatMoneyChange, noRecord, notAvailable } from '../lib/format.ts';
import type { Basis } from './Basis.tsx';
import { classes } from './classes.ts';
import { tipOf } from './tip.ts';

export interface MoneyProps {
  /** Decimal text. `null` was sent as null (n/a); `undefined` was not sent at all (–). */
  amount: string | null | undefined;
  currency?: string | undefined;
  basis?: Basis | undefined;
  /** `whole` in narrow places; the exact value stays in the tooltip. */
  precision?: 'exact' | 'whole' | undefined;
}

/** An amount that says what it is: billed plain, estimated with a dotted underline, no price as words and never as zero. */
export function Money({ amount, currency = 'USD', basis = 'billed', precision = 'exact' }: MoneyProps) {
  if (basis === 'no-rate') return <span className="text-faint">no rate</span>;
  if (amount === undefined) return <span className="text-faint">{noRecord}</span>;
  if (amount === null) return <span className="text-faint">{notAvailable}</span>;
  const shown = formatMoney(amount, currency, precision);
  const estimated = basis === 'estimated' || basis === 'mixed';
  return (
    <span
      className={classes('tabular', estimated && 'estimate', basis === 'included' && 'text-muted')}
      {...tipOf('money', `${amount} ${currency}`)}
    >
      {shown}
      {estimated && <span className="sr-only"> {basis === 'mixed' ? 'partly estimated' : 'estimated'}</span>}
    </span>
  );
}

export interface ChangeProps {
  from: string | null | undefined;
  to: string | null | undefined;
  as?: 'percent' | 'money' | undefined;
  currency?: string | undefined;
}

/** A change from an earlier amount. Never green or red: more is not worse by itself. */
export function Change({ from, to, as = 'percent', currency = 'USD' }: ChangeProps) {
  const text =
    from === undefined || to === undefined
      ? noRecord
      : ((as === 'percent' ? formatChange(from, to) : formatMoneyChange(from, to, currency)) ?? notAvailable);
  const words = text === noRecord || text === notAvailable || text === 'new';
  return <span className={words ? 'text-faint' : 'tabular'}>{text}</span>;
}
