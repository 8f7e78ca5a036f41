import { currencyShape } from '../../../contract/canopy/currency.ts';
import { leastAmountShape, mostInnerGroups, spendDimensions } from '../../../contract/canopy/spend.ts';
import type { ForecastQuestion } from '../../../contract/canopy/forecast.ts';
import type {
  RecordDimension,
  SpendAnswer,
  SpendDimension,
  SpendFilter,
  SpendMeasure,
  SpendMetric,
  SpendQuestion,
} from '../../../contract/canopy/spend.ts';
import type { TagSummary } from '../../../contract/canopy/tags.ts';
import { isTagDimension, tagDimension, tagKeyOf } from '../../../contract/canopy/tag-key.ts';
import { dimensionOf } from '../../../contract/canopy/filter-text.ts';
import { addDays } from '../../lib/date-range.ts';
import { choice, many, maybeText, sort, urlDay } from '../../lib/url-values.ts';
import type { UrlValue } from '../../lib/url-values.ts';
import { comparisons } from './compare.ts';

/** A dimension, also one of the tags that people define. */
const urlDimension: UrlValue<SpendDimension> = {
  read: ([first = '']) => dimensionOf(first) ?? 'family',
  write: (dimension) => (dimension === 'family' ? [] : [dimension]),
};

const urlSecond: UrlValue<SpendDimension | 'none'> = {
  read: ([first = '']) => dimensionOf(first) ?? 'none',
  write: (dimension) => (dimension === 'none' ? [] : [dimension]),
};

/** What can be grouped and filtered by, tags last; one that is asked for stays, also where no account carries its tag any more. */
export const dimensionsWith = (tagKeys: readonly string[], asked: readonly SpendDimension[] = []): SpendDimension[] => [
  ...new Set<SpendDimension>([...spendDimensions, ...tagKeys.map(tagDimension), ...asked]),
];

export const granularities = ['day', 'week', 'month'] as const;

/** Columns of the table that order it. */
export const tableColumns = [
  'name',
  'detail',
  'amount',
  'share',
  'previous',
  'change',
  'percent',
  'forecast',
  'basis',
  'accounts',
] as const;

/** Everything that changes what the page shows. */
export const spendUrlShape = {
  measure: choice(['auto', 'spend', 'estimate', 'cost', 'quantity'], 'auto'),
  metric: maybeText(),
  unit: maybeText(),
  currency: maybeText(),
  from: urlDay(),
  before: urlDay(),
  by: urlDimension,
  /** The second dimension. */
  and: urlSecond,
  per: choice(granularities, 'day'),
  where: many(),
  /** Groups of less are among the others. */
  least: maybeText(),
  view: choice(['chart', 'cumulative', 'table'], 'chart'),
  compare: choice(comparisons, 'before'),
  'compare-from': urlDay(),
  'compare-before': urlDay(),
  /** Groups that the chart is narrowed to; the table keeps all of them. */
  only: many(),
  sort: sort(tableColumns, { column: 'amount', direction: 'descending' }),
  /** Whether the table names the tail, as far as one answer goes; accounts are named unless somebody folds them. */
  tail: choice(['auto', 'named', 'folded'], 'auto'),
  /** The list of anomalies is narrowed to the bar that begins on this day. */
  unusual: urlDay(),
};

/** Measures of money, in the order of the picker. */
export const moneyKinds = ['spend', 'cost', 'estimate'] as const;

export const measureLabels: Readonly<Record<(typeof moneyKinds)[number], string>> = {
  spend: 'Cost',
  cost: 'Billed cost',
  estimate: 'Rate card estimate',
};

export const measureName = ({ question: { measure }, unit }: Pick<SpendAnswer, 'question' | 'unit'>): string =>
  measure.kind === 'quantity' ? (unit.kind === 'quantity' ? unit.metricName : measure.metric) : measureLabels[measure.kind];

/** A measure as a value of the picker. */
export const writeMeasure = (measure: SpendMeasure): string =>
  measure.kind === 'quantity' ? `quantity ${measure.metric} ${measure.unit}` : `${measure.kind} ${measure.currency}`;

/** The part of the URL that a value of the picker stands for. */
export function readMeasure(value: string) {
  const [kind, name = '', ...unit] = value.split(' ');
  const money = moneyKinds.find((one) => one === kind);
  return money
    ? ({ measure: money, currency: name, metric: null, unit: null } as const)
    : ({ measure: 'quantity', metric: name, unit: unit.join(' ') || null, currency: null } as const);
}

/** The same question about the end of the month. */
export const forecastOf = ({ organization, descendants, filters }: SpendQuestion, currency: string): ForecastQuestion => ({
  organization,
  descendants,
  filters,
  currency,
  groupBy: null,
  top: 1,
});

/** The least amount of a group that is shown by name; null for a text that is no amount. */
export const leastOf = (text: string | null): string | null =>
  text !== null && leastAmountShape.test(text) && /[1-9]/.test(text) ? text : null;

/** Tags that a view asks for and no account carries; null keys of `values` are accounts without it. */
export function goneTags(
  tags: readonly TagSummary[],
  dimensions: readonly SpendDimension[],
  filters: readonly SpendFilter[],
): string[] {
  const known = new Map(tags.map(({ key, values }) => [key, new Set(values.map(({ value }) => value))]));
  const keys = [...dimensions, ...filters.map(({ dimension }) => dimension)].filter(isTagDimension).map(tagKeyOf);
  const values = filters.flatMap((filter) => {
    const key = isTagDimension(filter.dimension) ? tagKeyOf(filter.dimension) : null;
    const carried = key === null ? undefined : known.get(key);
    return carried
      ? filter.values.filter((value) => value !== null && !carried.has(value)).map((value) => `${key}=${value}`)
      : [];
  });
  return [...new Set([...keys.filter((key) => !known.has(key)), ...values])];
}

/** Adds a filter; one of the same dimension and operator is replaced. */
export function withFilter(filters: readonly SpendFilter[], added: SpendFilter): SpendFilter[] {
  return [...withoutFilter(filters, added), added];
}

export function withoutFilter(filters: readonly SpendFilter[], removed: SpendFilter): SpendFilter[] {
  return filters.filter(({ dimension, operator }) => dimension !== removed.dimension || operator !== removed.operator);
}

/** The account that the page is narrowed to; null where there are several, or all. */
export function onlyAccount(filters: readonly SpendFilter[]): string | null {
  const named = filters.find(({ dimension, operator }) => dimension === 'account' && operator === 'is');
  return named?.values.length === 1 ? (named.values[0] ?? null) : null;
}

/** How people go deeper: from one dimension to the next that is not narrowed to one value yet. */
const deeper: Partial<Record<SpendDimension, readonly RecordDimension[]>> = {
  organization: ['account', 'family', 'metric', 'zone'],
  account: ['family', 'metric', 'zone', 'region'],
  category: ['family', 'metric', 'account', 'zone'],
  family: ['metric', 'account', 'zone', 'region'],
  metric: ['account', 'zone', 'region'],
};
const deeperFromElsewhere: readonly RecordDimension[] = ['account', 'metric', 'zone'];

/** The dimension to group by after a value of another was chosen. */
export function nextDimension(from: SpendDimension, filters: readonly SpendFilter[]): SpendDimension {
  const isNarrowed = (dimension: SpendDimension) =>
    filters.some((one) => one.dimension === dimension && one.operator === 'is' && one.values.length === 1);
  const order = deeper[from] ?? deeperFromElsewhere;
  return order.find((dimension) => dimension !== from && !isNarrowed(dimension)) ?? from;
}

const shownByBoth = ['where', 'from', 'before', 'currency', 'compare', 'compare-from', 'compare-before'] as const;
/** What the page of spend and the ranking of accounts both show, for a link from one to the other. */
export const rangeSearch = (
  url: Readonly<Record<(typeof shownByBoth)[number], string | readonly string[] | null>>,
): Record<string, string | readonly string[]> => Object.fromEntries(shownByBoth.map((name) => [name, url[name] ?? '']));

/** The last 30 complete UTC days, unless the URL names a range that makes sense. */
export function rangeOf(from: string | null, before: string | null, today: string): { from: string; before: string } {
  return from && before && from < before ? { from, before } : { from: addDays(today, -30), before: today };
}

/** The currency of a page: as asked, also where nothing is in it, else the one of most records. */
export const currencyOf = (asked: string | null, stored: readonly string[]): string | undefined =>
  asked !== null && currencyShape.test(asked) ? asked : stored[0];

/**
 * What is added up: as asked, else what it costs where any record has a cost, else the quantity of the metric that most
 * accounts use. A metric that is asked for and not stored stays what is asked for. Null where there is nothing to measure.
 */
export function measureOf(
  asked: { measure: 'auto' | SpendMeasure['kind']; metric: string | null; unit: string | null; currency: string | null },
  store: { metrics: readonly SpendMetric[]; currencies: readonly string[] },
): SpendMeasure | null {
  const currency = currencyOf(asked.currency, store.currencies);
  const { metric: name, unit } = asked;
  const metric =
    store.metrics.find((one) => one.metric === name && (unit === null || one.unit === unit)) ??
    (name === null ? store.metrics[0] : { metric: name, unit: unit ?? '' });
  if (asked.measure !== 'quantity' && currency) {
    if (asked.measure === 'cost') return { kind: 'cost', column: 'BilledCost', currency };
    return { kind: asked.measure === 'estimate' ? 'estimate' : 'spend', currency };
  }
  return metric ? { kind: 'quantity', metric: metric.metric, unit: metric.unit } : null;
}

/** Groups that the chart shows by name, and that the table does. */
export const shownGroups = 8;
export const mostGroups = 500;
/** Groups of the second dimension within each of them: as many as the longest answer holds for all of them. */
const shownInner = mostInnerGroups / mostGroups;

export function questionOf(input: {
  organizationId: string;
  descendants: boolean;
  measure: SpendMeasure;
  range: { from: string; before: string };
  by: SpendDimension;
  per: (typeof granularities)[number];
  and?: SpendDimension | null;
  filters: readonly SpendFilter[];
  least?: string | null;
  compare: SpendQuestion['compare'];
}): SpendQuestion {
  return {
    organization: input.organizationId,
    descendants: input.descendants,
    measure: input.measure,
    from: input.range.from,
    to: input.range.before,
    granularity: input.per,
    groupBy: input.by,
    filters: [...input.filters],
    top: shownGroups,
    least: input.least ?? null,
    inner: input.and ? { groupBy: input.and, top: shownInner } : null,
    compare: input.compare,
  };
}
