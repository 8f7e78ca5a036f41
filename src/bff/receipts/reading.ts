import { Problem } from '../problem.ts';
import type { Asking, Directory, Exchange, Upstream } from '../services.ts';

/** What guards and reading back may use: they read, they never write. */
export interface Reading {
  upstream: Pick<Upstream, 'call' | 'walk'>;
  directory: Pick<Directory, 'organizationOfAccount' | 'accounts' | 'path'>;
  asking: Asking;
}

/** Name of an organization for a sentence; its id where the name is not known. */
export async function nameOf(organizationId: string, { directory }: Reading): Promise<string> {
  const path = await directory.path(organizationId, null).catch(() => []);
  return path.at(-1)?.name ?? organizationId;
}

/** What is read, or null where upstream says that it is not there; any other failure is thrown. */
export async function unlessMissing<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Problem && error.report.code === 'upstream_not_found') return null;
    throw error;
  }
}

/** The rows of a walk that came to its end: that something is not in half a list means nothing. */
export function wholeList<T>({ result, info }: Exchange<T>): T {
  if (info?.complete !== false) return result;
  throw new Problem({
    code: 'upstream_unexpected',
    message: `A list that Canopy has to know whole could not be read to its end: ${info.incomplete_reason ?? 'upstream stopped'}.`,
    action: 'Retry in a moment.',
  });
}
