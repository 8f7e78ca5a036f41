import { dayOf, isWeekend, startOfDay } from '../seed/days.ts';
import type { StoryName, UsagePlan } from './plan.ts';

/** Metrics that a story needs, whatever chance gave the account, and what an ordinary day of them is. */
const needs: Readonly<Partial<Record<StoryName, Readonly<Record<string, number>>>>> = {
  'durable-objects-runaway': { durable_objects_compute_requests: 4_000_000, durable_objects_compute_duration: 200_000 },
  'r2-list-loop': { r2_storage: 2, r2_storage_class_a_operations: 24_000, r2_storage_class_b_operations: 300_000 },
  'neurons-on-weekdays': { workers_ai_neurons: 14_000 },
  'cache-reserve-warm-up': {
    cache_reserve_storage: 6,
    cache_reserve_class_a_operations: 50_000,
    cache_reserve_class_b_operations: 600_000,
  },
  'zone-given': { argo_smart_routing_bytes: 30 },
  'zone-taken': { argo_smart_routing_bytes: 30 },
  'zone-deleted': { argo_smart_routing_bytes: 12 },
  extremes: {
    d1_rows_read: 400_000_000,
    kv_storage: 0.05,
    r2_infrequent_access_data_retrieval: 5,
    queues_standard_operations: 800_000,
  },
};

export const neededMetrics = (plan: UsagePlan): ReadonlyMap<string, number> =>
  new Map(plan.stories.flatMap((story) => Object.entries(needs[story] ?? {})));

/** How much the stories of an account change one metric on one day; 1 where they leave it alone. */
export function storyFactor(plan: UsagePlan, metricId: string, day: number, seedDay: number): number {
  let factor = 1;
  for (const story of plan.stories) factor *= factors[story]?.(metricId, day - seedDay, day) ?? 1;
  return factor;
}

type Factor = (metricId: string, since: number, day: number) => number;
const factors: Readonly<Partial<Record<StoryName, Factor>>> = {
  'durable-objects-runaway': (metricId, since) =>
    metricId === 'durable_objects_compute_duration' && since >= -10 && since < 20 ? 40 : 1,
  'r2-list-loop': (metricId, since) => (metricId === 'r2_storage_class_a_operations' && since === -13 ? 25 : 1),
  'neurons-on-weekdays': (metricId, _, day) => (metricId === 'workers_ai_neurons' && isWeekend(day) ? 0.02 : 1),
  'cache-reserve-warm-up': warmUp,
};

/** Filled in the week four weeks before the seed day: written first, read from then on. */
function warmUp(metricId: string, since: number): number {
  if (!metricId.startsWith('cache_reserve')) return 1;
  if (since < -28) return 0;
  const filling = since < -21;
  if (metricId === 'cache_reserve_class_a_operations') return filling ? 30 : 0.4;
  if (metricId === 'cache_reserve_class_b_operations') return filling ? 0.1 : 4;
  return filling ? (since + 29) / 8 : 1;
}

/** The fifteenth of the month of the seed day, or of the month before where that is still to come. */
export function middleOfMonth(seedDay: number): number {
  const date = new Date(startOfDay(seedDay));
  const back = date.getUTCDate() > 15 ? 0 : 1;
  return dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 15));
}
