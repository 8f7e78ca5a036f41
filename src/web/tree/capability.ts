/** What Cloudflare's flags of an organization allow. They are words, not booleans: an unknown word is not a yes. */
import type { HierarchyNode } from '../../contract/canopy/hierarchy.ts';

export const deepestLevelAllowed = 5;

export type Permitted =
  | { readonly state: 'yes' }
  | { readonly state: 'no'; readonly reason: string }
  | { readonly state: 'unknown'; readonly reason: string };

export type Flag =
  | 'sub_org_creation'
  | 'account_mobility'
  | 'member_management'
  | 'account_creation'
  | 'account_deletion'
  | 'account_migration'
  | 'enterprise_capability';

const affirmative = new Set(['true', 'yes', 'on', 'enabled', 'allowed']);
const negative = new Set(['false', 'no', 'off', 'disabled', 'denied', 'not_allowed']);

/** What one flag says. */
export function readFlag(flags: HierarchyNode['flags'], flag: Flag | (string & {})): Permitted {
  const value = Object.hasOwn(flags, flag) ? flags[flag] : undefined;
  if (value === undefined || value === null) return { state: 'unknown', reason: `Cloudflare sent no flag ${flag}` };
  const word = typeof value === 'string' || typeof value === 'boolean' ? String(value).trim().toLowerCase() : null;
  if (word !== null && affirmative.has(word)) return { state: 'yes' };
  if (word !== null && negative.has(word)) return { state: 'no', reason: `Flag ${flag} is “${word}”` };
  return { state: 'unknown', reason: `Flag value “${word ?? JSON.stringify(value)}” is not one we know` };
}

/** The reason a flag closes an action, or null where it allows it. */
export function closedBy(permitted: Permitted): string | null {
  return permitted.state === 'yes' ? null : permitted.reason;
}
