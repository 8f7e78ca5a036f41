import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatten } from '../ui/tree-rows.ts';
import { fold, indexOrganizations } from './organization-index.ts';
import { hitRanges, nextHit, readQuery, searchTree } from './search.ts';
import type { Query } from './search.ts';
import { account, family, largeHierarchy, node } from './test-hierarchy.ts';
import { accountsByOrganization, nameOf, siblingSorter, wholeTree } from './tree.ts';

const index = indexOrganizations(
  family([
    node('root', null, { name: 'Larkfield Distribution' }),
    node('americas', 'root', { name: 'Larkfield Americas' }),
    node('redfern', 'americas', { name: 'Redfern Systems' }),
    node('health', 'redfern', { name: 'Redfern Health' }),
    node('kowhai', 'root', { name: 'Kōwhai Online' }),
  ]),
);
const accounts = [
  account('health', '00aa', 'Ward Rota'),
  account('kowhai', '00bb', 'Lorton Health Board Intranet'),
  account('kowhai', '00bc', 'Lorton Health Board'),
  account('kowhai', '00cc', 'Shop'),
];

const inOrder = siblingSorter({ sort: { column: 'name', direction: 'ascending' }, value: null });

function searchIn(all: typeof index, owned: typeof accounts, top: string, typed: string, descendants = true) {
  const query = readQuery(typed);
  const topItem = all.byId.get(top);
  if (!query || !topItem) throw new Error('nothing to search');
  const byOrganization = accountsByOrganization(owned);
  const accountsIn = ({ id }: { id: string }) => byOrganization.get(id) ?? [];
  const whole = wholeTree({
    index: all,
    top: topItem,
    descendants,
    accountsOf: (id) => ({ state: 'loaded', accounts: accountsIn({ id }) }),
    inOrder,
  });
  return searchTree(whole, { organizationsIn: ({ children }) => (descendants ? children : []), accountsIn }, query);
}

describe('search', () => {
  it('keeps the ancestors of hits and opens them', () => {
    const found = searchIn(index, accounts, 'root', 'health');
    expect(flatten(found.source, found.open).map(({ item }) => nameOf(item))).toEqual([
      'Larkfield Distribution',
      'Kōwhai Online',
      'Lorton Health Board',
      'Lorton Health Board Intranet',
      'Larkfield Americas',
      'Redfern Systems',
      'Redfern Health',
    ]);
    expect(found.hits()).toEqual(['kowhai/00bc', 'kowhai/00bb', 'health']);
    expect(found.searched).toBe(9);
    expect(found.hidden).toBe(2);
  });

  it('lets a hit be opened to everything below it', () => {
    const found = searchIn(index, accounts, 'root', 'health');
    const rows = flatten(found.source, new Set([...found.open, 'health']));
    expect(rows.map(({ id }) => id)).toContain('health/00aa');
  });

  it('finds by every word, without accents, and by the beginning of an id', () => {
    expect(searchIn(index, accounts, 'root', 'kowhai').hits()).toEqual(['kowhai']);
    expect(searchIn(index, accounts, 'root', 'Intranet LORTON').hits()).toEqual(['kowhai/00bb']);
    expect(searchIn(index, accounts, 'root', '00cc').hits()).toEqual(['kowhai/00cc']);
    expect(searchIn(index, accounts, 'root', 'nothing like it').hits()).toEqual([]);
  });

  it('does not look below an organization that stands alone', () => {
    expect(searchIn(index, accounts, 'root', 'health', false).hits()).toEqual([]);
  });

  it('opens only the branches of the first hits', () => {
    const nodes = family([
      node('root', null),
      ...Array.from({ length: 40 }, (_, at) => node(`parent${at}`, 'root', { name: `Parent ${at}` })),
      ...Array.from({ length: 40 }, (_, at) => node(`child${at}`, `parent${at}`, { name: `Health ${at}` })),
    ]);
    const found = searchIn(indexOrganizations(nodes), [], 'root', 'health');
    expect(found.hitCount).toBe(40);
    expect(found.hits()).toHaveLength(40);
    expect(found.open.size).toBe(21);
  });

  it('goes from hit to hit around the ends', () => {
    expect(nextHit(['a', 'b', 'c'], null, 1)).toBe('a');
    expect(nextHit(['a', 'b', 'c'], null, -1)).toBe('c');
    expect(nextHit(['a', 'b', 'c'], 'c', 1)).toBe('a');
    expect(nextHit(['a', 'b', 'c'], 'a', -1)).toBe('c');
    expect(nextHit([], 'a', 1)).toBeNull();
  });
});

describe('marks behind letters', () => {
  const query = (typed: string): Query => readQuery(typed) ?? { words: [], idPart: null };

  it('stand where the words are, also past letters with accents', () => {
    expect(hitRanges(query('health'), 'Lorton Health Board')).toEqual([[7, 13]]);
    expect(hitRanges(query('online'), 'Kōwhai Online')).toEqual([[7, 13]]);
    expect(hitRanges(query('kow'), 'Kōwhai Online')).toEqual([[0, 3]]);
    expect(hitRanges(query('an na'), 'Banana')).toEqual([[1, 6]]);
  });

  it('never overlap and always cover a match', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.string({ minLength: 1, maxLength: 3 }), (name, typed) => {
        const words = readQuery(typed);
        if (!words) return;
        let end = -1;
        for (const [from, to] of hitRanges(words, name)) {
          expect(from).toBeGreaterThan(end);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(name.length);
          end = to;
        }
        if (words.words.some((word) => fold(name).includes(word))) expect(end).toBeGreaterThan(0);
      }),
    );
  });
});

describe('25,000 nodes', () => {
  it('are all compared, and only branches with hits are put in order', () => {
    const large = largeHierarchy();
    const all = indexOrganizations(large.nodes);
    const everything = searchIn(all, large.accounts, 'organization0', 'health 1');
    expect(everything.searched).toBe(25_000);
    expect(everything.hitCount).toBeGreaterThan(100);
    const top = all.byId.get('organization0');
    if (!top) throw new Error('no root');
    let sorted = 0;
    const whole = wholeTree({
      index: all,
      top,
      descendants: true,
      accountsOf: () => ({ state: 'loaded', accounts: [] }),
      inOrder: (siblings) => {
        sorted += 1;
        return siblings;
      },
    });
    const query = readQuery('organization4999');
    if (!query) throw new Error('nothing to search');
    const one = searchTree(whole, { organizationsIn: ({ children }) => children, accountsIn: () => [] }, query);
    expect(one.hits()).toEqual(['organization4999']);
    expect(sorted).toBeLessThanOrEqual(5);
  });
});
