import type { DayState, SpendAnswer } from '../../../contract/canopy/spend.ts';
import { formatDay } from '../../lib/format-time.ts';
import { plural } from '../../lib/format.ts';
import { TextAction } from '../../ui/Link.tsx';
import { sides } from './plot.ts';

const cellLooks = {
  stored: 'bg-success/80',
  incomplete: 'hatch text-warning shadow-[inset_0_0_0_1px_var(--color-warning)]',
  failed: 'bg-danger',
  missing: 'shadow-[inset_0_0_0_1px_var(--color-line-strong)]',
  today: 'hatch text-muted shadow-[inset_0_0_0_1px_var(--color-line-strong)]',
  ahead: 'bg-hover',
} as const;

/** One cell for each bar, exactly under it. The sentence below says the same. */
export function GapMap({ answer }: { answer: SpendAnswer }) {
  return (
    <div aria-hidden className="flex h-2" style={{ paddingLeft: sides.left, paddingRight: sides.right }}>
      {answer.buckets.map(({ from, state }) => (
        <span key={from} className="flex-1 px-[12%]" style={{ paddingInline: `${12 / answer.buckets.length}%` }}>
          <span className={`block h-full rounded-xs ${cellLooks[state]}`} />
        </span>
      ))}
    </div>
  );
}

/** The gap map in words, and a way to fill its gaps. */
export function StoredSentence({
  answer: { days, buckets, notFinal },
  onFetchAgain,
}: {
  answer: SpendAnswer;
  onFetchAgain: ((days: string[]) => void) | null;
}) {
  const bad = buckets.filter(isNotWhole);
  const parts = [
    (days.stored > 0 || bad.length > 0) && `${plural(days.stored, 'day')} stored`,
    days.incomplete > 0 && `${days.incomplete} incomplete`,
    days.failed > 0 && `${days.failed} failed`,
    days.missing > 0 && `${days.missing} never read`,
    days.today > 0 && 'today is not over',
    days.ahead > 0 && `${days.ahead} to come`,
    notFinal > 0 && 'prices are not final',
  ].filter(Boolean);
  return (
    <>
      <span>{parts.join(' · ')}</span>
      {bad.length > 0 && <span>First: {formatDay(bad[0]?.from ?? '', 'without-year')}.</span>}
      {bad.length > 0 && onFetchAgain && (
        <TextAction size="xs" onPress={() => onFetchAgain(bad.flatMap(daysOf))}>
          {bad.every(({ state }) => state === 'missing') ? 'Read these days' : 'Fetch again'}
        </TextAction>
      )}
    </>
  );
}

/** Days that should be stored and are not, or not of every organization. */
export const isNotWhole = ({ state }: { state: DayState }): boolean =>
  state === 'incomplete' || state === 'failed' || state === 'missing';

export function daysOf({ from, to }: { from: string; to: string }): string[] {
  const days: string[] = [];
  for (let time = Date.parse(`${from}T00:00:00Z`); time < Date.parse(`${to}T00:00:00Z`); time += 86_400_000)
    days.push(new Date(time).toISOString().slice(0, 10));
  return days;
}
