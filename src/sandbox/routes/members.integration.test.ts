import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchCreateMembers, createMember, deleteMember, getMember, listMembers } from '../../contract/cloudflare/members.ts';
import { SandboxUnderTest } from '../sandbox-under-test.ts';
import { tiny } from '../seed/tiny.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
});
afterAll(() => sandbox.close());

const north = { params: { organizationId: tiny.north.id } };
const south = { params: { organizationId: tiny.south.id } };
const one = (memberId: string, organizationId: string = tiny.north.id) => ({ params: { organizationId, memberId } });
const invite = (email: string) => ({ body: { member: { user: { email } } } });
const inviteMany = (...emails: string[]) => ({ body: { members: emails.map((email) => ({ user: { email } })) } });
const emailsIn = async (where: { params: { organizationId: string } }) =>
  (await sandbox.ask(listMembers, where)).result.map(({ user }) => user.email);

describe('listMembers', () => {
  it('gives every status, and filters by several', async () => {
    const { result, info } = await sandbox.ask(listMembers, north);
    expect(result.map(({ status }) => status).sort()).toEqual(['active', 'active', 'canceled', 'pending']);
    expect(info).toEqual({ total_size: 4 });
    const some = await sandbox.ask(listMembers, { ...north, query: { status: ['pending', 'canceled'] } });
    expect(some.result).toHaveLength(2);
  });

  it.each([
    [{ 'user.email': 'N.Tarrant@quillon.example' }, 1],
    [{ 'user.email.startsWith': 'n.' }, 1],
    [{ 'user.email.endsWith': '@QUILLON.example' }, 4],
    [{ 'user.email.contains': 'nobody' }, 0],
  ])('filters by %j', async (query, count) => {
    expect((await sandbox.ask(listMembers, { ...north, query })).result).toHaveLength(count);
  });

  it('refuses a status nobody has', async () => {
    const { status, errors } = await sandbox.refused(listMembers, { ...north, search: 'status=asleep' });
    expect([status, errors[0]?.source?.pointer]).toEqual([400, '/status']);
  });
});

describe('one member', () => {
  it('is found in its own organization only', async () => {
    const { id, email } = tiny.members.northAdmin;
    expect((await sandbox.ask(getMember, one(id))).result.user.email).toBe(email);
    const { status, errors } = await sandbox.refused(getMember, one(id, tiny.south.id));
    expect([status, errors[0]?.code]).toEqual([404, 1003]);
  });

  it('is invited, found, and removed with an empty 204', async () => {
    const made = await sandbox.ask(createMember, { ...north, ...invite('new.person@example.com') });
    expect(made.result).toMatchObject({ status: 'pending', user: { email: 'new.person@example.com' }, meta: {} });
    const removed = await sandbox.raw('DELETE', `/organizations/${tiny.north.id}/members/${made.result.id}`, {
      body: { member_id: made.result.id },
    });
    expect([removed.status, removed.text]).toEqual([204, '']);
    expect(removed.headers.get('content-type')).toBeNull();
    expect(removed.headers.get('content-length')).toBeNull();
    const again = await sandbox.refused(deleteMember, one(made.result.id));
    expect([again.status, again.errors[0]?.code]).toEqual([404, 1003]);
  });

  it('is not invited twice, also not in other letters or at the same moment', async () => {
    const { status, errors } = await sandbox.refused(createMember, { ...north, ...invite('N.Tarrant@QUILLON.example') });
    expect([status, errors[0]?.source?.pointer]).toEqual([409, '/member/user/email']);
    const both = await Promise.all(
      [1, 2].map(() => sandbox.raw('POST', `/organizations/${tiny.north.id}/members`, invite('twice@example.com'))),
    );
    expect(both.map((answer) => answer.status).sort((one, other) => one - other)).toEqual([200, 409]);
  });

  it('may be invited again after it was canceled', async () => {
    expect((await sandbox.ask(createMember, { ...north, ...invite(tiny.members.northCanceled.email) })).result.status).toBe(
      'pending',
    );
  });

  it.each([
    [{}, '/member'],
    [{ member: { user: {} } }, '/member/user/email'],
    [{ member: { user: { email: 'not an address' } } }, '/member/user/email'],
    [{ member: { user: { email: 'a@example.com' }, status: 'active' } }, '/member/status'],
  ])('is refused as %j', async (body, pointer) => {
    const { status, errors } = await sandbox.refused(createMember, { ...north, body });
    expect([status, errors[0]?.code, errors[0]?.source?.pointer]).toEqual([400, 1001, pointer]);
  });
});

describe('batchCreateMembers', () => {
  it('invites up to ten', async () => {
    const emails = Array.from({ length: 10 }, (_, index) => `batch.${index}@example.com`);
    const { result } = await sandbox.ask(batchCreateMembers, { ...south, ...inviteMany(...emails) });
    expect(result.map(({ user }) => user.email)).toEqual(emails);
  });

  it('refuses none and eleven', async () => {
    for (const count of [0, 11]) {
      const emails = Array.from({ length: count }, (_, index) => `many.${index}@example.com`);
      const { status, errors } = await sandbox.refused(batchCreateMembers, { ...south, ...inviteMany(...emails) });
      expect([status, errors[0]?.source?.pointer]).toEqual([400, '/members']);
    }
  });

  it('does all or nothing, and names every bad row', async () => {
    const batch = inviteMany('good@example.com', 'bad', tiny.members.southAdmin.email, 'Good@example.com');
    const { status, errors } = await sandbox.refused(batchCreateMembers, { ...south, ...batch });
    expect(status).toBe(400);
    expect(errors.map(({ source }) => source?.pointer)).toEqual([
      '/members/1/user/email',
      '/members/2/user/email',
      '/members/3/user/email',
    ]);
    expect(await emailsIn(south)).not.toContain('good@example.com');
  });

  it('does the good rows when told to, and still fails', async () => {
    await sandbox.set({ batch: 'partial' });
    const { status, errors } = await sandbox.refused(batchCreateMembers, {
      ...south,
      ...inviteMany('partial.1@example.com', 'bad', 'partial.2@example.com'),
    });
    expect([status, errors.length]).toEqual([400, 1]);
    await sandbox.set({ batch: 'all_or_nothing' });
    const all = await sandbox.ask(listMembers, { ...south, query: { 'user.email.startsWith': 'partial.' } });
    expect(all.result).toHaveLength(2);
  });

  it('breaks off in the middle on request', async () => {
    await sandbox.addFault({ times: 1, match: { path: '*members:batchCreate' }, fault: { kind: 'partial_batch', applied: 1 } });
    const { status } = await sandbox.refused(batchCreateMembers, {
      ...south,
      ...inviteMany('broken.1@example.com', 'broken.2@example.com'),
    });
    expect(status).toBe(500);
    const all = await sandbox.ask(listMembers, { ...south, query: { 'user.email.startsWith': 'broken.' } });
    expect(all.result.map(({ user }) => user.email)).toEqual(['broken.1@example.com']);
  });
});

describe('lag', () => {
  it('hides a new member until its time', async () => {
    await sandbox.set({ lagMilliseconds: 600_000 });
    const before = (await sandbox.ask(listMembers, north)).info.total_size;
    const { result } = await sandbox.ask(createMember, { ...north, ...invite('late@example.com') });
    expect(await emailsIn(north)).not.toContain('late@example.com');
    expect((await sandbox.ask(listMembers, north)).info.total_size).toBe(before);
    expect((await sandbox.refused(getMember, one(result.id))).status).toBe(404);
    // what is not yet seen is there all the same
    expect((await sandbox.refused(createMember, { ...north, ...invite('late@example.com') })).status).toBe(409);
    await sandbox.set({ lagMilliseconds: 0 });
  });
});
