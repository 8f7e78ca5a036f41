import type { Day, DayRange } from '../days.ts';
import { calendarOf } from './cycle.ts';
import type { Quantity } from './decimal.ts';
import { isUnitOf } from '../../../contract/canopy/rate-card-match.ts';
import type { Metered } from './meter.ts';
import type { Line, Override } from '../../../contract/canopy/rate-card.ts';
import type { Payer, Pricing, Reason, Stretch } from './terms.ts';

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

/** A group while its records come. */
interface Collected extends Omit<Group, 'metered'> {
  line: Line | null;
  stretches: readonly Stretch[];
}

/** Sorts the records of an account's cycle by what counts them. */
export class Collector {
  readonly #pricing: Pricing;
  readonly #overrides: readonly Override[];
  readonly #cycle: DayRange;
  readonly #indexOf: ReadonlyMap<Day, number>;
  readonly #noDays: Days;
  readonly #groups = new Map<string, Collected>();
  readonly #rows = new Map<number, Row>();
  /** Records of one series often come one after the other. */
  #row: Row | undefined;

  constructor(pricing: Pricing, payer: Payer, cycle: DayRange) {
    const { days, indexOf } = calendarOf(cycle);
    this.#pricing = pricing;
    this.#overrides = pricing.overridesOf(payer, cycle);
    this.#cycle = cycle;
    this.#indexOf = indexOf;
    this.#noDays = days.map(() => undefined);
  }

  add(record: Usage): void {
    const day = this.#indexOf.get(record.day);
    if (day === undefined) return;
    let row = this.#row?.series === record.series ? this.#row : this.#rows.get(record.series);
    if (!row) {
      row = { series: record.series, days: this.#noDays.slice() };
      this.#rows.set(record.series, row);
      this.#groupOf(record).rows.push(row);
    }
    this.#row = row;
    const before = row.days[day];
    row.days[day] = before === undefined ? record.quantity : before + record.quantity;
  }

  /** With fresh meters every time, so that more records may follow. */
  groups(): readonly Group[] {
    return [...this.#groups.values()].map(({ metricId, metricName, unit, rows, reason, line, stretches }) => ({
      metricId,
      metricName,
      unit,
      rows,
      reason,
      metered: line && meterOf(line, stretches, this.#totalOf(rows)),
    }));
  }

  #groupOf({ metricId, metricName, unit, zoneId }: Usage): Collected {
    const line = this.#pricing.lineOf({ metricId, metricName });
    const reason = line === null ? 'unknown-metric' : isUnitOf(line, unit) ? null : 'other-unit';
    const priced = reason === null ? line : null;
    const place = priced?.included.per === 'zone-cycle' ? zoneId : null;
    const key = JSON.stringify(priced ? [priced.metric, place] : [metricId, metricName, unit, reason]);
    let group = this.#groups.get(key);
    if (!group) {
      const stretches = priced ? this.#pricing.stretchesOf(priced, this.#overrides, this.#cycle) : [];
      group = { metricId, metricName, unit, rows: [], reason, line: priced, stretches };
      this.#groups.set(key, group);
    }
    return group;
  }

  /** A day is undefined where no row has it. */
  #totalOf(rows: readonly Row[]): Days {
    const [only] = rows;
    if (only && rows.length === 1) return only.days;
    const total = this.#noDays.slice();
    for (const { days } of rows) {
      for (let day = 0; day < days.length; day++) {
        const quantity = days[day];
        if (quantity !== undefined) total[day] = (total[day] ?? 0n) + quantity;
      }
    }
    return total;
  }
}

const meterOf = (line: Line, stretches: readonly Stretch[], days: Days): Metered => ({
  line,
  stretches,
  days,
  costs: [],
  bases: [],
  used: 0n,
  billable: 0n,
  included: 0n,
  last: null,
  restOn: null,
});
