import { median } from '../forecast/project.ts';

/** Days that a day is compared with. */
export const baselineDays = 28;
/** A usual weekday needs at least this many days to be told from. */
const fewestSameWeekdays = 2;
/** Until then a metric is new: what it costs is new spend, and nothing about it is unusual. */
const newFor = 14;
const threshold = 3.5;
/** A score says how unusual; beyond this it says no more. */
const highestScore = 1000;
/** A deviation that lasts this long is the new normal: the days after it are compared with it. */
const stepDays = 3;

/** What a metric of an account was used for, and cost, on one day. */
export interface DayOfMetric {
  used: number;
  cost: number;
}

export interface Anomaly {
  kind: 'up' | 'down' | 'new';
  /** Places in the days: the first, and the last one included. */
  from: number;
  to: number;
  /** How unusual its most unusual day is: 3.5 and more, below zero for less than usual; zero for what is new. */
  score: number;
  /** What its days cost more, or less, than usual. */
  impact: number;
  /** Used on its days, and what would have been usual. */
  used: number;
  usual: number;
  /** It went on for three days: the level has changed. */
  isStep: boolean;
}

type Days = readonly (DayOfMetric | undefined)[];
type Flag = Pick<Anomaly, 'score' | 'impact' | 'usual'>;

/**
 * Days on which a metric of an account was used unlike on the same weekdays of the four weeks before, and that cost at
 * least `floor` more or less for it. Usage decides what is unusual: cost jumps by itself on the day an allowance is used
 * up. Money decides whether it matters. Undefined are days of which nothing is known; those from `first` on are judged.
 */
export function findAnomalies(days: Days, first: number, floor: number): Anomaly[] {
  const began = days.findIndex((day) => day !== undefined && day.used > 0);
  if (began < 0) return [];
  const isNew = began >= first && days[began - 1] !== undefined;
  const anomalies = isNew ? newSpend(days, began, floor) : [];
  let goesOn = false;
  // where the level changed, older days say nothing about what is usual
  let since = began;
  for (let at = Math.max(first, began + newFor); at < days.length; at++) {
    const flag = judge(days, at, Math.max(since, at - baselineDays), floor);
    if (!flag) {
      goesOn = false;
      continue;
    }
    const kind = flag.score > 0 ? 'up' : 'down';
    let event: Anomaly | undefined = goesOn ? anomalies.at(-1) : undefined;
    if (event?.kind !== kind) {
      event = { kind, from: at, to: at, score: 0, impact: 0, used: 0, usual: 0, isStep: false };
      anomalies.push(event);
    }
    event.to = at;
    event.used += days[at]?.used ?? 0;
    event.usual += flag.usual;
    event.impact += flag.impact;
    if (Math.abs(flag.score) > Math.abs(event.score)) event.score = flag.score;
    event.isStep = event.to - event.from + 1 >= stepDays;
    goesOn = !event.isStep;
    if (event.isStep) since = event.from;
  }
  return anomalies;
}

function newSpend(days: Days, began: number, floor: number): Anomaly[] {
  const seen = days.slice(began, began + newFor).filter((day) => day !== undefined);
  const impact = seen.reduce((sum, { cost }) => sum + cost, 0);
  const used = seen.reduce((sum, day) => sum + day.used, 0);
  if (impact < floor * seen.length || impact <= 0) return [];
  const to = Math.min(days.length, began + newFor) - 1;
  return [{ kind: 'new', from: began, to, score: 0, impact, used, usual: 0, isStep: false }];
}

function judge(days: Days, at: number, since: number, floor: number): Flag | null {
  const day = days[at];
  if (!day) return null;
  const same: number[] = [];
  for (let before = at - 7; before >= since; before -= 7) {
    const used = days[before]?.used;
    if (used !== undefined) same.push(used);
  }
  if (same.length < fewestSameWeekdays) return null;
  const usual = median(same);
  const spread = 1.4826 * median(same.map((used) => Math.abs(used - usual)));
  const score = (day.used - usual) / Math.max(spread, 0.05 * Math.abs(usual), Number.EPSILON);
  if (Math.abs(score) < threshold) return null;
  const impact = (day.used - usual) * unitCost(day.used > usual ? [day] : days.slice(since, at));
  if (impact === 0 || Math.abs(impact) < floor) return null;
  return { score: Math.max(-highestScore, Math.min(highestScore, score)), impact, usual };
}

/** What a unit cost on these days: nothing where the allowance covered it. */
function unitCost(days: Days): number {
  let used = 0;
  let cost = 0;
  for (const day of days) {
    used += day?.used ?? 0;
    cost += day?.cost ?? 0;
  }
  return used > 0 ? cost / used : 0;
}
