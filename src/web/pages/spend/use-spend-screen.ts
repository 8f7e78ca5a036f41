import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { readFilter, writeFilter } from '../../../contract/canopy/filter-text.ts';
import type { SpendAnswer, SpendDimension, SpendFilter } from '../../../contract/canopy/spend.ts';
import { addDays } from '../../lib/date-range.ts';
import type { DateRange } from '../../lib/date-range.ts';
import { useScope, useUrlState } from '../../lib/url-state.ts';
import { spendMetricsQuery, spendQuery, spendStateQuery } from '../../queries/spend.ts';
import { tagsQuery } from '../../queries/tags.ts';
import { assignColours, cumulative, narrowedTo } from './chart-data.ts';
import type { GroupPath } from './table-rows.ts';
import { useBudgetLine } from './use-budget-line.ts';
import { comparedLabel, comparedRange } from './compare.ts';
import { goOnFromTitle } from './go-on-from-title.ts';
import {
  dimensionsWith,
  goneTags,
  leastOf,
  measureOf,
  mostGroups,
  nextDimension,
  questionOf,
  rangeOf,
  readMeasure,
  spendUrlShape,
  withFilter,
} from './question.ts';

/** Everything the page knows: what the URL asks, what is stored, the answers, and how to ask for something else. */
export function useSpendScreen() {
  const { organizationId, descendants } = useScope();
  const [url, setUrl] = useUrlState(spendUrlShape);
  const subtree = useMemo(() => ({ organization: organizationId, descendants }), [organizationId, descendants]);
  const state = useQuery(spendStateQuery(subtree));
  const store = useQuery(spendMetricsQuery(subtree));
  const [opened] = useState(() => new Date().toISOString().slice(0, 10));
  const today = state.data?.result.today ?? opened;

  const knownTags = useQuery(tagsQuery(subtree)).data?.result.keys;
  const askedFor = url.and === 'none' ? [url.by] : [url.by, url.and];
  const dimensions = dimensionsWith(
    (knownTags ?? []).map(({ key }) => key),
    askedFor,
  );

  const range = rangeOf(url.from, url.before, today);
  const filters = url.where.flatMap((text) => readFilter(text) ?? []);
  const least = leastOf(url.least);
  const measure = store.data ? measureOf(url, store.data.result) : null;
  const custom = { from: url['compare-from'], before: url['compare-before'] };
  const compare = comparedRange(url.compare, range, custom);
  const and = url.and === 'none' || url.and === url.by ? null : url.and;
  const question =
    measure &&
    questionOf({ organizationId, descendants, measure, range, by: url.by, and, per: url.per, filters, least, compare });
  const asked = useQuery({ ...spendQuery(question ?? noQuestion), enabled: question !== null });
  const answer = asked.data?.result;

  // the table may name what the chart folds: the same question with more names, so the same sums
  const isTailNamed = url.tail === 'named' || (url.tail === 'auto' && url.by === 'account');
  const wantsTail = isTailNamed && answer?.others !== null;
  const tail = useQuery({
    ...spendQuery({ ...(question ?? noQuestion), top: mostGroups }),
    enabled: wantsTail && question !== null,
  });
  const named = wantsTail && !tail.isPlaceholderData ? tail.data?.result : undefined;

  const colours = useColours(answer);
  const charted = useMemo(() => {
    if (!answer) return undefined;
    const shown = narrowedTo(answer, new Set(url.only));
    return url.view === 'cumulative' ? cumulative(shown) : shown;
  }, [answer, url.only, url.view]);

  const budget = useBudgetLine(organizationId, answer, { addedUp: url.view === 'cumulative', narrowed: url.only.length > 0 });

  const setRange = (next: DateRange) => setUrl({ from: next.from, before: next.before }, { push: true });
  const setFilters = (next: readonly SpendFilter[]) => setUrl({ where: next.map(writeFilter) }, { push: true });
  return {
    organizationId,
    subtree,
    url,
    setUrl,
    state,
    store,
    asked,
    tail,
    today,
    range,
    filters,
    /** The least amount of a group that is shown by name; null for no bound. */
    least,
    measure,
    compare,
    /** Tags that are asked for and no account of the scope carries; none where tags are not known. */
    gone: knownTags ? goneTags(knownTags, askedFor, filters) : [],
    /** What can be grouped and filtered by, tags last. */
    dimensions,
    /** The second dimension; null for none. */
    and,
    /** The name of the compared range; null for none. */
    compared: compare && comparedLabel(url.compare, range, compare),
    question,
    answer,
    charted,
    /** The budget that is for what is shown; null for none. */
    budget,
    table: named ?? answer,
    isTailNamed,
    colours,
    setRange,
    setFilters,
    setMeasure: (value: string) => setUrl({ ...readMeasure(value), only: [] }, { push: true }),
    setDimension: (by: SpendDimension) =>
      setUrl({ by, and: url.and === by ? 'none' : url.and, only: [], tail: 'auto' }, { push: true }),
    setSecond: (second: SpendDimension | 'none') => setUrl({ and: second }, { push: true }),
    setTail: (next: 'named' | 'folded') => setUrl({ tail: next }),
    /** Narrows the page to one group, or to one within it, and to one bucket of it where the chart was pressed. */
    drill: ([key, ...rest]: GroupPath, at?: number) => {
      const bucket = at === undefined ? undefined : answer?.buckets[at];
      const [innerKey] = rest;
      const outer = withFilter(filters, { dimension: url.by, operator: 'is', values: [key] });
      const isInner = and !== null && innerKey !== undefined;
      const where = isInner ? withFilter(outer, { dimension: and, operator: 'is', values: [innerKey] }) : outer;
      if (!bucket) goOnFromTitle(); // the row goes, the chart stays
      setUrl(
        {
          where: where.map(writeFilter),
          by: isInner ? nextDimension(and, where) : (and ?? nextDimension(url.by, where)),
          and: 'none',
          only: [],
          tail: 'auto',
          ...(bucket ? { from: bucket.from, before: bucket.to } : {}),
        },
        { push: true },
      );
    },
    /** Narrows the chart to one group, or to one more or less; the table keeps all of them. */
    isolate: (id: string, add: boolean) => {
      const has = url.only.includes(id);
      if (add) setUrl({ only: has ? url.only.filter((one) => one !== id) : [...url.only, id] });
      else setUrl({ only: has && url.only.length === 1 ? [] : [id] });
    },
    span: ([first, last]: readonly [number, number]) => {
      const [from, before] = [answer?.buckets[first]?.from, answer?.buckets[last]?.to];
      if (from && before) setRange({ from, before });
    },
  };
}
export type SpendScreen = ReturnType<typeof useSpendScreen>;

/** Stands in while there is nothing to measure; it is never asked. */
const noQuestion = questionOf({
  organizationId: '',
  descendants: true,
  measure: { kind: 'quantity', metric: '', unit: '' },
  range: { from: '2026-01-01', before: addDays('2026-01-01', 1) },
  by: 'family',
  per: 'day',
  filters: [],
  compare: null,
});

/** Colours by group, kept while the person stays on the page. */
function useColours(answer: SpendAnswer | undefined): ReadonlyMap<string, number> {
  const [known, setKnown] = useState<ReadonlyMap<string, number>>(new Map());
  const next = answer ? assignColours(known, answer.groups) : known;
  if (next.size !== known.size) setKnown(next);
  return next;
}
