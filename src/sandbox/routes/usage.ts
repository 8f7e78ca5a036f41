import * as z from 'zod/mini';
import type { getAccountUsage, getOrganizationUsage, queryAccountUsage } from '../../contract/cloudflare/usage.ts';
import type { Outcome } from '../envelope.ts';
import { invalidUsage } from '../refusals.ts';
import type { UsageRow } from '../usage/row.ts';
import type { Handler, World } from './handler.ts';
import { requireAccount } from './reading.ts';

const dayMilliseconds = 86_400_000;
/** From the first day to the last. */
const longestDays = 31;

/** An organization that is unknown, or has no accounts, has no rows: that is not an error upstream. */
export const ofOrganization: Handler<typeof getOrganizationUsage> = async (ask, world) => {
  const range = daysOf(ask.query, world);
  return rows(world.store.usage.ofOrganization(ask.params.organizationId, range), world.switches.restatedDay);
};

export const ofAccount: Handler<typeof getAccountUsage> = async (ask, world) => {
  const { account } = await requireAccount(ask, world);
  return rows(world.store.usage.ofAccount(account.id, daysOf(ask.query, world)));
};

const ids = (most: number) =>
  z.optional(
    z.array(z.string()).check(
      z.maxLength(most, `must hold at most ${most} values`),
      z.refine((values) => new Set(values).size === values.length, 'must not repeat a value'),
    ),
  );
const time = z.optional(z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)), 'must be an ISO 8601 time')));
/** The one body upstream that refuses what it does not know. */
const QueryBody = z.strictObject({
  FilterBy: z.optional(z.strictObject({ MetricIds: ids(20), ProductFamilyIds: ids(10) })),
  TimePeriod: z.optional(z.strictObject({ From: time, To: time })),
});

export const query: Handler<typeof queryAccountUsage> = async (ask, world) => {
  const { account } = await requireAccount(ask, world);
  const read = QueryBody.safeParse(ask.body ?? {});
  if (!read.success) throw invalidUsage(read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; '));
  const { FilterBy, TimePeriod } = read.data;
  return rows(
    world.store.usage.ofAccount(account.id, {
      ...periodOf(TimePeriod ?? {}, world),
      metricIds: FilterBy?.MetricIds,
      familyIds: FilterBy?.ProductFamilyIds,
    }),
  );
};

interface Days {
  from: string;
  to: string;
}

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

function thisMonth(world: World): Days {
  const today = dayOf(world.now());
  return { from: `${today.slice(0, 8)}01`, to: today };
}

/** Days by the query string: both or neither, both included. */
function daysOf(range: { from?: string; to?: string }, world: World): Days {
  const { from, to } = range;
  if (from === undefined && to === undefined) return thisMonth(world);
  if (from === undefined || to === undefined) throw invalidUsage('from and to must be given together');
  requireSpan(Date.parse(from), Date.parse(to));
  return { from, to };
}

/** Days by the body: `To` is not included. */
function periodOf(period: { From?: string | undefined; To?: string | undefined }, world: World): Days {
  if (period.From === undefined && period.To === undefined) return thisMonth(world);
  if (period.From === undefined || period.To === undefined) throw invalidUsage('From and To must be given together');
  const from = Date.parse(period.From);
  const to = Date.parse(period.To);
  if (from === to) throw invalidUsage('To must be after From');
  requireSpan(from, to);
  return { from: dayOf(from), to: dayOf(to - 1) };
}

function requireSpan(from: number, to: number): void {
  if (to < from) throw invalidUsage('the end of the range is before its start');
  if (to - from > longestDays * dayMilliseconds) throw invalidUsage(`the date range is longer than ${longestDays} days`);
}

/** The row with twice its quantity, digit for digit. */
const restated = (row: string): string =>
  row.replace(/("ConsumedQuantity":)(-?\d+)(?:\.(\d+))?/, (_, name: string, whole: string, fraction = '') => {
    const doubled = (BigInt(whole + (fraction as string)) * 2n).toString();
    const point = (fraction as string).length;
    if (point === 0) return name + doubled;
    const padded = doubled.replace('-', '').padStart(point + 1, '0');
    return `${name}${doubled.startsWith('-') ? '-' : ''}${padded.slice(0, -point)}.${padded.slice(-point)}`;
  });

function rows(batches: AsyncIterable<readonly UsageRow[]>, restatedDay: string | null = null): Outcome {
  const start = `"ChargePeriodStart":"${restatedDay}`;
  const parts = async function* () {
    for await (const batch of batches)
      yield (restatedDay === null ? batch : batch.map((row) => (row.includes(start) ? restated(row) : row))).join(',');
  };
  return { kind: 'rows', parts: parts() };
}
