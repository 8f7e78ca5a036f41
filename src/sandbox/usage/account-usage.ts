import { dayMilliseconds, dayOf, midnight, startOfDay } from '../seed/days.ts';
import { hashOf, shareOf } from '../seed/random.ts';
import { quantityOn, usedMetrics, type Used } from './consumption.ts';
import { chargeOf, cycleOf, type Charge } from './costs.ts';
import { decimalOf, digitsOf, type Decimal } from './decimal.ts';
import { correctionOf, correctionText, extremeTexts, isCorrected } from './oddities.ts';
import { isLevel, type Metric } from './metrics.ts';
import { Places, type Place } from './places.ts';
import type { UsageAccount } from './plan.ts';
import { fieldsText, numbersText, rowOf, type RowFields, type UsageRow } from './row.ts';
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

/** A question as it is being answered: the day at hand, and what is known of the days before. */
interface Asked {
  readonly now: number;
  readonly byZone: boolean;
  readonly memory: Memory;
  readonly day: number;
  /** The fields that all rows of the day share. */
  readonly period: string;
}

/** A metric of the account. */
interface Metered extends Used {
  /** The fields that are the same on every day. */
  readonly fields: string;
}

/** The usage records of one account, made when they are asked for: a function of the account, the day and the clock. */
export class AccountUsage {
  readonly #account: UsageAccount;
  readonly #seedDay: number;
  readonly #key: number;
  readonly #metered: readonly Metered[];
  readonly #places: Places;
  /** What stands in place of costs where there are none: nothing, or nulls. */
  readonly #withoutCosts: string;

  constructor(account: UsageAccount, seed: number, seedDay: number) {
    this.#account = account;
    this.#seedDay = seedDay;
    this.#key = hashOf(seed, account.id);
    const tagged = shareOf(this.#key, 'tags') < 0.05;
    this.#metered = usedMetrics(seed, account.id, account.plan).map((used) => ({
      metric: used.metric,
      key: used.key,
      base: used.base,
      growth: used.growth,
      fields: fieldsText(fixedFields(account.id, used.metric, tagged)),
    }));
    this.#places = new Places(account, this.#key, seedDay);
    this.#withoutCosts = shareOf(this.#key, 'nulls') < 0.06 ? fieldsText(nullCosts) : '';
  }

  /** Rows of the days from `from` to `to`, both included, as they are known at a time. */
  rows(from: number, to: number, now: number, choice: RowChoice): UsageRow[] {
    const { created, plan, name } = this.#account;
    const rows: UsageRow[] = [];
    const memory: Memory = new Map();
    const first = Math.max(from, this.#seedDay - historyDays, dayOf(created));
    const renamedOn = plan.stories.includes('renamed') ? middleOfMonth(this.#seedDay) : Number.NEGATIVE_INFINITY;
    for (let day = first; day <= Math.min(to, dayOf(now)); day += 1) {
      if (plan.stories.includes('missing-day') && day === this.#seedDay - 6) continue;
      const period = fieldsText({
        BillingAccountName: day < renamedOn ? `${name} (before the merger)` : name,
        ChargePeriodStart: midnight(day),
        ChargePeriodEnd: midnight(day + 1),
      });
      const asked: Asked = { now, byZone: choice.byZone, memory, day, period };
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
    const head = metered.fields + asked.period;
    const quantity = this.#quantity(metered, asked.day, asked);
    const charge = this.#charge(metered, asked);
    const places = this.#places.of(metric, metered.key, asked.day, asked.byZone);
    const quantities = split(quantity, places, metric.whole);
    const charges = charge && splitCharge(charge, places);
    for (let index = 0; index < places.length; index += 1) {
      const part = charges?.[index];
      const money = part ? this.#money(asked.day, part) : this.#withoutCosts;
      rows.push(rowOf(head, places[index]?.text ?? '', `,"ConsumedQuantity":${digitsOf(quantities[index] ?? 0n)}`, money));
    }
    const { stories } = this.#account.plan;
    if (charge && stories.includes('corrections') && isCorrected(asked.day, asked.now)) {
      rows.push(
        rowOf(head, correctionText(asked.day), this.#price(charge), costsText(correctionOf(charge)), ',"ConsumedQuantity":0'),
      );
    }
    if (stories.includes('extremes'))
      rows.push(...extremeTexts(metric, asked.day, this.#seedDay).map((extreme) => rowOf(head, extreme)));
  }

  /** What has arrived of a day's quantity. */
  #quantity(used: Used, day: number, { now, memory }: Asked): Decimal {
    const slot = (used.key ^ Math.imul(day, 0x9e3779b1)) >>> 0;
    const known = memory.get(slot);
    if (known !== undefined) return known;
    const whole = quantityOn(used, this.#account.plan, day, this.#seedDay);
    const arrived = isLevel(used.metric) ? whole : whole * arrivedShare(day, now, this.#key);
    const quantity = decimalOf(used.metric.whole ? Math.round(arrived) : arrived);
    memory.set(slot, quantity);
    return quantity;
  }

  #charge(used: Used, asked: Asked): Charge | null {
    const { costsFrom, cycleDay, currency, zones } = this.#account.plan;
    if (costsFrom === null || asked.day < costsFrom || !used.metric.price) return null;
    const cycle = cycleOf(asked.day, cycleDay);
    const start = Math.max(cycle.start, dayOf(this.#account.created));
    const days = Array.from({ length: asked.day - start + 1 }, (_, index) => start + index);
    const quantitiesOf = (one: Used) => days.map((day) => this.#quantity(one, day, asked));
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

  /** Costs, prices and periods, where an account is billed by usage. */
  #money(day: number, charge: Charge): string {
    const cycle = cycleOf(day, this.#account.plan.cycleDay);
    const period = fieldsText({ BillingPeriodStart: midnight(cycle.start), BillingPeriodEnd: midnight(cycle.end) });
    return period + this.#price(charge) + costsText(charge);
  }

  #price(charge: Charge): string {
    const unitPrice = digitsOf(charge.unitPrice);
    return (
      fieldsText({ BillingCurrency: this.#account.plan.currency, PricingUnit: charge.pricingUnit }) +
      numbersText({ ListUnitPrice: unitPrice, ContractedUnitPrice: unitPrice })
    );
  }
}

function costsText({ pricingQuantity, listCost, billedCost }: Charge): string {
  const [list, billed] = [digitsOf(listCost), digitsOf(billedCost)];
  return numbersText({
    PricingQuantity: digitsOf(pricingQuantity),
    ListCost: list,
    ContractedCost: list,
    BilledCost: billed,
    EffectiveCost: billed,
  });
}

const nullCosts: RowFields = {
  BillingCurrency: null,
  ListUnitPrice: null,
  ContractedUnitPrice: null,
  ListCost: null,
  ContractedCost: null,
  BilledCost: null,
  EffectiveCost: null,
};

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

function splitCharge(charge: Charge, places: readonly Place[]): readonly Charge[] {
  if (places.length === 1) return [charge];
  const pricing = split(charge.pricingQuantity, places, false);
  const list = split(charge.listCost, places, false);
  const billed = split(charge.billedCost, places, false);
  return places.map((_, index) => ({
    pricingUnit: charge.pricingUnit,
    unitPrice: charge.unitPrice,
    pricingQuantity: pricing[index] ?? 0n,
    listCost: list[index] ?? 0n,
    billedCost: billed[index] ?? 0n,
  }));
}

/** Today is only as full as it is old, and a few accounts are a day late. */
function arrivedShare(day: number, now: number, key: number): number {
  const age = now - startOfDay(day);
  if (age > 3 * dayMilliseconds) return 1;
  if (age < dayMilliseconds) return age / dayMilliseconds;
  const late = age < 2.5 * dayMilliseconds && shareOf(key, 'late', day) < 0.05;
  return late ? 0.7 : 1;
}
