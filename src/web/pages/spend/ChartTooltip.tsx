import type { Amount, SpendAnswer } from '../../../contract/canopy/spend.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import { SpendAmount, basisIn } from './SpendAmount.tsx';
import { groupId } from './chart-data.ts';
import type { ChartMarker } from './markers.ts';
import { sides } from './plot.ts';
import { bucketTitle } from './spoken.ts';
import { bucketBefore, bucketStateWords, formatAmount, isPart } from './words.ts';

/** What the bucket under the pointer holds, beside it and never over it. */
export function ChartTooltip({
  answer,
  index,
  colours,
  compared,
  pace,
  width,
  marker,
}: {
  answer: SpendAnswer;
  index: number;
  colours: ReadonlyMap<string, number>;
  /** What is compared with, in words; null for nothing. */
  compared: string | null;
  /** What an even month of the budget would have used; null without one. */
  pace: Amount;
  width: number;
  marker: ChartMarker | undefined;
}) {
  const bucket = answer.buckets[index];
  if (!bucket) return null;
  const before = bucketBefore(answer, index, compared);
  const per = answer.question.granularity;
  const step = (width - sides.left - sides.right) / answer.buckets.length;
  const right = sides.left + (index + 1) * step + 8;
  const left = right + 230 > width ? sides.left + index * step - 8 - 222 : right;
  const rows = answer.groups
    .map((group) => ({
      id: groupId(group),
      label: group.label,
      value: group.values[index] ?? null,
      colour: `var(--color-chart-${colours.get(groupId(group)) ?? 9})`,
    }))
    .filter(({ value }) => value !== null)
    .sort((a, b) => Number(b.value) - Number(a.value));
  return (
    <div
      aria-hidden
      className="level-1 pointer-events-none absolute top-4 z-50 w-[13.875rem] rounded-lg bg-raised p-2.5 text-xs"
      style={{ left: Math.max(0, left) }}
    >
      <div className="mb-1.5 flex justify-between gap-3 border-b border-line-soft pb-1.5 font-semibold">
        <span>{bucketTitle(bucket, per)}</span>
        <SpendAmount amount={answer.total.values[index]} unit={answer.unit} basis={basisIn(answer, answer.total.bases)} />
      </div>
      {before && (
        <p className="mb-1.5 flex justify-between gap-3 text-muted">
          <span className="truncate">{before.name}</span>
          <span className="tabular">{before.amount}</span>
        </p>
      )}
      {pace !== null && (
        <p className="mb-1.5 flex justify-between gap-3 text-muted">
          <span>Even pace of the budget</span>
          <span className="tabular">{formatAmount(pace, answer.unit)}</span>
        </p>
      )}
      {isPart(bucket, per) && <p className="mb-1 text-warning-ink">{bucketStateWords(bucket, per)}</p>}
      {marker && (
        <p className="mb-1 text-warning-ink">
          Unusual: <Upstream>{marker.anomalies[0]?.metricName ?? ''}</Upstream> of{' '}
          <Upstream>{marker.anomalies[0]?.accountName ?? ''}</Upstream>
          {marker.anomalies.length > 1 && ` and ${marker.anomalies.length - 1} more`}
        </p>
      )}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-1">
        {rows.map(({ id, label, value, colour }) => (
          <li key={id} className="flex items-baseline gap-2">
            <span className="size-2.5 shrink-0 self-center rounded-xs" style={{ background: colour }} />
            <span className="min-w-0 flex-1 truncate">
              <Upstream>{label}</Upstream>
            </span>
            <span className="tabular">{formatAmount(value, answer.unit)}</span>
          </li>
        ))}
        {answer.others && answer.others.values[index] !== null && (
          <li className="flex items-baseline gap-2 text-muted">
            <span className="size-2.5 shrink-0 self-center rounded-xs bg-chart-others" />
            <span className="flex-1">Others ({answer.others.groups})</span>
            <span className="tabular">{formatAmount(answer.others.values[index], answer.unit)}</span>
          </li>
        )}
      </ul>
    </div>
  );
}
