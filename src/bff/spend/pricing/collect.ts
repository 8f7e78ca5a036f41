import type { Day, DayRange } from '../days.ts';
import { calendarOf } from './cycle.ts';
import type { Quantity } from './decimal.ts';
import { isUnitOf } from './match.ts';
import type { Metered } from './meter.ts';
import type { Override } from './rate-card.ts';
import type { Pricing, Reason } from './terms.ts';

/** A usage record, as far as its price goes. Records of one series have the same words. */
export interface Usage {
  series: number;
  metricId: string | null;
  metricName: string | null;
  unit: string | null;
  zoneId: string | null;
  day: Day;
  quantity: Quantity;
}

type Days = (Quantity | undefined)[];

/** Usage of one series by day of the cycle. */
export interface Row {
  series: number;
  days: Days;
}

/** All usage of an account that is counted together: of one line, of one line in one zone, or of a metric without a line. */
export interface Group {
  metricId: string | null;
  metricName: string | null;
  unit: string | null;
  rows: Row[];
  /** Null where nothing prices it; `reason` says why. */
  metered: Metered | null;
  reason: Reason | null;
}

/** Sorts the records of a cycle by what counts them. */
export function collect(
  pricing: Pricing,
  overrides: readonly Override[],
  cycle: DayRange,
  usage: Iterable<Usage>,
): readonly Group[] {
  const { days, indexOf } = calendarOf(cycle);
  const noDays = (): Days => Array.from<Quantity | undefined>({ length: days.length }).fill(undefined);
  const groups = new Map<string, Group>();
  const rows = new Map<number, Row>();
  let row: Row | undefined;
  for (const record of usage) {
    const day = indexOf.get(record.day);
    if (day === undefined) continue;
    if (row?.series !== record.series) row = rows.get(record.series);
    if (!row) {
      row = { series: record.series, days: noDays() };
      rows.set(record.series, row);
      groupOf(record).rows.push(row);
    }
    const before = row.days[day];
    row.days[day] = before === undefined ? record.quantity : before + record.quantity;
  }
  for (const { metered, rows } of groups.values()) if (metered) metered.days = totalOf(rows, noDays);
  return [...groups.values()];

  function groupOf({ metricId, metricName, unit, zoneId }: Usage): Group {
    const line = pricing.lineOf({ metricId, metricName });
    const reason = line === null ? 'unknown-metric' : isUnitOf(line, unit) ? null : 'other-unit';
    const priced = reason === null ? line : null;
    const place = priced?.included.per === 'zone-cycle' ? zoneId : null;
    const key = JSON.stringify(priced ? [priced.metric, place] : [metricId, metricName, unit, reason]);
    let group = groups.get(key);
    if (!group) {
      const stretches = priced && pricing.stretchesOf(priced, overrides, cycle);
      const metered = priced && stretches && emptyMeter(priced, stretches);
      group = { metricId, metricName, unit, rows: [], metered, reason };
      groups.set(key, group);
    }
    return group;
  }
}

const emptyMeter = (line: Metered['line'], stretches: Metered['stretches']): Metered => ({
  line,
  stretches,
  days: [],
  costs: [],
  bases: [],
  used: 0n,
  billable: 0n,
  included: 0n,
  last: null,
});

/** A day is undefined where no row has it. */
function totalOf(rows: readonly Row[], noDays: () => Days): Days {
  const [only] = rows;
  if (only && rows.length === 1) return only.days;
  const total = noDays();
  for (const { days } of rows) {
    for (let day = 0; day < days.length; day++) {
      const quantity = days[day];
      if (quantity !== undefined) total[day] = (total[day] ?? 0n) + quantity;
    }
  }
  return total;
}
