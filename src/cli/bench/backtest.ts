import { addDays, daysBetween, eachDay, monthsBefore, nextMonth } from '../../bff/spend/days.ts';
import type { Day, DayRange } from '../../bff/spend/days.ts';
import { lookAhead } from '../../bff/spend/forecast/account-outlook.ts';
import type { UsedOnDay } from '../../bff/spend/forecast/account-outlook.ts';
import { defaultCard } from '../../bff/spend/pricing/default-card.ts';
import { costText, quantityOf } from '../../bff/spend/pricing/decimal.ts';
import type { Cost } from '../../bff/spend/pricing/decimal.ts';
import { priceCycle } from '../../bff/spend/pricing/price-cycle.ts';
import { pricingOf } from '../../bff/spend/pricing/terms.ts';
import { buildWorld } from '../../sandbox/seed/build-world.ts';
import { dayFromText, dayOf } from '../../sandbox/seed/days.ts';
import { AccountUsage } from '../../sandbox/usage/account-usage.ts';
import type { UsagePlan } from '../../sandbox/usage/plan.ts';

/** One account's month as it was forecast on a day of it, and as it ended. */
export interface Tested {
  account: string;
  month: Day;
  dayOfMonth: number;
  actual: number;
  expected: number;
  low: number;
  high: number;
  /** What its cost up to the day gives, extended to the whole month. */
  runRate: number;
}

const pricing = pricingOf(defaultCard);
const testedDays = [5, 10, 15, 20];
const amountOf = (cost: Cost): number => Number(costText(cost));

/** Forecasts every closed month of the demo's thirteen from what was known on some of its days. */
export function* backtest(seed: number, seededAt: number): Generator<Tested> {
  const today = new Date(seededAt).toISOString().slice(0, 10);
  for (const row of buildWorld('demo', seed, seededAt).accounts) {
    const plan = JSON.parse(row.usage_plan) as UsagePlan; // written by the seed
    const account = { id: row.id, name: row.name, type: row.type, created: row.created_on, plan };
    const usage = usageOf(new AccountUsage(account, seed, dayOf(seededAt)), monthsBefore(today, 13), today, seededAt);
    if (usage.length === 0) continue;
    const firstDay = usage[0]?.day ?? today;
    for (let month = nextMonth(firstDay); nextMonth(month) <= today; month = nextMonth(month))
      yield* testMonth(row.id, usage, { from: month, to: nextMonth(month) }, firstDay);
  }
}

function usageOf(account: AccountUsage, from: Day, to: Day, now: number): UsedOnDay[] {
  const numbers = new Map<string, number>();
  return account.rows(dayFromText(from), dayFromText(to) - 1, now, { byZone: false }).flatMap((text): UsedOnDay[] => {
    const quantity = /"ConsumedQuantity":(-?[\d.]+)/.exec(text)?.[1];
    const row = JSON.parse(text) as Record<string, string | undefined>; // only members that are text are read
    if (quantity === undefined || row['ChargeClass']) return [];
    const metricId = row['x_BillableMetricId'] ?? null;
    const unit = row['ConsumedUnit'] ?? null;
    const key = `${metricId} ${unit}`;
    const series = numbers.get(key) ?? numbers.size;
    numbers.set(key, series);
    const day = row['ChargePeriodStart']?.slice(0, 10) ?? '';
    const names = { metricName: row['x_BillableMetricName'] ?? null, zoneId: null, category: null, family: null, billedIn: null };
    return [{ series, metricId, unit, day, quantity: quantityOf(quantity), ...names }];
  });
}

function* testMonth(account: string, all: readonly UsedOnDay[], month: DayRange, firstDay: Day): Generator<Tested> {
  const first = addDays(month.from, -31);
  const usage = all.filter(({ day }) => day >= first && day < month.to);
  const payer = { organizations: [], accountId: account };
  const costs = new Map<Day, number>();
  for (const { day, cost } of priceCycle({ ...payer, pricing, cycle: month, today: month.to, usage }).days())
    if (cost !== null) costs.set(day, (costs.get(day) ?? 0) + amountOf(cost));
  const costOf = (range: DayRange): number => [...eachDay(range)].reduce((sum, day) => sum + (costs.get(day) ?? 0), 0);
  for (const dayOfMonth of testedDays) {
    const through = addDays(month.from, dayOfMonth - 1);
    const soFar = costOf({ from: month.from, to: addDays(through, 1) });
    const now = { pricing, month, through, today: addDays(through, 1), isRead: (day: Day) => day >= firstDay };
    const { forecasts } = lookAhead({ ...payer, anchor: null, usage: usage.filter(({ day }) => day <= through) }, now);
    let low = 0;
    let mid = 0;
    let high = 0;
    for (const forecast of forecasts) {
      if (forecast.withheld !== null) continue;
      low += amountOf(forecast.low);
      mid += amountOf(forecast.mid);
      high += amountOf(forecast.high);
    }
    yield {
      account,
      month: month.from,
      dayOfMonth,
      actual: costOf(month),
      expected: soFar + mid,
      low: soFar + low,
      high: soFar + high,
      runRate: (soFar * daysBetween(month.from, month.to)) / dayOfMonth,
    };
  }
}
