import type { AccountRow, OrganizationRow } from '../../store/tables.ts';
import { dayMilliseconds } from '../days.ts';
import type { Draft, ShareDraft } from '../draft.ts';
import { Random } from '../random.ts';
import { shareResource } from '../shares.ts';
import type { OrganizationKey } from './organizations.ts';

interface Source {
  readonly name: string;
  readonly type: string;
  readonly from: string;
  readonly in: OrganizationKey;
  readonly kind: ShareDraft['kind'];
  readonly status: ShareDraft['status'];
  readonly target: ShareDraft['target'];
  /** Recipients associated, associating, disassociated, disassociating. */
  readonly recipients: readonly [number, number, number, number];
  readonly age: number;
}

const shares: readonly Source[] = [
  {
    name: 'Larkfield baseline rules',
    type: 'custom-ruleset',
    from: 'Larkfield Shared Network',
    in: 'larkfield',
    kind: 'sent',
    status: 'active',
    target: 'organization',
    recipients: [14, 1, 0, 0],
    age: 610,
  },
  {
    name: 'Larkfield baseline rules',
    type: 'custom-ruleset',
    from: 'Larkfield Shared Network',
    in: 'brightwater',
    kind: 'received',
    status: 'active',
    target: 'organization',
    recipients: [1, 0, 0, 0],
    age: 610,
  },
  {
    name: 'Larkfield baseline rules',
    type: 'custom-ruleset',
    from: 'Larkfield Shared Network',
    in: 'redfern',
    kind: 'received',
    status: 'active',
    target: 'organization',
    recipients: [1, 0, 0, 0],
    age: 604,
  },
  {
    name: 'Partner sign-in',
    type: 'idp-federation-grant',
    from: 'Larkfield Partner Portal',
    in: 'larkfield',
    kind: 'sent',
    status: 'active',
    target: 'organization',
    recipients: [6, 0, 0, 0],
    age: 420,
  },
  {
    name: 'Partner sign-in',
    type: 'idp-federation-grant',
    from: 'Larkfield Partner Portal',
    in: 'ostrand',
    kind: 'received',
    status: 'active',
    target: 'organization',
    recipients: [1, 0, 0, 0],
    age: 411,
  },
  {
    name: 'Block page, UK schools',
    type: 'gateway-block-page-settings',
    from: 'Brightwater NOC',
    in: 'brightwater',
    kind: 'sent',
    status: 'active',
    target: 'account',
    recipients: [9, 0, 0, 0],
    age: 300,
  },
  {
    name: 'Block page, UK schools',
    type: 'gateway-block-page-settings',
    from: 'Brightwater NOC',
    in: 'schools',
    kind: 'received',
    status: 'active',
    target: 'account',
    recipients: [9, 0, 0, 0],
    age: 299,
  },
  {
    name: 'Clinic mail patterns',
    type: 'gateway-extended-email-matching',
    from: 'Concho Hearing',
    in: 'redfernHealth',
    kind: 'sent',
    status: 'active',
    target: 'account',
    recipients: [5, 2, 0, 0],
    age: 96,
  },
  {
    name: 'Egress allow list',
    type: 'gateway-destination-ip',
    from: 'Silo Nine',
    in: 'tallgrass',
    kind: 'sent',
    status: 'deleting',
    target: 'account',
    recipients: [3, 0, 8, 4],
    age: 210,
  },
  {
    name: 'Ostrand DNS policy',
    type: 'gateway-policy',
    from: 'Ostrand SOC',
    in: 'ostrand',
    kind: 'sent',
    status: 'active',
    target: 'account',
    recipients: [27, 1, 2, 0],
    age: 380,
  },
  {
    name: 'Festival week rate limits',
    type: 'custom-ruleset',
    from: 'Kopi Sumatra Roasters',
    in: 'sunda',
    kind: 'sent',
    status: 'deleted',
    target: 'account',
    recipients: [0, 0, 12, 0],
    age: 150,
  },
  {
    name: 'Old gateway policy',
    type: 'gateway-policy',
    from: 'Tropical Foods',
    in: 'montclar',
    kind: 'sent',
    status: 'deleted',
    target: 'organization',
    recipients: [0, 0, 3, 0],
    age: 505,
  },
];

/** Twelve shares: sent and received, in every status, one of each type at least. */
export function addDemoShares(
  draft: Draft,
  seed: number,
  seededAt: number,
  find: { organization: (key: OrganizationKey) => OrganizationRow; account: (name: string) => AccountRow },
): void {
  for (const source of shares) {
    const account = find.account(source.from);
    const [associated, associating, disassociated, disassociating] = source.recipients;
    const created = seededAt - source.age * dayMilliseconds;
    draft.share({
      // both sides of a share see the same id
      id: new Random(seed, 'share', source.name).hex(32),
      name: source.name,
      organization: find.organization(source.in),
      account,
      kind: source.kind,
      status: source.status,
      target: source.target,
      created,
      modified: created + Math.floor(source.age * 0.6) * dayMilliseconds,
      recipients: { associated, associating, disassociated, disassociating },
      resources: [shareResource(source.type, account.id, source.name, created, 1 + (source.age % 9))],
    });
  }
}
