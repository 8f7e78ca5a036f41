import type { UsagePlan } from '../usage/plan.ts';
import type { Token } from './actors.ts';
import { dayMilliseconds, dayOf, hourMilliseconds } from './days.ts';
import { Draft } from './draft.ts';
import { ToldHistory } from './history.ts';
import type { Person } from './people.ts';
import { Random } from './random.ts';
import { shareResource } from './shares.ts';
import type { World } from './world.ts';

/** The names and ids of the smallest world: they never change, whatever the seed and the clock, so tests can name them. */
export const tiny = {
  root: { id: '7e570000000000000000000000000001', name: 'Quillon Partners' },
  north: { id: '7e570000000000000000000000000002', name: 'Quillon North' },
  /** Its id is not hexadecimal, as in Cloudflare's own examples. */
  south: { id: 'qu1ll0ns0uth00000000000000000003', name: 'Quillon South' },
  /** Below `north`, on the third level. It answers with the older `meta.flags`. */
  harbor: { id: '7e570000000000000000000000000004', name: 'Harbor Works' },
  accounts: {
    shared: { id: 'acc00000000000000000000000000001', name: 'Quillon Shared Services' },
    /** Its records carry costs in US dollars. */
    mill: { id: 'acc00000000000000000000000000002', name: 'Ambler Mill' },
    bakery: { id: 'acc00000000000000000000000000003', name: 'Bracken Bakery' },
    cinema: { id: 'acc00000000000000000000000000004', name: 'Corvid Cinema' },
    /** Its records carry costs in euros. */
    dairy: { id: 'acc00000000000000000000000000005', name: 'Dovecote Dairy' },
    /** Uses nothing. */
    empty: { id: 'acc00000000000000000000000000006', name: 'Elmcroft Estate' },
    ferry: { id: 'acc00000000000000000000000000007', name: 'Fenwater Ferry' },
    garden: { id: 'acc00000000000000000000000000008', name: 'Gable Gardens' },
  },
  members: {
    founder: { id: '3e3be500000000000000000000000001', email: 'f.quillon@quillon.example' },
    twoFactorOff: { id: '3e3be500000000000000000000000002', email: 'b.marchbanks@quillon.example' },
    twoFactorUnknown: { id: '3e3be500000000000000000000000003', email: 's.karlsen@quillon.example' },
    rootPending: { id: '3e3be500000000000000000000000004', email: 't.osei@quillon.example' },
    northAdmin: { id: '3e3be500000000000000000000000005', email: 'n.tarrant@quillon.example' },
    /** The founder again, in `north`. */
    founderInNorth: { id: '3e3be500000000000000000000000006', email: 'f.quillon@quillon.example' },
    northPending: { id: '3e3be500000000000000000000000007', email: 'w.strand@quillon.example' },
    northCanceled: { id: '3e3be500000000000000000000000008', email: 'o.varga@quillon.example' },
    southAdmin: { id: '3e3be500000000000000000000000009', email: 'i.holloway@quillon.example' },
    southRejected: { id: '3e3be500000000000000000000000010', email: 'p.yarrow@quillon.example' },
    /** The only active member of `harbor`. */
    harborAdmin: { id: '3e3be500000000000000000000000011', email: 'm.brodie@harborworks.example' },
    harborPending: { id: '3e3be500000000000000000000000012', email: 'l.nwosu@harborworks.example' },
  },
} as const;

const names: Readonly<Record<string, string>> = {
  'f.quillon@quillon.example': 'Florian Quillon',
  'b.marchbanks@quillon.example': 'Bea Marchbanks',
  's.karlsen@quillon.example': 'Signe Karlsen',
  'n.tarrant@quillon.example': 'Neve Tarrant',
  'o.varga@quillon.example': 'Otis Varga',
  'i.holloway@quillon.example': 'Ingrid Holloway',
  'p.yarrow@quillon.example': 'Paloma Yarrow',
  'm.brodie@harborworks.example': 'Mads Brodie',
};

const terraform: Token = {
  id: '70ce0000000000000000000000000001',
  name: 'terraform-prod',
  context: 'api_key',
  ownerId: userIdOf('f.quillon@quillon.example'),
  ownerEmail: 'f.quillon@quillon.example',
  userAgent: 'Terraform/1.11.4 terraform-provider-cloudflare/5.14.0',
};

function userIdOf(email: string): string {
  return new Random('tiny user', email).hex(32);
}

/** A few organizations on three levels: starts at once, and has one of everything. */
export function tinyWorld(seed: number, seededAt: number): World {
  const daysAgo = (days: number, hour = 9) =>
    seededAt - days * dayMilliseconds - ((seededAt % dayMilliseconds) - hour * hourMilliseconds);
  const draft = new Draft();
  const root = draft.organization({ ...tiny.root, parent: null, created: daysAgo(900) });
  const north = draft.organization({ ...tiny.north, parent: root, created: daysAgo(700), managedBy: root.name });
  const south = draft.organization({
    ...tiny.south,
    parent: root,
    created: daysAgo(650),
    managedBy: root.name,
    flags: { account_creation: 'limited', account_mobility: 'false' },
  });
  const harbor = draft.organization({
    ...tiny.harbor,
    parent: north,
    created: daysAgo(30),
    managedBy: north.name,
    olderFlags: true,
  });

  const address = (line1: string, city: string, country: string) => JSON.stringify({ line1, city, country });
  draft.profile(root, {
    business_name: 'Quillon Partners Ltd',
    business_email: 'office@quillon.example',
    business_phone: '+1 555 0100 214',
    business_address: address('4 Tanner Row', 'Penrith', 'GB'),
    external_metadata: JSON.stringify({ crm: 'Q-1001', review: '2025-Q4' }),
  });
  draft.profile(north, {
    business_name: 'Quillon North Ltd',
    business_email: 'north@quillon.example',
    business_phone: '',
    business_address: 'Unit 9, Staithe Yard\nTynemouth',
    external_metadata: 'plain words, not JSON: {"open": ',
  });
  draft.profile(harbor, {
    business_name: 'Harbor Works',
    business_email: 'desk@harborworks.example',
    business_phone: '+1 555 0100 377',
    business_address: address('1 Wharf Lane', 'Cork', 'IE'),
    external_metadata: '{}',
  });

  const day = dayOf(seededAt);
  const plan = (kind: UsagePlan['kind'], size: number, more: Partial<UsagePlan> = {}): UsagePlan => ({
    kind,
    size,
    zones: 2,
    cycleDay: 1,
    currency: 'USD',
    costsFrom: null,
    stories: [],
    ...more,
  });
  const accounts = [
    {
      ...tiny.accounts.shared,
      organization: root,
      type: 'enterprise',
      usage: plan('general', 0.9, { stories: ['two-subscriptions', 'unknown-metric'] }),
    },
    {
      ...tiny.accounts.mill,
      organization: north,
      type: 'standard',
      usage: plan('general', 0.7, { costsFrom: 0, stories: ['corrections'] }),
    },
    { ...tiny.accounts.bakery, organization: north, type: 'standard', usage: plan('dormant', 0.2) },
    { ...tiny.accounts.cinema, organization: north, type: 'standard', usage: plan('media', 0.5) },
    {
      ...tiny.accounts.dairy,
      organization: south,
      type: 'standard',
      usage: plan('general', 0.5, { currency: 'EUR', costsFrom: day - 20, cycleDay: 12 }),
    },
    { ...tiny.accounts.empty, organization: south, type: 'standard', usage: plan('idle', 0) },
    {
      ...tiny.accounts.ferry,
      organization: harbor,
      type: 'enterprise',
      usage: plan('general', 0.4, { stories: ['missing-day'] }),
    },
    {
      ...tiny.accounts.garden,
      organization: harbor,
      type: 'standard',
      usage: plan('general', 0.1, { stories: ['extremes', 'zone-deleted'] }),
    },
  ] as const;
  const madeAccounts = accounts.map((account, index) =>
    draft.account({
      ...account,
      created: daysAgo(index < 6 ? 40 : 25, 10 + index),
      abuseContact: index % 3 === 0 ? null : 'abuse@quillon.example',
      enforceTwoFactor: [true, false, null][index % 3] ?? null,
    }),
  );

  const person = (email: string, twoFactor: boolean | null): Person => ({
    id: userIdOf(email),
    name: names[email] ?? '',
    email,
    twoFactor,
  });
  const member = (
    who: { readonly id: string; readonly email: string },
    organization: typeof root,
    status: 'active' | 'pending' | 'rejected' | 'canceled',
    invited: number,
    answered: number | null = null,
    twoFactor: boolean | null = true,
  ) =>
    draft.member({
      id: who.id,
      organization,
      person: person(who.email, status === 'pending' ? null : twoFactor),
      status,
      created: daysAgo(invited),
      ...(answered !== null && { updated: daysAgo(answered, 15) }),
    });
  const people = tiny.members;
  member(people.founder, root, 'active', 900, 900);
  member(people.twoFactorOff, root, 'active', 500, 499, false);
  member(people.twoFactorUnknown, root, 'active', 300, 298, null);
  member(people.rootPending, root, 'pending', 21);
  member(people.northAdmin, north, 'active', 690, 690);
  member(people.founderInNorth, north, 'active', 690, 690);
  member(people.northPending, north, 'pending', 3);
  member(people.northCanceled, north, 'canceled', 35, 14);
  member(people.southAdmin, south, 'active', 640, 639);
  member(people.southRejected, south, 'rejected', 28, 26);
  member(people.harborAdmin, harbor, 'active', 29, 29);
  member(people.harborPending, harbor, 'pending', 8);

  const [shared, mill] = madeAccounts;
  if (!shared || !mill) throw new Error('the smallest world has accounts');
  const nobody = { associated: 0, associating: 0, disassociated: 0, disassociating: 0 };
  const share = (
    id: string,
    name: string,
    type: string,
    more: Omit<Parameters<Draft['share']>[0], 'id' | 'name' | 'resources' | 'created' | 'modified'>,
    age: number,
  ) =>
    draft.share({
      id,
      name,
      ...more,
      created: daysAgo(age),
      modified: daysAgo(age - 1),
      resources: [shareResource(type, more.account.id, name, daysAgo(age), 3)],
    });
  share(
    '54a7e000000000000000000000000001',
    'Baseline rules',
    'custom-ruleset',
    {
      organization: root,
      account: shared,
      kind: 'sent',
      status: 'active',
      target: 'organization',
      recipients: { ...nobody, associated: 3 },
    },
    38,
  );
  share(
    '54a7e000000000000000000000000002',
    'Baseline rules',
    'custom-ruleset',
    {
      organization: north,
      account: shared,
      kind: 'received',
      status: 'active',
      target: 'organization',
      recipients: { ...nobody, associated: 1 },
    },
    38,
  );
  share(
    '54a7e000000000000000000000000003',
    'Block page',
    'gateway-block-page-settings',
    {
      organization: root,
      account: shared,
      kind: 'sent',
      status: 'deleting',
      target: 'account',
      recipients: { ...nobody, disassociating: 1, associated: 1 },
    },
    20,
  );
  share(
    '54a7e000000000000000000000000004',
    'Old gateway policy',
    'gateway-policy',
    {
      organization: north,
      account: mill,
      kind: 'sent',
      status: 'deleted',
      target: 'account',
      recipients: { ...nobody, disassociated: 2 },
    },
    33,
  );

  return {
    ...draft.rows(),
    history: new ToldHistory({
      seed,
      seededAt,
      draft,
      moves: [],
      scriptedProfiles: new Set(),
      days: 40,
      eventsPerWeekday: 0.7,
      scripted: [],
      scriptedHours: 0,
      infrastructure: terraform,
      pipeline: { ...terraform, id: '70ce0000000000000000000000000002', name: 'ci-provision', context: 'api_token' },
      nightly: (night) => (night % 10 === 0 ? 2 : 0),
    }),
  };
}
