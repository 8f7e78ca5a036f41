/** Who controls an organization: its active members, and through implicit access those of everything above it. */
import { memberStatuses } from '../../contract/cloudflare/members.ts';
import type { Member } from '../../contract/cloudflare/members.ts';

const [active] = memberStatuses;

/** Members of one organization; null where they could not be read. */
export interface MembersOf {
  readonly organizationId: string;
  readonly name: string;
  readonly members: readonly Member[] | null;
}

export interface Person {
  readonly key: string;
  readonly name: string;
  readonly email: string;
  /** The organization that gives the control: the one nearest to the object. */
  readonly throughId: string;
  readonly through: string;
}

export interface Control {
  readonly people: ReadonlyMap<string, Person>;
  /** Names of organizations whose members are not known: the list of people may be longer. */
  readonly unknown: readonly string[];
}

/** One person is one key in every organization. */
function keyOf({ user }: Member): string {
  return (user.id ?? user.email).toLowerCase();
}

/** Everyone with full control through a chain of organizations, the nearest first. */
export function controlThrough(chain: readonly MembersOf[]): Control {
  const people = new Map<string, Person>();
  const unknown: string[] = [];
  for (const { organizationId, name, members } of chain) {
    if (members === null) unknown.push(name);
    for (const member of members ?? []) {
      const key = keyOf(member);
      if (member.status !== active || people.has(key)) continue;
      people.set(key, {
        key,
        name: member.user.name || member.user.email,
        email: member.user.email,
        throughId: organizationId,
        through: name,
      });
    }
  }
  return { people, unknown };
}

export interface ControlChange {
  readonly gains: readonly Person[];
  readonly loses: readonly Person[];
  readonly before: number;
  readonly after: number;
  readonly unknown: readonly string[];
}

/** What a new chain changes. People in both keep their control, whichever organization gives it. */
export function compareControl(before: Control, after: Control): ControlChange {
  const without = (one: Control, other: Control) => [...one.people.values()].filter((person) => !other.people.has(person.key));
  return {
    gains: without(after, before),
    loses: without(before, after),
    before: before.people.size,
    after: after.people.size,
    unknown: [...new Set([...before.unknown, ...after.unknown])],
  };
}
