import { Problem } from '../problem.ts';
import { versionOf } from '../version.ts';

/** Refuses a write that replaces something other than what the person saw. */
export async function requireVersion(seen: string | null, current: unknown, noun: string): Promise<void> {
  const version = await versionOf(current);
  if (seen === version) return;
  throw new Problem({
    code: 'stale_version',
    message: `The ${noun} was changed after you opened it, so nothing was sent. What is there now comes with this answer.`,
    action: 'Compare it with your changes, then save again.',
    current: { version, value: current },
  });
}
