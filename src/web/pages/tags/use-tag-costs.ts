import { useQuery } from '@tanstack/react-query';
import { tagDimension } from '../../../contract/canopy/tag-key.ts';
import { addDays } from '../../lib/date-range.ts';
import { spendMetricsQuery } from '../../queries/spend.ts';
import { spendQueries } from '../../queries/tags.ts';

/** Keys whose cost is asked for by itself: people have a handful. */
const mostKeys = 20;

/**
 * What 30 complete days cost by each key, in the currency of most records: the same question that the spend page asks.
 * The currency is null where no record has a cost, and undefined until that is known.
 */
export function useTagCosts(subtree: { organization: string; descendants: boolean }, keys: readonly string[]) {
  const known = useQuery(spendMetricsQuery(subtree)).data?.result;
  const today = known?.today;
  const currency = known?.currencies[0] ?? null;
  const asked = currency === null || today === undefined ? [] : keys.slice(0, mostKeys);
  const answers = useQuery({
    ...spendQueries(
      asked.map((key) => ({
        organization: subtree.organization,
        descendants: subtree.descendants,
        measure: { kind: 'spend', currency: currency ?? '' },
        from: addDays(today ?? '', -30),
        to: today ?? '',
        granularity: 'month',
        groupBy: tagDimension(key),
        filters: [],
        top: 500,
        compare: null,
      })),
    ),
    enabled: asked.length > 0,
  }).data;
  const groups = new Map(asked.map((key, at) => [key, answers?.[at]?.result.groups ?? []]));
  return { currency: known ? currency : undefined, groups };
}
