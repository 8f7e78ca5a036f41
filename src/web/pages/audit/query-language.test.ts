import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditFilterNames } from '../../../contract/cloudflare/audit.ts';
import { valuesOf, withValues } from './filter-values.ts';
import { parseQuery } from './parse-query.ts';
import { formatQuery, fromSearch, toSearch, withTerm } from './query-language.ts';
import type { FilterTerm, Term } from './query-language.ts';

describe('the query language of the audit page', () => {
  it('reads fields, exclusions, alternatives, quotes and words', () => {
    expect(parseQuery('actor:a@b.example -via:dash action:delete,update token:"ci provision" moved account')).toEqual({
      problems: [],
      terms: [
        { kind: 'filter', filter: 'actor_email', exclude: false, values: ['a@b.example'] },
        { kind: 'filter', filter: 'actor_context', exclude: true, values: ['dash'] },
        { kind: 'filter', filter: 'action_type', exclude: false, values: ['delete', 'update'] },
        { kind: 'filter', filter: 'actor_token_name', exclude: false, values: ['ci provision'] },
        { kind: 'text', text: 'moved account' },
      ],
    });
  });

  it('takes the upstream name of a field too', () => {
    expect(parseQuery('raw_cf_ray_id:9a41c0d2f0b7ce15').terms).toEqual([
      { kind: 'filter', filter: 'raw_cf_ray_id', exclude: false, values: ['9a41c0d2f0b7ce15'] },
    ]);
  });

  it('sets the values of a field from a menu, on its side only', () => {
    const terms = parseQuery('via:dash -via:api words').terms;
    const more = withValues(terms, 'actor_context', false, ['dash', 'oauth']);
    expect(formatQuery(more)).toBe('-via:api via:dash,oauth words');
    expect(valuesOf(more, 'actor_context', true)).toEqual(['api']);
    expect(formatQuery(withValues(more, 'actor_context', true, []))).toBe('via:dash,oauth words');
    // a value cannot be kept and left out at once
    expect(formatQuery(withValues(more, 'actor_context', true, ['api', 'dash']))).toBe('via:oauth -via:api,dash words');
  });

  it('keeps the colons of a value', () => {
    expect(parseQuery('ip:2001:db8::7').terms).toEqual([
      { kind: 'filter', filter: 'actor_ip_address', exclude: false, values: ['2001:db8::7'] },
    ]);
  });

  it('names what is wrong, and where', () => {
    const { terms, problems } = parseQuery('actr:x status:9000 action: result:maybe');
    expect(terms).toEqual([]);
    expect(problems.map(({ from, to }) => [from, to])).toEqual([
      [0, 6],
      [7, 18],
      [19, 26],
      [27, 39],
    ]);
    expect(problems[3]?.message).toBe('result must be one of success, failure.');
  });

  it('including a value ends its exclusion', () => {
    const excluded: Term[] = [{ kind: 'filter', filter: 'actor_context', exclude: true, values: ['dash', 'oauth'] }];
    expect(withTerm(excluded, { kind: 'filter', filter: 'actor_context', exclude: false, values: ['dash'] })).toEqual([
      { kind: 'filter', filter: 'actor_context', exclude: true, values: ['oauth'] },
      { kind: 'filter', filter: 'actor_context', exclude: false, values: ['dash'] },
    ]);
  });

  const freeText = fc.string({ minLength: 1, maxLength: 12 });
  const term: fc.Arbitrary<FilterTerm> = fc
    .constantFrom(
      ...auditFilterNames.filter((name) => !['action_result', 'action_type', 'raw_status_code', 'resource_scope'].includes(name)),
    )
    .chain((filter) =>
      fc.record({
        kind: fc.constant('filter'),
        filter: fc.constant(filter),
        exclude: fc.boolean(),
        values: fc.uniqueArray(freeText, { minLength: 1, maxLength: 3 }),
      }),
    );
  const query = fc.uniqueArray(term, { maxLength: 6, selector: ({ filter, exclude }) => `${filter} ${exclude}` });

  it('text and URL both give back the same terms', () => {
    fc.assert(
      fc.property(query, (terms) => {
        expect(parseQuery(formatQuery(terms))).toEqual({ terms, problems: [] });
        expect(fromSearch(toSearch(terms))).toEqual(terms);
      }),
    );
  });
});
