/** What upstream says is left of one of its own limits. */
export interface RateSaying {
  remaining: number;
  /** Null where it is not said. */
  limit: number | null;
  /** Milliseconds from now until it fills again. */
  resetIn: number;
}

const longestReset = 300_000;

/**
 * Reads both generations of rate headers: `Ratelimit: "default";r=50;t=30` with
 * `Ratelimit-Policy: "default";q=100;w=60`, and `X-RateLimit-Limit`, `-Remaining`, `-Reset` (an HTTP date).
 */
export function readRateHeaders(header: (name: string) => string | null, now: number): RateSaying[] {
  const sayings: RateSaying[] = [];
  const current = header('ratelimit');
  if (current) {
    const quotas = new Map<string, number>();
    for (const { name, values } of items(header('ratelimit-policy') ?? '')) {
      const quota = values.get('q');
      if (quota !== undefined) quotas.set(name, quota);
    }
    for (const { name, values } of items(current)) {
      const remaining = values.get('r');
      if (remaining === undefined) continue;
      const resetIn = Math.min(longestReset, (values.get('t') ?? 60) * 1000);
      sayings.push({ remaining, limit: quotas.get(name) ?? null, resetIn });
    }
  }
  const remaining = whole(header('x-ratelimit-remaining'));
  if (remaining !== null) {
    const reset = Date.parse(header('x-ratelimit-reset') ?? '');
    const resetIn = Number.isNaN(reset) ? 60_000 : Math.min(longestReset, Math.max(0, reset - now));
    sayings.push({ remaining, limit: whole(header('x-ratelimit-limit')), resetIn });
  }
  return sayings;
}

/** Items of a structured header: `"name";key=1;other=2, "next";key=3`. */
function items(text: string): { name: string; values: Map<string, number> }[] {
  return text
    .slice(0, 1024)
    .split(',')
    .map((item) => {
      const [name = '', ...parameters] = item.split(';');
      const values = new Map<string, number>();
      for (const parameter of parameters) {
        const [key = '', value = ''] = parameter.split('=');
        const number = whole(value);
        if (number !== null) values.set(key.trim(), number);
      }
      return { name: name.trim(), values };
    });
}

function whole(text: string | null): number | null {
  return text !== null && /^\s*\d{1,9}\s*$/.test(text) ? Number(text) : null;
}
