import type { Context, Next } from 'hono';
import { Problem } from '../problem.ts';
import { rawHeader } from './door.ts';
import type { Door } from './door.ts';

/** Longest request target we read. */
export const targetLimit = 4096;

const plain = /^\/[A-Za-z0-9/_.:-]*(\?[!"$-~]*)?$/;

/**
 * Why a request target is refused, or null for a plain one. No encoded, empty or dot segment can name anything of
 * ours, so none reaches a router that would decode it.
 */
export function targetProblem(target: string): string | null {
  if (target.length > targetLimit) return `The address is longer than ${targetLimit} characters.`;
  if (!plain.test(target)) return 'The address must be a plain path, without encoded or special characters.';
  const path = target.split('?', 1)[0] ?? '';
  if (path.includes('//') || /\/\.{1,2}(\/|$)/.test(path)) return 'The address holds an empty or a dot segment.';
  return null;
}

/** Refuses what a plain request never is: odd targets and protocol upgrades. */
export async function requirePlainRequest(c: Context<Door>, next: Next): Promise<void> {
  const { incoming } = c.env;
  const problem = targetProblem(incoming.url ?? '');
  if (problem)
    throw new Problem({ code: 'invalid_request', message: problem, action: 'Use an address of this console as it stands.' });
  if (rawHeader(incoming, 'upgrade').length > 0)
    throw new Problem({
      code: 'invalid_request',
      message: 'Canopy does not change protocols.',
      action: 'Send the request without an Upgrade header.',
    });
  await next();
}
