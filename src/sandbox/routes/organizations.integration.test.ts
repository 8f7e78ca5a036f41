import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createOrganization,
  deleteOrganization,
  getOrganization,
  listOrganizations,
  modifyOrganization,
} from '../../contract/cloudflare/organizations.ts';
import { getProfile } from '../../contract/cloudflare/profile.ts';
import { SandboxUnderTest, testCredentials } from '../sandbox-under-test.ts';
import { tiny } from '../seed/tiny.ts';
import { createMember } from '../../contract/cloudflare/members.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
});
afterAll(() => sandbox.close());

const at = (organizationId: string) => ({ params: { organizationId } });
const child = (name: string, parentId: string = tiny.root.id) => ({ body: { name, parent: { id: parentId } } });
const profile = {
  business_name: 'New Ltd',
  business_email: 'new@example.com',
  business_phone: '+1 555 0100',
  business_address: '{"line1":"1 New Street"}',
  external_metadata: '{ "kept":  "byte for byte" }',
};

describe('listOrganizations', () => {
  it('gives all four with their place in the tree', async () => {
    const { result, info } = await sandbox.ask(listOrganizations, {});
    expect(result.map(({ name }) => name)).toEqual([tiny.root.name, tiny.north.name, tiny.south.name, tiny.harbor.name]);
    expect(info).toEqual({ total_size: 4 });
    const [root, north] = result;
    expect(root).not.toHaveProperty('parent');
    expect(root).not.toHaveProperty('profile');
    expect(north?.parent).toEqual({ id: tiny.root.id, name: tiny.root.name });
    expect(north?.meta.hierarchy_tags).toEqual([tiny.root.id, tiny.north.id]);
  });

  it('pages by tokens that are bound to the filters', async () => {
    const query = { 'name.startsWith': 'quillon' };
    const first = await sandbox.ask(listOrganizations, { query: { ...query, page_size: 2 } });
    expect(first.info).toMatchObject({ total_size: 3, next_page_token: expect.any(String) });
    const page_token = first.info.next_page_token ?? '';
    const second = await sandbox.ask(listOrganizations, { query: { ...query, page_size: 2, page_token } });
    expect(second.result.map(({ id }) => id)).toEqual([tiny.south.id]);
    expect(second.info).toEqual({ total_size: 3 });

    for (const [other, message] of [
      [{ 'name.startsWith': 'harbor', page_token }, /other filters/],
      [{ page_token }, /other filters/],
      [{ ...query, page_token: 'made-up' }, /not valid/],
    ] as const) {
      const { status, errors } = await sandbox.refused(listOrganizations, { query: other });
      expect(status).toBe(400);
      expect(errors[0]).toMatchObject({ message: expect.stringMatching(message), source: { pointer: '/page_token' } });
    }
  });

  it('takes 0 for the default size, leaves the total out when asked, and refuses sizes above 1000', async () => {
    expect((await sandbox.ask(listOrganizations, { query: { page_size: 0 } })).result).toHaveLength(4);
    expect((await sandbox.ask(listOrganizations, { search: 'include_total=false' })).info).toEqual({});
    const { status, errors } = await sandbox.refused(listOrganizations, { search: 'page_size=1001' });
    expect([status, errors[0]?.source?.pointer]).toEqual([400, '/page_size']);
  });

  it.each([
    [{ 'parent.id': 'null' }, [tiny.root.id]],
    [{ 'parent.id': tiny.root.id }, [tiny.north.id, tiny.south.id]],
    [{ id: [tiny.harbor.id, tiny.south.id] }, [tiny.south.id, tiny.harbor.id]],
    [{ name: 'Quillon North' }, [tiny.north.id]],
    [{ name: 'quillon north' }, []],
    [{ 'name.contains': 'WORKS' }, [tiny.harbor.id]],
    [{ 'name.endsWith': 'south' }, [tiny.south.id]],
    [{ 'containing.account': tiny.accounts.ferry.id }, [tiny.root.id, tiny.north.id, tiny.harbor.id]],
  ] as const)('filters by %j', async (query, expected) => {
    const { result } = await sandbox.ask(listOrganizations, { query });
    expect(result.map(({ id }) => id)).toEqual(expected);
  });

  it('ignores parameters nobody knows', async () => {
    const { result } = await sandbox.ask(listOrganizations, { search: `id=${tiny.root.id}&foo=bar` });
    expect(result).toHaveLength(1);
  });
});

describe('getOrganization', () => {
  it('gives flags as words under either name', async () => {
    const { result: south } = await sandbox.ask(getOrganization, at(tiny.south.id));
    expect(south.meta.tenant_flags).toMatchObject({ account_mobility: 'false', account_creation: 'limited' });
    const { result: harbor } = await sandbox.ask(getOrganization, at(tiny.harbor.id));
    expect(harbor.meta.flags).toMatchObject({ account_mobility: 'true' });
  });

  it('answers 404 for an id nobody has', async () => {
    for (const id of ['0'.repeat(32), 'x', 'a%2Fb']) {
      expect((await sandbox.raw('GET', `/organizations/${id}`)).status).toBe(404);
    }
  });
});

describe('an organization from its making to its end', () => {
  it('is made below a parent, found, renamed, moved and deleted', async () => {
    const made = await sandbox.ask(createOrganization, {
      body: { name: '  New Works ', parent: { id: tiny.north.id }, profile },
    });
    const { id } = made.result;
    expect(made.result).toMatchObject({ name: 'New Works', parent: { id: tiny.north.id, name: tiny.north.name } });
    expect(made.result).not.toHaveProperty('profile');
    expect((await sandbox.ask(getOrganization, at(id))).result).toEqual(made.result);
    expect((await sandbox.ask(getProfile, at(id))).result).toEqual(profile);

    const renamed = await sandbox.ask(modifyOrganization, { ...at(id), body: { name: 'Newer Works', profile } });
    expect(renamed.result).toMatchObject({ id, name: 'Newer Works', parent: { id: tiny.north.id } });
    expect((await sandbox.ask(getProfile, at(id))).result).toEqual(profile);

    const moved = await sandbox.ask(modifyOrganization, { ...at(id), ...child('Newer Works', tiny.harbor.id) });
    expect(moved.result.meta.hierarchy_tags).toEqual([tiny.root.id, tiny.north.id, tiny.harbor.id, id]);

    const gone = await sandbox.ask(deleteOrganization, at(id));
    expect([gone.status, gone.result]).toEqual([200, { id }]);
    expect((await sandbox.refused(getOrganization, at(id))).status).toBe(404);
    expect((await sandbox.refused(deleteOrganization, at(id))).status).toBe(404);
  });

  it('keeps its profile on a PUT without one only when told to', async () => {
    const { id } = (await sandbox.ask(createOrganization, { body: { name: 'Profiled', parent: { id: tiny.root.id }, profile } }))
      .result;
    await sandbox.set({ organizationPutWithoutProfile: 'keeps' });
    await sandbox.ask(modifyOrganization, { ...at(id), body: { name: 'Profiled 2' } });
    expect((await sandbox.ask(getProfile, at(id))).result).toEqual(profile);
    await sandbox.set({ organizationPutWithoutProfile: 'clears' });
    await sandbox.ask(modifyOrganization, { ...at(id), body: { name: 'Profiled 3' } });
    expect((await sandbox.ask(getProfile, at(id))).result.business_name).toBe('');
    await sandbox.ask(deleteOrganization, at(id));
  });

  it('takes a DELETE with a body', async () => {
    const { id } = (await sandbox.ask(createOrganization, child('Short-lived'))).result;
    expect((await sandbox.raw('DELETE', `/organizations/${id}`, { body: { id } })).status).toBe(200);
  });
});

describe('createOrganization', () => {
  it.each([
    [{}, '/name'],
    [{ name: ' ' }, '/name'],
    [{ name: 7 }, '/name'],
    [{ name: 'x'.repeat(256) }, '/name'],
    [{ name: 'New', parent: { id: '0'.repeat(32) } }, '/parent/id'],
    [{ name: 'New', parent: {} }, '/parent/id'],
    [{ name: 'New', profile: { business_name: 'x' } }, '/profile/business_email'],
  ])('names the wrong field of %j', async (body, pointer) => {
    const { status, errors } = await sandbox.refused(createOrganization, { body });
    expect([status, errors[0]?.code, errors[0]?.source?.pointer]).toEqual([400, 1001, pointer]);
  });

  it('stops at five levels', async () => {
    const fourth = (await sandbox.ask(createOrganization, child('Fourth', tiny.harbor.id))).result;
    const fifth = (await sandbox.ask(createOrganization, child('Fifth', fourth.id))).result;
    const { status, errors } = await sandbox.refused(createOrganization, child('Sixth', fifth.id));
    expect([status, errors[0]?.message]).toEqual([400, expect.stringContaining('5 levels')]);
    // two levels do not fit below the third either
    expect((await sandbox.refused(modifyOrganization, { ...at(fourth.id), ...child('Fourth', fifth.id) })).status).toBe(400);
    await sandbox.ask(deleteOrganization, at(fifth.id));
    await sandbox.ask(deleteOrganization, at(fourth.id));
  });

  it('makes a root that is flat, and that may go again', async () => {
    const { result: root } = await sandbox.ask(createOrganization, { body: { name: 'Another Root' } });
    expect(root).not.toHaveProperty('parent');
    expect((await sandbox.refused(createOrganization, child('Below', root.id))).status).toBe(403);
    // trees do not exchange organizations
    expect(
      (await sandbox.refused(modifyOrganization, { ...at(tiny.harbor.id), ...child(tiny.harbor.name, root.id) })).status,
    ).toBe(403);
    await sandbox.ask(deleteOrganization, at(root.id));
  });
});

describe('modifyOrganization', () => {
  it('refuses a move below itself, of a root, and to nowhere', async () => {
    const cases = [
      [tiny.north.id, tiny.harbor.id, 400],
      [tiny.root.id, tiny.north.id, 403],
      [tiny.north.id, '0'.repeat(32), 400],
    ] as const;
    for (const [id, parentId, status] of cases) {
      expect((await sandbox.refused(modifyOrganization, { ...at(id), ...child('Moved', parentId) })).status).toBe(status);
    }
  });

  it('needs a name', async () => {
    const { errors } = await sandbox.refused(modifyOrganization, { ...at(tiny.north.id), body: {} });
    expect(errors[0]?.source?.pointer).toBe('/name');
  });
});

describe('deleteOrganization', () => {
  it('says what is still inside', async () => {
    const { status, errors } = await sandbox.refused(deleteOrganization, at(tiny.north.id));
    expect(status).toBe(400);
    expect(errors[0]?.message).toMatch(/contains 1 sub-organization, 3 accounts, \d members/);
  });

  it("does not mind the caller's own membership", async () => {
    const { id } = (await sandbox.ask(createOrganization, child('Mine'))).result;
    await sandbox.ask(createMember, { ...at(id), body: { member: { user: { email: testCredentials.email } } } });
    await sandbox.ask(createMember, { ...at(id), body: { member: { user: { email: 'other@example.com' } } } });
    const { errors } = await sandbox.refused(deleteOrganization, at(id));
    expect(errors[0]?.message).toMatch(/contains 1 member$/);
    const { id: emptied } = (await sandbox.ask(createOrganization, child('Mine too'))).result;
    await sandbox.ask(createMember, { ...at(emptied), body: { member: { user: { email: testCredentials.email } } } });
    expect((await sandbox.ask(deleteOrganization, at(emptied))).result).toEqual({ id: emptied });
  });
});

describe('lag', () => {
  it('hides a new organization from reads until its time', async () => {
    await sandbox.set({ lagMilliseconds: 600_000 });
    const before = (await sandbox.ask(listOrganizations, {})).info.total_size;
    const { id } = (await sandbox.ask(createOrganization, child('Late'))).result;
    expect((await sandbox.refused(getOrganization, at(id))).status).toBe(404);
    const listed = await sandbox.ask(listOrganizations, {});
    expect(listed.result.map((organization) => organization.id)).not.toContain(id);
    expect(listed.info.total_size).toBe(before);
    await sandbox.set({ lagMilliseconds: 0 });
  });
});
