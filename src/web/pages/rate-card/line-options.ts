import type { Line } from '../../../contract/canopy/rate-card.ts';
import { compareNaturally } from '../../lib/natural-sort.ts';

/** Lines to choose from, by family. */
export const lineOptions = (lines: readonly Line[]): { value: string; label: string }[] =>
  lines
    .map(({ metric, name, family }) => ({ value: metric, label: name.startsWith(family) ? name : `${family}: ${name}` }))
    .toSorted((a, b) => compareNaturally(a.label, b.label));
