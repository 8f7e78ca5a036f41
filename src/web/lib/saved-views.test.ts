import { describe, expect, it } from 'vitest';
import { isSameSearch, readViews, withDefault, withoutView, withView } from './saved-views.ts';

describe('saved views', () => {
  it('are read as far as they can be', () => {
    const view = { name: 'Mine', search: 'by=account', isDefault: false };
    expect(readViews(JSON.stringify([view, { name: 5 }, null]))).toEqual([view]);
    expect(readViews('not json')).toEqual([]);
    expect(readViews('{}')).toEqual([]);
    expect(readViews(null)).toEqual([]);
  });

  it('have one of each name, and one default at most', () => {
    const two = withView(withView([], 'Accounts', 'by=account'), ' Zones ', 'by=zone');
    expect(two.map(({ name }) => name)).toEqual(['Zones', 'Accounts']);
    const chosen = withDefault(withDefault(two, 'Zones'), 'Accounts');
    expect(chosen.filter(({ isDefault }) => isDefault).map(({ name }) => name)).toEqual(['Accounts']);
    const again = withView(chosen, 'Accounts', 'by=account&view=table');
    expect(again).toHaveLength(2);
    expect(again[0]).toEqual({ name: 'Accounts', search: 'by=account&view=table', isDefault: true });
    expect(withoutView(again, 'Accounts')).toHaveLength(1);
    expect(withDefault(again, null).some(({ isDefault }) => isDefault)).toBe(false);
    expect(withView(two, '   ', '')).toBe(two);
  });

  it('are the same whatever the order of the address', () => {
    expect(isSameSearch('by=account&view=table', 'view=table&by=account')).toBe(true);
    expect(isSameSearch('where=a&where=b', 'where=b')).toBe(false);
  });
});
