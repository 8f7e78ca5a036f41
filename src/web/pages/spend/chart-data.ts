import type { Amount, DayState, SpendAnswer, SpendGroup } from '../../../contract/canopy/spend.ts';
import { sumAmounts } from '../../lib/decimal.ts';
import { daysIn, isCut, isPart } from './words.ts';

/** Groups keep their colour while the person stays on the page: the first nine keys seen take the nine colours. */
const colourCount = 9;
export const othersKey = 'others';

/** Text that names a group in the data of the chart: a key may be null. */
export const groupId = (group: Pick<SpendGroup, 'key'>): string => (group.key === null ? 'none' : `key ${group.key}`);

/** Gives new groups the first free colour; known ones keep theirs. */
export function assignColours(
  known: ReadonlyMap<string, number>,
  groups: readonly Pick<SpendGroup, 'key'>[],
): ReadonlyMap<string, number> {
  const next = new Map(known);
  for (const group of groups) {
    const id = groupId(group);
    if (next.has(id)) continue;
    const shown = new Set(groups.map(groupId).flatMap((other) => next.get(other) ?? []));
    const free = Array.from({ length: colourCount }, (_, index) => index + 1).find((colour) => !shown.has(colour));
    next.set(id, free ?? (next.size % colourCount) + 1);
  }
  return next;
}

export interface ChartPoint {
  from: string;
  to: string;
  state: DayState;
  /** Not the whole of its day, week or month: some of it is not stored, or not in the range. */
  isPart: boolean;
  total: number | null;
  previous: number | null;
  /** Amounts by `groupId`, and `others`. */
  [group: string]: number | string | boolean | null;
}

/** Numbers for drawing only; what is read stays exact text. */
const drawn = (amount: Amount | undefined) => (amount === null || amount === undefined ? null : Number(amount));

/** Whether what is compared with may stand over a bucket: stored whole, all of it priced, and no fewer or more days of a week or month. */
export function isAlike({ buckets, compared, notFinal, question: { granularity } }: SpendAnswer, index: number): boolean {
  const [bucket, before] = [buckets[index], compared?.buckets[index]];
  if (!bucket || before?.state !== 'stored' || notFinal + (compared?.notFinal ?? 0) > 0) return false;
  return daysIn(bucket) === daysIn(before) || !(isCut(bucket, granularity) || isCut(before, granularity));
}

/** One point for each bucket of the answer. Only what is alike of the compared range is drawn: less would read as a fall. */
export function chartPoints(answer: SpendAnswer): ChartPoint[] {
  return answer.buckets.map((bucket, index) => {
    const previous = isAlike(answer, index) ? drawn(answer.total.previousValues[index]) : null;
    const point: ChartPoint = {
      ...bucket,
      isPart: isPart(bucket, answer.question.granularity),
      total: drawn(answer.total.values[index]),
      previous,
    };
    for (const group of answer.groups) point[groupId(group)] = drawn(group.values[index]);
    if (answer.others) point[othersKey] = drawn(answer.others.values[index]);
    return point;
  });
}

type Charted = SpendGroup | NonNullable<SpendAnswer['others']>;

/** The answer with only some of its groups, and their sum as the total. Levels have no sum: several of them have no total. */
export function narrowedTo(answer: SpendAnswer, only: ReadonlySet<string>): SpendAnswer {
  if (only.size === 0) return answer;
  const groups = answer.groups.filter((group) => only.has(groupId(group)));
  const others = only.has(othersKey) ? answer.others : null;
  const shown: Charted[] = [...groups, ...(others ? [others] : [])];
  if (shown.length === 0) return answer;
  const summed = answer.unit.kind === 'money' || answer.unit.summable || shown.length === 1;
  const sum = (amounts: readonly (Amount | undefined)[]) => (summed ? sumAmounts(amounts.map((amount) => amount ?? null)) : null);
  const total: SpendGroup = {
    ...answer.total,
    values: answer.buckets.map((_, index) => sum(shown.map(({ values }) => values[index]))),
    previousValues: answer.total.previousValues.map((_, index) => sum(shown.map(({ previousValues }) => previousValues[index]))),
    total: sum(shown.map((group) => group.total)),
    previous: sum(shown.map(({ previous }) => previous)),
  };
  return { ...answer, groups, others, total };
}

/**
 * Each bucket with everything before it; a bucket before the first amount has none, nor has one that is to come, and what is
 * compared with goes as far as it is alike.
 */
export function cumulative(answer: SpendAnswer): SpendAnswer {
  const running = (values: readonly Amount[]) => {
    let sum: Amount = null;
    return values.map((value) => (sum = sumAmounts([sum, value])));
  };
  const isToCome = (index: number) => answer.buckets[index]?.state === 'ahead' && answer.total.values[index] === null;
  const run = <Group extends SpendGroup>(group: Group): Group => ({
    ...group,
    values: running(group.values).map((value, index) => (isToCome(index) ? null : value)),
    previousValues: running(group.previousValues),
  });
  // from where the ranges part, their sums are of unlike many days
  const apart = answer.buckets.findIndex((_, index) => !isAlike(answer, index));
  const alike = <Group extends SpendGroup>(group: Group): Group => ({
    ...group,
    previousValues: group.previousValues.map((value, index) => (apart < 0 || index < apart ? value : null)),
  });
  return {
    ...answer,
    groups: answer.groups.map(run),
    others: answer.others && run(answer.others),
    total: alike(run(answer.total)),
  };
}

/** The highest and lowest stack of bars, and the line over them. */
export function reachOf(points: readonly ChartPoint[], series: readonly string[]): { highest: number; lowest: number } {
  const parts = points.map((point) => series.map((id) => Number(point[id] ?? 0)));
  const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  return {
    highest: Math.max(0, ...parts.map((values) => sumOf(values.filter((v) => v > 0))), ...points.map((p) => p.previous ?? 0)),
    lowest: Math.min(0, ...parts.map((values) => sumOf(values.filter((v) => v < 0))), ...points.map((p) => p.previous ?? 0)),
  };
}

/** How many bars apart the date labels stand, so that at most `most` fit. */
export function labelEvery(buckets: number, most = 12): number {
  return Math.max(1, Math.ceil(buckets / most));
}
