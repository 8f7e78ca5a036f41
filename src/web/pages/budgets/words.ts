import { CircleAlert, CircleCheck, CircleQuestionMark, Hourglass, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { Budget, BudgetStanding, BudgetState } from '../../../contract/canopy/budgets.ts';
import { formatDay } from '../../lib/format-time.ts';
import { formatMoney, formatPercent, plural } from '../../lib/format.ts';

interface StateLook {
  icon: LucideIcon;
  tone: 'success' | 'warning' | 'danger' | 'info' | 'muted' | 'faint';
  word: 'ink' | 'muted' | 'warning' | 'danger';
  label: string;
}

export const stateLooks: Readonly<Record<BudgetState, StateLook>> = {
  over: { icon: CircleAlert, tone: 'danger', word: 'danger', label: 'Over' },
  'at-risk': { icon: TriangleAlert, tone: 'warning', word: 'warning', label: 'At risk' },
  'on-track': { icon: CircleCheck, tone: 'success', word: 'ink', label: 'On track' },
  'no-forecast': { icon: CircleQuestionMark, tone: 'muted', word: 'muted', label: 'No forecast' },
  'not-started': { icon: Hourglass, tone: 'info', word: 'muted', label: 'Not started' },
  unknown: { icon: CircleQuestionMark, tone: 'faint', word: 'muted', label: 'Unknown' },
};

/** What a budget is for: "Larkfield Distribution, family Workers". */
export const scopeWords = ({ organizationName, partName }: Pick<Budget, 'organizationName' | 'partName'>): string =>
  partName === null ? organizationName : `${organizationName}, ${partName}`;

/** `passed on 12 Nov`, `expected on 26 Nov`, `not this month`. */
export function breachWords({ breach, state, withheld }: Pick<BudgetStanding, 'breach' | 'state' | 'withheld'>): string {
  if (breach) return `${breach.passed ? 'passed on' : 'expected on'} ${formatDay(breach.day)}`;
  if (state === 'not-started' || state === 'unknown') return '–';
  return withheld === null ? 'not this month' : 'not known';
}

/** How fast it is used, against an even month. */
export const burnWords = (burn: number | null): string => (burn === null ? '–' : formatPercent(burn, 0));

/** What the figures lack, in one sentence; null where nothing is. */
export function lackWords({ withoutRate, unpriced, notFinal, days, beside }: BudgetStanding['lacks']): string | null {
  const parts = [
    days > 0 && `${plural(days, 'day')} not whole`,
    unpriced > 0 && `${plural(unpriced, 'record')} not priced yet`,
    withoutRate > 0 && `${plural(withoutRate, 'record')} without a rate`,
  ].filter((part) => part !== false);
  const sentences = [
    parts.length > 0 && `In no total: ${parts.join(', ')}.`,
    notFinal > unpriced && `${plural(notFinal - unpriced, 'record')} without a final price.`,
    beside > 0 && `The forecast has of ${plural(beside, 'file')} beside Cloudflare’s records only what is held.`,
  ].filter((sentence) => sentence !== false);
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** The standing in one sentence, for the chart and those who hear it. */
export function standingSentence(budget: Budget): string {
  const { standing, currency } = budget;
  const money = (amount: string | null) => (amount === null ? 'nothing known' : formatMoney(amount, currency));
  const used = `${money(standing.used)} of ${money(standing.amount)} used after ${standing.elapsed.days} of ${standing.elapsed.of} days`;
  const end =
    standing.forecast.expected === null
      ? (standing.withheld ?? 'no forecast')
      : `${money(standing.forecast.expected)} expected at the end of the month`;
  const breach = standing.breach ? `; the budget is ${breachWords(standing)}` : '';
  return `${used}; ${end}${breach}`;
}
