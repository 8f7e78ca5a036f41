import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathTo, placeOf, safeReturn, scopePages } from './paths.ts';
import { choice, choices, flag, many, maybeText, ordered, readUrl, sort, text, urlDay, whole, writeUrl } from './url-values.ts';

const shape = {
  q: text(),
  focus: maybeText(),
  view: choice(['tree', 'accounts', 'changes'], 'tree'),
  status: choices(['active', 'pending', 'rejected']),
  tag: many(),
  cols: ordered(),
  descendants: flag(true),
  page: whole(1, 50),
  from: urlDay(),
  sort: sort(['name', 'created'], { column: 'name', direction: 'ascending' }),
};
const defaults = readUrl(shape, new URLSearchParams());

describe('state in the URL', () => {
  test('a plain address is the plain screen', () => {
    expect(defaults).toEqual({
      q: '',
      focus: null,
      view: 'tree',
      status: [],
      tag: [],
      cols: null,
      descendants: true,
      page: null,
      from: null,
      sort: { column: 'name', direction: 'ascending' },
    });
    expect(writeUrl(shape, new URLSearchParams(), defaults).toString()).toBe('');
  });

  test('values are written in the words of the address', () => {
    const search = writeUrl(shape, new URLSearchParams('other=1&q=old'), {
      q: 'mill & co',
      status: ['pending', 'active'],
      cols: ['name', 'id'],
      descendants: false,
      sort: { column: 'created', direction: 'descending' },
    });
    expect(search.toString()).toBe(
      'other=1&q=mill+%26+co&status=active&status=pending&cols=name%2Cid&descendants=false&sort=-created',
    );
  });

  test('what is not understood falls back, so an old link still opens', () => {
    const search = new URLSearchParams(
      'view=map&status=gone&page=99&from=2026-02-30&sort=-cost&descendants=maybe&tag=&tag=a&tag=a',
    );
    expect(readUrl(shape, search)).toEqual({ ...defaults, tag: ['a'] });
  });

  test('what is written is read back', () => {
    const values = fc.record({
      q: fc.string(),
      focus: fc.option(fc.string({ minLength: 1 })),
      view: fc.constantFrom('tree' as const, 'accounts' as const, 'changes' as const),
      tag: fc.uniqueArray(fc.string({ minLength: 1 })),
      descendants: fc.boolean(),
      page: fc.option(fc.integer({ min: 1, max: 50 })),
      sort: fc.record({
        column: fc.constantFrom('name', 'created'),
        direction: fc.constantFrom('ascending' as const, 'descending' as const),
      }),
    });
    fc.assert(
      fc.property(values, (patch) => {
        const text = writeUrl(shape, new URLSearchParams(), patch).toString();
        expect(readUrl(shape, new URLSearchParams(text))).toEqual({ ...defaults, ...patch });
      }),
    );
  });
});

describe('addresses of screens', () => {
  const id = 'd10e897e0f3b4c6f8a2b1c9d7e5f4e9c';

  test('a screen and its place are the same thing', () => {
    for (const page of scopePages) expect(placeOf(pathTo(page, id))).toEqual({ organizationId: id, page });
    expect(placeOf(`/o/${id}/`)).toEqual({ organizationId: id, page: 'overview' });
    expect(placeOf('/settings')).toBeNull();
    expect(placeOf(`/o/${id}/nothing`)).toBeNull();
  });

  test('the state of the screen travels with it', () => {
    expect(pathTo('members', id, { q: 'a b', status: ['active', 'pending'], tag: '', none: undefined })).toBe(
      `/o/${id}/members?q=a+b&status=active&status=pending`,
    );
  });

  test('after signing in only paths of this app are gone back to', () => {
    expect(safeReturn(`/o/${id}/members?q=a#b`)).toBe(`/o/${id}/members?q=a#b`);
    for (const bad of [
      null,
      '',
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      'javascript:0',
      '/sign-in?next=/',
    ])
      expect(safeReturn(bad)).toBe('/');
  });
});
