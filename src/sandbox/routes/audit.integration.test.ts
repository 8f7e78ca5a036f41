import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveAccount } from '../../contract/cloudflare/accounts.ts';
import { type AuditEvent, getResourceHistory, listAuditEvents } from '../../contract/cloudflare/audit.ts';
import { batchCreateMembers, createMember, deleteMember } from '../../contract/cloudflare/members.ts';
import { createOrganization, deleteOrganization, modifyOrganization } from '../../contract/cloudflare/organizations.ts';
import { modifyProfile } from '../../contract/cloudflare/profile.ts';
import { sandboxTokenName } from '../auth.ts';
import { asToken, type RawAnswer, SandboxUnderTest, testCredentials, testNow } from '../sandbox-under-test.ts';
import { tiny } from '../seed/tiny.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
});
afterAll(() => sandbox.close());

const day = 86_400_000;
const iso = (time: number) => new Date(time).toISOString();
const always = { since: iso(testNow - 600 * day), before: iso(testNow + day) };
const at = (organizationId: string) => ({ params: { organizationId } });

/** Everything of a list, by cursor. */
async function walk(query: object, limit: number): Promise<AuditEvent[]> {
  const events: AuditEvent[] = [];
  let cursor = '';
  do {
    const page = await sandbox.ask(listAuditEvents, {
      ...at(tiny.root.id),
      query: { ...always, ...query, limit, ...(cursor !== '' && { cursor }) },
    });
    events.push(...page.result);
    cursor = page.info.cursor ?? '';
  } while (cursor !== '');
  return events;
}

describe('listAuditEvents', () => {
  it('gives newest first unless asked otherwise, the same events in any page size', async () => {
    const all = await walk({}, 1000);
    expect(all.length).toBeGreaterThan(10);
    const times = all.map(({ action }) => Date.parse(action?.time ?? ''));
    expect(times).toEqual([...times].sort((one, other) => other - one));
    expect((await walk({}, 7)).map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect((await walk({ direction: 'asc' }, 9)).map(({ id }) => id)).toEqual(all.map(({ id }) => id).reverse());
  });

  it('counts in text, and gives the cursor in both forms or in the documented one', async () => {
    const query = { ...always, limit: 5 };
    const both = await sandbox.ask(listAuditEvents, { ...at(tiny.root.id), query });
    expect(both.info).toEqual({ count: '5', cursor: expect.stringMatching(/./), cursors: { after: both.info.cursor } });
    await sandbox.set({ documentedCursorsOnly: true });
    const documented = await sandbox.ask(listAuditEvents, { ...at(tiny.root.id), query });
    expect(documented.info).toEqual({ count: '5', cursor: both.info.cursor });
    await sandbox.set({ documentedCursorsOnly: false });
  });

  it('has an empty cursor at the end', async () => {
    const { info, result } = await sandbox.ask(listAuditEvents, { ...at(tiny.root.id), query: { ...always, limit: 1000 } });
    expect(info).toEqual({ count: String(result.length), cursor: '', cursors: { after: '' } });
  });

  it('keeps a cursor to its filters', async () => {
    const { info } = await sandbox.ask(listAuditEvents, { ...at(tiny.root.id), query: { ...always, limit: 2 } });
    const cursor = info.cursor ?? '';
    for (const query of [
      { ...always, cursor, action_type: ['delete' as const] },
      { ...always, cursor: 'made-up' },
    ]) {
      const { status, errors } = await sandbox.refused(listAuditEvents, { ...at(tiny.root.id), query });
      expect([status, errors]).toEqual([400, [{ message: 'Invalid cursor' }]]);
    }
  });

  it('includes and excludes by value', async () => {
    const all = await walk({}, 1000);
    const included = await walk({ action_type: ['create', 'delete'] }, 1000);
    const excluded = await walk({ 'action_type.not': ['create', 'delete'] }, 1000);
    expect(included.length).toBeGreaterThan(0);
    expect(included.every(({ action }) => action?.type === 'create' || action?.type === 'delete')).toBe(true);
    expect(included.length + excluded.length).toBe(all.length);
    const one = all[3];
    expect((await walk({ id: [one?.id] }, 10)).map(({ id }) => id)).toEqual([one?.id]);
    expect(await walk({ resource_scope: ['organizations'] }, 1000)).toHaveLength(all.length);
  });

  it.each([
    ['', 'since is required'],
    ['since=2026-10-01', 'before is required'],
    ['since=2026-10-02&before=2026-10-01', 'since must not be later than before'],
    ['since=yesterday&before=2026-10-01', 'since must be a date or an RFC 3339 time'],
    ['since=2026-10-01&before=2026-10-02&limit=1001', 'limit must be at most 1000'],
    ['since=2026-10-01&before=2026-10-02&action_result=maybe', 'action_result must be one of success, failure'],
  ])('refuses %j with a message and no code', async (search, message) => {
    const { status, errors } = await sandbox.refused(listAuditEvents, { ...at(tiny.root.id), search });
    expect([status, errors]).toEqual([400, [{ message }]]);
  });

  it('answers 404 for an unknown organization', async () => {
    expect((await sandbox.refused(listAuditEvents, { ...at('0'.repeat(32)), query: always })).status).toBe(404);
  });
});

describe('getResourceHistory', () => {
  const history = (event: AuditEvent | undefined, more: object = {}) => ({
    params: { organizationId: tiny.root.id, eventId: event?.id ?? '' },
    query: { ...always, action_time: event?.action?.time ?? '', ...more },
  });

  it('gives the events of the same resource, counted in numbers', async () => {
    const [event] = await walk({ resource_type: ['organization_profile', 'member', 'organization'] }, 1000);
    const { result, info } = await sandbox.ask(getResourceHistory, history(event));
    expect(info).toMatchObject({ history_status: 'exact', count: result.length });
    expect(result.map(({ id }) => id)).toContain(event?.id);
    expect(new Set(result.map(({ resource }) => `${resource?.type} ${resource?.id}`)).size).toBe(1);
  });

  it('needs the time of the entry, and finds none at another time', async () => {
    const [event] = await walk({}, 1000);
    const { action_time: _, ...without } = history(event).query;
    const missing = await sandbox.refused(getResourceHistory, { ...history(event), query: without });
    expect([missing.status, missing.errors]).toEqual([400, [{ message: 'action_time is required' }]]);
    const elsewhen = await sandbox.refused(getResourceHistory, history(event, { action_time: '2020-01-01T00:00:00Z' }));
    expect(elsewhen.status).toBe(404);
    expect(JSON.parse(elsewhen.text)).toMatchObject({ success: false, result_info: { count: 0, history_status: 'unavailable' } });
  });
});

describe('every write', () => {
  /** The one event that a write left in an organization, found by the Ray ID of its answer. */
  async function trace(answer: RawAnswer, organizationId: string): Promise<AuditEvent | undefined> {
    const ray = answer.headers.get('cf-ray')?.replace(/-SBX$/, '') ?? '';
    expect(ray).toMatch(/^[a-f0-9]{16}$/);
    const query = { ...always, raw_cf_ray_id: [ray] };
    const { result } = await sandbox.ask(listAuditEvents, { ...at(organizationId), query });
    expect(result).toHaveLength(1);
    return result[0];
  }

  it('is in the audit trail under its Ray ID, with who did it', async () => {
    const { root, north, harbor, accounts } = tiny;
    const made = await sandbox.ask(createOrganization, { body: { name: 'Traced', parent: { id: root.id } } });
    const { id } = made.result;
    expect(await trace(made, root.id)).toMatchObject({
      action: { type: 'create', result: 'success', time: '2026-10-15T12:00:00Z' },
      actor: { context: 'api_key', email: testCredentials.email, type: 'user', ip_address: '127.0.0.1' },
      organization: { id: root.id },
      raw: { method: 'POST', status_code: 200, uri: '/organizations' },
      resource: { id, type: 'organization', request: { name: 'Traced', parent: { id: root.id } }, response: { id } },
    });
    const renamed = await sandbox.ask(modifyOrganization, { ...at(id), body: { name: 'Traced 2' } });
    expect(await trace(renamed, id)).toMatchObject({ action: { type: 'update' }, resource: { id } });

    const invited = await sandbox.ask(createMember, { ...at(id), body: { member: { user: { email: 'traced@example.com' } } } });
    expect(await trace(invited, id)).toMatchObject({ resource: { type: 'member', id: invited.result.id } });
    const batch = await sandbox.ask(batchCreateMembers, {
      ...at(north.id),
      body: { members: [{ user: { email: 'traced@example.com' } }] },
    });
    expect(await trace(batch, north.id)).toMatchObject({ raw: { uri: `/organizations/${north.id}/members:batchCreate` } });
    const removed = await sandbox.ask(deleteMember, { params: { organizationId: id, memberId: invited.result.id } });
    expect(await trace(removed, id)).toMatchObject({ action: { type: 'delete' }, raw: { status_code: 204 } });

    const text = { business_name: 'T', business_email: '', business_phone: '', business_address: '', external_metadata: '' };
    const profiled = await sandbox.ask(modifyProfile, { ...at(id), body: text });
    expect(await trace(profiled, id)).toMatchObject({ resource: { type: 'organization_profile', request: text } });

    const deleted = await sandbox.ask(deleteOrganization, at(id));
    expect(await trace(deleted, root.id)).toMatchObject({ action: { type: 'delete' }, resource: { id } });

    const moved = await sandbox.ask(moveAccount, {
      params: { accountId: accounts.mill.id },
      body: { destination_organization_id: harbor.id },
    });
    for (const organization of [north, harbor]) {
      expect(await trace(moved, organization.id)).toMatchObject({ resource: { type: 'account', id: accounts.mill.id } });
    }
  });

  it('names the token where a token did it', async () => {
    await sandbox.set({ lenientAuth: true });
    const invited = await sandbox.ask(createMember, {
      ...at(tiny.root.id),
      body: { member: { user: { email: 'by-token@example.com' } } },
      headers: asToken,
    });
    await sandbox.set({ lenientAuth: false });
    expect(await trace(invited, tiny.root.id)).toMatchObject({
      actor: { context: 'api_token', token_name: sandboxTokenName, token_id: expect.stringMatching(/^[a-f0-9]{32}$/) },
    });
  });

  it('leaves nothing when it is refused', async () => {
    const before = (await walk({}, 1000)).length;
    await sandbox.refused(createOrganization, { body: { name: '' } });
    await sandbox.refused(deleteOrganization, at(tiny.root.id));
    expect(await walk({}, 1000)).toHaveLength(before);
  });
});
