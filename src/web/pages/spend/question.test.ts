import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spendDimensions } from '../../../contract/canopy/spend.ts';
import { readFilter, writeFilter } from '../../../contract/canopy/filter-text.ts';
import type { SpendDimension } from '../../../contract/canopy/spend.ts';
import type { SpendFilter } from '../../../contract/canopy/spend.ts';
import { readUrl, writeUrl } from '../../lib/url-values.ts';
import type { ValuesOf } from '../../lib/url-values.ts';
import { comparisons } from './compare.ts';
import {
  goneTags,
  granularities,
  measureOf,
  nextDimension,
  questionOf,
  rangeOf,
  rangeSearch,
  spendUrlShape,
  tableColumns,
  withFilter,
} from './question.ts';

const metric = (name: string, unit = 'Requests') => ({
  metric: name,
  name,
  family: null,
  unit,
  summable: true,
  accounts: 1,
  records: 1,
});
const asked = { measure: 'auto', metric: null, unit: null, currency: null } as const;

describe('the question of the page', () => {
  it('is about what it costs where anything has a cost, else about one metric', () => {
    expect(measureOf(asked, { metrics: [metric('a')], currencies: ['EUR', 'USD'] })).toEqual({
      kind: 'spend',
      currency: 'EUR',
    });
    expect(measureOf({ ...asked, measure: 'cost' }, { metrics: [], currencies: ['EUR'] })).toEqual({
      kind: 'cost',
      column: 'BilledCost',
      currency: 'EUR',
    });
    expect(measureOf(asked, { metrics: [metric('a')], currencies: [] })).toEqual({
      kind: 'quantity',
      metric: 'a',
      unit: 'Requests',
    });
    expect(
      measureOf(
        { ...asked, measure: 'quantity', metric: 'b' },
        { metrics: [metric('a'), metric('b', 'GB')], currencies: ['USD'] },
      ),
    ).toEqual({ kind: 'quantity', metric: 'b', unit: 'GB' });
    expect(measureOf(asked, { metrics: [], currencies: [] })).toBeNull();
  });

  it('is about the metric of the URL, also where nothing of it is stored', () => {
    const store = { metrics: [metric('a')], currencies: ['USD'] };
    const gone = { ...asked, measure: 'quantity', metric: 'gone' } as const;
    expect(measureOf(gone, store)).toEqual({ kind: 'quantity', metric: 'gone', unit: '' });
    expect(measureOf({ ...gone, metric: 'a', unit: 'GB' }, store)).toEqual({ kind: 'quantity', metric: 'a', unit: 'GB' });
  });

  it('covers 30 complete days when the URL names no sensible range', () => {
    expect(rangeOf(null, null, '2026-11-22')).toEqual({ from: '2026-10-23', before: '2026-11-22' });
    expect(rangeOf('2026-11-05', '2026-11-01', '2026-11-22')).toEqual({ from: '2026-10-23', before: '2026-11-22' });
    expect(rangeOf('2026-01-01', '2026-02-01', '2026-11-22')).toEqual({ from: '2026-01-01', before: '2026-02-01' });
  });

  it('keeps its filters through the URL', () => {
    const filter: fc.Arbitrary<SpendFilter> = fc.record({
      dimension: fc.constantFrom<SpendDimension>(...spendDimensions, 'tag:team', 'tag:cost-center.2'),
      operator: fc.constantFrom('is', 'is-not'),
      values: fc.array(fc.option(fc.string({ minLength: 1 }), { nil: null }), { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(filter, (one) => {
        expect(readFilter(writeFilter(one))).toEqual(one);
      }),
    );
    expect(readFilter('nonsense=x')).toBeNull();
    expect(readFilter('family=%E0%A4%A')).toBeNull();
  });

  it('has one filter for each dimension and operator', () => {
    const first: SpendFilter = { dimension: 'family', operator: 'is', values: ['workers'] };
    expect(withFilter([first, { ...first, operator: 'is-not' }], { ...first, values: ['r2'] })).toEqual([
      { ...first, operator: 'is-not' },
      { ...first, values: ['r2'] },
    ]);
  });
});

describe('the address of the page', () => {
  const text = fc.option(fc.string({ minLength: 1, maxLength: 12 }), { nil: null });
  const day = fc.option(
    fc.integer({ min: 0, max: 2000 }).map((days) => new Date(Date.UTC(2024, 0, 1 + days)).toISOString().slice(0, 10)),
    { nil: null },
  );
  const filter = fc
    .record({
      dimension: fc.constantFrom(...spendDimensions),
      operator: fc.constantFrom('is' as const, 'is-not' as const),
      values: fc.array(text, { minLength: 1, maxLength: 3 }),
    })
    .map(writeFilter);
  const state: fc.Arbitrary<ValuesOf<typeof spendUrlShape>> = fc.record({
    measure: fc.constantFrom('auto', 'spend', 'estimate', 'cost', 'quantity'),
    metric: text,
    unit: text,
    currency: text,
    from: day,
    before: day,
    by: fc.constantFrom(...spendDimensions),
    and: fc.constantFrom('none', ...spendDimensions),
    per: fc.constantFrom(...granularities),
    where: fc.uniqueArray(filter, { maxLength: 4 }),
    view: fc.constantFrom('chart', 'cumulative', 'table'),
    compare: fc.constantFrom(...comparisons),
    'compare-from': day,
    'compare-before': day,
    only: fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 3 }),
    sort: fc.record({
      column: fc.constantFrom(...tableColumns),
      direction: fc.constantFrom('ascending' as const, 'descending' as const),
    }),
    tail: fc.constantFrom('auto', 'named', 'folded'),
    unusual: day,
    least: fc.constantFrom(null, '100', '0.50'),
  });

  it('restores the identical view, whatever the view is', () => {
    fc.assert(
      fc.property(state, (view) => {
        const search = writeUrl(spendUrlShape, new URLSearchParams(), view).toString();
        expect(readUrl(spendUrlShape, new URLSearchParams(search))).toEqual(view);
      }),
    );
  });

  it('is understood when it is older, or partly nonsense', () => {
    const old = 'by=account&where=family%3Dworkers&per=week&compare=month&sort=-share&then=x&and=unknown&from=2026-13-01';
    expect(readUrl(spendUrlShape, new URLSearchParams(old))).toMatchObject({
      by: 'account',
      and: 'none',
      where: ['family=workers'],
      per: 'week',
      compare: 'month',
      sort: { column: 'share', direction: 'descending' },
      from: null,
    });
  });
});

it('names tags that are asked for and that no account carries', () => {
  const tags = [{ key: 'team', accounts: 1, values: [{ value: 'pay', accounts: 1 }] }];
  const of = (...values: (string | null)[]): SpendFilter => ({ dimension: 'tag:team', operator: 'is', values });
  expect(goneTags(tags, ['family', 'tag:team'], [of('pay', null)])).toEqual([]);
  expect(goneTags(tags, ['tag:squad'], [of('pay', 'web')])).toEqual(['squad', 'team=web']);
  expect(goneTags([], ['tag:team'], [of('pay')])).toEqual(['team']);
});

describe('going deeper', () => {
  const only = (dimension: SpendFilter['dimension']): SpendFilter => ({ dimension, operator: 'is', values: ['x'] });

  it('goes from account to family to metric to zone, past what is narrowed already', () => {
    expect(nextDimension('organization', [only('organization')])).toBe('account');
    expect(nextDimension('account', [only('account')])).toBe('family');
    expect(nextDimension('family', [only('account'), only('family')])).toBe('metric');
    expect(nextDimension('metric', [only('account'), only('family'), only('metric')])).toBe('zone');
    expect(nextDimension('zone', [only('zone')])).toBe('account');
  });

  it('asks for both dimensions at once where there are two', () => {
    const asked = { organizationId: 'o', descendants: true, measure: { kind: 'spend', currency: 'USD' }, filters: [] } as const;
    const rest = { range: { from: '2026-11-01', before: '2026-11-02' }, per: 'day', compare: null } as const;
    expect(questionOf({ ...asked, ...rest, by: 'account', and: 'metric' }).inner).toEqual({ groupBy: 'metric', top: 10 });
    expect(questionOf({ ...asked, ...rest, by: 'account' }).inner).toBeNull();
  });
});

it('a link between the page of spend and the ranking of accounts keeps what both can show', () => {
  const page = { by: 'zone', per: 'week' };
  const both = { where: ['family=r2'], from: '2026-10-01', currency: 'EUR', compare: 'month' };
  const more = { before: null, 'compare-from': null, 'compare-before': null };
  const search = rangeSearch({ ...page, ...both, ...more });
  expect(search).toEqual({ ...both, before: '', 'compare-from': '', 'compare-before': '' });
});
