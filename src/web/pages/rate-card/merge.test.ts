import { describe, expect, test } from 'vitest';
import { changesBetween } from './changes.ts';
import { withLine, withOverride } from './edits.ts';
import { mergeCards } from './merge.ts';
import { cardWith, testLine } from './test-card.ts';

const base = cardWith(testLine('a'), testLine('b'), testLine('c'));
const priced = (metric: string, amount: string) => testLine(metric, { price: { amount, per: '1' } });
const kinds = (changes: ReturnType<typeof changesBetween>) =>
  changes.map(({ key, before, after }) => `${key}: ${before ? (after ? 'changed' : 'removed') : 'added'}`);

describe('what differs between two cards', () => {
  test('is named item by item, lines first', () => {
    const after = {
      ...withOverride(cardWith(priced('a', '2'), testLine('b'), testLine('new')), null, { account: 'x', discount: '5' }),
      name: 'Another name',
      mappings: [{ metric: 'm', line: 'a' }],
    };
    expect(kinds(changesBetween(base, after))).toEqual([
      'line a: changed',
      'line c: removed',
      'line new: added',
      'override ["","x","",""]: added',
      'mapping m: added',
      'card : changed',
    ]);
    expect(changesBetween(base, structuredClone(base))).toEqual([]);
  });

  test('keeps overrides apart that are about the same', () => {
    const two = { ...base, overrides: [{ discount: '1' }, { included: null }] };
    expect(kinds(changesBetween(base, two))).toEqual(['override ["","","",""]: added', 'override ["","","",""] 2: added']);
  });
});

describe('two cards that began as one', () => {
  test('are merged where only one side changed something', () => {
    const mine = withLine(base, priced('a', '2'));
    const theirs = withOverride(withLine(base, priced('b', '3')), null, { discount: '5' });
    expect(mergeCards(base, mine, theirs)).toEqual({
      card: { ...cardWith(priced('a', '2'), priced('b', '3'), testLine('c')), overrides: [{ discount: '5' }] },
      conflicts: [],
    });
  });

  test('where both made the same change, there is nothing to choose', () => {
    const both = withLine(base, priced('a', '2'));
    expect(mergeCards(base, both, structuredClone(both))).toEqual({ card: both, conflicts: [] });
  });

  test('what both changed waits for a choice, also where one side removed it', () => {
    const mine = cardWith(priced('a', '2'), testLine('c'));
    const theirs = withLine(withLine(base, priced('a', '9')), priced('b', '9'));
    const { conflicts } = mergeCards(base, mine, theirs);
    expect(conflicts.map(({ key, mine: my, theirs: their }) => [key, my !== null, their !== null])).toEqual([
      ['line a', true, true],
      ['line b', false, true],
    ]);
    const choices = new Map([
      ['line a', 'theirs'],
      ['line b', 'mine'],
    ] as const);
    expect(mergeCards(base, mine, theirs, choices).card).toEqual(cardWith(priced('a', '9'), testLine('c')));
  });
});
