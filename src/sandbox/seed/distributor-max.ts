import type { AuditRow, OrganizationRow } from '../store/tables.ts';
import type { World } from './world.ts';
import { dayMilliseconds, isWeekend } from './days.ts';
import { Draft } from './draft.ts';
import { ToldHistory } from './history.ts';
import { emailOf, personName } from './names.ts';
import { Random } from './random.ts';

/** The largest tree Cloudflare documents: 25,000 nodes on five levels. */
const organizationCount = 500;
const accountCount = 24_500;
const memberCount = 2000;
/** One organization holds this many accounts by itself, and one holds none. */
const crowdedAccounts = 5000;
const crowdedPosition = 3;
const emptyPosition = 4;

/** Whose partner signs in: on the second level, with a good part of the tree below. */
export const maxPartner = { position: 1, name: 'Meridian 001 Basalt' } as const;

const minerals = [
  'Agate',
  'Basalt',
  'Chalk',
  'Dolomite',
  'Feldspar',
  'Gneiss',
  'Halite',
  'Jasper',
  'Kaolin',
  'Lazurite',
  'Marble',
  'Onyx',
  'Pumice',
  'Quartz',
  'Schist',
  'Travertine',
];
const trades = [
  'Bakery',
  'Clinic',
  'Couriers',
  'Dental',
  'Estates',
  'Foods',
  'Garage',
  'Hotels',
  'Insurance',
  'Joinery',
  'Labs',
  'Media',
  'Optics',
  'Press',
  'Radio',
  'School',
];

export const maxOrganizationId = (seed: number, position: number): string => new Random(seed, 'organization', position).hex(32);

const numbered = (position: number) =>
  `Meridian ${String(position).padStart(3, '0')} ${minerals[position % minerals.length] ?? 'Slate'}`;

/**
 * The parent of an organization by its position: 1 root, 12 below it, 5 below each of those and so on, filled level by
 * level, so that the last ones stand on the fifth.
 */
function parentOf(position: number): number {
  const widths = [1, 12, 60, 180, 247];
  let first = 0;
  for (const [level, width] of widths.entries()) {
    const before = widths[level - 1] ?? 1;
    if (position < first + width) return first - before + Math.floor(((position - first) * before) / width);
    first += width;
  }
  throw new Error(`there are only ${first} organizations`);
}

/** Meridian: as large as a tree may be. */
export function distributorMaxWorld(seed: number, seededAt: number): World {
  const draft = new Draft();
  const random = new Random(seed, 'meridian');
  const organizations: OrganizationRow[] = [];
  for (let position = 0; position < organizationCount; position += 1) {
    const parent = position === 0 ? null : (organizations[parentOf(position)] ?? null);
    const organization = draft.organization({
      id: maxOrganizationId(seed, position),
      name: position === 0 ? 'Meridian Distribution' : numbered(position),
      parent,
      created: seededAt - (900 - position) * dayMilliseconds,
      ...(parent && { managedBy: 'Meridian Distribution' }),
    });
    organizations.push(organization);
    draft.profile(organization, {
      business_name: organization.name,
      business_email: `office${position}@meridian.example`,
      business_phone: position % 40 === 7 ? '' : `+1 555 01${10 + (position % 90)} ${100 + position}`,
      business_address: JSON.stringify({ line1: `${position + 1} Strata Road`, city: 'Quarrytown', country: 'US' }),
      external_metadata: JSON.stringify({ crm: `M-${position}`, tier: 'silver' }),
    });
  }
  const rest = organizations.filter((_, position) => position !== crowdedPosition && position !== emptyPosition);
  for (let index = 0; index < accountCount; index += 1) {
    const organization =
      (index < crowdedAccounts ? organizations[crowdedPosition] : rest[index % rest.length]) ?? organizations[0];
    if (!organization) throw new Error('accounts need an organization');
    const type = random.chance(0.4) ? 'enterprise' : 'standard';
    draft.account({
      id: random.hex(32),
      organization,
      name: `${minerals[index % minerals.length] ?? 'Slate'} ${trades[Math.floor(index / minerals.length) % trades.length] ?? 'Works'} ${index + 1}`,
      type,
      created:
        organization.create_time + Math.floor(random.next() * (seededAt - 20 * dayMilliseconds - organization.create_time)),
      abuseContact: null,
      enforceTwoFactor: index % 5 !== 0,
      usage: {
        kind: random.chance(0.25) ? 'dormant' : 'general',
        size: Math.max(0, 0.4 + 0.3 * random.normal()),
        zones: random.integer(1, 12),
        cycleDay: 1,
        currency: 'USD',
        costsFrom: type === 'standard' && random.chance(0.25) ? 0 : null,
        stories: [],
      },
    });
  }
  for (let index = 0; index < memberCount; index += 1) {
    const organization = organizations[index < 20 ? 0 : index % organizationCount] ?? organizations[0];
    if (!organization) throw new Error('members need an organization');
    const name = index === 0 ? 'Rune Asplund' : personName(index);
    const lot = random.next();
    const status = index < 20 || lot < 0.82 ? 'active' : lot < 0.93 ? 'pending' : lot < 0.97 ? 'canceled' : 'rejected';
    const created = organization.create_time + Math.floor(random.next() * 0.9 * (seededAt - organization.create_time));
    draft.member({
      id: random.hex(32),
      organization,
      person: {
        id: random.hex(32),
        name: status === 'pending' ? '' : name,
        email: emailOf(name, `m${index}.meridian.example`),
        twoFactor: status === 'pending' ? null : random.chance(0.92),
      },
      status,
      created: status === 'pending' ? seededAt - random.integer(1, 30) * dayMilliseconds : created,
    });
  }
  return { ...draft.rows(), history: maxHistory(draft, seed, seededAt) };
}

/** Half a million events in eighteen months: nearly all of them from the pipeline. */
function maxHistory(draft: Draft, seed: number, seededAt: number): World['history'] {
  const [owner] = draft.members;
  if (!owner) throw new Error('a distributor has members');
  const token = (name: string, context: 'api_key' | 'api_token', userAgent: string) => ({
    id: new Random(seed, 'token', name).hex(32),
    name,
    context,
    ownerId: owner.user_id,
    ownerEmail: owner.email,
    userAgent,
  });
  return new ToldHistory({
    seed,
    seededAt,
    draft,
    moves: [],
    scriptedProfiles: new Set(),
    days: 548,
    eventsPerWeekday: 60,
    scripted: [] as AuditRow[],
    scriptedHours: 0,
    infrastructure: token('terraform-prod', 'api_key', 'Terraform/1.11.4 terraform-provider-cloudflare/5.14.0'),
    pipeline: token('ci-provision', 'api_token', 'ci-provision/4.2'),
    nightly: (day, random) => (isWeekend(day) ? 220 : 1700 + random.integer(0, 140)),
  });
}
