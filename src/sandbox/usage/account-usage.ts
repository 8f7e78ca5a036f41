import { dayMilliseconds, dayOf, midnight, startOfDay } from '../seed/days.ts';
import { hashOf, shareOf } from '../seed/random.ts';
import { quantityOn, usedMetrics, type Used } from './consumption.ts';
import { chargeOf, cycleOf, type Charge, type Cycle } from './costs.ts';
import { decimalOf, digitsOf, type Decimal } from './decimal.ts';
import { costsText, nullCosts, periodText, priceText } from './money.ts';
import { correctionOf, correctionText, extremeTexts, isCorrected } from './oddities.ts';
import { isLevel, type Metric } from './metrics.ts';
import { Places, type Place } from './places.ts';
import type { UsageAccount } from './plan.ts';
import { fieldsText, rowHead, type RowFields, type UsageRow } from './row.ts';
import { split } from './split.ts';
import { middleOfMonth } from './stories.ts';

export interface RowChoice {
  readonly metricIds?: ReadonlySet<string> | undefined;
  readonly familyIds?: ReadonlySet<string> | undefined;
  readonly byZone: boolean;
}

/** Usage begins this many days before the seed day: thirteen months. */
export const historyDays = 396;

/** A day is settled when this much time has passed since it began: its quantities do not change any more. */
const settledAfter = 3 * dayMilliseconds;
/** Settled quantities kept for one account: two billing cycles of everything it could use. */
const keptQuantities = 6000;

/** A question as it is being answered: the day at hand, and what is known of the days before. */
interface Asked {
  readonly now: number;
  readonly byZone: boolean;
  readonly day: number;
  /** The fields that all rows of the day share. */
  readonly period: string;
  /** The billing cycle of the day; null where nothing is billed by usage. */
  readonly cycle: Cycle | null;
}

/** A metric of the account. */
interface Metered extends Used {
  readonly index: number;
  /** The beginning of its rows: the fields that are the same on every day. */
  readonly head: string;
  /** Currency, unit and price of its rows. */
  readonly price: string;
}

/** The usage records of one account, made when they are asked for: a function of the account, the day and the clock. */
export class AccountUsage {
  readonly #account: UsageAccount;
  readonly #seedDay: number;
  readonly #key: number;
  readonly #metered: readonly Metered[];
  readonly #places: Places;
  /** Settled quantities by metric and day: every day of a billing cycle needs all the days before it. */
  readonly #settled = new Map<number, Decimal>();
  /** What stands in place of costs where there are none: nothing, or nulls. */
  readonly #withoutCosts: string;

  constructor(account: UsageAccount, seed: number, seedDay: number) {
    this.#account = account;
    this.#seedDay = seedDay;
    this.#key = hashOf(seed, account.id);
    const tagged = shareOf(this.#key, 'tags') < 0.05;
    this.#metered = usedMetrics(seed, account.id, account.plan).map((used, index) => ({
      index,
      metric: used.metric,
      key: used.key,
      base: used.base,
      growth: used.growth,
      head: rowHead(fixedFields(account.id, used.metric, tagged)),
      price: priceText(used.metric, account.plan.currency),
    }));
    this.#places = new Places(account, this.#key, seedDay);
    this.#withoutCosts = shareOf(this.#key, 'nulls') < 0.06 ? nullCosts : '';
  }

  /** Rows of the days from `from` to `to`, both included, as they are known at a time. */
  rows(from: number, to: number, now: number, choice: RowChoice): UsageRow[] {
    const { created, plan, name } = this.#account;
    const rows: UsageRow[] = [];
    const first = Math.max(from, this.#seedDay - historyDays, dayOf(created));
    const renamedOn = plan.stories.includes('renamed') ? middleOfMonth(this.#seedDay) : Number.NEGATIVE_INFINITY;
    const nameNow = fieldsText({ BillingAccountName: name });
    const nameThen = fieldsText({ BillingAccountName: `${name} (before the merger)` });
    for (let day = first; day <= Math.min(to, dayOf(now)); day += 1) {
      if (plan.stories.includes('missing-day') && day === this.#seedDay - 6) continue;
      const period = `${day < renamedOn ? nameThen : nameNow},"ChargePeriodStart":"${midnight(day)}","ChargePeriodEnd":"${midnight(day + 1)}"`;
      const cycle = plan.costsFrom !== null && day >= plan.costsFrom ? cycleOf(day, plan.cycleDay) : null;
      const asked: Asked = { now, byZone: choice.byZone, day, period, cycle };
      for (const metered of this.#metered) {
        const { metric } = metered;
        if (day < metric.firstDay || day > metric.lastDay) continue;
        if (choice.metricIds && !choice.metricIds.has(metric.id)) continue;
        if (choice.familyIds && !choice.familyIds.has(metric.familyId)) continue;
        this.#add(rows, metered, asked);
      }
    }
    return rows;
  }

  #add(rows: UsageRow[], metered: Metered, asked: Asked): void {
    const { metric } = metered;
    const { stories } = this.#account.plan;
    const head = metered.head + asked.period;
    const charge = this.#charge(metered, asked);
    const quantity = this.#quantity(metered, asked.day, asked.now);
    const places = this.#places.of(metric, metered.key, asked.day, asked.byZone);
    const [only] = places;
    if (only && places.length === 1) {
      rows.push(
        `${head}${only.text},"ConsumedQuantity":${quantityDigits(quantity)}${this.#money(metered, charge, asked.cycle)}}`,
      );
    } else {
      const quantities = split(decimalOf(quantity), places, metric.whole);
      const charges = charge && splitCharge(charge, places);
      for (const [index, { text }] of places.entries()) {
        const money = this.#money(metered, charges?.[index] ?? null, asked.cycle);
        rows.push(`${head}${text},"ConsumedQuantity":${digitsOf(quantities[index] ?? 0n)}${money}}`);
      }
    }
    if (charge && stories.includes('corrections') && isCorrected(asked.day, asked.now)) {
      const money = metered.price + costsText(correctionOf(charge));
      rows.push(`${head}${correctionText(asked.day)}${money},"ConsumedQuantity":0}`);
    }
    if (stories.includes('extremes')) {
      for (const extreme of extremeTexts(metric, asked.day, this.#seedDay)) rows.push(`${head}${extreme}}`);
    }
  }

  /** What has arrived of a day's quantity at a time. */
  #quantity(used: Used, day: number, now: number): number {
    const whole = quantityOn(used, this.#account.plan, day, this.#seedDay);
    const arrived = isLevel(used.metric) ? whole : whole * arrivedShare(day, now, this.#key);
    return used.metric.whole ? Math.round(arrived) : arrived;
  }

  #charge(used: Metered, asked: Asked): Charge | null {
    const { currency, zones } = this.#account.plan;
    const { cycle, day } = asked;
    if (!cycle || !used.metric.price) return null;
    const start = Math.max(cycle.start, dayOf(this.#account.created));
    const days = Array.from({ length: day - start + 1 }, (_, index) => start + index);
    const quantitiesOf = (one: Metered) => days.map((past) => this.#exact(one, past, asked.now));
    const { pool } = used.metric.included;
    return chargeOf({
      metric: used.metric,
      cycle,
      zones,
      currency,
      quantities: quantitiesOf(used),
      pool: pool === null ? [] : this.#metered.filter((one) => one.metric.included.pool === pool).map(quantitiesOf),
    });
  }

  #exact(used: Metered, day: number, now: number): Decimal {
    const slot = used.index * 100_000 + day;
    const known = this.#settled.get(slot);
    if (known !== undefined) return known;
    const quantity = decimalOf(this.#quantity(used, day, now));
    if (now - startOfDay(day) > settledAfter) {
      if (this.#settled.size >= keptQuantities) this.#settled.clear();
      this.#settled.set(slot, quantity);
    }
    return quantity;
  }

  /** Costs, prices and periods, where an account is billed by usage. */
  #money(metered: Metered, charge: Charge | null, cycle: Cycle | null): string {
    return charge && cycle ? periodText(cycle) + metered.price + costsText(charge) : this.#withoutCosts;
  }
}

const quantityDigits = (quantity: number): string =>
  Number.isSafeInteger(quantity) ? String(quantity) : digitsOf(decimalOf(quantity));

function fixedFields(accountId: string, metric: Metric, tagged: boolean): RowFields {
  return {
    ServiceProviderName: 'Cloudflare',
    InvoiceIssuerName: 'Cloudflare',
    HostProviderName: 'Cloudflare',
    BillingAccountId: accountId,
    x_BillableMetricId: metric.id,
    x_BillableMetricName: metric.name,
    ...(metric.productCategoryName !== '' && { x_ProductCategoryName: metric.productCategoryName }),
    x_ProductFamilyId: metric.familyId,
    x_ProductFamilyName: metric.familyName,
    ChargeCategory: 'Usage',
    ChargeFrequency: 'Usage-Based',
    ChargeDescription: `${metric.name} — daily usage`,
    ConsumedUnit: metric.consumedUnit,
    ...(tagged && { Tags: { team: 'web', critical: true } }),
  };
}

function splitCharge(charge: Charge, places: readonly Place[]): Charge[] {
  const pricing = split(charge.pricingQuantity, places, false);
  const list = split(charge.listCost, places, false);
  const billed = split(charge.billedCost, places, false);
  return places.map((_, index) => ({
    pricingQuantity: pricing[index] ?? 0n,
    listCost: list[index] ?? 0n,
    billedCost: billed[index] ?? 0n,
  }));
}

/** Today is only as full as it is old, and a few accounts are a day late. */
function arrivedShare(day: number, now: number, key: number): number {
  const age = now - startOfDay(day);
  if (age > settledAfter) return 1;
  if (age < dayMilliseconds) return age / dayMilliseconds;
  const late = age < 2.5 * dayMilliseconds && shareOf(key, 'late', day) < 0.05;
  return late ? 0.7 : 1;
}
