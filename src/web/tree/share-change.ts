/** What a move does to shares: those that reach an organization reach what is in it, and a share ends where its source account leaves. */
import { shareKinds, shareStatuses, shareTargets } from '../../contract/cloudflare/shares.ts';
import type { Share } from '../../contract/cloudflare/shares.ts';

const [active] = shareStatuses;
const [sent, received] = shareKinds;
const [, wholeOrganization] = shareTargets;

/** Shares of one organization; null where they could not be read. */
export interface SharesOf {
  readonly organizationId: string;
  readonly name: string;
  readonly shares: readonly Share[] | null;
}

export interface ShareChange {
  /** Names of the shares that reach what moves only after the move, and only before it. */
  readonly gains: readonly string[];
  readonly loses: readonly string[];
  /** Names of the shares whose source is among the accounts that move. */
  readonly given: readonly string[];
  /** Organizations whose shares are not known: there may be more. */
  readonly unknown: readonly string[];
}

/** Compares the organizations above before and after; `moved` are the accounts that move by themselves. */
export function compareShares(
  before: readonly SharesOf[],
  after: readonly SharesOf[],
  moved: ReadonlySet<string> = new Set(),
): ShareChange {
  const reaching = (chain: readonly SharesOf[]) => {
    const found = new Map<string, string>();
    for (const share of chain.flatMap(({ shares }) => shares ?? [])) {
      if (share.kind === received && share.status === active && share.target_type === wholeOrganization)
        found.set(share.id, share.name);
    }
    return found;
  };
  const [reachesNow, reachesThen] = [reaching(before), reaching(after)];
  const without = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>) =>
    [...one].flatMap(([id, name]) => (other.has(id) ? [] : [name]));
  const given = before
    .flatMap(({ shares }) => shares ?? [])
    .filter(({ kind, status, account_id: from }) => kind === sent && status === active && moved.has(from));
  const unknown = [...before, ...after].flatMap(({ shares, name }) => (shares === null ? [name] : []));
  return {
    gains: without(reachesThen, reachesNow),
    loses: without(reachesNow, reachesThen),
    given: given.map(({ name }) => name),
    unknown: [...new Set(unknown)],
  };
}
