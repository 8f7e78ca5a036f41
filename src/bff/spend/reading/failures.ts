import { MemoryExhausted } from '../../database/errors.ts';
import { Problem } from '../../problem.ts';
import type { Day } from '../days.ts';

/** Days that could not be read: for a `Problem`, or for what went wrong while they were stored. */
export class DaysFailed extends Error {
  readonly days: readonly Day[];
  readonly reason: unknown;
  constructor(days: readonly Day[], reason: unknown) {
    super('Days of usage could not be read');
    this.name = 'DaysFailed';
    this.days = days;
    this.reason = reason;
  }
}

/** They say nothing about a day: they pass, and the same question is asked again. */
const passing = new Set(['rate_budget', 'upstream_throttled', 'upstream_unreachable', 'upstream_auth', 'capability_missing']);
/** They may come from the size of an answer. */
const ofSize = new Set(['upstream_truncated', 'upstream_bad_json', 'upstream_too_large', 'upstream_timeout']);
/** They are of an organization, whatever the day. */
const ofOrganization = new Set(['upstream_refused', 'upstream_not_found']);
const isOneOf = (codes: ReadonlySet<string>, reason: unknown): boolean =>
  reason instanceof Problem && codes.has(reason.report.code);

/** How often a reading waits for memory that other work has, before it is made in smaller parts. */
const mostWaitsForMemory = 3;

/** Whether the same may go well in a moment. */
export const passes = (reason: unknown, attempt: number): reason is Problem | MemoryExhausted =>
  reason instanceof MemoryExhausted ? attempt < mostWaitsForMemory : isOneOf(passing, reason);

/** Whether fewer days at once may go well. */
export const isOfSize = (reason: unknown): boolean => reason instanceof MemoryExhausted || isOneOf(ofSize, reason);

export const reasonOf = (error: unknown): unknown => (error instanceof DaysFailed ? error.reason : error);

/** Which days of a reading an error is about. */
export const failedDays = (error: unknown, reading: readonly Day[]): readonly Day[] =>
  error instanceof DaysFailed && !isOneOf(ofOrganization, error.reason) ? error.days : reading;
