import type { SpendAnswer, SpendGroup } from '../../../contract/canopy/spend.ts';
import { changeOf } from './change.ts';
import type { AmountChange } from './change.ts';
import { groupId, othersKey } from './chart-data.ts';

/** A row of the table: a group by name, or what did not fit. */
export interface TableRow {
  id: string;
  kind: 'group' | 'others';
  group: SpendGroup;
  label: string;
  /** Of the whole; null where shares mean nothing. */
  share: number | null;
  /** Null where nothing is compared, or the days compared are not all stored. */
  change: AmountChange | null;
  /** A colour of the chart; null for what the chart has no bar for. */
  colour: number | null;
}

/** Rows of the same groups as the chart's, largest first; Others last. */
export function tableRows(
  answer: SpendAnswer,
  colours: ReadonlyMap<string, number>,
  charted: ReadonlySet<string>,
  isCompared: boolean,
): TableRow[] {
  const levels = answer.unit.kind === 'quantity' && !answer.unit.summable;
  const whole = Number(answer.total.total ?? 0);
  const row = (group: SpendGroup, id: string, kind: TableRow['kind'], label: string): TableRow => ({
    id,
    kind,
    group,
    label,
    share: group.total === null || whole === 0 || levels ? null : Number(group.total) / whole,
    change: isCompared ? changeOf(group.previous, group.total) : null,
    colour: charted.has(id) ? (colours.get(id) ?? null) : null,
  });
  return [
    ...answer.groups.map((group) => row(group, groupId(group), 'group', group.label)),
    ...(answer.others ? [row(answer.others, othersKey, 'others', `Others (${answer.others.groups})`)] : []),
  ];
}
