import type { SourceUse } from '../../../contract/canopy/spend.ts';
import { formatQuantity } from '../../lib/format.ts';

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
