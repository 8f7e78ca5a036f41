import { describe, expect, it } from 'vitest';
import { coverageWords, savingWords, unitCostWords, unitsTogether } from './ratios.ts';

const ratio = (part: string | null, whole: string | null, recordsWithBoth = 10, records = 10) => ({
  part,
  whole,
  recordsWithBoth,
  records,
});

describe('a saving', () => {
  it('is a share of the list cost, also where it is none or less', () => {
    expect(savingWords(ratio('50', '200'))).toBe('25.0%');
    expect(savingWords(ratio('0', '200'))).toBe('0.0%');
    expect(savingWords(ratio('-10', '200'))).toBe('−5.0%');
    expect(savingWords(ratio('0', '0'))).toBe('n/a');
    expect(savingWords(ratio(null, null))).toBe('n/a');
  });

  it('says over which records it is, unless it is over all', () => {
    expect(coverageWords(ratio('1', '2'), 'both')).toBeNull();
    expect(coverageWords(ratio('1', '2', 9, 1000), 'a cost')).toBe('over 9 of 1,000 records, those with a cost');
    expect(coverageWords(ratio('1', '2', 9, 1000))).toBe('over 9 of 1,000 records');
    expect(coverageWords(ratio(null, null, 0, 4))).toBe('none of 4 records');
    expect(coverageWords(ratio(null, null, 0, 4), 'a cost')).toBe('no record carries a cost');
  });
});

describe('the cost of a unit', () => {
  it('is of as many units as give a price to read', () => {
    expect(unitsTogether(ratio('7', '1'))).toBe(1);
    expect(unitsTogether(ratio('6', '30000000'))).toBe(1e6);
    expect(unitsTogether(ratio('0.000001', '1000000000'))).toBe(1e9);
    expect(unitsTogether(ratio('0', '30000000'))).toBe(1);
    expect(unitsTogether(ratio(null, null))).toBe(1);
    expect(unitCostWords(ratio('6', '30000000'), 1e6, 'USD')).toBe('$0.2000');
    expect(unitCostWords(ratio('0', '30000000'), 1e6, 'USD')).toBe('$0.00');
    expect(unitCostWords(ratio('6', '0'), 1e6, 'USD')).toBe('n/a');
  });
});
