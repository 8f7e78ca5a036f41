/** Waits that upstream may ask for, in milliseconds; nothing it says can make us wait longer or not at all. */
export const retryAfterBounds = { least: 1_000, most: 300_000, unsaid: 60_000 } as const;

/** Reads `Retry-After`: seconds or an HTTP date. Absent or garbage is a minute; anything else is kept within bounds. */
export function readRetryAfter(value: string | null, now: number): number {
  const text = value?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return bounded(Number(text) * 1000);
  if (/^[A-Za-z]{3}, /.test(text)) {
    const date = Date.parse(text);
    if (!Number.isNaN(date)) return bounded(date - now);
  }
  return retryAfterBounds.unsaid;
}

function bounded(milliseconds: number): number {
  return Math.min(retryAfterBounds.most, Math.max(retryAfterBounds.least, milliseconds));
}
