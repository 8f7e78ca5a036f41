import { useState } from 'react';
import type { SpendAnswer, SpendState } from '../../../contract/canopy/spend.ts';
import { formatQuantity, noRecord, plural } from '../../lib/format.ts';
import { BasisGlyph } from '../../ui/Basis.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { tip } from '../../ui/tip.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import { formatAmount } from './words.ts';

interface Props {
  answer: SpendAnswer;
  notes: SpendState['notes'];
  onCurrency: (currency: string) => void;
  onMetric: (metric: string, unit: string) => void;
  onCost: () => void;
}

const few = 4;
const withoutWords = { spend: 'No rate', cost: 'Not billed', estimate: 'Not estimated', quantity: '' } as const;
const title = 'pb-1 text-xs font-semibold text-muted';

/** What is in no total: metrics without a cost, by name with their quantity; other currencies; what we keep and do not know. */
export function WithoutCost({ answer: { withoutCost, currencies, unit, question }, notes, onCurrency, onMetric, onCost }: Props) {
  const [isOpen, setIsOpen] = useState(false);
  const shown = withoutCost.metrics.slice(0, isOpen ? undefined : few);
  const others = unit.kind === 'money' ? currencies.filter(({ currency }) => currency !== unit.currency) : [];
  return (
    <>
      {unit.kind === 'money' && withoutCost.metrics.length > 0 && (
        <section aria-label="Not in any total" className="px-(--gutter) py-3">
          <h2 className={title}>{withoutWords[question.measure.kind]}, not in any total</h2>
          <ul aria-label="Metrics without a cost">
            {shown.map(({ metric, name, unit: quantityUnit, quantity }) => {
              const amount = quantity === null ? { figure: noRecord, unit: '' } : formatQuantity(quantity, quantityUnit);
              return (
                <li key={`${metric} ${quantityUnit}`} className="flex min-h-6 items-center gap-2">
                  <BasisGlyph basis="no-rate" />
                  <button
                    type="button"
                    className="min-w-0 flex-1 truncate text-left hover:underline"
                    onClick={() => onMetric(metric, quantityUnit)}
                    {...tip(`Show the quantity of ${name}`)}
                  >
                    <Upstream>{name}</Upstream>
                  </button>
                  <span className="tabular shrink-0 text-muted">
                    {amount.figure} {amount.unit}
                  </span>
                </li>
              );
            })}
          </ul>
          <p className="flex justify-between gap-3 pt-1 text-xs text-muted">
            {plural(withoutCost.records, 'record')} of {plural(withoutCost.accounts, 'account')}
            {withoutCost.metrics.length > few && (
              <TextAction onPress={() => setIsOpen(!isOpen)}>
                {isOpen ? 'Show fewer' : `${withoutCost.metrics.length - few} more`}
              </TextAction>
            )}
          </p>
        </section>
      )}
      {others.length > 0 && (
        <section aria-label="Other currencies" className="px-(--gutter) py-3">
          <h2 className={`${title} flex justify-between gap-3`}>
            Other currencies <span className="font-normal">never added up</span>
          </h2>
          <ul>
            {others.map(({ currency, total, records }) => (
              <li key={currency} className="flex min-h-6 items-center justify-between gap-3">
                <button
                  type="button"
                  className="link text-sm"
                  onClick={() => onCurrency(currency)}
                  {...tip(`Show what is in ${currency}`)}
                >
                  {formatAmount(total, { kind: 'money', currency })}{' '}
                  <span className="text-xs font-normal text-muted">{currency}</span>
                </button>
                <span className="text-muted">{plural(records, 'record')}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {notes.length > 0 && (
        <details className="px-(--gutter) py-3">
          <summary className="cursor-pointer text-xs font-semibold text-muted">
            Kept as it came, {plural(notes.length, 'note')}
          </summary>
          <ul className="grid gap-1.5 pt-2 text-xs text-muted">
            {notes.slice(0, 8).map(({ kind, text, records }) => (
              <li key={`${kind} ${text}`}>
                {text} <span className="text-faint">{plural(records, 'record')}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {unit.kind === 'quantity' && (
        <p className="px-(--gutter) py-3 text-xs text-muted">
          One metric in one unit: quantities of different metrics have no common total.{' '}
          {!unit.summable && 'This one is a level: its value over several days is the highest, never the sum. '}
          <TextAction size="xs" onPress={onCost}>
            Show cost
          </TextAction>
        </p>
      )}
    </>
  );
}
