import { TrendingDown, TrendingUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { whyNotCompared } from '../../lib/comparison.ts';
import { rangeWords } from '../../lib/date-range.ts';
import { plural } from '../../lib/format.ts';
import { TextAction } from '../../ui/Link.tsx';
import { classes } from '../../ui/classes.ts';
import { SpendAmount, basisIn } from './SpendAmount.tsx';
import { changeOf } from './change.ts';
import { fewerDaysBefore } from './compared-days.ts';
import { measureName } from './question.ts';
import { changeWords, heldWords, percentWords } from './words.ts';

/** The figures of the page beside each other, parted by lines. What they are founded on stands last. */
export function HeadlineRow({ children }: { children: ReactNode }) {
  return (
    <section
      aria-label="Headline"
      className="flex shrink-0 flex-wrap gap-y-1 overflow-x-clip border-b border-line py-1.5 *:border-line max-sm:grid max-sm:grid-cols-2 max-sm:*:first:col-span-2 max-sm:*:last:not-first:col-span-2 sm:*:-ml-px sm:*:border-l"
    >
      {children}
    </section>
  );
}

/** One figure: what it is, how much, and how it compares. */
export function HeadlineFigure({
  label,
  figure,
  note,
  size = 'plain',
  className,
}: {
  label: ReactNode;
  figure: ReactNode;
  note: ReactNode;
  size?: 'large' | 'plain';
  /** The room it takes before it is known, where it is asked for by itself: no other figure moves when the answer comes. */
  className?: string;
}) {
  return (
    <div className={classes('px-(--gutter) py-2.5 max-sm:py-1.5', className)}>
      <p className="text-xs text-muted">{label}</p>
      <p className={size === 'large' ? 'text-2xl leading-9 font-semibold' : 'text-lg leading-9 font-semibold'}>{figure}</p>
      <div className="text-muted">{note}</div>
    </div>
  );
}

/** What stands under a figure that could not be read. */
export const UnreadFigure = ({ onRetry }: { onRetry: () => void }) => (
  <span role="alert" className="text-xs text-danger-ink">
    Could not be read. <TextAction onPress={onRetry}>Try again</TextAction>
  </span>
);

/** The one figure of the page, and how it compares. */
export function RangeFigure({ answer, name, onExplain }: { answer: SpendAnswer; name: string; onExplain: () => void }) {
  const { total, unit, question } = answer;
  const range = { from: question.from, before: question.to };
  const summed = unit.kind === 'money' || unit.summable;
  return (
    <HeadlineFigure
      size="large"
      label={
        <>
          {summed ? measureName(answer) : `${unit.metricName}, highest`}, {rangeWords(range)}, {heldWords(answer)}
        </>
      }
      figure={<SpendAmount amount={total.total} unit={unit} basis={basisIn(answer, total.bases)} onExplain={onExplain} />}
      note={
        <>
          {question.compare ? (
            <ChangeNote answer={answer} from={name} />
          ) : (
            `${plural(total.accounts, 'account')}, ${plural(total.records, 'record')}`
          )}
        </>
      }
    />
  );
}

/** A name of a comparison inside a sentence; dates stay as they are. */
const inSentence = (name: string): string => name.replace(/^[A-Z][a-z]/, (start) => start.toLowerCase());

/** `+5.0% +$2,350.02 from $47,404.94, 30 days before`, or why that cannot be said. */
export function ChangeNote({ answer, from, short = false }: { answer: SpendAnswer; from: string; short?: boolean }) {
  const { total, unit } = answer;
  const why = whyNotCompared(answer);
  if (why !== null) return <span className="text-xs">{why}</span>;
  if (total.previous === null && total.previousRecords > 0)
    return <span className="text-xs">not compared: no record before has an amount</span>;
  const change = changeOf(total.previous, total.total);
  if (!change) return <span>no {total.records > 0 ? 'amount' : 'record'} in either range</span>;
  const fewer = short ? null : fewerDaysBefore(answer);
  const Arrow = change.by.units < 0n ? TrendingDown : TrendingUp;
  return (
    <span className="tabular">
      {!short && change.by.units !== 0n && <Arrow aria-hidden className="mr-1 inline size-3.5 align-[-2px]" />}
      <span className="font-semibold text-ink">{percentWords(change)}</span>
      {total.previous === null ? (
        `, against no amount, ${inSentence(from)}`
      ) : short ? (
        ` from ${from}`
      ) : (
        <>
          {' '}
          <span className="ml-0.5 text-ink">{changeWords(change, unit)}</span> from{' '}
          <SpendAmount amount={total.previous} unit={unit} />
          <span className="text-xs">, {inSentence(from)}</span>
          {fewer !== null && (
            <span className="block text-xs">
              {plural(fewer, 'day')} of those {fewer === 1 ? 'has' : 'have'} an amount
            </span>
          )}
        </>
      )}
    </span>
  );
}
