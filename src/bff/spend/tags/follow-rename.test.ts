import { expect, test } from 'vitest';
import { renamedSearch } from './follow-rename.ts';

const key = { key: 'team', value: null, to: { key: 'squad', value: null } };
const value = { key: 'team', value: 'pay, web', to: { key: 'team', value: 'payments' } };
const search = (...pairs: [string, string][]) => new URLSearchParams(pairs).toString();

test('a key is renamed wherever a view names it, and nothing else is touched', () => {
  const view = search(
    ['by', 'tag:team'],
    ['and', 'family'],
    ['where', 'tag:team!=pay%2C%20web,'],
    ['where', 'family=team'],
    ['only', 'key x'],
  );
  expect(renamedSearch(view, key)).toBe(
    search(
      ['by', 'tag:squad'],
      ['and', 'family'],
      ['where', 'tag:squad!=pay%2C%20web,'],
      ['where', 'family=team'],
      ['only', 'key x'],
    ),
  );
  const other = 'by=tag%3Ateams&where=tag:teams=pay&q=%20';
  expect(renamedSearch(other, key)).toBe(other);
});

test('a value is renamed in filters and in what the chart is narrowed to', () => {
  const view = search(['by', 'tag:team'], ['where', 'tag:team=pay%2C%20web,ops'], ['only', 'key pay, web'], ['only', 'others']);
  expect(renamedSearch(view, value)).toBe(
    search(['by', 'tag:team'], ['where', 'tag:team=payments,ops'], ['only', 'key payments'], ['only', 'others']),
  );
  // it became one that is named already
  expect(renamedSearch(search(['where', 'tag:team=pay%2C%20web,payments']), value)).toBe(search(['where', 'tag:team=payments']));
});

test('a value that got another key leaves the filter where it stands alone', () => {
  const moved = { ...value, to: { key: 'squad', value: 'pay' } };
  expect(renamedSearch(search(['where', 'tag:team=pay%2C%20web']), moved)).toBe(search(['where', 'tag:squad=pay']));
  const among = search(['where', 'tag:team=pay%2C%20web,ops']);
  expect(renamedSearch(among, moved)).toBe(among);
});
