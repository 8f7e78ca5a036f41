import type { SourceUse, SpendState } from '../../../contract/canopy/spend.ts';
import { formatDay } from '../../lib/format-time.ts';
import { formatQuantity, plural } from '../../lib/format.ts';

/** How an import counts, in short and in full. */
export const countsWords: Readonly<Record<SourceUse, { label: string; hint: string }>> = {
  beside: { label: 'Beside Cloudflare’s', hint: 'All of it counts, and all of Cloudflare’s records too.' },
  instead: {
    label: 'Instead of Cloudflare’s',
    hint: 'On the accounts and days it holds, only the file counts. Cloudflare’s records there are kept and come back when this changes.',
  },
  none: { label: 'Not counted', hint: 'It is kept, and is in no total.' },
};

export const formatSize = (bytes: number): string => {
  const { figure, unit } = formatQuantity(String(bytes), 'Bytes');
  return `${figure} ${unit}`;
};

const delimiters: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' };

export const formatWords = (format: 'csv' | 'parquet', delimiter: string | null): string =>
  format === 'parquet' ? 'Parquet' : `CSV with ${delimiters[delimiter ?? ','] ?? 'commas'}`;

/** Of which days Cloudflare's records are there. A day that only a file tells of is never a whole one. */
export function feedWords({ days, throughDay, failures }: Pick<SpendState, 'days' | 'throughDay' | 'failures'>): string {
  const first = days.find(({ state }) => state === 'stored')?.day;
  const whole =
    first === undefined || throughDay === null
      ? 'No day is complete yet.'
      : `Complete through ${formatDay(throughDay, 'with-year')} (UTC), from ${formatDay(first, 'with-year')}.`;
  return failures.length === 0 ? whole : `${whole} ${plural(failures.length, 'day')} could not be read.`;
}
