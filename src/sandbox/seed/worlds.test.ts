import { describe, expect, it } from 'vitest';
import { identitiesOf } from '../identities.ts';
import { buildWorld } from './build-world.ts';
import { sandboxProfiles } from './profile.ts';
import { tiny } from './tiny.ts';

const now = Date.parse('2026-11-22T14:02:00Z');

describe('the enterprise', () => {
  const world = buildWorld('enterprise', 1, now);
  it('is one flat organization with sixty accounts, whose flags forbid moves and sub-organizations', () => {
    expect([world.organizations.length, world.accounts.length]).toEqual([1, 60]);
    const flags = JSON.parse(world.organizations[0]?.flags ?? '') as Record<string, string>;
    expect(flags).toMatchObject({ account_mobility: 'false', sub_org_creation: 'false', enterprise_capability: 'true' });
    expect(new Set(world.accounts.map(({ name }) => name)).size).toBe(60);
  });
});

describe('the largest distributor', () => {
  const world = buildWorld('distributor-max', 1, now);
  it('has 25,000 nodes on five levels, one crowded organization and one empty one', () => {
    expect([world.organizations.length, world.accounts.length, world.members.length]).toEqual([500, 24_500, 2000]);
    const levels = world.organizations.map(({ path }) => path.split('/').length);
    expect([1, 2, 3, 4, 5].map((level) => levels.filter((one) => one === level).length)).toEqual([1, 12, 60, 180, 247]);
    const counts = new Map(world.organizations.map(({ id }) => [id, 0]));
    for (const { organization_id } of world.accounts) counts.set(organization_id, (counts.get(organization_id) ?? 0) + 1);
    const sizes = [...counts.values()].sort((a, b) => b - a);
    expect([sizes[0], sizes.at(-1), sizes.filter((size) => size === 0).length]).toEqual([5000, 0, 1]);
    expect(new Set(world.organizations.map(({ name }) => name)).size).toBe(500);
  });

  it('has every parent before its children', () => {
    const seen = new Set<string>();
    for (const { id, parent_id } of world.organizations) {
      expect(parent_id === null || seen.has(parent_id)).toBe(true);
      seen.add(id);
    }
  });
});

describe('the smallest world', () => {
  const world = buildWorld('tiny', 7, now);
  it('has the ids that tests name, whatever the seed', () => {
    expect(world.organizations.map(({ id }) => id)).toEqual([tiny.root.id, tiny.north.id, tiny.south.id, tiny.harbor.id]);
    expect(world.accounts.map(({ id }) => id)).toEqual(Object.values(tiny.accounts).map(({ id }) => id));
    expect(world.members.map(({ id }) => id)).toEqual(Object.values(tiny.members).map(({ id }) => id));
    expect(new Set(world.members.map(({ status }) => status)).size).toBe(4);
    expect(world.shares).toHaveLength(4);
  });
});

describe('identities', () => {
  it.each(sandboxProfiles)('of %s: one for each role, and a partner of an organization that is there', (profile) => {
    const identities = identitiesOf(profile, 3);
    expect(identities.map(({ id }) => id)).toEqual(['admin', 'viewer', 'auditor', 'billing', 'partner']);
    const scope = identities.at(-1)?.scopeOrganizationId;
    const partner = buildWorld(profile, 3, now).organizations.find(({ id }) => id === scope);
    expect(identities.at(-1)?.description).toContain(partner?.name);
  });
});
