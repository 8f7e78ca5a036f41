import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ForecastGroup } from '../../../contract/canopy/forecast.ts';
import type { Amount, SpendAnswer, SpendDimension } from '../../../contract/canopy/spend.ts';
import { decimalText, parseDecimal, subtract, sumAmounts } from '../../lib/decimal.ts';
import { forecastQuery } from '../../queries/forecast.ts';
import { groupId, othersKey } from './chart-data.ts';
import { forecastOf, mostGroups } from './question.ts';

const asking = { month: null, byId: new Map<string, Amount>(), total: null };

/** What forecasts are made for. */
const foreseen: ReadonlySet<SpendDimension | null> = new Set(['organization', 'account', 'category', 'family', 'metric']);

/**
 * What the running month is expected to cost, by group of the answer; without amounts until it is known, and null where no
 * forecast is made for such groups.
 */
export function useGroupForecasts(answer: SpendAnswer): {
  month: string | null;
  byId: ReadonlyMap<string, Amount>;
  total: Amount;
} | null {
  const { question } = answer;
  const { measure, groupBy } = question;
  const isForeseen = measure.kind === 'spend' && foreseen.has(groupBy);
  const asked = useQuery({
    ...forecastQuery({
      ...forecastOf(question, measure.kind === 'spend' ? measure.currency : 'USD'),
      groupBy,
      top: mostGroups,
    }),
    enabled: isForeseen,
  });
  const forecast = asked.data?.result;
  return useMemo(() => {
    if (!isForeseen || asked.error || (forecast && forecast.withheld !== null)) return null;
    // its column has its place before the answer comes: those beside it must not move from under a pointer
    if (!forecast || asked.isPlaceholderData) return asking;
    const expected = expectedOf(answer, forecast.groups);
    // Others are what the named ones leave of the whole, so that the column adds up
    const named = sumAmounts(answer.groups.map((group) => expected.get(groupId(group)) ?? null));
    const byId = answer.others ? new Map([...expected, [othersKey, less(forecast.total.expected, named)]]) : expected;
    return { month: forecast.month.from, byId, total: forecast.total.expected };
  }, [isForeseen, forecast, asked.error, asked.isPlaceholderData, answer]);
}

function expectedOf({ groups }: SpendAnswer, given: readonly ForecastGroup[]): ReadonlyMap<string, Amount> {
  const known = new Map(given.map((group) => [groupId(group), group.expected]));
  return new Map(groups.map((group) => [groupId(group), known.get(groupId(group)) ?? null]));
}

function less(whole: Amount, part: Amount): Amount {
  if (whole === null || part === null) return whole;
  const [from, by] = [parseDecimal(whole), parseDecimal(part)];
  return from && by ? decimalText(subtract(from, by)) : null;
}
