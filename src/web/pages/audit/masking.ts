const secretKey = /(token|secret|password|passwd|api_?key|private_?key|authorization|credential)s?$/i;

/** A copy of a body in which text under keys that name a secret is masked, and how many values were. */
export function masked(body: unknown): { value: unknown; hidden: number } {
  let hidden = 0;
  const copy = (value: unknown, depth: number): unknown => {
    if (depth > 32 || typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => copy(item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        if (typeof inner === 'string' && inner !== '' && secretKey.test(key)) {
          hidden += 1;
          return [key, '••••••••'];
        }
        return [key, copy(inner, depth + 1)];
      }),
    );
  };
  return { value: copy(body, 0), hidden };
}
