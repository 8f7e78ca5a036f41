import type { SpendRatios } from '../../../contract/canopy/spend-ratios.ts';
import { tip } from '../../ui/tip.ts';
import { Upstream } from '../../ui/Upstream.tsx';
import { groupId, othersKey } from './chart-data.ts';

/** A ratio for each group, and why there is none or over how little it is. */
export function RatioList({
  label,
  ratios: { groups, others },
  words,
  note,
}: {
  label: string;
  ratios: SpendRatios;
  words: (ratio: SpendRatios['total']) => string;
  note: (ratio: SpendRatios['total']) => string | null;
}) {
  const rows = [
    ...groups.map((ratio) => ({ id: groupId(ratio), label: ratio.label, ratio })),
    ...(others ? [{ id: othersKey, label: `Others (${others.groups})`, ratio: others }] : []),
  ];
  return (
    <dl aria-label={label}>
      {rows.map(({ id, label: name, ratio }) => (
        <div key={id} className="flex min-h-6 flex-wrap items-center justify-between gap-x-3">
          <dt className="min-w-0 flex-1 truncate" {...tip(name)}>
            <Upstream>{name}</Upstream>
          </dt>
          <dd className="tabular">{words(ratio)}</dd>
          {note(ratio) !== null && <dd className="w-full text-xs text-muted">{note(ratio)}</dd>}
        </div>
      ))}
    </dl>
  );
}
