import type { World } from './world.ts';
import { dayMilliseconds, dayOf, isWeekend } from './days.ts';
import { Draft, flagsOfEnterprise } from './draft.ts';
import { ToldHistory } from './history.ts';
import { emailOf, personName } from './names.ts';
import { Random } from './random.ts';
import { shareResource } from './shares.ts';

export const enterpriseId = (seed: number): string => new Random(seed, 'enterprise').hex(32);

const divisions = [
  'Aerospace',
  'Bakeries',
  'Chemicals',
  'Dairies',
  'Estates',
  'Foundries',
  'Garages',
  'Hotels',
  'Insurance',
  'Jewelry',
  'Kitchens',
  'Logistics',
];
const stages = ['Production', 'Staging', 'Sites', 'Platform', 'Events'];

/** Hartwell Group: one flat organization with sixty accounts, where nothing moves and nothing hangs below. */
export function enterpriseWorld(seed: number, seededAt: number): World {
  const draft = new Draft();
  const random = new Random(seed, 'hartwell');
  const organization = draft.organization({
    id: enterpriseId(seed),
    name: 'Hartwell Group',
    parent: null,
    created: seededAt - 700 * dayMilliseconds,
    flags: flagsOfEnterprise,
  });
  draft.profile(organization, {
    business_name: 'Hartwell Group plc',
    business_email: 'billing@hartwell.example',
    business_phone: '+1 555 0171 400',
    business_address: JSON.stringify({ line1: '1 Hartwell Square', city: 'Leedham', postalCode: 'LM1 1HG', country: 'GB' }),
    external_metadata: JSON.stringify({ crm: 'HG-1', tier: 'gold' }),
  });
  for (const division of divisions) {
    for (const stage of stages) {
      const type = stage === 'Events' ? 'standard' : 'enterprise';
      draft.account({
        id: random.hex(32),
        organization,
        name: `Hartwell ${division} ${stage}`,
        type,
        created: seededAt - random.integer(20, 690) * dayMilliseconds,
        abuseContact: 'abuse@hartwell.example',
        enforceTwoFactor: stage !== 'Sites',
        usage: {
          kind: stage === 'Staging' && random.chance(0.4) ? 'dormant' : 'general',
          size: Math.max(0.2, (stage === 'Production' ? 1.2 : 0.7) + 0.25 * random.normal()),
          zones: random.integer(1, 30),
          cycleDay: 1,
          currency: 'USD',
          costsFrom: type === 'standard' && random.chance(0.4) ? 0 : null,
          stories: division === 'Foundries' && stage === 'Platform' ? ['two-subscriptions'] : [],
        },
      });
    }
  }
  for (let index = 0; index < 26; index += 1) {
    const name = index === 0 ? 'Orla Fenwick' : personName(4000 + index * 13);
    const status =
      index < 20 ? 'active' : (['pending', 'pending', 'pending', 'rejected', 'canceled', 'pending'] as const)[index - 20];
    const created = seededAt - (index < 20 ? random.integer(30, 690) : random.integer(1, 28)) * dayMilliseconds;
    draft.member({
      id: random.hex(32),
      organization,
      person: {
        id: random.hex(32),
        name: status === 'pending' ? '' : name,
        email: emailOf(name, 'hartwell.example'),
        twoFactor: status === 'pending' ? null : index % 9 !== 4,
      },
      status: status ?? 'active',
      created,
      ...(status === 'active' && { updated: created + 3_600_000 }),
    });
  }
  const [first] = draft.accounts;
  const [owner] = draft.members;
  if (!first || !owner) throw new Error('an enterprise has accounts and members');
  draft.share({
    id: random.hex(32),
    name: 'Group rules',
    organization,
    account: first,
    kind: 'sent',
    status: 'active',
    target: 'organization',
    created: seededAt - 300 * dayMilliseconds,
    modified: seededAt - 30 * dayMilliseconds,
    recipients: { associated: 59, associating: 0, disassociated: 0, disassociating: 0 },
    resources: [shareResource('custom-ruleset', first.id, 'Group rules', seededAt - 300 * dayMilliseconds, 7)],
  });
  const token = (name: string, context: 'api_key' | 'api_token', userAgent: string) => ({
    id: new Random(seed, 'token', name).hex(32),
    name,
    context,
    ownerId: owner.user_id,
    ownerEmail: owner.email,
    userAgent,
  });
  return {
    ...draft.rows(),
    history: new ToldHistory({
      seed,
      seededAt,
      draft,
      moves: [],
      scriptedProfiles: new Set(),
      days: 548,
      eventsPerWeekday: 5,
      scripted: [],
      scriptedHours: 0,
      infrastructure: token('terraform-prod', 'api_key', 'Terraform/1.11.4 terraform-provider-cloudflare/5.14.0'),
      pipeline: token('ci-provision', 'api_token', 'ci-provision/4.2'),
      nightly: (day) => (isWeekend(day) ? 2 : 14 + (dayOf(seededAt) % 3)),
    }),
  };
}
