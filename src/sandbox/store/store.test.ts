import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tiny } from '../seed/tiny.ts';
import type { Store } from './store.ts';
import { allPages, temporaryStore, testTime } from './testing.ts';

let store: Store;
let discard: () => Promise<void>;
beforeAll(async () => {
  ({ store, discard } = await temporaryStore('tiny'));
});
afterAll(() => discard());

const names = (rows: readonly { name?: string | null | undefined }[]) => rows.map(({ name }) => name);
const everything = { limit: 100 };

describe('organizations', () => {
  it('are listed in the order they were made, with their path and their flags as words', async () => {
    const { rows, total, next } = await store.organizations.list(everything);
    expect(names(rows)).toEqual(['Quillon Partners', 'Quillon North', 'Quillon South', 'Harbor Works']);
    expect([total, next]).toEqual([4, null]);
    const harbor = rows.find(({ id }) => id === tiny.harbor.id);
    expect(harbor?.meta.hierarchy_tags).toEqual([tiny.root.id, tiny.north.id, tiny.harbor.id]);
    expect(harbor?.parent).toEqual({ id: tiny.north.id, name: 'Quillon North' });
    expect(rows[0]).not.toHaveProperty('parent');
  });

  it('answer with the older name of the flags where they are older', async () => {
    const harbor = await store.organizations.get(tiny.harbor.id);
    expect(harbor?.meta).not.toHaveProperty('tenant_flags');
    expect(harbor?.meta.flags).toMatchObject({ account_mobility: 'true' });
    const south = await store.organizations.get(tiny.south.id);
    expect(south?.meta.tenant_flags).toMatchObject({ account_creation: 'limited', account_mobility: 'false' });
  });

  it.each([
    ['ids', { ids: [tiny.south.id, tiny.root.id, 'unknown'] }, ['Quillon Partners', 'Quillon South']],
    ['exact name in the same case', { name: { equals: 'Quillon North' } }, ['Quillon North']],
    ['exact name in another case', { name: { equals: 'quillon north' } }, []],
    ['start of the name in any case', { name: { startsWith: 'qUILLON n' } }, ['Quillon North']],
    ['end of the name', { name: { endsWith: 'TH' } }, ['Quillon North', 'Quillon South']],
    ['part of the name', { name: { contains: 'bor w' } }, ['Harbor Works']],
    ['roots', { parentId: null }, ['Quillon Partners']],
    ['children', { parentId: tiny.root.id }, ['Quillon North', 'Quillon South']],
    ['above an account', { containingAccount: tiny.accounts.ferry.id }, ['Quillon Partners', 'Quillon North', 'Harbor Works']],
    ['above an organization', { containingOrganization: tiny.harbor.id }, ['Quillon Partners', 'Quillon North']],
    ['several conditions', { parentId: tiny.root.id, name: { contains: 'south' } }, ['Quillon South']],
  ])('are filtered by %s', async (_, filter, expected) => {
    const { rows, total } = await store.organizations.list({ ...everything, ...filter });
    expect(names(rows)).toEqual(expected);
    expect(total).toBe(expected.length);
  });

  it('are filtered by a user who is a member of them', async () => {
    const founder = await store.members.get(tiny.root.id, tiny.members.founder.id);
    const { rows } = await store.organizations.list({ ...everything, containingUser: founder?.user.id ?? '' });
    expect(names(rows)).toEqual(['Quillon Partners', 'Quillon North']);
  });

  it('are made below a parent, renamed, placed elsewhere with all below them, and removed', async () => {
    const made = await store.organizations.create({ name: 'Far North', parentId: tiny.harbor.id, profile: null }, testTime);
    expect(made.meta.hierarchy_tags).toEqual([tiny.root.id, tiny.north.id, tiny.harbor.id, made.id]);
    expect(await store.organizations.levelsBelow(tiny.root.id)).toBe(3);

    await store.organizations.update(tiny.harbor.id, { name: 'Harbor Works', parentId: tiny.south.id });
    const moved = await store.organizations.get(made.id);
    expect(moved?.meta.hierarchy_tags).toEqual([tiny.root.id, tiny.south.id, tiny.harbor.id, made.id]);
    await store.organizations.update(tiny.harbor.id, { name: 'Harbor Works', parentId: tiny.north.id });

    const renamed = await store.organizations.update(made.id, { name: 'Farther North' });
    expect(renamed?.name).toBe('Farther North');
    expect(await store.organizations.remove(made.id)).toBe(true);
    expect(await store.organizations.remove(made.id)).toBe(false);
    expect(await store.organizations.get(made.id)).toBeNull();
    expect(await store.organizations.levelsBelow(tiny.root.id)).toBe(2);
  });

  it('say what is in them', async () => {
    expect(await store.organizations.contents(tiny.north.id)).toEqual({ subOrganizations: 1, accounts: 3, members: 3 });
  });
});

describe('accounts', () => {
  it('are ordered by id, or by name either way', async () => {
    const list = async (more: object) => names((await store.accounts.list(tiny.north.id, { ...everything, ...more })).rows);
    expect(await list({})).toEqual(['Ambler Mill', 'Bracken Bakery', 'Corvid Cinema']);
    expect(await list({ orderBy: 'name', direction: 'desc' })).toEqual(['Corvid Cinema', 'Bracken Bakery', 'Ambler Mill']);
    expect(await list({ name: { contains: 'BAKE' } })).toEqual(['Bracken Bakery']);
    expect(await list({ limit: 1, offset: 2 })).toEqual(['Corvid Cinema']);
  });

  it('are moved, and then stand in the other organization', async () => {
    const { id } = tiny.accounts.bakery;
    await store.accounts.move(id, tiny.harbor.id);
    expect((await store.accounts.get(id))?.organizationId).toBe(tiny.harbor.id);
    expect(names(await store.accounts.organizationsOf(id))).toEqual(['Quillon Partners', 'Quillon North', 'Harbor Works']);
    await store.accounts.move(id, tiny.north.id);
    expect(await store.accounts.organizationsOf('f'.repeat(32))).toEqual([]);
  });
});

describe('members', () => {
  it('are filtered by status and address', async () => {
    const emails = async (more: object) =>
      (await store.members.list(tiny.north.id, { ...everything, ...more })).rows.map(({ user }) => user.email);
    expect(await emails({ statuses: ['pending', 'canceled'] })).toEqual(['w.strand@quillon.example', 'o.varga@quillon.example']);
    expect(await emails({ email: { equals: 'N.Tarrant@quillon.example' } })).toEqual(['n.tarrant@quillon.example']);
    expect(await emails({ email: { startsWith: 'f.', endsWith: '.EXAMPLE' } })).toEqual(['f.quillon@quillon.example']);
  });

  it('tell an unknown second factor from one that is off', async () => {
    const unknown = await store.members.get(tiny.root.id, tiny.members.twoFactorUnknown.id);
    const off = await store.members.get(tiny.root.id, tiny.members.twoFactorOff.id);
    expect(unknown?.user).not.toHaveProperty('two_factor_authentication_enabled');
    expect(off?.user.two_factor_authentication_enabled).toBe(false);
  });

  it('are invited, found, accepted and removed; a known person keeps id and name', async () => {
    const { email } = tiny.members.founder;
    const invited = await store.members.create(tiny.south.id, { email, status: 'pending' }, testTime);
    expect(invited.user.name).toBe('Florian Quillon');
    expect((await store.members.findCurrent(tiny.south.id, email.toUpperCase()))?.id).toBe(invited.id);
    const active = await store.members.setStatus(tiny.south.id, invited.id, 'active', testTime + 1000);
    expect([active?.status, active?.update_time]).toEqual(['active', '2026-11-22T14:02:01Z']);
    expect(await store.members.remove(tiny.south.id, invited.id)).toBe(true);
    expect(await store.members.remove(tiny.south.id, invited.id)).toBe(false);
    expect(await store.members.get(tiny.south.id, invited.id)).toBeNull();
  });
});

describe('profiles', () => {
  it('are kept byte for byte', async () => {
    const profile = await store.profiles.get(tiny.north.id);
    if (!profile) throw new Error('north has a profile');
    const changed = { ...profile, external_metadata: '{ "a":1,\t"ü": "\\u0000 “quoted” \'it\'" ' };
    await store.profiles.put(tiny.north.id, changed);
    expect(await store.profiles.get(tiny.north.id)).toEqual(changed);
    expect(await store.profiles.get(tiny.south.id)).toBeNull();
  });
});

describe('shares', () => {
  it('are filtered, ordered and cut', async () => {
    const list = async (more: object) => names((await store.shares.list(tiny.root.id, more)).rows);
    expect(await list({})).toEqual(['Baseline rules', 'Block page']);
    expect(await list({ orderBy: 'created', direction: 'desc' })).toEqual(['Block page', 'Baseline rules']);
    expect(await list({ status: 'deleting', targetType: 'account', kind: 'sent' })).toEqual(['Block page']);
    expect(await list({ resourceTypes: ['custom-ruleset'] })).toEqual(['Baseline rules']);
    expect(await store.shares.list(tiny.root.id, { limit: 1, offset: 1 })).toMatchObject({
      total: 2,
      rows: [{ name: 'Block page' }],
    });
    expect(await list({ limit: 10, offset: 10 })).toEqual([]);
  });
});

describe('audit', () => {
  const range = { since: 0, before: testTime + 1, direction: 'desc' } as const;
  const all = () => store.audit.list(tiny.root.id, { ...range, limit: 1000 });

  it('is newest first by default order, and the other way round on request', async () => {
    const { rows } = await all();
    const times = rows.map(({ action }) => Date.parse(action?.time ?? ''));
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    const ascending = await store.audit.list(tiny.root.id, { ...range, direction: 'asc', limit: 1000 });
    expect(ascending.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).reverse());
  });

  it('includes its first moment and excludes its last', async () => {
    const { rows } = await all();
    const time = Date.parse(rows[2]?.action?.time ?? '');
    const at = await store.audit.list(tiny.root.id, { since: time, before: time + 1, direction: 'asc', limit: 10 });
    expect(at.rows.map(({ id }) => id)).toContain(rows[2]?.id);
    const before = await store.audit.list(tiny.root.id, { since: 0, before: time, direction: 'desc', limit: 1000 });
    expect(before.rows.map(({ id }) => id)).not.toContain(rows[2]?.id);
  });

  it('takes and leaves the same rows by every filter', async () => {
    const { rows } = await all();
    const valueOf = {
      action_result: (row: (typeof rows)[number]) => row.action?.result,
      action_type: (row: (typeof rows)[number]) => row.action?.type,
      actor_context: (row: (typeof rows)[number]) => row.actor?.context,
      actor_email: (row: (typeof rows)[number]) => row.actor?.email,
      actor_id: (row: (typeof rows)[number]) => row.actor?.id,
      actor_ip_address: (row: (typeof rows)[number]) => row.actor?.ip_address,
      actor_token_id: (row: (typeof rows)[number]) => row.actor?.token_id,
      actor_token_name: (row: (typeof rows)[number]) => row.actor?.token_name,
      actor_type: (row: (typeof rows)[number]) => row.actor?.type,
      id: (row: (typeof rows)[number]) => row.id,
      raw_cf_ray_id: (row: (typeof rows)[number]) => row.raw?.cf_ray_id,
      raw_method: (row: (typeof rows)[number]) => row.raw?.method,
      raw_status_code: (row: (typeof rows)[number]) => row.raw?.status_code,
      raw_uri: (row: (typeof rows)[number]) => row.raw?.uri,
      resource_id: (row: (typeof rows)[number]) => row.resource?.id,
      resource_product: (row: (typeof rows)[number]) => row.resource?.product,
      resource_type: (row: (typeof rows)[number]) => row.resource?.type,
    };
    for (const [filter, read] of Object.entries<(row: (typeof rows)[number]) => string | number | null | undefined>(valueOf)) {
      const value = rows.map(read).find((one) => one !== undefined && one !== null);
      if (value === undefined || value === null) continue;
      const values = { [filter]: [value] };
      const included = await store.audit.list(tiny.root.id, { ...range, limit: 1000, include: values });
      const excluded = await store.audit.list(tiny.root.id, { ...range, limit: 1000, exclude: values });
      expect(included.rows, filter).toEqual(rows.filter((row) => read(row) === value));
      expect(excluded.rows, filter).toEqual(rows.filter((row) => read(row) !== value));
    }
    const scoped = await store.audit.list(tiny.root.id, {
      ...range,
      limit: 1000,
      include: { resource_scope: ['organizations'] },
    });
    expect(scoped.rows).toHaveLength(rows.length);
  });

  it('keeps an event with all its parts, lists and odd values too', async () => {
    const event = {
      id: 'event-1',
      action: { description: 'Try', result: 'success', time: '2026-11-22T14:01:59.250Z', type: 'create' },
      actor: { context: 'api', type: 'account' },
      organization: { id: tiny.south.id },
      raw: { cf_ray_id: '9a41c0d2f0b7ce15', status_code: 200 },
      resource: { id: 'r', product: 'p', type: 't', scope: 'organizations', request: [1, null, { a: '"' }], response: 'text' },
    };
    await store.audit.append(tiny.south.id, [event]);
    expect(await store.audit.get(tiny.south.id, 'event-1')).toEqual(event);
    expect(await store.audit.get(tiny.root.id, 'event-1')).toBeNull();
  });

  it('tells the history of a resource, and how sure it is', async () => {
    const [event] = (
      await store.audit.list(tiny.harbor.id, { ...range, limit: 1, include: { resource_id: [tiny.members.harborAdmin.id] } })
    ).rows;
    if (!event) throw new Error('the member has a history');
    const exact = await store.audit.history(tiny.harbor.id, event, { ...range, direction: 'asc', limit: 100 });
    expect(exact.status).toBe('exact');
    expect(exact.rows.map(({ action }) => action?.description)).toEqual(['Invite member', 'Accept invitation']);
    const approximate = await store.audit.history(
      tiny.harbor.id,
      { id: 'x', resource: { product: 'members', type: 'member' } },
      { ...range, limit: 100 },
    );
    expect(approximate.status).toBe('approximate');
    expect(approximate.rows.length).toBeGreaterThan(2);
    expect(await store.audit.history(tiny.harbor.id, { id: 'x' }, { ...range, limit: 100 })).toEqual({
      rows: [],
      next: null,
      status: 'unavailable',
    });
  });
});

describe('pages', () => {
  const range = { since: 0, before: testTime + 1 };
  it('neither skip nor repeat a row, whatever their size', async () => {
    const lists = {
      organizations: (query: { limit: number }) => store.organizations.list(query),
      accounts: (query: { limit: number }) => store.accounts.list(tiny.north.id, query),
      accountsByName: (query: { limit: number }) =>
        store.accounts.list(tiny.north.id, { ...query, orderBy: 'name', direction: 'desc' as const }),
      members: (query: { limit: number }) => store.members.list(tiny.root.id, query),
      audit: (query: { limit: number }) => store.audit.list(tiny.north.id, { ...query, ...range, direction: 'desc' as const }),
      auditUpwards: (query: { limit: number }) =>
        store.audit.list(tiny.north.id, { ...query, ...range, direction: 'asc' as const }),
    };
    for (const [name, list] of Object.entries(lists)) {
      const whole = (await list({ limit: 1000 })).rows.map(({ id }) => id);
      expect(whole.length, name).toBeGreaterThan(2);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: whole.length + 1 }), async (limit) => {
          const paged = await allPages<{ id: string }>(limit, list);
          expect(paged.map(({ id }) => id)).toEqual(whole);
        }),
        { numRuns: 6 },
      );
    }
  });

  it('go on after events of the same moment', async () => {
    const time = '2026-11-01T00:00:00Z';
    const events = Array.from({ length: 7 }, (_, index) => ({ id: `same-${index}`, action: { time } }));
    await store.audit.append(tiny.harbor.id, events);
    const at = { since: Date.parse(time), before: Date.parse(time) + 1, direction: 'desc' } as const;
    const paged = await allPages(2, (query) => store.audit.list(tiny.harbor.id, { ...query, ...at }));
    expect(paged.map(({ id }) => id)).toEqual(events.map(({ id }) => id).reverse());
  });
});
