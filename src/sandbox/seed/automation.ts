import type { AccountRow, AuditRow } from '../store/tables.ts';
import type { Actor } from './actors.ts';
import { startOfDay } from './days.ts';
import type { Draft } from './draft.ts';
import { accountTagged } from './events.ts';
import type { Random } from './random.ts';

const environments = ['production', 'staging', 'shared'];
const owners = ['platform', 'web', 'data', 'field', 'retail', 'identity'];

/** Tags drift: the cost center every few months, the owner every few weeks, the sync mark every night. */
function tagsOf(account: AccountRow, day: number): Record<string, string> {
  const offset = account.created_on % 97;
  return {
    cost_center: `cc-${1000 + ((Math.floor((day + offset) / 120) * 17 + offset) % 400)}`,
    environment: environments[offset % environments.length] ?? 'production',
    owner: owners[Math.floor((day + offset) / 45) % owners.length] ?? 'platform',
    synced: String(day),
  };
}

/** What the pipeline writes in one night: the tags of one account after the other. */
export function automatedChanges(draft: Draft, actor: Actor, day: number, count: number, random: Random): AuditRow[] {
  const accounts = draft.accounts.filter((account) => account.created_on < startOfDay(day));
  if (accounts.length === 0) return [];
  const first = random.integer(0, accounts.length - 1);
  const start = startOfDay(day) + random.integer(60, 150) * 60_000;
  return Array.from({ length: count }, (_, index) => {
    const account = accounts[(first + index) % accounts.length] ?? random.pick(accounts);
    const time = start + Math.floor((index * 9_000_000) / count) + random.integer(0, 900);
    const failed = random.chance(0.004);
    return accountTagged({ time, random, organizationId: account.organization_id, actor, failed }, account, tagsOf(account, day));
  });
}
