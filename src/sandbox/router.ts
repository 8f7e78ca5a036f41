import type { Endpoint } from '../contract/endpoint.ts';
import { type CloudflareEndpointName, cloudflareEndpoints } from '../contract/endpoints.ts';

/** Where the API begins on the listener. */
export const apiPrefix = '/client/v4';

/** What a request is for. */
export type Route =
  | {
      readonly kind: 'row';
      readonly name: CloudflareEndpointName;
      readonly row: Endpoint;
      readonly params: Record<string, string>;
    }
  /** The path is known, the method is not. */
  | { readonly kind: 'wrong_method' }
  | { readonly kind: 'none' };

// the keys of the object itself
const names = Object.keys(cloudflareEndpoints) as CloudflareEndpointName[];
const patterns = names.map((name) => {
  const row: Endpoint = cloudflareEndpoints[name];
  return { name, row, segments: row.path.split('/') };
});

/** Finds the contract row of a path as it was sent; captures are decoded one by one, so `%2F` stays inside its segment. */
export function routeOf(method: string, path: string): Route {
  const segments = decoded(path);
  if (!segments) return { kind: 'none' };
  let known = false;
  for (const pattern of patterns) {
    const params = captures(pattern.segments, segments);
    if (!params) continue;
    known = true;
    if (pattern.row.method === method) return { kind: 'row', name: pattern.name, row: pattern.row, params };
  }
  return { kind: known ? 'wrong_method' : 'none' };
}

function decoded(path: string): string[] | null {
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
}

function captures(pattern: readonly string[], segments: readonly string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== segment) return null;
    } else if (segment === '') return null;
    else params[part.slice(1)] = segment;
  }
  return params;
}
