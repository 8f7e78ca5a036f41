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
import type { Database } from '../../database/open.ts';
import { csvRow } from '../../exports/csv.ts';
import { answer } from './ask.ts';
import type { Day } from '../days.ts';
import type { Reach } from '../reach.ts';

/** A spreadsheet does not take more rows than this, and a person does not read them. */
const mostGroups = 100_000;

/**
 * The table of an answer as CSV: a row for each group, or for each pair of groups where there are two dimensions, a column
 * for each bucket, the same numbers as on the screen.
 */
export async function* exportAnswer(
  database: Pick<Database, 'snapshot'>,
  question: SpendQuestion,
  reach: Reach,
  today: Day,
): AsyncGenerator<string> {
  const whole = { ...question, top: mostGroups, inner: question.inner && { ...question.inner, top: mostGroups } };
  const found = await database.snapshot((query) => answer(query, whole, reach, today));
  yield csvRow(headerOf(found));
  for (const group of found.groups) {
    if (group.inner) for (const inner of innerRows(group.inner)) yield csvRow(rowOf(found, group, inner));
    else yield csvRow(rowOf(found, group));
  }
  if (found.others) yield csvRow(rowOf(found, countedOthers(found.others)));
  yield csvRow(rowOf(found, found.total));
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

function headerOf({ question, buckets }: SpendAnswer): string[] {
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
    ...(question.compare ? [`From ${question.compare.from} to ${question.compare.to}`] : []),
    'Records',
    'Records with a value',
    'Accounts',
    ...buckets.map(({ from, state }) => (state === 'stored' ? from : `${from} (${state})`)),
  ];
}

function rowOf({ question, unit }: SpendAnswer, outer: SpendGroup, inner: InnerGroup | null = null): (string | number | null)[] {
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
    ...(question.compare ? [group.previous] : []),
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
