import type { Kysely } from 'kysely';
import { dimensionTitle } from '../../../contract/canopy/dimension-words.ts';
import { writeFilter } from '../../../contract/canopy/filter-text.ts';
import type {
  Amount,
  CostBasis,
  InnerGroup,
  InnerGroups,
  SpendAnswer,
  SpendDimension,
  SpendGroup,
  SpendQuestion,
} from '../../../contract/canopy/spend.ts';
import { csvRow } from '../../exports/csv.ts';
import type { Tables } from '../../database/schema.ts';
import { answer } from './ask.ts';
import { mostAmounts } from './parts.ts';
import { amountOf, exact, subtract, sum } from '../amount.ts';
import { daysBetween } from '../days.ts';
import type { Day } from '../days.ts';
import { forecast } from '../forecast/ask-forecast.ts';
import type { Reach } from '../reach.ts';

/** A spreadsheet does not take more rows than this, and a person does not read them. */
const mostGroups = 100_000;

/** An answer, and where its groups are expected to end the running month; null where the screen says nothing of that. */
interface Table {
  answer: SpendAnswer;
  forecast: { month: string; byKey: ReadonlyMap<string | null, Amount>; others: Amount; total: Amount } | null;
}

/**
 * The table of an answer as CSV: a row for each group, or for each pair of groups where there are two dimensions, a column
 * for each bucket, the same numbers as on the screen. Where ranges may not be compared, no change is told.
 */
export async function* exportAnswer(
  snapshot: <T>(read: (query: Kysely<Tables>) => Promise<T>, signal?: AbortSignal) => Promise<T>,
  question: SpendQuestion,
  { reach, today, cardCurrency, signal }: { reach: Reach; today: Day; cardCurrency: string; signal: AbortSignal | undefined },
): AsyncGenerator<string> {
  const whole = { ...question, top: mostGroups, inner: question.inner && { ...question.inner, top: mostGroups } };
  const table = await snapshot(async (query): Promise<Table> => {
    const found = await answer(query, whole, reach, today, mostAmounts.file);
    return { answer: found, forecast: await forecastOf(query, found, reach, today, cardCurrency) };
  }, signal);
  const found = table.answer;
  yield csvRow(headerOf(table));
  for (const group of found.groups) {
    if (group.inner) for (const inner of innerRows(group.inner)) yield csvRow(rowOf(table, group, inner));
    else yield csvRow(rowOf(table, group, null, table.forecast?.byKey.get(group.key)));
  }
  if (found.others) yield csvRow(rowOf(table, countedOthers(found.others), null, table.forecast?.others));
  yield csvRow(rowOf(table, found.total, null, table.forecast?.total));
}

/** What is expected of the groups that are named; the others are expected to have the rest. */
async function forecastOf(
  query: Kysely<Tables>,
  { question: { measure, ...question }, groups }: SpendAnswer,
  reach: Reach,
  today: Day,
  cardCurrency: string,
): Promise<Table['forecast']> {
  if (measure.kind !== 'spend' || question.inner) return null;
  const asked = { ...question, currency: measure.currency, top: mostGroups };
  const { withheld, month, groups: expected, total } = await forecast(query, asked, reach, cardCurrency, today);
  if (withheld !== null) return null;
  const known = new Map(expected.map((group) => [group.key, group.expected]));
  const byKey = new Map(groups.map(({ key }) => [key, known.get(key) ?? null]));
  const named = sum([...byKey.values()].map(exact));
  return { month: month.from, byKey, others: amountOf(subtract(exact(total.expected), named)), total: total.expected };
}

/** What a least amount folds is one row more, named as on the screen. */
const countedOthers = <Others extends InnerGroup & { groups: number }>(others: Others): Others => ({
  ...others,
  label: `Others (${others.groups})`,
});
const innerRows = ({ groups, others }: InnerGroups): readonly InnerGroup[] =>
  others ? [...groups, countedOthers(others)] : groups;

const titlesOf = (dimension: SpendDimension | null): string[] => {
  const title = dimension === null ? 'Group' : dimensionTitle(dimension);
  return [`${title} key`, title, ...(dimension === 'account' ? ['Organization'] : [])];
};
const wordsOf = (dimension: SpendDimension | null, group: InnerGroup | null): (string | null)[] => [
  group?.key ?? null,
  group?.label ?? null,
  ...(dimension === 'account' ? [group?.detail ?? null] : []),
];

function headerOf({ answer: found, forecast: expected }: Table): string[] {
  const { question, buckets } = found;
  return [
    ...titlesOf(question.groupBy),
    ...(question.inner ? titlesOf(question.inner.groupBy) : []),
    'From',
    'To (not included)',
    'Measure',
    'Unit',
    'Filters',
    'Total',
    ...(question.measure.kind === 'spend' ? ['Of that billed', 'Of that estimated'] : []),
    ...(isSum(found) ? ['Share'] : []),
    ...(question.compare
      ? [
          `From ${question.compare.from} to ${question.compare.to}${isWholeBefore(found) ? '' : ' (not whole)'}`,
          'Change',
          'Change by what was before',
        ]
      : []),
    ...(expected ? [`Expected of ${expected.month.slice(0, 7)}`] : []),
    'Records',
    'Records with a value',
    'Accounts',
    ...buckets.map(({ from, state }) => (state === 'stored' ? from : `${from} (${state})`)),
  ];
}

/** Levels are no parts of a whole. */
const isSum = ({ unit }: SpendAnswer): boolean => unit.kind === 'money' || unit.summable;

const isWholeBefore = ({ compared, question: { compare } }: SpendAnswer): boolean =>
  compared !== null &&
  compare !== null &&
  compared.notFinal === 0 &&
  compared.days.stored === daysBetween(compare.from, compare.to);
const isComparable = (found: SpendAnswer): boolean =>
  isWholeBefore(found) && found.notFinal === 0 && found.days.stored === daysBetween(found.question.from, found.question.to);

/** A part of a whole, as text with six digits; null where that says nothing. */
function ratio(part: Amount, whole: Amount): Amount {
  const by = Math.abs(Number(whole ?? 0));
  return part === null || by === 0 ? null : (Number(part) / by).toFixed(6);
}

/** Null where one of the ranges is not known whole, or what the group came to in one of them is not. */
function changeOf(found: SpendAnswer, { total, records, previous, previousRecords }: InnerGroup): Amount {
  const isUnknown = (total === null && records > 0) || (previous === null && previousRecords > 0);
  return isUnknown || !isComparable(found) ? null : amountOf(subtract(exact(total), exact(previous)));
}

function rowOf(
  { answer: found, forecast: expected }: Table,
  outer: SpendGroup,
  inner: InnerGroup | null = null,
  foreseen: Amount = null,
): (string | number | null)[] {
  const { question, unit, total } = found;
  const { measure } = question;
  const group = inner ?? outer;
  return [
    ...wordsOf(question.groupBy, outer),
    ...(question.inner ? wordsOf(question.inner.groupBy, inner) : []),
    question.from,
    question.to,
    measureTitle(measure),
    unit.kind === 'money' ? unit.currency : unit.unit,
    question.filters.map(writeFilter).join(' '),
    group.total,
    ...(measure.kind === 'spend' ? [amountOn(group, 'billed'), amountOn(group, 'estimated')] : []),
    ...(isSum(found) ? [ratio(group.total, total.total)] : []),
    ...(question.compare ? [group.previous, changeOf(found, group), ratio(changeOf(found, group), group.previous)] : []),
    ...(expected ? [foreseen] : []),
    group.records,
    group.recordsWithCost,
    group.accounts,
    ...group.values,
  ];
}

/** A cost is never told without what it is founded on. */
const amountOn = ({ bases }: InnerGroup, wanted: CostBasis): Amount => bases.find(({ basis }) => basis === wanted)?.total ?? null;

export function measureTitle(measure: SpendQuestion['measure']): string {
  switch (measure.kind) {
    case 'spend':
      return 'Cost, billed or estimated';
    case 'estimate':
      return 'Estimate by the rate card';
    case 'cost':
      return measure.column;
    case 'quantity':
      return measure.metric;
  }
}
