import { formatShare } from '../lib/format.ts';

/** A share in words and as a bar; the longest bar, 84 px, belongs to the largest share of the table. */
export function ShareBar({ share, largest = 1 }: { share: number; largest?: number | undefined }) {
  const length = largest > 0 ? Math.max(0, Math.min(1, share / largest)) : 0;
  return (
    <span className="inline-flex items-center gap-2">
      <span className="tabular w-11 text-right">{formatShare(share)}</span>
      <span aria-hidden="true" className="inline-block h-1.25 rounded-xs bg-muted/60" style={{ width: `${length * 5.25}rem` }} />
    </span>
  );
}
