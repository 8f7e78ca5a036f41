import type { Endpoint } from '../../contract/endpoint.ts';

/** A row and the captures of the path that it fits; the captures are checked. */
export interface RouteMatch<R> {
  route: R;
  params: Readonly<Record<string, string>>;
}

export type Routing<R> =
  | { kind: 'found'; match: RouteMatch<R> }
  | { kind: 'wrong-method'; allowed: readonly string[] }
  | { kind: 'wrong-capture'; name: string; message: string }
  | { kind: 'unknown' };

interface Mounted<R> {
  route: R;
  row: Endpoint;
  /** Literal segments as text, captures as their name after a colon. */
  segments: readonly string[];
}

/**
 * Finds the row for a method and a raw path. A segment fits a capture only when the capture's schema takes it, so
 * `members:batchCreate` can never be read as a member id, and a path built from the captures is the path that came.
 */
export class RouteTable<R> {
  readonly #bySize = new Map<number, Mounted<R>[]>();

  mount(base: string, row: Endpoint, route: R): void {
    const segments = `${base}${row.path}`.split('/').slice(1);
    const captures = segments.filter((segment) => segment.startsWith(':')).map((segment) => segment.slice(1));
    if (captures.length !== Object.keys(row.params).length || captures.some((name) => !row.params[name]))
      throw new Error(`${row.name}: the captures of its path are not its parameters`);
    const same = this.#bySize.get(segments.length) ?? [];
    if (same.some((other) => other.row.method === row.method && other.segments.join('/') === segments.join('/')))
      throw new Error(`${row.name}: another row has the same method and path`);
    this.#bySize.set(segments.length, [...same, { route, row, segments }]);
  }

  find(method: string, path: string): Routing<R> {
    const segments = path.split('/').slice(1);
    const fitting = (this.#bySize.get(segments.length) ?? []).filter((mounted) => literalsFit(mounted.segments, segments));
    if (fitting.length === 0) return { kind: 'unknown' };
    const sameMethod = fitting.filter((mounted) => mounted.row.method === method);
    if (sameMethod.length === 0) return { kind: 'wrong-method', allowed: fitting.map((mounted) => mounted.row.method) };
    let wrong: Routing<R> = { kind: 'unknown' };
    for (const mounted of sameMethod) {
      const read = captures(mounted, segments);
      if (read.ok) return { kind: 'found', match: { route: mounted.route, params: read.params } };
      wrong = { kind: 'wrong-capture', name: read.name, message: read.message };
    }
    return wrong;
  }
}

function literalsFit(template: readonly string[], segments: readonly string[]): boolean {
  return template.every((part, index) => part.startsWith(':') || part === segments[index]);
}

function captures<R>(
  mounted: Mounted<R>,
  segments: readonly string[],
): { ok: true; params: Record<string, string> } | { ok: false; name: string; message: string } {
  const params: Record<string, string> = {};
  for (const [index, part] of mounted.segments.entries()) {
    if (!part.startsWith(':')) continue;
    const name = part.slice(1);
    const read = mounted.row.params[name]?.safeParse(segments[index]);
    if (!read?.success) return { ok: false, name, message: read?.error.issues[0]?.message ?? 'is not valid' };
    params[name] = read.data;
  }
  return { ok: true, params };
}
