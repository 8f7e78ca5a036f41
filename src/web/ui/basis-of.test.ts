import { describe, expect, it } from 'vitest';
import type { CostBasis } from '../../contract/canopy/spend.ts';
import { basisOf, billedShare, billedWords } from './basis-of.ts';

const of = (...parts: [CostBasis, string | null][]) => parts.map(([basis, total]) => ({ basis, total, records: 1 }));

describe('the basis of a figure', () => {
  it('is mixed as soon as a part of it is estimated', () => {
    expect(basisOf(of(['billed', '5']))).toBe('billed');
    expect(basisOf(of(['billed', '5'], ['estimated', '0.01']))).toBe('mixed');
    expect(basisOf(of(['estimated', '5'], ['within-allowance', '0'], ['no-rate', null]))).toBe('estimated');
    expect(basisOf(of(['free', '0'], ['no-rate', null]))).toBe('included');
    expect(basisOf(of(['no-rate', null]))).toBe('no-rate');
  });

  it('has a share that is billed, which never rounds to none or all', () => {
    expect(billedShare(of(['billed', '1'], ['estimated', '3']))).toBe(0.25);
    expect(billedShare(of(['within-allowance', '0']))).toBeNull();
    expect(billedWords(0.142)).toBe('14% billed');
    expect(billedWords(0.0001)).toBe('<1% billed');
    expect(billedWords(0.9999)).toBe('>99% billed');
    expect(billedWords(0)).toBe('0% billed');
    expect(billedWords(1)).toBe('100% billed');
  });
});
