import type { CostBasis, SpendGroup } from '../../contract/canopy/spend.ts';
import type { Basis } from './Basis.tsx';

/** How the basis of a cost is drawn. */
export const basisOfCost: Readonly<Record<CostBasis, Basis>> = {
  billed: 'billed',
  estimated: 'estimated',
  'within-allowance': 'included',
  free: 'included',
  'no-rate': 'no-rate',
};

/** What a figure made of several records is: what nobody can price adds nothing to it and does not change its basis. */
export function basisOf(bases: SpendGroup['bases']): Basis {
  const has = (...wanted: CostBasis[]) => bases.some(({ basis }) => wanted.includes(basis));
  if (has('billed')) return has('estimated') ? 'mixed' : 'billed';
  if (has('estimated')) return 'estimated';
  return has('within-allowance', 'free') ? 'included' : bases.length > 0 ? 'no-rate' : 'billed';
}

/** How much of a figure was billed, between 0 and 1; null where there is no money to share. */
export function billedShare(bases: SpendGroup['bases']): number | null {
  const of = (wanted: CostBasis) => Number(bases.find(({ basis }) => basis === wanted)?.total ?? 0);
  const [billed, whole] = [of('billed'), of('billed') + of('estimated')];
  return whole === 0 ? null : Math.max(0, Math.min(1, billed / whole));
}

/** The share that was billed, as the Basis column says it; what is there and rounds to nothing is said to be there. */
export function billedWords(share: number): string {
  if (share > 0 && share < 0.005) return '<1% billed';
  if (share < 1 && share > 0.995) return '>99% billed';
  return `${Math.round(share * 100)}% billed`;
}
