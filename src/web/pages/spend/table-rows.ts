import type { Amount, InnerGroup, SpendAnswer, SpendDimension, SpendFilter } from '../../../contract/canopy/spend.ts';
import { changeOfGroup } from './change.ts';
import type { AmountChange } from './change.ts';
import { groupId, othersKey } from './chart-data.ts';

/** Keys of a group: of the first dimension, and of the second where it is one of those. */
export type GroupPath = readonly [string | null, ...(string | null)[]];

/** A row of the table: a group by name, or what did not fit. */
export interface TableRow {
  id: string;
  kind: 'group' | 'others';
  /** Null for Others: they are no one group. */
  path: GroupPath | null;
  group: InnerGroup;
  label: string;
  /** Of the whole; null where shares mean nothing. */
  share: number | null;
  /** Null where nothing is compared, or the days compared are not all stored. */
  change: AmountChange | null;
  /** What the running month is expected to cost; null where nothing is known. */
  forecast: Amount;
  /** A colour of the chart; null for what the chart has no bar for. */
  colour: number | null;
  /** What it consists of by the second dimension; empty where there is none. */
  children: readonly TableRow[];
  isInner: boolean;
  /** Filters that leave just what is in it; null where there are none that short. */
  where: readonly SpendFilter[] | null;
}

interface Facts {
  answer: SpendAnswer;
  colours: ReadonlyMap<string, number>;
  /** Ids of groups with a bar in the chart. */
  charted: ReadonlySet<string>;
  isCompared: boolean;
  /** By `groupId`, and of the others. */
  forecasts: ReadonlyMap<string, Amount>;
}

/** Rows of the same groups as the chart's, largest first, each with those within it; Others last. */
export function tableRows({ answer, colours, charted, isCompared, forecasts }: Facts): TableRow[] {
  const levels = answer.unit.kind === 'quantity' && !answer.unit.summable;
  const whole = Number(answer.total.total ?? 0);
  const row = (group: InnerGroup, id: string, path: GroupPath | null, label: string, where: TableRow['where']): TableRow => ({
    id,
    kind: path === null ? 'others' : 'group',
    path,
    group,
    label,
    share: group.total === null || whole === 0 || levels ? null : Number(group.total) / whole,
    change: isCompared ? changeOfGroup(group) : null,
    forecast: forecasts.get(id) ?? null,
    colour: charted.has(id) ? (colours.get(id) ?? null) : null,
    children: [],
    isInner: false,
    where,
  });
  const others = (given: (InnerGroup & { groups: number }) | null, id: string, where: TableRow['where']) =>
    given ? [row(given, id, null, `Others (${given.groups})`, where)] : [];
  const { groupBy, inner: second } = answer.question;
  const by = only(groupBy);
  const and = only(second?.groupBy ?? null);
  return [
    ...answer.groups.map((group): TableRow => {
      const id = groupId(group);
      const mine = by([group.key]);
      const within = group.inner?.groups ?? [];
      const inner = [
        ...within.map((one) => row(one, `${id} ${groupId(one)}`, [group.key, one.key], one.label, [...mine, ...and([one.key])])),
        ...others(group.inner?.others ?? null, `${id} ${othersKey}`, restOf(within, and, mine)),
      ];
      return {
        ...row(group, id, [group.key], group.label, mine),
        children: inner.map((child) => Object.assign(child, { isInner: true })),
      };
    }),
    ...others(answer.others, othersKey, restOf(answer.groups, by, [])),
  ];
}

type Narrowing = (values: readonly (string | null)[], operator?: SpendFilter['operator']) => SpendFilter[];

const only =
  (dimension: SpendDimension | null): Narrowing =>
  (values, operator = 'is') =>
    dimension === null ? [] : [{ dimension, operator, values: [...values] }];

/** Values that a filter may hold. */
const mostValues = 200;

/** What is left beside the groups that have names. */
const restOf = (
  named: readonly { key: string | null }[],
  by: Narrowing,
  mine: readonly SpendFilter[],
): readonly SpendFilter[] | null =>
  named.length > mostValues
    ? null
    : [
        ...mine,
        ...by(
          named.map(({ key }) => key),
          'is-not',
        ),
      ];
