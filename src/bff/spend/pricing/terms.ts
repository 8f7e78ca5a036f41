import { daysBetween } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { quantityOf } from './decimal.ts';
import type { Quantity } from './decimal.ts';
import { matcherOf } from '../../../contract/canopy/rate-card-match.ts';
import type { Metric } from '../../../contract/canopy/rate-card-match.ts';
import { rateOf } from './price.ts';
import type { Rate } from './price.ts';
import type { Line, Override, RateCard } from '../../../contract/canopy/rate-card.ts';

/** Why usage costs nothing, or why there is no rate. */
export type Reason =
  /** Metered, and free. */
  | 'free-on-paid'
  /** The price is announced; billing has not begun on that day. */
  | 'announced'
  /** The price is zero. */
  | 'zero-price'
  /** No line of the card is about the metric. */
  | 'unknown-metric'
  /** The line prices another unit than the record has. */
  | 'other-unit'
  /** Contracts only. */
  | 'no-list-price'
  /** Somebody said that the price is not known. */
  | 'price-unknown'
  /** The line ended before that day. */
  | 'ended';

/** What a line means for one account on one day. */
export interface Terms {
  line: Line;
  /** Null where nothing is charged or no price is known; `reason` says which. */
  rate: Rate | null;
  reason: Reason | null;
  price: { amount: string; per: string } | null;
  /** Percent off the price. */
  discount: string;
  included: Quantity;
  /** How near the override is that gave the allowance: 0 where the line did. Comparable between lines of one account. */
  includedBy: number;
}

const freeReasons: ReadonlySet<Reason> = new Set(['free-on-paid', 'announced', 'zero-price']);
export const isFree = (reason: Reason | null): boolean => reason !== null && freeReasons.has(reason);

/** Terms from a day of the cycle on. */
export interface Stretch {
  from: number;
  terms: Terms;
}

/** Whose usage is priced. */
export interface Payer {
  /** The account's organization and those above it, root first. */
  organizations: readonly string[];
  accountId: string;
}

/** A rate card, made ready to price with. */
export interface Pricing {
  card: RateCard;
  lineOf(metric: Metric): Line | null;
  /** The overrides that may hold for an account on some of these days, farthest first: later ones win. */
  overridesOf(payer: Payer, days: DayRange): readonly Override[];
  /** The stretches of a cycle with different terms, oldest first; nearly always one. */
  stretchesOf(line: Line, overrides: readonly Override[], cycle: DayRange): readonly Stretch[];
}

export function pricingOf(card: RateCard): Pricing {
  const everywhere = card.overrides
    .filter((one) => one.organization === undefined && one.account === undefined)
    .sort(farthestFirst);
  const byOrganization = groupBy(card.overrides, (one) => one.organization);
  const byAccount = groupBy(card.overrides, (one) => one.account);
  const listTerms = new Map<Line, readonly Stretch[]>();
  return {
    card,
    lineOf: matcherOf(card),
    overridesOf({ organizations, accountId }, days) {
      const own = byAccount.get(accountId) ?? [];
      const inherited = byOrganization.size > 0 ? organizations.flatMap((id) => byOrganization.get(id) ?? []) : [];
      return [...everywhere, ...inherited, ...own].filter((one) => holdsWithin(one, days));
    },
    stretchesOf(line, overrides, cycle) {
      const mine = overrides.filter((one) => one.metric === undefined || one.metric === line.metric);
      if (mine.length > 0 || line.from !== null || line.until !== null) {
        const starts = startsBetween([line, ...mine], cycle);
        return starts.map((day) => ({ from: daysBetween(cycle.from, day), terms: termsOn(line, overrides, day) }));
      }
      let stretches = listTerms.get(line);
      if (!stretches) {
        stretches = [{ from: 0, terms: termsOn(line, [], cycle.from) }];
        listTerms.set(line, stretches);
      }
      return stretches;
    },
  };
}

/** Every line looks through what is left: a card may hold years of overrides, and a cycle is a month. */
const holdsWithin = ({ from, until }: Override, days: DayRange): boolean =>
  (from === undefined || from < days.to) && (until === undefined || until > days.from);

/** Those for every line before those for one; of equally near ones the price first, so that a discount lowers it. */
const farthestFirst = (a: Override, b: Override): number =>
  Number(a.metric !== undefined) - Number(b.metric !== undefined) ||
  Number(a.price === undefined) - Number(b.price === undefined);

function groupBy(overrides: readonly Override[], keyOf: (one: Override) => string | undefined): Map<string, Override[]> {
  const groups = new Map<string, Override[]>();
  for (const override of overrides) {
    const key = keyOf(override);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(override);
    else groups.set(key, [override]);
  }
  for (const group of groups.values()) group.sort(farthestFirst);
  return groups;
}

/** The days of a cycle on which something begins or ends, and its first. */
function startsBetween(
  dated: readonly { from?: Day | null | undefined; until?: Day | null | undefined }[],
  cycle: DayRange,
): Day[] {
  const changes = dated.flatMap(({ from, until }) => [from, until]);
  const inside = changes.filter((day): day is Day => !!day && day > cycle.from && day < cycle.to);
  return [cycle.from, ...new Set(inside.sort())];
}

/** What a line means on a day under these overrides, farthest first. */
export function termsOn(line: Line, overrides: readonly Override[], day: Day): Terms {
  let given: Override['price'];
  let discount = '0';
  let included = quantityOf(line.included.quantity);
  let includedBy = 0;
  for (const [index, override] of overrides.entries()) {
    if (override.metric !== undefined && override.metric !== line.metric) continue;
    if ((override.from !== undefined && day < override.from) || (override.until !== undefined && day >= override.until)) continue;
    if (override.price !== undefined) {
      given = override.price;
      discount = '0';
    }
    if (override.discount !== undefined) discount = override.discount;
    if (override.included !== undefined) {
      included = quantityOf(override.included ?? '0');
      includedBy = index + 1;
    }
  }
  const price = given === undefined ? line.price : given;
  const reason = reasonOf(line, given, day);
  const rate = price && reason === null ? rateOf(price, line.rounding, discount) : null;
  return { line, rate, reason, price, discount, included, includedBy };
}

function reasonOf(line: Line, given: Override['price'], day: Day): Reason | null {
  const price = given === undefined ? line.price : given;
  if (given === null) return 'price-unknown';
  if (given === undefined) {
    if (line.price === null || line.status === 'contract-only') return 'no-list-price';
    if (line.until !== null && day >= line.until) return 'ended';
    if (line.status === 'free-on-paid') return 'free-on-paid';
    if (line.status === 'announced-not-billed' || (line.from !== null && day < line.from)) return 'announced';
  }
  return price && /[1-9]/.test(price.amount) ? null : 'zero-price';
}
