import { useQuery } from '@tanstack/react-query';
import { Fragment, lazy, Suspense, useMemo, useState } from 'react';
import { useLocation } from 'react-router';
import { readFilter, writeFilter } from '../../../contract/canopy/filter-text.ts';
import type { SpendFilter } from '../../../contract/canopy/spend.ts';
import type { DateRange } from '../../lib/date-range.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { pathTo } from '../../lib/paths.ts';
import { useScope, useTypedText, useUrlState } from '../../lib/url-state.ts';
import { choice, many, maybeText, sort, text, urlDay, writeUrl } from '../../lib/url-values.ts';
import { spendMetricsQuery, spendStateQuery } from '../../queries/spend.ts';
import { spendRankingQuery } from '../../queries/spend-ranking.ts';
import { tagsQuery } from '../../queries/tags.ts';
import { DateRangePicker } from '../../ui/DateRangePicker.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Link } from '../../ui/Link.tsx';
import { PageHead } from '../../ui/PageHead.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { SkeletonRows } from '../../ui/Skeleton.tsx';
import { SpendTabs } from '../../ui/SpendTabs.tsx';
import { StatusBar } from '../../ui/StatusBar.tsx';
import { Toolbar } from '../../ui/Toolbar.tsx';
import { CompareControl } from './CompareControl.tsx';
import { SpendFilters } from './SpendFilters.tsx';
import { comparedLabel, comparedRange, comparisons } from './compare.ts';
import type { Explained } from './dialogs.ts';
import { asOfWords } from './freshness.ts';
import { currencyOf, dimensionsWith, rangeOf, rangeSearch, withFilter } from './question.ts';
import { RankingTable } from './RankingTable.tsx';
import { isComparable, searched } from './ranking.ts';

const Explanation = lazy(async () => ({ default: (await import('./Explanation.tsx')).Explanation }));
const NothingStored = lazy(async () => ({ default: (await import('./NothingStored.tsx')).NothingStored }));
const UnreadNotice = lazy(async () => ({ default: (await import('./UnreadNotice.tsx')).UnreadNotice }));

const urlShape = {
  currency: maybeText(),
  from: urlDay(),
  before: urlDay(),
  where: many(),
  compare: choice(comparisons, 'before'),
  'compare-from': urlDay(),
  'compare-before': urlDay(),
  q: text(),
  sort: sort(['name', 'organization', 'type', 'amount', 'share', 'change', 'percent', 'forecast', 'product', 'last'], {
    column: 'amount',
    direction: 'descending',
  }),
};

/** Every account by what it costs: twenty thousand of them are one table that is searched and sorted here. */
export function Component() {
  const { organizationId, descendants } = useScope();
  const location = useLocation();
  const [url, setUrl] = useUrlState(urlShape);
  const subtree = useMemo(() => ({ organization: organizationId, descendants }), [organizationId, descendants]);
  const stored = useQuery(spendStateQuery(subtree)).data?.result;
  const store = useQuery(spendMetricsQuery(subtree));
  const tags = useQuery(tagsQuery(subtree)).data?.result.keys ?? [];
  const [explained, explain] = useState<Explained | null>(null);
  const [opened] = useState(() => new Date().toISOString().slice(0, 10));
  const today = stored?.today ?? opened;
  const range = rangeOf(url.from, url.before, today);
  const filters = url.where.flatMap((one) => readFilter(one) ?? []);
  const compare = comparedRange(url.compare, range, { from: url['compare-from'], before: url['compare-before'] });
  const compared = compare && comparedLabel(url.compare, range, compare);
  const currencies = store.data?.result.currencies ?? [];
  const currency = currencyOf(url.currency, currencies) ?? null;
  const otherCurrencies = currencies.filter((one) => one !== currency);
  const asked = useQuery({
    ...spendRankingQuery({
      ...subtree,
      measure: { kind: 'spend', currency: currency ?? 'USD' },
      from: range.from,
      to: range.before,
      filters,
      compare,
    }),
    enabled: currency !== null,
  });
  const ranking = asked.data?.result;
  const comparable = ranking !== undefined && isComparable(ranking, range, compare);
  const [typed, setTyped] = useTypedText(url.q, (q) => setUrl({ q }));
  const setRange = (next: DateRange) => setUrl({ from: next.from, before: next.before }, { push: true });
  const setFilters = (next: readonly SpendFilter[]) => setUrl({ where: next.map(writeFilter) }, { push: true });
  const hrefOf = (key: string | null) =>
    pathTo('spend', organizationId, {
      ...rangeSearch(url),
      where: withFilter(filters, { dimension: 'account', operator: 'is', values: [key] }).map(writeFilter),
    });
  const inCurrency = (other: string) =>
    `?${writeUrl(urlShape, new URLSearchParams(location.search), { currency: other }).toString()}`;

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <PageHead
        title="Cost by account"
        facts={ranking && plural(ranking.accounts.length, 'account')}
        tabs={<SpendTabs organizationId={organizationId} current="accounts" search={rangeSearch(url)} />}
      >
        <SearchField
          label="Search accounts"
          value={typed}
          onChange={setTyped}
          keys={['/']}
          hits={ranking && `${formatCount(searched(ranking.accounts, typed).length)} of ${formatCount(ranking.accounts.length)}`}
          className="w-64"
        />
      </PageHead>
      <Toolbar
        label="What to show"
        end={
          <CompareControl
            comparison={url.compare}
            range={range}
            compared={compare}
            today={today}
            earliest={stored?.historyStart}
            onChange={(next, custom) =>
              setUrl(
                { compare: next, 'compare-from': custom?.from ?? null, 'compare-before': custom?.before ?? null },
                { push: true },
              )
            }
          />
        }
      >
        <DateRangePicker
          from={range.from}
          before={range.before}
          today={today}
          onChange={setRange}
          earliest={stored?.historyStart}
        />
        <SpendFilters
          dimensions={dimensionsWith(tags.map(({ key }) => key))}
          filters={filters}
          subtree={subtree}
          onChange={setFilters}
        />
      </Toolbar>
      {location.search !== '' && (
        <Suspense>
          <UnreadNotice shape={urlShape} />
        </Suspense>
      )}
      {asked.error && !ranking ? (
        <ErrorState error={asked.error.report} title="The accounts could not be ranked" onRetry={() => void asked.refetch()} />
      ) : store.error && !store.data ? (
        <ErrorState error={store.error.report} title="Stored usage could not be read" onRetry={() => void store.refetch()} />
      ) : store.data && stored?.firstDay === null ? (
        <Suspense>
          <NothingStored state={stored} />
        </Suspense>
      ) : store.data && currency === null ? (
        <EmptyState kind="nothing" title="No record has a cost">
          Accounts are ranked by cost, and nothing is billed or priced yet.
        </EmptyState>
      ) : !ranking || currency === null ? (
        <SkeletonRows columns={['start', 'start', 'end', 'end', 'end']} rows={12} />
      ) : (
        <RankingTable
          ranking={ranking}
          comparable={comparable}
          text={typed}
          currency={currency}
          compared={compared}
          sort={url.sort}
          state={asked.isPlaceholderData ? 'refreshing' : 'ready'}
          onSort={(next) => setUrl({ sort: next })}
          hrefOf={hrefOf}
          onExplain={(account) =>
            explain({
              question: {
                ...subtree,
                measure: { kind: 'spend', currency },
                from: range.from,
                to: range.before,
                filters: [...filters],
              },
              label: account ? account.label : 'All accounts',
              where: account ? [{ dimension: 'account', operator: 'is', values: [account.key] }] : [],
            })
          }
        />
      )}
      {explained && (
        <Suspense>
          <Explanation explained={explained} onClose={() => explain(null)} />
        </Suspense>
      )}
      {ranking && currency !== null && (
        <StatusBar>
          <p>
            {currency}, billed or estimated. {stored ? asOfWords(stored) : ''}
            {ranking.notFinal > 0 && ` ${plural(ranking.notFinal, 'record')} without a final price: totals will change.`}
            {compare && !comparable && ' Not compared: not every day of both ranges is stored and priced.'}
            {otherCurrencies.length > 0 && (
              <>
                {' '}
                Also in{' '}
                {otherCurrencies.map((one, index) => (
                  <Fragment key={one}>
                    {index > 0 && ', '}
                    <Link className="link" href={inCurrency(one)}>
                      {one}
                    </Link>
                  </Fragment>
                ))}
                , never added up.
              </>
            )}
          </p>
        </StatusBar>
      )}
    </div>
  );
}
