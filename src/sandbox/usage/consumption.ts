import { hashOf, shareOf } from '../seed/random.ts';
import { isWeekend } from '../seed/days.ts';
import { metrics, unknownMetric, type Metric } from './metrics.ts';
import type { UsagePlan } from './plan.ts';
import { neededMetrics, storyFactor } from './stories.ts';

/** A metric that an account uses. */
export interface Used {
  readonly metric: Metric;
  /** Decides everything that is left to chance about this account and metric. */
  readonly key: number;
  /** The quantity of an ordinary weekday on the seed day. */
  readonly base: number;
  /** Growth a day, as a logarithm. */
  readonly growth: number;
}

const familiesOf: Readonly<Record<UsagePlan['kind'], ReadonlySet<string> | null>> = {
  idle: new Set(),
  dormant: new Set(['workers', 'r2', 'workers_kv']),
  general: null,
  media: new Set(['stream', 'images', 'r2', 'cache_reserve', 'realtime', 'workers']),
};
/**
 * The catalogue's magnitudes are right for each metric by itself; taken together they would make every bill one of seats and
 * video. These put computing and storage first.
 */
const familyScale: Readonly<Record<string, number>> = {
  workers: 2.7,
  r2: 3.9,
  durable_objects: 3.2,
  workers_ai: 5.8,
  d1: 3.3,
  zero_trust: 0.22,
  stream: 0.34,
  argo: 0.53,
  log_explorer: 0.4,
  images: 0.24,
  realtime: 0.08,
};
const otherFamiliesScale = 0.79;

/** What a media company uses more often than others do. */
const mediaPresence = 0.75;
/** A dormant account does a twentieth of what its size would. */
const dormantScale = 0.05;

/** The metrics of an account: families come as a whole, so that storage has operations and requests have CPU time. */
export function usedMetrics(seed: number, accountId: string, plan: UsagePlan): readonly Used[] {
  const families = familiesOf[plan.kind];
  const needed = neededMetrics(plan);
  const used: Used[] = [];
  for (const metric of metrics) {
    const chance =
      plan.kind === 'media' && families?.has(metric.familyId) ? Math.max(metric.presence, mediaPresence) : metric.presence;
    const wanted = (families === null || families.has(metric.familyId)) && shareOf(seed, accountId, metric.familyId) < chance;
    if (wanted || needed.has(metric.id)) used.push(usedMetric(seed, accountId, plan, metric, needed.get(metric.id)));
  }
  if (plan.stories.includes('unknown-metric')) used.push(usedMetric(seed, accountId, plan, unknownMetric));
  return used;
}

function usedMetric(seed: number, accountId: string, plan: UsagePlan, metric: Metric, base?: number): Used {
  const key = hashOf(seed, accountId, metric.id);
  const scale = plan.kind === 'dormant' ? dormantScale : 1;
  return {
    metric,
    key,
    base:
      base ??
      scale *
        (familyScale[metric.familyId] ?? otherFamiliesScale) *
        magnitude(metric.daily, plan.size) *
        Math.exp(0.4 * bell(key)),
    growth: ((shareOf(seed, accountId, metric.familyId, 'growth') - 0.35) * 0.1) / 30,
  };
}

/** Between the magnitudes of the catalogue, on their own scale: each is ten to a hundred times the one before. */
function magnitude(daily: readonly number[], size: number): number {
  const from = Math.min(Math.max(Math.floor(size), 0), daily.length - 2);
  const low = Math.log(daily[from] ?? 1);
  const high = Math.log(daily[from + 1] ?? 1);
  return Math.exp(low + (high - low) * (size - from));
}

/** The quantity of a whole day. */
export function quantityOn(used: Used, plan: UsagePlan, day: number, seedDay: number): number {
  const { metric } = used;
  const noise = Math.exp(metric.sigma * bell(Math.imul(used.key ^ day, 0x9e3779b1)));
  const quantity =
    used.base *
    Math.exp(used.growth * (day - seedDay)) *
    (isWeekend(day) ? metric.weekend : 1) *
    noise *
    (plan.stories.length > 0 ? storyFactor(plan, metric.id, day, seedDay) : 1);
  return metric.whole ? Math.round(quantity) : quantity;
}

/** Nearly a normal distribution from the bits of one number. */
function bell(bits: number): number {
  let mixed = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  mixed ^= mixed >>> 15;
  return ((mixed & 1023) + ((mixed >>> 10) & 1023) + ((mixed >>> 20) & 1023) - 1534.5) / 511.5;
}
