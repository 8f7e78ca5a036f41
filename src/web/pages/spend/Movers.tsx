import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { whyNotCompared } from '../../lib/comparison.ts';
import { absolute, decimalText } from '../../lib/decimal.ts';
import { formatMoney, minus } from '../../lib/format.ts';
import { tip } from '../../ui/tip.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import { changeOf, numberOf } from './change.ts';
import type { AmountChange } from './change.ts';
import { changeWords } from './words.ts';

interface Props {
  answer: SpendAnswer;
  /** What is compared with, in words. */
  compared: string;
  onPick: (key: string | null) => void;
}

const shown = 7;

/** What changed most, up or down, with what is new and what is gone. Less is paler, never greener. */
export function Movers({ answer, compared, onPick }: Props) {
  const { unit } = answer;
  const why = whyNotCompared(answer);
  const movers = (answer.compared?.movers ?? []).slice(0, shown).flatMap((mover) => {
    const change = changeOf(mover.previous, mover.total);
    return change ? [{ ...mover, change }] : [];
  });
  const largest = Math.max(...movers.map(({ change }) => Math.abs(numberOf(change.by))), 0);
  const short = (change: AmountChange) =>
    unit.kind === 'money'
      ? `${change.by.units < 0n ? minus : '+'}${formatMoney(decimalText(absolute(change.by)), unit.currency, largest < 100 || Math.abs(numberOf(change.by)) < 1 ? 'exact' : 'whole')}`
      : changeWords(change, unit);
  return (
    <section aria-label="Largest changes" className="px-(--gutter) pt-3 pb-3">
      <h2 className="flex justify-between gap-3 pb-1 text-xs text-muted">
        <span className="shrink-0 font-semibold">Largest changes</span>
        <span className="text-right">{compared}</span>
      </h2>
      {why !== null ? (
        <p className="py-1 text-xs text-muted">{`${why.charAt(0).toUpperCase()}${why.slice(1)}.`}</p>
      ) : movers.length === 0 ? (
        <p className="py-1 text-xs text-muted">
          {unit.kind === 'quantity' && !unit.summable
            ? 'Levels are not compared group by group.'
            : answer.total.total === null
              ? 'No amount in either range.'
              : 'Nothing changed.'}
        </p>
      ) : (
        <ul>
          {movers.map(({ key, label, change }) => (
            <li key={key ?? 'none'} className="grid min-h-6 py-0.5 grid-cols-[minmax(0,1fr)_2.5rem_auto] items-center gap-2">
              <button
                type="button"
                className="line-clamp-3 text-left leading-4 hover:underline"
                onClick={() => onPick(key)}
                {...tip(`Filter by ${label}`)}
              >
                <Upstream>{label}</Upstream>
                {change.kind !== 'changed' && <span className="text-xs text-muted"> {change.kind}</span>}
              </button>
              <span aria-hidden className="flex">
                <span
                  className={change.by.units < 0n ? 'h-2.5 bg-muted/60' : 'h-2.5 bg-muted'}
                  style={{ width: `${Math.max(6, (Math.abs(numberOf(change.by)) / largest) * 100)}%` }}
                />
              </span>
              <span className="tabular min-w-16 text-right" {...tip(changeWords(change, unit))}>
                {short(change)}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
