import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Amount } from '../../../contract/canopy/spend.ts';
import type { RatioGroup, SpendRatio, SpendRatioQuestion, SpendRatios } from '../../../contract/canopy/spend-ratios.ts';
import type { Tables } from '../../database/schema.ts';
import { amountOf, compare, subtract, sum, together } from '../amount.ts';
import type { Exact } from '../amount.ts';
import { sentCurrency } from '../dimensions.ts';
import { labelsOf, onlyLabel } from '../labels.ts';
import { isLevel, isSummable } from '../levels.ts';
import type { Reach } from '../reach.ts';
import { rowsOf } from '../sources.ts';
import type { BookName, Columns, Parts } from '../sources.ts';
import { isPrepayment, sentCost } from './measure-columns.ts';
import { selectionOf } from './selection.ts';

/** Two amounts of one record; a ratio is over records that have both. */
interface Pair {
  book: BookName;
  first: (source: Columns) => Parts;
  second: (source: Columns) => Parts;
  /** The currency of the money among them. */
  currency: RawBuilder<string>;
  /** Which records it is about. */
  where: (source: Columns) => RawBuilder<unknown>;
  /** What is divided, of the sums of both. */
  part: (first: Exact, second: Exact) => Exact;
}

function pairOf(ratio: SpendRatio): Pair {
  if (ratio.kind === 'unit-cost')
    return {
      book: 'costs',
      first: ({ quantity }) => quantity,
      second: () => ({ whole: sql`cost`, rest: sql`cost_rest` }),
      currency: sql<string>`cost_currency`,
      where: ({ key, unit }) => sql`coalesce(${key('metric')}, '') = ${ratio.metric} and ${unit} = ${ratio.unit}`,
      part: (_quantity, cost) => cost,
    };
  const lower = sentCost(ratio.kind === 'effective-savings' ? 'EffectiveCost' : 'ContractedCost');
  return {
    book: 'usage',
    first: () => sentCost('ListCost'),
    second: () => lower,
    currency: sentCurrency,
    where: () => sql`not coalesce(${isPrepayment}, false)`,
    part: (list, cost) => (list === null || cost === null ? null : subtract(list, cost)),
  };
}

const requireSum = (ratio: SpendRatio): void => {
  if (ratio.kind === 'unit-cost' && !isSummable(ratio.metric, ratio.unit)) throw isLevel('ratio.metric');
};

interface Sums {
  key: string | null;
  part: Exact;
  whole: Exact;
  both: number;
  records: number;
}

/** Answers from single records: only they know whether both amounts are there. */
export async function ratiosOf(query: Kysely<Tables>, question: SpendRatioQuestion, reach: Reach): Promise<SpendRatios> {
  const { ratio, groupBy, filters, from, to } = question;
  requireSum(ratio);
  const pair = pairOf(ratio);
  const selection = await selectionOf(query, { book: pair.book, filters }, reach, [groupBy]);
  const used = rowsOf(selection, {
    range: { from, to },
    dimensions: [...(groupBy === null ? [] : [groupBy]), 'metric'],
    quantity: true,
    daily: true,
    single: true,
    columns: (source) => {
      const [first, second] = [pair.first(source), pair.second(source)];
      return sql`${groupBy === null ? sql`cast(null as text)` : source.key(groupBy)} as key, ${source.records} as records,
        ${first.whole} as first_whole, ${first.rest} as first_rest, ${second.whole} as second_whole, ${second.rest} as second_rest,
        ${first.whole} is not null and ${second.whole} is not null and ${pair.currency} = ${ratio.currency} as has_both`;
    },
    where: (source) => {
      const [first, second] = [pair.first(source), pair.second(source)];
      const money =
        pair.book === 'costs'
          ? sql`${second.whole} is not null`
          : sql`(${first.whole} is not null or ${second.whole} is not null)`;
      return sql`${pair.where(source)} and (not ${money} or ${pair.currency} = ${ratio.currency})`;
    },
  });
  type Row = Record<'first_whole' | 'first_rest' | 'second_whole' | 'second_rest', Amount> & {
    key: string | null;
    both: string;
    records: string;
  };
  const { rows } = await sql<Row>`
    select key, sum(first_whole) filter (where has_both) as first_whole, sum(first_rest) filter (where has_both) as first_rest,
      sum(second_whole) filter (where has_both) as second_whole, sum(second_rest) filter (where has_both) as second_rest,
      sum(case when has_both then records else 0 end) as both, sum(records) as records
    from ${used} as used group by 1`.execute(query);
  const found = rows.map((row): Sums => {
    const [first, second] = [together(row.first_whole, row.first_rest), together(row.second_whole, row.second_rest)];
    return { key: row.key, part: pair.part(first, second), whole: first, both: Number(row.both), records: Number(row.records) };
  });
  const money = ({ part, whole }: Sums): Exact => (ratio.kind === 'unit-cost' ? part : whole);
  const sorted = found.toSorted((a, b) => compare(money(b), money(a)) || ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
  const named = groupBy === null ? [] : sorted.slice(0, question.top);
  const folded = groupBy === null ? [] : sorted.slice(question.top);
  const labels = await labelsOf(
    query,
    reach,
    groupBy,
    named.map(({ key }) => key),
  );
  return {
    groups: named.map((one) => Object.assign({ key: one.key }, labels(one.key), inText(one))),
    others: folded.length === 0 ? null : { key: null, ...onlyLabel('Others'), ...inText(added(folded)), groups: folded.length },
    total: { key: null, ...onlyLabel('Total'), ...inText(added(found)) },
  };
}

const inText = ({ part, whole, both, records }: Sums): Omit<RatioGroup, 'key' | 'label' | 'detail'> => ({
  part: amountOf(part),
  whole: amountOf(whole),
  recordsWithBoth: both,
  records,
});

const added = (all: readonly Sums[]): Sums => ({
  key: null,
  part: sum(all.map(({ part }) => part)),
  whole: sum(all.map(({ whole }) => whole)),
  both: all.reduce((count, { both }) => count + both, 0),
  records: all.reduce((count, { records }) => count + records, 0),
});
