import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Amount } from '../../../contract/canopy/spend.ts';
import type { ExplainedMetric, ExplanationQuestion, SpendExplanation } from '../../../contract/canopy/spend-explanation.ts';
import type { Tables } from '../../database/schema.ts';
import { basesIn, groupsOf } from '../answers/parts.ts';
import { bookOf, pricedMoney } from '../answers/measure-columns.ts';
import type { Point } from '../answers/queries.ts';
import { selectionOf } from '../answers/selection.ts';
import { amountOf, compare, exact, sum, together } from '../amount.ts';
import { basisOfCode } from '../costs/basis.ts';
import type { SavedCard } from '../costs/rate-cards.ts';
import { withoutFinalPrice } from '../costs/without-final-price.ts';
import { labelsOf } from '../labels.ts';
import { isSummable } from '../levels.ts';
import { lineWords } from '../pricing/explain.ts';
import type { Pricing } from '../pricing/terms.ts';
import type { Reach } from '../reach.ts';
import { rowsOf } from '../sources.ts';

interface Row {
  metric: string;
  unit: string;
  basis: number | null;
  whole: Amount;
  rest: Amount;
  quantity: Amount;
  quantity_rest: Amount;
  records: string;
}

/** A figure by metric. It is added up from the rows that the figure itself is added up from. */
export async function explainFigure(
  query: Kysely<Tables>,
  question: ExplanationQuestion,
  reach: Reach,
  { card, pricing }: { card: SavedCard; pricing: Pricing },
): Promise<SpendExplanation> {
  const range = { from: question.from, to: question.to };
  const money = pricedMoney(question.measure.kind);
  const selection = await selectionOf(query, { book: bookOf(question.measure), filters: question.filters }, reach, ['metric']);
  const rows = rowsOf(selection, {
    range,
    daily: false,
    dimensions: ['metric'],
    quantity: true,
    columns: ({ key, unit, quantity, records }) =>
      sql`coalesce(${key('metric')}, '') as metric, ${unit} as unit, ${money.basis} as basis, ${money.whole} as whole, ${money.rest} as rest,
        ${quantity.whole} as quantity, ${quantity.rest} as quantity_rest, ${records} as records`,
    where: () =>
      sql`${money.currency} = ${question.measure.currency}${money.hasCurrencyWithout ? sql`` : sql` and ${money.whole} is not null`}`,
  });
  const { rows: parts } = await sql<Row>`
    select metric, unit, basis, sum(whole) as whole, sum(rest) as rest, sum(quantity) as quantity, sum(quantity_rest) as quantity_rest,
      sum(records) as records
    from ${rows} as parts group by 1, 2, 3 having sum(records) > 0`.execute(query);
  const labels = await labelsOf(query, reach, 'metric', [...new Set(parts.map(({ metric }) => metric))]);
  const byMetric = groupsOf(parts, ({ metric, unit }) => `${metric} ${unit}`);
  const metrics = [...byMetric.values()].flatMap((of): ExplainedMetric[] => {
    const [first] = of;
    if (!first) return [];
    const { metric, unit } = first;
    const name = labels(metric).label;
    const line = pricing.lineOf({ metricId: metric, metricName: name });
    return [
      {
        metric,
        unit,
        name,
        quantity: isSummable(metric, unit) ? amountOf(sum(of.map((row) => together(row.quantity, row.quantity_rest)))) : null,
        total: amountOf(sum(of.map(({ whole, rest }) => together(whole, rest)))),
        bases: basesIn(of.map(pointOf)),
        terms: line ? lineWords(line, pricing.card) : [],
      },
    ];
  });
  return {
    total: amountOf(sum(parts.map(({ whole, rest }) => together(whole, rest)))),
    bases: basesIn(parts.map(pointOf)),
    metrics: metrics.toSorted((a, b) => compare(exact(b.total), exact(a.total)) || (a.name < b.name ? -1 : 1)),
    card: { version: card.version, name: card.card.name },
    notFinal: (await withoutFinalPrice(query, reach, range)).notFinal,
  };
}

const pointOf = ({ basis, whole, rest, records }: Row): Point => ({
  outer: null,
  named: true,
  key: null,
  bucket: null,
  basis: basis === null ? null : basisOfCode(basis),
  amount: together(whole, rest),
  records: Number(records),
});
