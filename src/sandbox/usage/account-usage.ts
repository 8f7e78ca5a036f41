import { dayMilliseconds, dayOf, dayText, startOfDay } from '../seed/days.ts';
import { hashOf, shareOf } from '../seed/random.ts';
import { quantityOn, usedMetrics, type Used } from './consumption.ts';
import { chargeOf, cycleOf, type Charge } from './costs.ts';
import { decimalOf, digitsOf, type Decimal } from './decimal.ts';
import { correctionOf, extremeRows } from './oddities.ts';
import { Places } from './places.ts';
import type { UsageAccount } from './plan.ts';
import type { UsageRow } from './row.ts';
import { split } from './split.ts';
import { middleOfMonth } from './stories.ts';

export interface RowChoice {
  readonly metricIds?: ReadonlySet<string> | undefined;
  readonly familyIds?: ReadonlySet<string> | undefined;
  readonly byZone: boolean;
}

/** Usage begins this many days before the seed day: thirteen months. */
export const historyDays = 396;

/** Quantities that were worked out already, for as long as one question is answered. */
type Memory = Map<number, Decimal>;

/** The usage records of one account, made when they are asked for: a function of the account, the day and the clock. */
export class AccountUsage {
  readonly #account: UsageAccount;
  readonly #seedDay: number;
  readonly #key: number;
  readonly #used: readonly Used[];
  readonly #places: Places;

  constructor(account: UsageAccount, seed: number, seedDay: number) {
    this.#account = account;
    this.#seedDay = seedDay;
    this.#key = hashOf(seed, account.id);
    this.#used = usedMetrics(seed, account.id, account.plan);
    this.#places = new Places(account, this.#key, seedDay);
  }

  /** Rows of the days from `from` to `to`, both included, as they are known at a time. */
  rows(from: number, to: number, now: number, choice: RowChoice): UsageRow[] {
    const { created, plan } = this.#account;
    const rows: UsageRow[] = [];
    const memory: Memory = new Map();
    const first = Math.max(from, this.#seedDay - historyDays, dayOf(created));
    for (let day = first; day <= Math.min(to, dayOf(now)); day += 1) {
      if (plan.stories.includes('missing-day') && day === this.#seedDay - 6) continue;
      for (const used of this.#used) {
        const { metric } = used;
        if (day < metric.firstDay || day > metric.lastDay) continue;
        if (choice.metricIds && !choice.metricIds.has(metric.id)) continue;
        if (choice.familyIds && !choice.familyIds.has(metric.familyId)) continue;
        this.#add(rows, used, day, now, choice.byZone, memory);
      }
    }
    return rows;
  }

  #add(rows: UsageRow[], used: Used, day: number, now: number, byZone: boolean, memory: Memory): void {
    const { metric } = used;
    const head = this.#head(used, day);
    const charge = this.#charge(used, day, now, memory);
    const places = this.#places.of(metric, used.key, day, byZone);
    const quantities = split(this.#quantity(used, day, now, memory), places, metric.whole);
    const pricing = charge && split(charge.pricingQuantity, places, false);
    const list = charge && split(charge.listCost, places, false);
    const billed = charge && split(charge.billedCost, places, false);
    for (const [index, place] of places.entries()) {
      const row: UsageRow = {
        ...head,
        ...place.fields,
        ConsumedQuantity: digitsOf(quantities[index] ?? 0n),
        ConsumedUnit: metric.consumedUnit,
      };
      const part = charge && {
        ...charge,
        pricingQuantity: pricing?.[index] ?? 0n,
        listCost: list?.[index] ?? 0n,
        billedCost: billed?.[index] ?? 0n,
      };
      rows.push({ ...row, ...this.#money(day, part) });
    }
    const { stories } = this.#account.plan;
    if (charge && stories.includes('corrections')) {
      const correction = correctionOf(head, metric, charge, day, now, this.#money(day, charge));
      if (correction) rows.push(correction);
    }
    if (stories.includes('extremes')) rows.push(...extremeRows(head, metric, day, this.#seedDay));
  }

  #head(used: Used, day: number) {
    const { metric } = used;
    const { plan, id, name } = this.#account;
    const renamed = plan.stories.includes('renamed') && day < middleOfMonth(this.#seedDay);
    return {
      ServiceProviderName: 'Cloudflare',
      InvoiceIssuerName: 'Cloudflare',
      HostProviderName: 'Cloudflare',
      BillingAccountId: id,
      BillingAccountName: renamed ? `${name} (before the merger)` : name,
      ChargePeriodStart: midnight(day),
      ChargePeriodEnd: midnight(day + 1),
      x_BillableMetricId: metric.id,
      x_BillableMetricName: metric.name,
      ...(metric.productCategoryName !== '' && { x_ProductCategoryName: metric.productCategoryName }),
      x_ProductFamilyId: metric.familyId,
      x_ProductFamilyName: metric.familyName,
      ChargeCategory: 'Usage',
      ChargeFrequency: 'Usage-Based',
      ChargeDescription: `${metric.name} — daily usage`,
      ...(shareOf(this.#key, 'tags') < 0.05 && { Tags: { team: 'web', critical: true } as const }),
    };
  }

  /** What has arrived of a day's quantity at a time. */
  #quantity(used: Used, day: number, now: number, memory: Memory): Decimal {
    const slot = (used.key ^ Math.imul(day, 0x9e3779b1)) >>> 0;
    const known = memory.get(slot);
    if (known !== undefined) return known;
    const whole = quantityOn(used, this.#account.plan, day, this.#seedDay);
    const arrived = isLevel(used) ? whole : whole * arrivedShare(day, now, this.#key);
    const quantity = decimalOf(used.metric.whole ? Math.round(arrived) : arrived);
    memory.set(slot, quantity);
    return quantity;
  }

  #charge(used: Used, day: number, now: number, memory: Memory): Charge | null {
    const { costsFrom, cycleDay, currency, zones } = this.#account.plan;
    if (costsFrom === null || day < costsFrom || !used.metric.price) return null;
    const cycle = cycleOf(day, cycleDay);
    const start = Math.max(cycle.start, dayOf(this.#account.created));
    const days = Array.from({ length: day - start + 1 }, (_, index) => start + index);
    const quantitiesOf = (one: Used) => days.map((past) => this.#quantity(one, past, now, memory));
    const { pool } = used.metric.included;
    return chargeOf({
      metric: used.metric,
      cycle,
      zones,
      currency,
      quantities: quantitiesOf(used),
      pool: pool === null ? [] : this.#used.filter((one) => one.metric.included.pool === pool).map(quantitiesOf),
    });
  }

  /** Costs, prices and periods: absent for most accounts, null for a few, filled where an account is billed by usage. */
  #money(day: number, charge: Charge | null): Partial<UsageRow> {
    const { currency, cycleDay } = this.#account.plan;
    if (!charge) return shareOf(this.#key, 'nulls') < 0.06 ? noCosts : {};
    const cycle = cycleOf(day, cycleDay);
    const [quantity, price, list, billed] = [charge.pricingQuantity, charge.unitPrice, charge.listCost, charge.billedCost].map(
      digitsOf,
    );
    return {
      BillingCurrency: currency,
      BillingPeriodStart: midnight(cycle.start),
      BillingPeriodEnd: midnight(cycle.end),
      PricingQuantity: quantity ?? null,
      PricingUnit: charge.pricingUnit,
      ListUnitPrice: price ?? null,
      ContractedUnitPrice: price ?? null,
      ListCost: list ?? null,
      ContractedCost: list ?? null,
      BilledCost: billed ?? null,
      EffectiveCost: billed ?? null,
    };
  }
}

const noCosts: Partial<UsageRow> = {
  BillingCurrency: null,
  ListUnitPrice: null,
  ContractedUnitPrice: null,
  ListCost: null,
  ContractedCost: null,
  BilledCost: null,
  EffectiveCost: null,
};

const isLevel = ({ metric }: Used) => metric.aggregation === 'peak' || metric.aggregation === 'mean-of-daily-peaks';

const midnight = (day: number) => `${dayText(day)}T00:00:00Z`;

/** Today is only as full as it is old, and a few accounts are a day late. */
function arrivedShare(day: number, now: number, key: number): number {
  const age = now - startOfDay(day);
  if (age < dayMilliseconds) return age / dayMilliseconds;
  const late = age < 2.5 * dayMilliseconds && shareOf(key, 'late', day) < 0.05;
  return late ? 0.7 : 1;
}
