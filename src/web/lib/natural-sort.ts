const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Order of names as people expect it: `Host 2` before `Host 10`, accents and case beside their letters. */
export function compareNaturally(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

export type Direction = 'ascending' | 'descending';
export type SortValue = string | number | null | undefined;

/**
 * A new array in order of what `value` gives. Numbers go before words, and rows without a value are last in both
 * directions: nothing is neither the smallest nor the largest. Equal rows keep their places.
 */
export function sortRows<Row>(rows: readonly Row[], value: (row: Row) => SortValue, direction: Direction): Row[] {
  const turn = direction === 'ascending' ? 1 : -1;
  return rows
    .map((row) => ({ row, key: value(row) }))
    .sort((a, b) => {
      const missing = Number(isMissing(a.key)) - Number(isMissing(b.key));
      return missing !== 0 ? missing : turn * compareValues(a.key, b.key);
    })
    .map(({ row }) => row);
}

function isMissing(key: SortValue): boolean {
  return key === null || key === undefined || Number.isNaN(key);
}

/** Numbers before words; two that are missing are equal. */
export function compareValues(a: SortValue, b: SortValue): number {
  if (isMissing(a) && isMissing(b)) return 0;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'number') return -1;
  if (typeof b === 'number') return 1;
  return compareNaturally(a ?? '', b ?? '');
}
