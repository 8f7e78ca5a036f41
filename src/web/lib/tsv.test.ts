import { expect, it } from 'vitest';
import { tabSeparated } from './tsv.ts';

it('keeps a cell a cell and a value a value', () => {
  expect(
    tabSeparated(
      ['Name', 'Cost'],
      [
        ['=HYPERLINK("x")', 3.5],
        ['two\tcells\nor one', null],
        ['-1+1', -2],
      ],
    ),
  ).toBe('Name\tCost\n\'=HYPERLINK("x")\t3.5\ntwo cells or one\t\n\'-1+1\t-2');
});

it('keeps formulas from behind quotes, spaces and full-width signs', () => {
  const names = ['"=1+1', ' =1+1', '＝1+1', ';=1+1', '"Quoted" name'];
  expect(
    tabSeparated(
      ['Name'],
      names.map((name) => [name]),
    ).split('\n'),
  ).toEqual(['Name', `'"=1+1`, `' =1+1`, `'＝1+1`, `';=1+1`, `"""Quoted"" name"`]);
});
