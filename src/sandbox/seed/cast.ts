import type { MemberRow } from '../store/tables.ts';
import { inDashboard, withApiKey, type Actor } from './actors.ts';
import type { Draft } from './draft.ts';
import type { Random } from './random.ts';

/** Who may act where: the active members of an organization and of those above it. */
export class Cast {
  readonly #own = new Map<string, MemberRow[]>();
  readonly #above = new Map<string, readonly string[]>();
  readonly #founder: MemberRow;

  constructor(draft: Draft) {
    const [founder] = draft.members;
    if (!founder) throw new Error('a world needs a first member');
    this.#founder = founder;
    for (const organization of draft.organizations) {
      this.#own.set(organization.id, []);
      this.#above.set(organization.id, organization.path.split('/').slice(0, -1).reverse());
    }
    for (const member of draft.members) if (member.status === 'active') this.#own.get(member.organization_id)?.push(member);
  }

  /** Somebody who was there already; mostly one of the organization's own people. */
  memberFor(organizationId: string, time: number, random: Random): MemberRow {
    const near = [organizationId, ...(this.#above.get(organizationId) ?? [])];
    for (const id of random.chance(0.85) ? near : near.slice(1)) {
      const there = (this.#own.get(id) ?? []).filter((member) => member.create_time < time);
      if (there.length > 0) return random.pick(there);
    }
    return this.#founder;
  }

  actorFor(organizationId: string, time: number, random: Random): Actor {
    const member = this.memberFor(organizationId, time, random);
    return random.chance(0.1) ? withApiKey(member) : inDashboard(member);
  }
}
