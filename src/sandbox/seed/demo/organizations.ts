/** One organization of Larkfield Distribution. Dates are as if today were `referenceDay`; a later start moves them along. */
export interface DemoOrganization {
  readonly key: OrganizationKey;
  readonly name: string;
  readonly parent: OrganizationKey | null;
  /** The first and the last digits of its id; the seed decides the rest. */
  readonly id: readonly [string, string];
  readonly created: string;
  /** Mail domain of its people. */
  readonly domain: string;
  readonly flags?: Readonly<Record<string, string>>;
  readonly olderFlags?: boolean;
  /** Whether the rest of the id uses all letters: ids need not be hexadecimal. */
  readonly plainId?: boolean;
  /** Moves the size of its accounts up or down, so that the organization weighs what a distributor of its kind does. */
  readonly weight: number;
}

export const referenceDay = '2026-11-22';

export const organizationKeys = [
  'larkfield',
  'direct',
  'americas',
  'redfern',
  'redfernHealth',
  'tallgrass',
  'apac',
  'kowhai',
  'sunda',
  'emea',
  'brightwater',
  'publicSector',
  'schools',
  'retail',
  'montclar',
  'ostrand',
] as const;
export type OrganizationKey = (typeof organizationKeys)[number];

/** Parents come before their children. */
export const demoOrganizations: readonly DemoOrganization[] = [
  {
    key: 'larkfield',
    name: 'Larkfield Distribution',
    parent: null,
    id: ['d10e897e', '4e9c'],
    created: '2024-03-11',
    domain: 'larkfield.example',
    weight: -0.61,
  },
  {
    key: 'emea',
    name: 'Larkfield EMEA',
    parent: 'larkfield',
    id: ['3ea1f0c2', '7d11'],
    created: '2024-03-11',
    domain: 'larkfield.example',
    weight: 0.52,
  },
  {
    key: 'americas',
    name: 'Larkfield Americas',
    parent: 'larkfield',
    id: ['a52c90be', '03f4'],
    created: '2024-03-12',
    domain: 'larkfield.example',
    weight: -0.89,
  },
  {
    key: 'apac',
    name: 'Larkfield APAC',
    parent: 'larkfield',
    id: ['apac7rk2', '5n0q'],
    created: '2024-03-12',
    domain: 'larkfield.example',
    plainId: true,
    weight: 0,
  },
  {
    key: 'brightwater',
    name: 'Brightwater Managed IT',
    parent: 'emea',
    id: ['b034ccfb', 'd230'],
    created: '2024-04-02',
    domain: 'brightwater.example',
    flags: { account_creation: 'limited' },
    weight: 0.19,
  },
  {
    key: 'redfern',
    name: 'Redfern Systems',
    parent: 'americas',
    id: ['9c7d4e10', 'b6a8'],
    created: '2024-04-18',
    domain: 'redfern.example',
    weight: -0.16,
  },
  {
    key: 'montclar',
    name: 'Montclar Cloud',
    parent: 'emea',
    id: ['6f18d2a9', '90ce'],
    created: '2024-06-30',
    domain: 'montclar.example',
    weight: -0.07,
  },
  {
    key: 'tallgrass',
    name: 'Tallgrass Hosting',
    parent: 'americas',
    id: ['71b3ae54', '2c0d'],
    created: '2024-07-08',
    domain: 'tallgrass.example',
    olderFlags: true,
    weight: 0,
  },
  {
    key: 'publicSector',
    name: 'Brightwater Public Sector',
    parent: 'brightwater',
    id: ['c80f2b6d', 'a417'],
    created: '2024-09-19',
    domain: 'brightwater.example',
    weight: -0.33,
  },
  {
    key: 'sunda',
    name: 'Sunda Strait Digital',
    parent: 'apac',
    id: ['s9und4tx', 'k7w2'],
    created: '2024-10-01',
    domain: 'sundastrait.example',
    plainId: true,
    weight: -0.02,
  },
  {
    key: 'direct',
    name: 'Direct customers',
    parent: 'larkfield',
    id: ['4d2e7719', 'f3b0'],
    created: '2024-11-25',
    domain: 'larkfield.example',
    weight: -0.43,
  },
  {
    key: 'ostrand',
    name: 'Ostrand Sikkerhet',
    parent: 'emea',
    id: ['e5906c3f', '18d7'],
    created: '2024-12-02',
    domain: 'ostrand.example',
    weight: -0.16,
  },
  {
    key: 'retail',
    name: 'Brightwater Retail',
    parent: 'brightwater',
    id: ['27a4f9d1', 'c55e'],
    created: '2025-01-14',
    domain: 'brightwater.example',
    weight: -0.26,
  },
  {
    key: 'redfernHealth',
    name: 'Redfern Health',
    parent: 'redfern',
    id: ['052bb9b4', 'ad1e'],
    created: '2025-02-06',
    domain: 'redfern-health.example',
    weight: 0.05,
  },
  {
    key: 'kowhai',
    name: 'Kōwhai Online',
    parent: 'apac',
    id: ['k0wha1nz', '8v3p'],
    created: '2025-05-13',
    domain: 'kowhai.example',
    plainId: true,
    flags: { sub_org_creation: 'false' },
    weight: -0.1,
  },
  {
    key: 'schools',
    name: 'Calder Valley Schools',
    parent: 'publicSector',
    id: ['f6021d8e', '39ab'],
    created: '2025-08-27',
    domain: 'cvschools.example',
    flags: { sub_org_creation: 'false' },
    weight: 0.12,
  },
];
