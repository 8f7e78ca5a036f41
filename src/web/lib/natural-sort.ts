const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Order of names as people expect it: `Host 2` before `Host 10`, accents and case beside their letters. */
export function compareNaturally(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

export type SortValue = string | number | null | undefined;

function isMissing(key: SortValue): boolean {
  return key === null || key === undefined || Number.isNaN(key);
}

/** Numbers before words; words in natural order; two that are missing are equal. */
export function compareValues(a: SortValue, b: SortValue): number {
  if (isMissing(a) && isMissing(b)) return 0;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number') return -1;
  if (typeof b === 'number') return 1;
  return compareNaturally(a ?? '', b ?? '');
}
