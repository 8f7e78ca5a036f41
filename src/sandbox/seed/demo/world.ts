import type { AccountRow, MemberRow, OrganizationRow } from '../../store/tables.ts';
import type { Token } from '../actors.ts';
import { dayMilliseconds, dayOf, hourMilliseconds, isWeekend, startOfDay } from '../days.ts';
import { Draft } from '../draft.ts';
import { ToldHistory, type Move } from '../history.ts';
import { emailOf } from '../names.ts';
import { Random } from '../random.ts';
import type { World } from '../world.ts';
import { accountNames, knownAccounts } from './accounts.ts';
import {
  demoOrganizations,
  organizationKeys,
  referenceDay,
  type DemoOrganization,
  type OrganizationKey,
} from './organizations.ts';
import { demoOrganizationId } from './ids.ts';
import { demoMembers, knownJoining, ownDomain, twoFactorOff, twoFactorUnknown } from './people.ts';
import { demoProfile } from './profiles.ts';
import { profileOfRetail, redfernHealthProfile, scriptedEvents, scriptHours } from './script.ts';
import { addDemoShares } from './shares.ts';
import { demoUsage } from './usage.ts';

/** Eighteen months: what upstream keeps. */
const historyDays = 548;

/** Larkfield Distribution: the distributor of the product's pictures. */
export function demoWorld(seed: number, seededAt: number): World {
  return new DemoBuilder(seed, seededAt).build();
}

class DemoBuilder {
  readonly #seed: number;
  readonly #seededAt: number;
  readonly #shift: number;
  readonly #draft = new Draft();
  readonly #organizations = new Map<OrganizationKey, OrganizationRow>();

  constructor(seed: number, seededAt: number) {
    this.#seed = seed;
    this.#seededAt = seededAt;
    this.#shift = startOfDay(dayOf(seededAt)) - Date.parse(`${referenceDay}T00:00:00Z`);
  }

  build(): World {
    for (const organization of demoOrganizations) this.#addOrganization(organization);
    for (const key of organizationKeys) this.#addAccounts(key);
    for (const organization of demoOrganizations) this.#addMembers(organization);
    addDemoShares(this.#draft, this.#seed, this.#seededAt, {
      organization: (key) => this.#organization(key),
      account: (name) => this.#account(name),
    });
    const owner = this.#member('Theo Marchetti', 'larkfield');
    const terraform = this.#token('terraform-prod', 'api_key', owner, 'Terraform/1.11.4 terraform-provider-cloudflare/5.14.0');
    return {
      ...this.#draft.rows(),
      history: new ToldHistory({
        seed: this.#seed,
        seededAt: this.#seededAt,
        draft: this.#draft,
        moves: this.#moves(),
        scriptedProfiles: new Set([this.#organization('redfernHealth').id]),
        days: historyDays,
        eventsPerWeekday: 14,
        scripted: scriptedEvents({
          seed: this.#seed,
          seededAt: this.#seededAt,
          organization: (key) => this.#organization(key),
          account: (name) => this.#account(name),
          member: (who, key) => this.#member(who, key),
          terraform,
          forgotten: this.#token('legacy-sync', 'api_token', this.#member('Milo Strand', 'tallgrass'), 'python-requests/2.32.5'),
        }),
        scriptedHours: scriptHours,
        infrastructure: terraform,
        pipeline: this.#token('ci-provision', 'api_token', owner, 'ci-provision/4.2'),
        nightly: nightlyChanges,
      }),
    };
  }

  /** A date of the reference calendar at some time of that day's office hours. */
  #time(date: string, random: Random): number {
    return Date.parse(`${date}T00:00:00Z`) + this.#shift + random.integer(8 * 60, 17 * 60) * 60_000;
  }

  #organization(key: OrganizationKey): OrganizationRow {
    const found = this.#organizations.get(key);
    if (!found) throw new Error(`the demo has no organization ${key}`);
    return found;
  }

  #account(name: string): AccountRow {
    const found = this.#draft.accounts.find((account) => account.name === name);
    if (!found) throw new Error(`the demo has no account ${name}`);
    return found;
  }

  #member(who: string, key: OrganizationKey): MemberRow {
    const { id } = this.#organization(key);
    const found = this.#draft.members.find(
      (member) => member.organization_id === id && (member.name === who || member.email === who),
    );
    if (!found) throw new Error(`${who} is not a member of ${key}`);
    return found;
  }

  #token(name: string, context: Token['context'], owner: MemberRow, userAgent: string): Token {
    const id = new Random(this.#seed, 'token', name).hex(32);
    return { id, name, context, ownerId: owner.user_id, ownerEmail: owner.email, userAgent };
  }

  #addOrganization(organization: DemoOrganization): void {
    const { key, name, parent } = organization;
    const root = this.#organizations.get('larkfield');
    const row = this.#draft.organization({
      ...organization,
      id: demoOrganizationId(this.#seed, organization),
      parent: parent === null ? null : this.#organization(parent),
      created: this.#time(organization.created, new Random(this.#seed, 'made', key)),
      ...(root && { managedBy: root.name }),
    });
    this.#organizations.set(key, row);
    const profile = key === 'redfernHealth' ? redfernHealthProfile : key === 'retail' ? profileOfRetail : null;
    this.#draft.profile(row, profile ?? demoProfile(key, name, organization.domain, new Random(this.#seed, 'profile', key)));
  }

  #addAccounts(key: OrganizationKey): void {
    const organization = this.#organization(key);
    const domain = demoOrganizations.find((one) => one.key === key)?.domain ?? 'larkfield.example';
    for (const name of accountNames[key]) {
      const random = new Random(this.#seed, 'account', name);
      const known = knownAccounts[name];
      const type = known?.type ?? (random.chance(0.48) ? 'enterprise' : 'standard');
      const lifetime = this.#seededAt - 40 * dayMilliseconds - organization.create_time;
      const created = known?.created
        ? this.#time(known.created, random)
        : organization.create_time + Math.floor((0.01 + 0.98 * random.next() ** 1.4) * lifetime);
      this.#draft.account({
        id: random.hex(32),
        organization,
        name,
        type,
        created,
        abuseContact: random.chance(0.7) ? `abuse@${domain}` : null,
        enforceTwoFactor: known?.enforced ?? (random.chance(0.8) ? true : random.chance(0.75) ? false : null),
        usage: demoUsage({ name, key, type, seedDay: dayOf(this.#seededAt), random }),
      });
    }
  }

  #addMembers({ key, domain }: DemoOrganization): void {
    const organization = this.#organization(key);
    const { active, pending, rejected, canceled } = demoMembers[key];
    const add = (who: { name: string; email: string }, status: MemberRow['status'], created: number, updated: number | null) => {
      const twoFactor = status === 'pending' ? null : twoFactorUnknown.has(who.name) ? null : !twoFactorOff.has(who.name);
      this.#draft.member({
        id: new Random(this.#seed, 'member', who.email, key).hex(32),
        organization,
        person: { id: new Random(this.#seed, 'user', who.email).hex(32), ...who, twoFactor },
        status: status as 'active', // one of the four statuses below
        created,
        ...(updated !== null && { updated }),
      });
    };
    for (const [index, name] of active.entries()) {
      const random = new Random(this.#seed, 'joined', name, key);
      const date = knownJoining[`${name}/${key}`];
      const early = index < 2 ? 0.03 : 0.9;
      const span = this.#seededAt - 45 * dayMilliseconds - organization.create_time;
      const joined = date ? this.#time(date, random) : organization.create_time + Math.floor(early * random.next() * span);
      // the first administrators joined on the day the organization was made, and not before
      const created = Math.max(joined, organization.create_time + (index + 1) * 60_000);
      add({ name, email: this.#emailOf(name, domain) }, 'active', created, created + random.integer(1, 2600) * 60_000);
    }
    for (const [address, days] of pending) {
      const email = address.includes('@') ? address : `${address}@${domain}`;
      add({ name: '', email }, 'pending', this.#seededAt - Math.round(days * dayMilliseconds), null);
    }
    for (const [status, people] of [
      ['rejected', rejected],
      ['canceled', canceled],
    ] as const) {
      for (const [name, days] of people) {
        const updated = this.#seededAt - Math.round(days * dayMilliseconds);
        add({ name, email: this.#emailOf(name, domain) }, status, updated - 6 * dayMilliseconds, updated);
      }
    }
  }

  /** Somebody keeps one address, wherever they are a member. */
  #emailOf(name: string, domain: string): string {
    const known = this.#draft.members.find((member) => member.name === name);
    return known?.email ?? emailOf(name, ownDomain[name] ?? domain);
  }

  /** Some accounts were with a neighbor first. */
  #moves(): Move[] {
    const random = new Random(this.#seed, 'moves');
    const neighbors: readonly (readonly [OrganizationKey, OrganizationKey, number])[] = [
      ['redfern', 'tallgrass', 6],
      ['tallgrass', 'redfern', 5],
      ['publicSector', 'brightwater', 4],
      ['retail', 'brightwater', 5],
      ['schools', 'publicSector', 3],
      ['redfernHealth', 'redfern', 4],
      ['kowhai', 'sunda', 1],
    ];
    const told = new Set(['Windrush Analytics', 'Halcyon Post', 'Prairie Host B', 'Gannet Coffee']);
    return neighbors.flatMap(([to, from, count]) =>
      random
        .shuffled(
          this.#draft.accounts.filter(
            ({ organization_id, name }) => organization_id === this.#organization(to).id && !told.has(name),
          ),
        )
        .slice(0, count)
        .map((account) => {
          const stayed = (this.#seededAt - 20 * dayMilliseconds - account.created_on) * (0.3 + 0.6 * random.next());
          return {
            account,
            from: this.#organization(from),
            time: account.created_on + Math.max(Math.floor(stayed), hourMilliseconds),
          };
        }),
    );
  }
}

/** The pipeline runs every night, little at weekends, and for days on end while customers are taken over. */
function nightlyChanges(day: number, random: Random): number {
  if (isWeekend(day)) return random.integer(6, 24);
  const campaign = day % 61 < 9;
  return campaign ? random.integer(340, 640) : random.integer(70, 165);
}
