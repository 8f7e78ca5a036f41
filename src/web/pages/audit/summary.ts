/** What stays of a page of events when its rows are let go: small, however long somebody scrolls. */
import type { AuditEvent } from '../../../contract/cloudflare/audit.ts';
import { dayHeading } from '../../lib/format-time.ts';
import type { Zone } from '../../lib/zoned-time.ts';
import type { Seen } from '../../lib/page-marks.ts';
import { countSlots } from './range.ts';
import type { SlotCount, TimeRange } from './range.ts';

export interface Summary extends Seen {
  slots: readonly SlotCount[];
  /** The time of its last event that has one. */
  oldest: string | null;
}

/** The heading an event stands under. */
export function dayIn({ action }: AuditEvent, zone: Zone): string {
  return action?.time ? dayHeading(action.time, zone) : 'Time not given';
}

export function summaryOf(range: TimeRange, events: readonly AuditEvent[], dayOf: (event: AuditEvent) => string): Summary {
  const days: { day: string; rows: number }[] = [];
  for (const event of events) {
    const day = dayOf(event);
    const last = days.at(-1);
    if (last?.day === day) last.rows += 1;
    else days.push({ day, rows: 1 });
  }
  const marks = events.map(({ action }) => ({ time: action?.time ?? '', failed: action?.result === 'failure' }));
  return {
    rows: events.length,
    days,
    slots: countSlots(range, marks),
    oldest: events.findLast(({ action }) => action?.time)?.action?.time ?? null,
  };
}

/** Events of each day, over all pages. */
export function daysOf(pages: readonly Summary[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { days } of pages) for (const { day, rows } of days) counts.set(day, (counts.get(day) ?? 0) + rows);
  return counts;
}

/** From the older to the newer of two events, milliseconds since 1970; null where one carries no time. */
export function spanOf(
  newest: AuditEvent | undefined,
  oldest: AuditEvent | undefined,
): { oldest: number; newest: number } | null {
  const span = { oldest: Date.parse(oldest?.action?.time ?? ''), newest: Date.parse(newest?.action?.time ?? '') };
  return Number.isNaN(span.oldest) || Number.isNaN(span.newest) ? null : span;
}
