import { sql } from 'kysely';
import { costBases } from '../../../contract/canopy/spend.ts';
import type { CostBasis } from '../../../contract/canopy/spend.ts';

/** A basis as it is stored. The order of the contract's list is part of the file format: new ones are added at its end. */
export const basisCode = (basis: CostBasis): number => costBases.indexOf(basis) + 1;
export const basisOfCode = (code: number): CostBasis => costBases[code - 1] ?? 'no-rate';

/** In a statement over `usage_cost`. */
export const isBasis = (basis: CostBasis) => sql<boolean>`basis = ${sql.lit(basisCode(basis))}`;
