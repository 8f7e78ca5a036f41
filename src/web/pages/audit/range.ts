import { formatStamp } from '../../lib/format-time.ts';

/** Cloudflare keeps the log for 18 months. */
const retentionDays = 548;
const hour = 3_600_000;

export const presetIds = ['1h', '24h', '7d', '30d', '90d', '18mo'] as const;
export type PresetId = (typeof presetIds)[number];
export const presetLabels: Readonly<Record<PresetId, string>> = {
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
  '90d': 'Last 90 days',
  '18mo': '18 months, all that is kept',
};
const lengths: Readonly<Record<PresetId, number>> = {
  '1h': hour,
  '24h': 24 * hour,
  '7d': 7 * 24 * hour,
  '30d': 30 * 24 * hour,
  '90d': 90 * 24 * hour,
  '18mo': retentionDays * 24 * hour,
};

/** Before it nothing is kept. */
export const keptSince = (now: number): string => rangeOf({ range: '18mo', since: null, before: null }, now).since;

/** Half-open, RFC 3339: `since` is in it, `before` is not. */
export interface TimeRange {
  since: string;
  before: string;
}

/** To the second, RFC 3339. */
export const second = (time: number) => new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
const isTime = (text: string) => /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/.test(text) && !Number.isNaN(Date.parse(text));

/** The range of the URL: two times that make sense, else a preset that ends at `now` (milliseconds). */
export function rangeOf(
  url: { range: PresetId; since: string | null; before: string | null },
  now: number,
): TimeRange & { preset: PresetId | null } {
  const { since, before } = url;
  if (since && before && isTime(since) && isTime(before) && Date.parse(since) < Date.parse(before))
    return { since, before, preset: null };
  // a whole minute, so that the same question keeps the same name for a while
  const end = Math.ceil(now / 60_000) * 60_000;
  return { since: second(end - lengths[url.range]), before: second(end), preset: url.range };
}

export function rangeWords({ since, before }: TimeRange): string {
  // one clock for both, and no seconds where there are none
  return `from ${formatStamp(since).replace(/(:00)? UTC$/, '')}, before ${formatStamp(before).replace(':00 UTC', ' UTC')}`;
}

/** A range is drawn in this many equal parts. */
export const parts = 48;

/** Events in one part of a range. */
export interface SlotCount {
  slot: number;
  events: number;
  failures: number;
}

/** How many events fall in each part of a range; parts without any are left out. */
export function countSlots(range: TimeRange, events: readonly { time: string; failed: boolean }[]): SlotCount[] {
  const start = Date.parse(range.since);
  const length = (Date.parse(range.before) - start) / parts;
  const counts = new Map<number, SlotCount>();
  for (const { time, failed } of events) {
    const slot = Math.floor((Date.parse(time) - start) / length);
    if (!(slot >= 0 && slot < parts)) continue;
    const count = counts.get(slot) ?? { slot, events: 0, failures: 0 };
    counts.set(slot, { slot, events: count.events + 1, failures: count.failures + (failed ? 1 : 0) });
  }
  return [...counts.values()];
}
