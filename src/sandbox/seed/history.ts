import type { AccountRow, AuditRow, OrganizationRow } from '../store/tables.ts';
import { system, withToken, type Actor, type Token } from './actors.ts';
import type { Pipeline } from './automation.ts';
import { Cast } from './cast.ts';
import { profileChain, settingsChain, type AccountSettings, type Chain } from './chains.ts';
import { dayOf, hourMilliseconds, isWeekend, startOfDay } from './days.ts';
import type { Draft } from './draft.ts';
import * as events from './events.ts';
import { guestsOf, type Guest } from './guests.ts';
import { plannedEvents, type Planned } from './planned.ts';
import { Random } from './random.ts';
import type { History } from './world.ts';
import type { Profile } from '../../contract/cloudflare/profile.ts';

export interface HistorySettings {
  readonly seed: number;
  readonly seededAt: number;
  readonly draft: Draft;
  /** Accounts that were in another organization once. */
  readonly moves: readonly Move[];
  /** Profiles whose changes the script tells. */
  readonly scriptedProfiles: ReadonlySet<string>;
  /** How far back it goes. */
  readonly days: number;
  /** What people and infrastructure code do on a working day beside the changes that the world itself tells of. */
  readonly eventsPerWeekday: number;
  /** Writes for the last stretch, told word for word instead of by chance. */
  readonly scripted: readonly AuditRow[];
  /** Hours before the seed time in which only the script speaks. */
  readonly scriptedHours: number;
  readonly infrastructure: Token;
  readonly pipeline: Token;
  /** Changes of the pipeline in one night. */
  readonly nightly: Pipeline['nightly'];
}

export interface Move {
  readonly account: AccountRow;
  readonly from: OrganizationRow;
  readonly time: number;
}

/** Settings change in this many accounts at most: in a very large world they would be most of the trail. */
const chainedAccounts = 1000;

/** A guest is gone again at most this many days after the invitation. */
const longestVisit = 9;

/**
 * The audit trail as a function of the day. The facts of the world (who joined, which account came, every profile
 * change) are in it, and between them the small traffic of people and machines.
 */
export class ToldHistory implements History {
  readonly start: number;
  readonly pipeline: Pipeline;
  readonly #settings: HistorySettings;
  readonly #cast: Cast;
  readonly #planned = new Map<number, Planned[]>();
  readonly #profiles: readonly { organizationId: string; chain: Chain<Profile> }[];
  readonly #accounts: readonly {
    id: string;
    name: string;
    organizationId: string;
    created: number;
    chain: Chain<AccountSettings>;
  }[];
  readonly #guests = new Map<number, readonly Guest[]>();

  constructor(settings: HistorySettings) {
    const { draft, seededAt, days } = settings;
    const seedDay = dayOf(seededAt);
    this.#settings = settings;
    this.pipeline = { seed: settings.seed, token: settings.pipeline, nightly: settings.nightly };
    this.start = startOfDay(seedDay - days);
    this.#cast = new Cast(draft);
    for (const planned of plannedEvents(settings, this.#cast, this.start)) {
      const day = dayOf(planned.time);
      const others = this.#planned.get(day);
      if (others) others.push(planned);
      else this.#planned.set(day, [planned]);
    }
    this.#profiles = draft.profiles
      .filter(({ organization_id }) => !settings.scriptedProfiles.has(organization_id))
      .map(({ organization_id, profile }) => ({
        organizationId: organization_id,
        chain: profileChain(organization_id, JSON.parse(profile) as Profile, seedDay), // written by the draft
      }));
    this.#accounts = draft.accounts.slice(0, chainedAccounts).map((account) => ({
      id: account.id,
      name: account.name,
      organizationId: account.organization_id,
      created: account.created_on,
      chain: settingsChain(account.id, JSON.parse(account.settings) as AccountSettings, seedDay), // written by the draft
    }));
  }

  *rows(from: number, to: number): Iterable<AuditRow> {
    for (let day = dayOf(Math.max(from, this.start)); day <= dayOf(to); day += 1) {
      const told = this.#day(day).filter((row) => row.time > from && row.time <= to && row.time >= this.start);
      yield* told.sort((a, b) => a.time - b.time);
    }
  }

  #day(day: number): AuditRow[] {
    const { seed, seededAt, scripted, scriptedHours } = this.#settings;
    const quietFrom = seededAt - scriptedHours * hourMilliseconds;
    const random = new Random(seed, 'day', day);
    const byChance = [...this.#chainEvents(day, random), ...this.#guestEvents(day), ...this.#traffic(day, random)];
    return [
      ...(this.#planned.get(day) ?? []).map((planned) => planned.row()),
      ...byChance.filter(({ time }) => time < quietFrom || time > seededAt),
      ...scripted.filter(({ time }) => dayOf(time) === day),
    ];
  }

  #chainEvents(day: number, random: Random): AuditRow[] {
    const profiles = this.#profiles
      .filter(({ chain }) => chain.changes(day))
      .map(({ organizationId, chain }) => events.profileUpdated(this.#moment(day, organizationId, random), chain.at(day)));
    const accounts = this.#accounts
      .filter(({ chain, created }) => chain.changes(day) && created < startOfDay(day))
      .map((account) => events.accountUpdated(this.#moment(day, account.organizationId, random), account, account.chain.at(day)));
    return [...profiles, ...accounts];
  }

  /** Invitations that came to nothing: made on one day, canceled, run out or ended within the next nine. */
  #guestEvents(day: number): AuditRow[] {
    const rows: AuditRow[] = [];
    for (const guest of this.#guestsInvited(day)) {
      const moment = { ...this.#moment(day, guest.organizationId, new Random(guest.memberId, 'invited')), actor: guest.host };
      rows.push(events.memberInvited(moment, guest));
    }
    for (let ago = 1; ago <= longestVisit; ago += 1) {
      for (const guest of this.#guestsInvited(day - ago).filter(({ stay }) => stay === ago)) {
        const random = new Random(guest.memberId, 'gone');
        const moment = this.#moment(day, guest.organizationId, random);
        if (guest.fate === 'expired') rows.push(events.invitationExpired({ ...moment, actor: system }, guest));
        else if (guest.fate === 'canceled') rows.push(events.invitationCanceled(moment, guest));
        else {
          rows.push(events.memberRemoved({ ...moment, failed: random.chance(0.12) }, guest));
        }
      }
    }
    return rows;
  }

  #guestsInvited(day: number): readonly Guest[] {
    const known = this.#guests.get(day);
    if (known) return known;
    const { seed, seededAt, draft } = this.#settings;
    const seedDay = dayOf(seededAt);
    const guests = guestsOf(draft, this.#cast, new Random(seed, 'guests', day), day, this.#traffickers(day) * 0.35)
      // whoever is still invited on the seed day would have to stand in the member list
      .filter(({ stay }) => day > seedDay || day + stay < seedDay);
    this.#guests.set(day, guests);
    return guests;
  }

  #traffickers(day: number): number {
    const { eventsPerWeekday, seed } = this.#settings;
    return eventsPerWeekday * (isWeekend(day) ? 0.3 : 1) * (0.6 + 0.8 * new Random(seed, 'mood', day).next());
  }

  /** Policies pushed to shares, tokens rolled, accounts moved for an afternoon, trial organizations. */
  #traffic(day: number, random: Random): AuditRow[] {
    const { draft, infrastructure } = this.#settings;
    const rows: AuditRow[] = [];
    const distributor = draft.organizations.length > 1;
    const count = Math.round(this.#traffickers(day) * 0.3 + random.next() - 0.5);
    for (let index = 0; index < count; index += 1) {
      const share = draft.shares.length > 0 ? random.pick(draft.shares) : null;
      const organization = random.pick(draft.organizations);
      const moment = this.#moment(day, organization.id, random);
      const kind = random.next();
      if (kind < 0.4 && share) {
        const { account_id: accountId } = JSON.parse(share.share) as { account_id: string }; // written by the draft
        rows.push(
          events.shareUpdated({ ...moment, organizationId: share.organization_id }, { ...share, accountId }, day - 19_900),
        );
      } else if (kind < 0.55) {
        rows.push(events.tokenRolled(moment, infrastructure));
      } else if (kind < 0.9 && distributor) {
        rows.push(...this.#visit(day, random));
      } else if (kind < 0.95 && distributor) {
        rows.push(...this.#trial(organization, day, random, withToken(infrastructure)));
      } else {
        const batch = guestsOf(draft, this.#cast, random, day, 4, organization.id);
        if (batch.length > 0) rows.push(events.membersInvited(moment, batch));
      }
    }
    return rows;
  }

  /** An account is moved next door and back again an hour later. */
  #visit(day: number, random: Random): AuditRow[] {
    const { draft, infrastructure } = this.#settings;
    const account = random.pick(draft.accounts);
    const home = draft.organizations.find(({ id }) => id === account.organization_id);
    const away = random.pick(draft.organizations);
    const there = this.#moment(day, away.id, random);
    if (!home || home.id === away.id || account.created_on > there.time) return [];
    const actor = withToken(infrastructure);
    const back = { ...there, organizationId: home.id, actor, time: there.time + random.integer(20, 200) * 60_000 };
    return [events.accountMoved({ ...there, actor }, account, home, away), events.accountMoved(back, account, away, home)];
  }

  /** A sub-organization is made to try something, and deleted minutes later. */
  #trial(parent: OrganizationRow, day: number, random: Random, actor: Actor): AuditRow[] {
    const moment = { ...this.#moment(day, parent.id, random), actor };
    const trial = {
      id: random.hex(32),
      name: `${parent.name} ${random.pick(['Staging', 'Trial', 'Plan check', 'Onboarding test'])}`,
    };
    return [
      events.organizationCreated(moment, trial),
      events.organizationDeleted({ ...moment, time: moment.time + random.integer(10, 1500) * 1000 }, trial),
    ];
  }

  /** A moment of the working day, and somebody who may act in the organization at that time. */
  #moment(day: number, organizationId: string, random: Random): events.Moment {
    const time = startOfDay(day) + Math.floor((7 + 11 * random.next()) * 3600) * 1000 + random.integer(0, 999);
    return { time, random, organizationId, actor: this.#cast.actorFor(organizationId, time, random) };
  }
}
