import { describe, expect, it } from 'vitest';
import { diffFields } from './json-diff.ts';

const paths = (before: unknown, after: unknown) => diffFields(before, after).changes.map((change) => change.path);

describe('difference of two JSON values', () => {
  it('goes into objects and arrays that both have', () => {
    const before = { phone: '1', address: { city: 'Abilene', zip: '79602' }, tags: ['a', 'b'] };
    const after = { phone: '2', address: { city: 'San Angelo', zip: '79602' }, tags: ['a', 'c'] };
    expect(paths(before, after)).toEqual(['phone', 'address.city', 'tags[1]']);
    expect(diffFields(before, after).unchanged.map((field) => field.path)).toEqual(['address.zip', 'tags[0]']);
  });

  it('tells absent from null', () => {
    expect(diffFields({ a: null }, {}).changes).toEqual([{ path: 'a', before: { value: null }, after: null }]);
    expect(diffFields({}, { a: null }).changes).toEqual([{ path: 'a', before: null, after: { value: null } }]);
  });

  it('shows a whole part that only one side has as one change', () => {
    expect(paths({}, { address: { city: 'x' } })).toEqual(['address']);
    expect(paths({ a: [1] }, { a: { b: 1 } })).toEqual(['a']);
    expect(paths({ a: {} }, { a: { b: 1 } })).toEqual(['a.b']);
  });

  it('compares bare values', () => {
    expect(paths('a', 'b')).toEqual(['']);
    expect(paths(null, null)).toEqual([]);
    expect(paths({}, {})).toEqual([]);
  });
});
