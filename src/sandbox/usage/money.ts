import { midnight } from '../seed/days.ts';
import { unitPriceOf, type Charge, type Currency, type Cycle } from './costs.ts';
import { digitsOf } from './decimal.ts';
import type { Metric } from './metrics.ts';
import { fieldsText } from './row.ts';

/** Some accounts are sent nulls instead of nothing: the two are different things to a reader. */
export const nullCosts = fieldsText({
  BillingCurrency: null,
  ListUnitPrice: null,
  ContractedUnitPrice: null,
  ListCost: null,
  ContractedCost: null,
  BilledCost: null,
  EffectiveCost: null,
});

/** Currency, unit and price: the same on every day. Nobody here negotiated, so the contracted price is the list price. */
export function priceText(metric: Metric, currency: Currency): string {
  if (!metric.price) return '';
  const price = digitsOf(unitPriceOf(metric.price, currency));
  const fields = fieldsText({ BillingCurrency: currency, PricingUnit: metric.price.pricingUnit });
  return `${fields},"ListUnitPrice":${price},"ContractedUnitPrice":${price}`;
}

export const periodText = ({ start, end }: Cycle): string =>
  `,"BillingPeriodStart":"${midnight(start)}","BillingPeriodEnd":"${midnight(end)}"`;

export function costsText({ pricingQuantity, listCost, billedCost }: Charge): string {
  const list = digitsOf(listCost);
  const billed = digitsOf(billedCost);
  const costs = `,"ListCost":${list},"ContractedCost":${list},"BilledCost":${billed},"EffectiveCost":${billed}`;
  return `,"PricingQuantity":${digitsOf(pricingQuantity)}${costs}`;
}
