import { describe, expect, it } from 'vitest';
import type { AuditRow } from '../../store/tables.ts';
import { storyNames, type UsagePlan } from '../../usage/plan.ts';
import { identitiesOf } from '../../identities.ts';
import { dayMilliseconds } from '../days.ts';
import { demoWorld } from './world.ts';

const now = Date.parse('2026-11-22T14:02:00Z');
const world = demoWorld(1, now);
const named = (name: string) => {
  const found = world.organizations.find((organization) => organization.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
};
const below = (name: string) =>
  new Set(world.organizations.filter(({ path }) => path.includes(named(name).id)).map(({ id }) => id));
const count = (rows: readonly { organization_id: string }[], name: string) => {
  const tree = below(name);
  return [
    rows.filter((row) => row.organization_id === named(name).id).length,
    rows.filter((row) => tree.has(row.organization_id)).length,
  ];
};

describe('the demo', () => {
  it.each([
    ['Larkfield Distribution', [4, 320], [14, 180]],
    ['Direct customers', [14, 14], [4, 4]],
    ['Larkfield Americas', [1, 113], [8, 59]],
    ['Redfern Systems', [52, 68], [24, 33]],
    ['Redfern Health', [16, 16], [9, 9]],
    ['Tallgrass Hosting', [44, 44], [18, 18]],
    ['Larkfield APAC', [0, 50], [4, 26]],
    ['Kōwhai Online', [17, 17], [8, 8]],
    ['Sunda Strait Digital', [33, 33], [14, 14]],
    ['Larkfield EMEA', [2, 139], [9, 77]],
    ['Brightwater Managed IT', [31, 80], [17, 39]],
    ['Brightwater Public Sector', [18, 27], [8, 13]],
    ['Calder Valley Schools', [9, 9], [5, 5]],
    ['Brightwater Retail', [22, 22], [9, 9]],
    ['Montclar Cloud', [25, 25], [13, 13]],
    ['Ostrand Sikkerhet', [32, 32], [16, 16]],
  ])('%s has %j accounts and %j members, its own and in all', (name, accounts, members) => {
    expect(count(world.accounts, name)).toEqual(accounts);
    expect(count(world.members, name)).toEqual(members);
  });

  it('has sixteen organizations on five levels, one with older flags and one with a flag nobody knows', () => {
    expect(world.organizations).toHaveLength(16);
    expect(Math.max(...world.organizations.map(({ path }) => path.split('/').length))).toBe(5);
    expect(world.organizations.filter(({ older_flags }) => older_flags).map(({ name }) => name)).toEqual(['Tallgrass Hosting']);
    expect(named('Brightwater Managed IT').flags).toContain('"account_creation":"limited"');
    expect(named('Larkfield APAC').id).toMatch(/[g-z]/);
    expect(new Set(world.organizations.map(({ id }) => id.length))).toEqual(new Set([32]));
  });

  it('has members in every status, and their second factors', () => {
    const of = (status: string) => world.members.filter((member) => member.status === status);
    expect([of('active').length, of('pending').length, of('rejected').length + of('canceled').length]).toEqual([146, 22, 12]);
    const factor = (value: boolean | null) => of('active').filter(({ two_factor }) => two_factor === value).length;
    expect([factor(false), factor(null), factor(true)]).toEqual([11, 4, 131]);
    const old = of('pending').filter(({ create_time }) => now - create_time > 14 * dayMilliseconds);
    expect(old).toHaveLength(9);
    expect(Math.round((now - Math.min(...old.map(({ create_time }) => create_time))) / dayMilliseconds)).toBe(23);
    const keys = world.members.map(({ organization_id, email }) => `${organization_id} ${email}`);
    expect(new Set(keys).size).toBe(180);
    expect(world.members.filter(({ email }) => email === 'a.brannigan@brightwater.example')).toHaveLength(3);
    expect(new Set(world.members.map(({ name, email }) => (name === '' ? email : name))).size).toBeLessThan(180);
    expect(world.members.every(({ email }) => /^[\w.-]+@[\w.-]+\.example$/.test(email))).toBe(true);
  });

  it('has accounts with names and ids of their own, nobody born before their organization', () => {
    expect(new Set(world.accounts.map(({ name }) => name)).size).toBe(320);
    expect(new Set(world.accounts.map(({ id }) => id)).size).toBe(320);
    const created = new Map(world.organizations.map(({ id, create_time }) => [id, create_time]));
    expect(world.accounts.filter((account) => account.created_on < (created.get(account.organization_id) ?? 0))).toEqual([]);
    expect(world.members.filter((member) => member.create_time < (created.get(member.organization_id) ?? 0))).toEqual([]);
    expect(world.accounts.filter(({ created_on }) => now - created_on < 30 * dayMilliseconds)).toHaveLength(4);
  });

  it('has three incomplete profiles and texts that hold JSON', () => {
    const profiles = world.profiles.map(({ profile }) => JSON.parse(profile) as Record<string, string>);
    expect(profiles.filter((profile) => Object.values(profile).includes(''))).toHaveLength(3);
    expect(profiles.filter(({ business_address: address = '' }) => address.startsWith('{')).length).toBeGreaterThan(10);
  });

  it('has twelve shares, sent and received, in every status', () => {
    expect(world.shares).toHaveLength(12);
    expect(new Set(world.shares.map(({ status }) => status))).toEqual(new Set(['active', 'deleting', 'deleted']));
    expect(new Set(world.shares.map(({ kind }) => kind))).toEqual(new Set(['sent', 'received']));
  });

  it('tells every story of usage, and bills in three currencies', () => {
    const plans = world.accounts.map(({ usage_plan }) => JSON.parse(usage_plan) as UsagePlan);
    expect(new Set(plans.flatMap(({ stories }) => stories))).toEqual(new Set(storyNames));
    expect(plans.filter(({ currency }) => currency === 'EUR')).toHaveLength(1);
    expect(plans.filter(({ currency }) => currency === 'GBP')).toHaveLength(1);
    expect(plans.some(({ costsFrom }) => costsFrom !== null && costsFrom > 0)).toBe(true);
  });

  it('is the same for the same seed and time, and another one for another seed', () => {
    const rows = ({ history, ...rest }: ReturnType<typeof demoWorld>) => [
      rest,
      [...history.rows(now - 20 * dayMilliseconds, now)],
    ];
    expect(rows(demoWorld(1, now))).toEqual(rows(demoWorld(1, now)));
    expect(demoWorld(2, now).accounts[0]?.id).not.toBe(world.accounts[0]?.id);
  });

  it('lets the partner see one organization of it', () => {
    const partner = identitiesOf('demo', 1).find(({ id }) => id === 'partner');
    expect(partner?.scopeOrganizationId).toBe(named('Brightwater Managed IT').id);
  });
});

describe('the history of the demo', () => {
  const rows = [...world.history.rows(0, now)];
  const recent = rows.filter(({ time }) => time > now - 7 * dayMilliseconds);

  it('is in order, has no event twice, and about ninety events of people in the last week', () => {
    expect(rows.every((row, index) => index === 0 || (rows[index - 1]?.time ?? 0) <= row.time)).toBe(true);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    expect(recent.length).toBeGreaterThan(70);
    expect(recent.length).toBeLessThan(110);
  });

  it('ends with the events of the pictures', () => {
    const newest = rows
      .slice(-4)
      .map(({ action_description: description, time }) => [new Date(time).toISOString().slice(11, 19), description]);
    expect(newest).toEqual([
      ['11:20:55', 'Move account Windrush Analytics'],
      ['13:41:25', 'Cancel invitation'],
      ['13:41:27', 'Invite member'],
      ['13:58:04', 'Update organization profile'],
    ]);
  });

  it('has people, tokens, Cloudflare and the system in it, failures, and lists for responses', () => {
    expect(new Set(rows.map(({ actor_type }) => actor_type))).toEqual(new Set(['user', 'system', 'cloudflare_admin']));
    expect(rows.some(({ actor_token_name }) => actor_token_name === 'terraform-prod')).toBe(true);
    expect(
      rows
        .filter(({ action_result }) => action_result === 'failure')
        .every(({ raw_status_code }) => (raw_status_code ?? 0) >= 500),
    ).toBe(true);
    expect(rows.some(({ response }) => response?.startsWith('['))).toBe(true);
  });

  it('ends every profile at what the store holds', () => {
    for (const { organization_id, profile } of world.profiles) {
      const changes = rows.filter(
        (row: AuditRow) => row.resource_type === 'organization_profile' && row.resource_id === organization_id,
      );
      expect(changes.length).toBeGreaterThan(1);
      expect(JSON.parse(changes.at(-1)?.request ?? 'null')).toEqual(JSON.parse(profile));
    }
  });

  it('continues later without telling anything twice', () => {
    const later = now + 9 * dayMilliseconds;
    const inTwo = [...world.history.rows(now - dayMilliseconds, now), ...world.history.rows(now, later)];
    expect(inTwo).toEqual([...world.history.rows(now - dayMilliseconds, later)]);
    expect(inTwo.filter(({ time }) => time > now).length).toBeGreaterThan(20);
  });
});
