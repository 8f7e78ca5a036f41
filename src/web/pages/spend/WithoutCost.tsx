import type { SpendAnswer, SpendState } from '../../../contract/canopy/spend.ts';
import { formatQuantity, noRecord, plural } from '../../lib/format.ts';
import { BasisGlyph } from '../../ui/Basis.tsx';
import { TextAction } from '../../ui/Link.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { formatAmount } from './words.ts';

/** What is in no total: metrics without a cost, by name with their quantity; other currencies; what we keep and do not know. */
export function WithoutCost({
  answer,
  notes,
  onMetric,
}: {
  answer: SpendAnswer;
  notes: SpendState['notes'];
  onMetric: (metric: string, unit: string) => void;
}) {
  const { withoutCost, currencies, unit } = answer;
  const others = unit.kind === 'money' ? currencies.filter(({ currency }) => currency !== unit.currency) : [];
  const shown = withoutCost.metrics.slice(0, 6);
  return (
    <aside aria-label="Not in the total" className="border-line max-xl:border-t xl:w-[17.25rem] xl:shrink-0 xl:border-l">
      {unit.kind === 'money' && shown.length > 0 && (
        <>
          <SectionHead title="No cost, not in any total" note={plural(withoutCost.metrics.length, 'metric')} />
          <ul className="px-4 py-2">
            {shown.map(({ metric, name, unit: quantityUnit, quantity }) => {
              const amount = quantity === null ? { figure: noRecord, unit: '' } : formatQuantity(quantity, quantityUnit);
              return (
                <li key={`${metric} ${quantityUnit}`} className="flex items-center gap-2 py-0.5">
                  <BasisGlyph basis="no-rate" />
                  <button
                    type="button"
                    className="min-w-0 flex-1 truncate text-left hover:underline"
                    onClick={() => onMetric(metric, quantityUnit)}
                  >
                    {name}
                  </button>
                  <span className="tabular shrink-0 text-muted">
                    {amount.figure} {amount.unit}
                  </span>
                </li>
              );
            })}
          </ul>
          <p className="px-4 pb-3 text-xs text-muted">
            {plural(withoutCost.records, 'record')} of {plural(withoutCost.accounts, 'account')} carry no {unit.currency} cost
            {withoutCost.metrics.length > shown.length && `; ${withoutCost.metrics.length - shown.length} more metrics`}. Choose
            one to see its quantity.
          </p>
        </>
      )}
      {others.length > 0 && (
        <>
          <SectionHead title="Other currencies" />
          <ul className="px-4 py-2">
            {others.map(({ currency, total, records }) => (
              <li key={currency} className="flex justify-between gap-3 py-0.5">
                <span>{formatAmount(total, { kind: 'money', currency })}</span>
                <span className="text-muted">{plural(records, 'record')}</span>
              </li>
            ))}
          </ul>
          <p className="px-4 pb-3 text-xs text-muted">Never added to another currency.</p>
        </>
      )}
      {notes.length > 0 && (
        <>
          <SectionHead title="Kept as it came" note={plural(notes.length, 'note')} />
          <ul className="grid gap-1.5 px-4 py-2 text-xs text-muted">
            {notes.slice(0, 8).map(({ kind, text, records }) => (
              <li key={`${kind} ${text}`}>
                {text} <span className="text-faint">{plural(records, 'record')}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {unit.kind === 'quantity' && (
        <p className="px-4 py-3 text-xs text-muted">
          One metric in one unit: quantities of different metrics have no common total.{' '}
          {!unit.summable && 'This one is a level: its value over several days is the highest, never the sum. '}
          <TextAction size="xs" href="?measure=cost">
            Show cost
          </TextAction>
        </p>
      )}
    </aside>
  );
}
