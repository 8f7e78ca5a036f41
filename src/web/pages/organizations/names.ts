/** Names of organizations, as people type them. */
import { fold } from '../../tree/organization-index.ts';
import type { OrganizationItem } from '../../tree/organization-index.ts';

export const longestName = 255;

/** What is wrong with a name, or worth a second look; the name is trimmed before it is sent. */
export function judgeName(
  typed: string,
  siblings: readonly OrganizationItem[],
  ownId?: string,
): { error?: string; hint?: string } {
  const name = typed.trim();
  if (name === '') return { error: 'Enter a name.' };
  if (name.length > longestName) return { error: `Use at most ${longestName} characters; this has ${name.length}.` };
  const twin = siblings.find(({ id, folded }) => id !== ownId && folded === fold(name));
  return twin
    ? { hint: `“${twin.node.name}” is beside it already. Two organizations may share a name, but people will mix them up.` }
    : {};
}
