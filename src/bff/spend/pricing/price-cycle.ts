import type { Day, DayRange } from '../days.ts';
import { Shares } from './attribute.ts';
import { Collector } from './collect.ts';
import type { Group, Usage } from './collect.ts';
import { calendarOf } from './cycle.ts';
import type { Cost } from './decimal.ts';
import { meterAlone } from './meter.ts';
import type { Basis, Metered } from './meter.ts';
import { meterPool } from './pools.ts';
import { summariesOf } from './summary.ts';
import type { LineSummary } from './summary.ts';
import type { Payer, Pricing } from './terms.ts';

/** The estimate of one series on one day. */
export interface PricedDay {
  series: number;
  day: Day;
  /** Null where there is no rate, which is not zero. */
  cost: Cost | null;
  basis: Basis;
  /** The metric of the line that prices it; null where none does. */
  line: string | null;
}

export interface Cycle extends Payer {
  pricing: Pricing;
  /** The billing cycle; records of other days are left out. */
  cycle: DayRange;
}

export interface PricedCycle {
  /** One for each series and day, from a day on, that has a record: several records of a series on a day are one. */
  days(from?: Day): Iterable<PricedDay>;
  /** Days that cost more once the cycle is closed, unless more records come: see `meterAlone` and `meterPool`. */
  unsettled: readonly Day[];
  /** One for each line that has usage, and one for each metric and unit without a line. */
  summaries: readonly LineSummary[];
}

/** A cycle that takes its records one by one, where they are too many to hold. */
export interface OpenCycle {
  add(record: Usage): void;
  /** Today is the current UTC day: a cycle that ends on it or before is closed. More records may be added after. */
  price(today: Day): PricedCycle;
}

/**
 * Prices one account's usage of one billing cycle. All its metrics are needed together, since some share an allowance, and
 * every day from the start of the cycle: allowances are counted from there, so a cycle whose first days are not loaded
 * gets its allowance twice. In an open cycle, days that are missing at the end are no harm: what a day costs does not
 * depend on later days. A closed one must be loaded to its end: there the last day of a metric takes what no record took
 * (see `meterAlone` and `meterPool`).
 * Corrections of an invoiced period use up no allowance of this one: leave them out.
 *
 * A forecast is priced the same way: add the expected days to the usage, and read the summaries.
 */
export function openCycle({ pricing, organizations, accountId, cycle }: Cycle): OpenCycle {
  const collector = new Collector(pricing, { organizations, accountId }, cycle);
  const { days } = calendarOf(cycle);
  return {
    add: (record) => collector.add(record),
    price(today) {
      const groups = collector.groups();
      meterAll(groups, cycle.to <= today);
      return {
        days: (from = cycle.from) => pricedDays(groups, days, from),
        unsettled: groups.flatMap(({ metered }) => days[metered?.restOn ?? -1] ?? []),
        summaries: summariesOf(groups),
      };
    },
  };
}

/** As `openCycle`, with all records at hand. */
export function priceCycle({ usage, today, ...cycle }: Cycle & { usage: Iterable<Usage>; today: Day }): PricedCycle {
  const open = openCycle(cycle);
  for (const record of usage) open.add(record);
  return open.price(today);
}

function meterAll(groups: readonly Group[], closed: boolean): void {
  const pools = new Map<string, Metered[]>();
  for (const { metered } of groups) {
    if (!metered) continue;
    const { pool } = metered.line.included;
    const sharing = pool === null ? undefined : pools.get(pool);
    if (pool === null) meterAlone(metered, closed);
    else if (sharing) sharing.push(metered);
    else pools.set(pool, [metered]);
  }
  for (const sharing of pools.values()) {
    const [only] = sharing;
    if (only && sharing.length === 1) meterAlone(only, closed);
    else meterPool(sharing, closed);
  }
}

function* pricedDays(groups: readonly Group[], days: readonly Day[], from: Day): Generator<PricedDay> {
  for (const { metered, rows } of groups) {
    const line = metered?.line.metric ?? null;
    const shares = metered && rows.length > 1 ? new Shares(rows) : null;
    for (const [index, day] of days.entries()) {
      const cost = metered?.costs[index] ?? null;
      const basis = metered?.bases[index] ?? 'no-rate';
      const isCounted = basis === 'estimated' || basis === 'within-allowance';
      const parts = shares && cost !== null && isCounted ? shares.on(index, cost) : null;
      if (day < from) continue;
      for (const [at, { series, days }] of rows.entries())
        if (days[index] !== undefined) yield { series, day, cost: parts?.[at] ?? cost, basis, line };
    }
  }
}
