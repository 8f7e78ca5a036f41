import { describe, expect, it } from 'vitest';
import { isSameSearch, readViews } from './saved-views.ts';

describe('saved views', () => {
  it('that a browser holds are read as far as they can be', () => {
    const view = { name: 'Mine', search: 'by=account', isDefault: false };
    expect(readViews(JSON.stringify([view, { name: 5 }, null]))).toEqual([view]);
    expect(readViews('not json')).toEqual([]);
    expect(readViews('{}')).toEqual([]);
    expect(readViews(null)).toEqual([]);
  });

  it('are the same whatever the order of the address', () => {
    expect(isSameSearch('by=account&view=table', 'view=table&by=account')).toBe(true);
    expect(isSameSearch('where=a&where=b', 'where=b')).toBe(false);
  });
});
