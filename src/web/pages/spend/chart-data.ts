import type { Amount, DayState, SpendAnswer, SpendGroup } from '../../../contract/canopy/spend.ts';

/** Groups keep their colour while the person stays on the page: the first nine keys seen take the nine colours. */
export const colourCount = 9;
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
  total: number | null;
  previous: number | null;
  /** Amounts by `groupId`, and `others`. */
  [group: string]: number | string | null;
}

/** Numbers for drawing only; what is read stays exact text. */
const drawn = (amount: Amount | undefined) => (amount === null || amount === undefined ? null : Number(amount));

/** One point for each bucket of the answer. */
export function chartPoints(answer: SpendAnswer): ChartPoint[] {
  return answer.buckets.map((bucket, index) => {
    const point: ChartPoint = { ...bucket, total: drawn(answer.total.values[index]), previous: null };
    for (const group of answer.groups) point[groupId(group)] = drawn(group.values[index]);
    if (answer.others) point[othersKey] = drawn(answer.others.values[index]);
    return point;
  });
}

/** A round maximum above the highest bar with four equal intervals: 1, 2, 2.5 or 5 times a power of ten each. */
export function roundScale(highest: number): { maximum: number; ticks: number[] } {
  if (!(highest > 0)) return { maximum: 1, ticks: [0, 0.25, 0.5, 0.75, 1] };
  const rough = highest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough * (1 - 1e-9)) ?? 10 * power;
  return { maximum: step * 4, ticks: [0, 1, 2, 3, 4].map((index) => step * index) };
}

/** How many bars apart the date labels stand, so that at most `most` fit. */
export function labelEvery(buckets: number, most = 12): number {
  return Math.max(1, Math.ceil(buckets / most));
}
