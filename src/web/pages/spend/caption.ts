import type { SpendAnswer } from '../../../contract/canopy/spend.ts';
import { visibleLine } from '../../lib/bidi.ts';
import { rangeWords } from '../../lib/date-range.ts';
import { formatStamp } from '../../lib/format-time.ts';
import { basisWords } from '../../ui/Basis.tsx';
import { basisOfCost } from '../../ui/basis-of.ts';
import { groupId, isAlike } from './chart-data.ts';
import { formatAmount, isPart } from './words.ts';

/** What a picture of the chart says about it. Colours are numbers of the chart's palette, or `others`. */
export interface ChartCaption {
  title: string;
  facts: readonly string[];
  legend: readonly { colour: string; label: string }[];
  note: string;
}

export function captionOf(
  answer: SpendAnswer,
  {
    colours,
    title,
    compared,
    now,
  }: { colours: ReadonlyMap<string, number>; title: string; compared: string | null; now: string },
): ChartCaption {
  const { question, unit, total, days } = answer;
  const range = rangeWords({ from: question.from, before: question.to });
  // two bases may have the same words
  const bases = [...new Set(total.bases.map(({ basis }) => basisWords[basisOfCost[basis]].toLowerCase()))];
  const gaps = days.missing + days.failed + days.incomplete;
  const filtered =
    question.filters.length > 0 ? `, ${question.filters.length === 1 ? 'one filter' : `${question.filters.length} filters`}` : '';
  const bounded = question.least ? `, groups of at least ${formatAmount(question.least, unit)} by name` : '';
  return {
    title,
    facts: [
      `${formatAmount(total.total, unit)} in total, ${range} (UTC)${filtered}${bounded}`,
      [
        bases.length > 0 ? `Basis: ${bases.join(', ')}` : null,
        gaps > 0 ? `${gaps} of these days not stored whole` : null,
        days.today > 0 ? 'today is not over' : null,
        answer.buckets.some((bucket) => isPart(bucket, question.granularity)) ? 'what is not whole is hatched' : null,
        compared !== null && answer.buckets.some((_, index) => isAlike(answer, index)) ? `dashed line: ${compared}` : null,
      ]
        .filter((part) => part !== null)
        .join('; '),
    ].filter((fact) => fact !== ''),
    legend: [
      ...answer.groups.map((group) => ({
        colour: String(colours.get(groupId(group)) ?? 9),
        label: `${visibleLine(group.label)}  ${formatAmount(group.total, unit)}`,
      })),
      ...(answer.others
        ? [{ colour: 'others', label: `Others (${answer.others.groups})  ${formatAmount(answer.others.total, unit)}` }]
        : []),
    ],
    note: `Made by Canopy, ${formatStamp(now)}`,
  };
}
