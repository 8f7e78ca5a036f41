import { spendDimensions } from './spend.ts';
import type { SpendDimension, SpendFilter } from './spend.ts';
import { isTagDimension } from './tag-key.ts';

/** How addresses and saved views write down what is asked of spend. */

export function dimensionOf(text: string): SpendDimension | undefined {
  return isTagDimension(text) ? text : spendDimensions.find((name) => name === text);
}

/** `family=workers,r2`, `region!=` (records without a region are the empty value). */
export function writeFilter({ dimension, operator, values }: SpendFilter): string {
  return `${dimension}${operator === 'is' ? '=' : '!='}${values.map((value) => encodeURIComponent(value ?? '')).join(',')}`;
}

/** Null for a text that is no filter, so that an old link still opens. */
export function readFilter(text: string): SpendFilter | null {
  const match = /^([^!=]+)(!?=)(.*)$/s.exec(text);
  const dimension = dimensionOf(match?.[1] ?? '');
  if (!match || !dimension) return null;
  try {
    const values = (match[3] ?? '').split(',').map((value) => (value === '' ? null : decodeURIComponent(value)));
    return { dimension, operator: match[2] === '=' ? 'is' : 'is-not', values };
  } catch {
    return null;
  }
}
