import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { SpendQuestion } from '../../../contract/canopy/spend.ts';
import { storedWords } from '../../lib/comparison.ts';
import { addDays, daysBetween } from '../../lib/date-range.ts';
import { formatDay, formatMonth } from '../../lib/format-time.ts';
import { formatShare, plural } from '../../lib/format.ts';
import { spendQuery } from '../../queries/spend.ts';
import { ChangeNote, HeadlineFigure, UnreadFigure } from './Headline.tsx';
import type { Explained } from './dialogs.ts';
import { SpendAmount, basisIn } from './SpendAmount.tsx';
import { monthBefore, monthsEarlier } from './compare.ts';
import { formatAmount, heldWords } from './words.ts';

const room = 'sm:min-w-66';
/** The running month and the one before it need no year. */
const monthName = (day: string) => formatMonth(day, 'without-year');

/** The month so far against the same complete days of the last one, and against all of it. */
export function MonthFigure({
  question,
  today,
  onExplain,
}: {
  question: SpendQuestion;
  today: string;
  onExplain: (explained: Explained) => void;
}) {
  const month = { from: `${today.slice(0, 7)}-01`, before: today };
  const days = daysBetween(month);
  const same = monthsEarlier(month, 1);
  const last = monthBefore(today);
  const of = (range: Pick<SpendQuestion, 'from' | 'to' | 'compare'>): SpendQuestion => ({
    ...question,
    ...range,
    granularity: 'month',
    groupBy: null,
    inner: null,
    top: 1,
  });
  const soFar = useQuery({ ...spendQuery(of({ from: month.from, to: month.before, compare: same })), enabled: days > 0 });
  const whole = useQuery({ ...spendQuery(of({ from: last.from, to: last.before, compare: null })), enabled: days > 0 });
  const label = `${monthName(today)}, ${plural(days, 'complete day')}`;
  if (days === 0) return <HeadlineFigure label={monthName(today)} figure="No day yet" note="The first day is not over." />;
  if (soFar.error)
    return (
      <HeadlineFigure
        className={room}
        label={label}
        figure={<span className="text-faint">n/a</span>}
        note={
          <>
            <UnreadFigure onRetry={() => void soFar.refetch()} />
            <SecondLine />
          </>
        }
      />
    );
  const answer = soFar.data?.result;
  if (!answer)
    return (
      <HeadlineFigure
        className={room}
        label={label}
        figure={<span className="text-faint">–</span>}
        note={
          <>
            Asking…
            <SecondLine />
          </>
        }
      />
    );
  const full = whole.data?.result;
  const isWhole = answer.days.stored === days && answer.notFinal === 0;
  const fullStored = full !== undefined && full.days.stored === daysBetween(last) && full.notFinal === 0;
  const part =
    full && fullStored && isWhole && answer.total.total !== null ? Number(answer.total.total) / Number(full.total.total) : NaN;
  const summed = answer.unit.kind === 'money' || answer.unit.summable;
  return (
    <HeadlineFigure
      className={room}
      label={`${monthName(today)}, ${heldWords(answer)}`}
      figure={
        <SpendAmount
          amount={answer.total.total}
          unit={answer.unit}
          basis={basisIn(answer, answer.total.bases)}
          onExplain={() => onExplain({ question: answer.question, label: monthName(today) })}
        />
      }
      note={
        <>
          <ChangeNote
            answer={answer}
            short
            from={`${Number(same.from.slice(8))} to ${formatDay(addDays(same.to, -1), 'without-year')}`}
          />
          <SecondLine>
            {summed &&
              full &&
              (Number.isFinite(part)
                ? `${formatShare(part)} of all of ${monthName(last.from)}, ${formatAmount(full.total.total, full.unit)}`
                : !fullStored
                  ? `${monthName(last.from)}: ${full.days.stored < daysBetween(last) ? storedWords(full.days, daysBetween(last)) : 'prices are not final'}`
                  : full.total.total !== null
                    ? `all of ${monthName(last.from)}: ${formatAmount(full.total.total, full.unit)}`
                    : `no ${full.total.records > 0 ? 'amount' : 'record'} in all of ${monthName(last.from)}`)}
          </SecondLine>
        </>
      }
    />
  );
}

/** The line of all of last month. It has its place before it is known: what stands below must not move from under a pointer. */
const SecondLine = ({ children }: { children?: ReactNode }) => (
  <span className="block min-h-4 text-xs max-sm:min-h-8">{children}</span>
);
