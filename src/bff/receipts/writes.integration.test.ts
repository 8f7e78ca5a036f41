import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Stack } from '../../cli/testing/stack.ts';
import { errorIn } from '../../cli/testing/visitor.ts';
import type { Visitor } from '../../cli/testing/visitor.ts';
import { getReceipt, listReceipts } from '../../contract/canopy/receipts.ts';
import type { Receipt } from '../../contract/canopy/receipts.ts';
import { moveAccount } from '../../contract/cloudflare/accounts.ts';
import { batchCreateMembers, createMember, deleteMember, listMembers } from '../../contract/cloudflare/members.ts';
import {
  createOrganization,
  deleteOrganization,
  getOrganization,
  modifyOrganization,
} from '../../contract/cloudflare/organizations.ts';
import { getProfile, modifyProfile } from '../../contract/cloudflare/profile.ts';
import type { QueryOf } from '../../contract/endpoint.ts';
import { headerNames } from '../../contract/envelope.ts';
import { tiny } from '../../cli/testing/world.ts';
import { openDatabase } from '../database/open.ts';
import { Chain } from './chain.ts';
import { examine } from './examine.ts';

const north = { organizationId: tiny.north.id };
const harbor = { organizationId: tiny.harbor.id };
const reset = { kind: 'reset', when: 'after' } as const;

describe('writes through the whole backend', () => {
  let stack: Stack;
  let admin: Visitor;

  beforeAll(async () => {
    stack = await Stack.start();
    admin = await stack.signIn('admin');
  });
  afterEach(() => stack.clearFaults());
  afterAll(() => stack.close());

  const receiptOf = async (headers: Headers): Promise<Receipt> => {
    const receiptId = headers.get(headerNames.receiptId) ?? '';
    return (await admin.ask(getReceipt, { params: { receiptId } })).result;
  };
  const invitation = (email: string) => ({ member: { user: { email } } });
  const writesSince = async (mark: number) =>
    (await stack.requestsSince(mark)).requests.filter(({ method }) => method !== 'GET').map(({ method }) => method);

  it('leave a receipt with who, what and the Ray ID', async () => {
    const answer = await admin.ask(createMember, {
      params: north,
      body: invitation('new.person@quillon.example'),
      headers: { [headerNames.reason]: encodeURIComponent('Joins the desk – Monday') },
    });
    expect(await receiptOf(answer.headers)).toMatchObject({
      outcome: 'done',
      settledBy: 'answer',
      operation: 'createMember',
      summary: 'Invite new.person@quillon.example to Quillon North',
      organizationId: tiny.north.id,
      targetId: answer.result.id,
      actor: { id: 'admin', role: 'administrator' },
      reason: 'Joins the desk – Monday',
      request: invitation('new.person@quillon.example'),
      rayId: answer.headers.get(headerNames.rayId),
      status: 200,
    });
  });

  it('send an applied but unanswered write once and settle it by reading', async () => {
    const mark = await stack.mark();
    await stack.addFault({ match: { method: 'POST', path: '/organizations/*/members' }, times: 1, fault: reset });
    const answer = await admin.ask(createMember, { params: north, body: invitation('reset@quillon.example') });
    expect(answer.result.user.email).toBe('reset@quillon.example');
    expect(await receiptOf(answer.headers)).toMatchObject({ outcome: 'done', settledBy: 'reading', targetId: answer.result.id });
    expect(await writesSince(mark)).toEqual(['POST']);
  });

  it('settle every other kind of write by reading too', async () => {
    const once = async (method: string) => stack.addFault({ match: { method }, times: 1, fault: reset });
    const settled = async (headers: Headers) => (await receiptOf(headers)).settledBy;

    await once('POST');
    const made = await admin.ask(createOrganization, { body: { name: 'Quillon East', parent: { id: tiny.root.id } } });
    expect(made.result).toMatchObject({ name: 'Quillon East', parent: { id: tiny.root.id } });
    expect(await settled(made.headers)).toBe('reading');

    const organizationId = made.result.id;
    const { headers } = await admin.ask(getOrganization, { params: { organizationId } });
    await once('PUT');
    const renamed = await admin.ask(modifyOrganization, {
      params: { organizationId },
      body: { name: 'Quillon Far East' },
      headers: { [headerNames.ifMatch]: headers.get('etag') ?? '' },
    });
    expect(renamed.result.name).toBe('Quillon Far East');
    expect(await settled(renamed.headers)).toBe('reading');

    await once('DELETE');
    const removed = await admin.ask(deleteOrganization, { params: { organizationId } });
    expect(removed.result).toEqual({ id: organizationId });
    expect(await settled(removed.headers)).toBe('reading');

    await once('POST');
    const moved = await admin.ask(moveAccount, {
      params: { accountId: tiny.accounts.mill.id },
      body: { destination_organization_id: tiny.harbor.id },
    });
    expect(moved.result).toEqual({
      account_id: tiny.accounts.mill.id,
      source_organization_id: tiny.north.id,
      destination_organization_id: tiny.harbor.id,
    });
    expect(await receiptOf(moved.headers)).toMatchObject({
      settledBy: 'reading',
      summary: 'Move account Ambler Mill from Quillon North to Harbor Works',
    });
  });

  it('settle a removal and a profile by reading', async () => {
    const invited = await admin.ask(createMember, { params: harbor, body: invitation('short.stay@harborworks.example') });
    await stack.addFault({ match: { method: 'DELETE' }, times: 1, fault: reset });
    const removed = await admin.ask(deleteMember, { params: { ...harbor, memberId: invited.result.id } });
    expect(removed.status).toBe(204);
    expect(removed.text).toBe('');
    expect(await receiptOf(removed.headers)).toMatchObject({
      settledBy: 'reading',
      summary: 'Cancel the invitation of short.stay@harborworks.example to Harbor Works',
    });

    const profile = await admin.ask(getProfile, { params: harbor });
    await stack.addFault({ match: { method: 'PUT' }, times: 1, fault: reset });
    const external_metadata = '{"a" : 1e400, "odd":"\\u00e9" } ';
    const changed = await admin.ask(modifyProfile, {
      params: harbor,
      body: { ...profile.result, external_metadata },
      headers: { [headerNames.ifMatch]: profile.headers.get('etag') ?? '' },
    });
    expect(await receiptOf(changed.headers)).toMatchObject({ settledBy: 'reading', outcome: 'done' });
    expect((await admin.ask(getProfile, { params: harbor })).result.external_metadata).toBe(external_metadata);
  });

  it('leave a receipt that says no where upstream refuses, and free the key for a second try', async () => {
    const key = crypto.randomUUID();
    const ask = (email: string) =>
      admin.try(createMember, { params: north, body: invitation(email), headers: { [headerNames.idempotencyKey]: key } });
    const taken = await ask(tiny.members.northAdmin.email);
    expect(taken.status).toBe(409);
    expect(await receiptOf(taken.headers)).toMatchObject({ outcome: 'refused', status: 409, settledBy: null });
    expect((await ask('second.try@quillon.example')).status).toBe(200);
  });

  it('send an intent once, however often it is asked', async () => {
    const mark = await stack.mark();
    const headers = { [headerNames.idempotencyKey]: crypto.randomUUID() };
    const ask = (email: string) => admin.try(createMember, { params: north, body: invitation(email), headers });
    const answers = await Promise.all([1, 2, 3].map(() => ask('double.click@quillon.example')));
    const later = await ask('double.click@quillon.example');
    expect(new Set([...answers, later].map(({ text }) => text)).size).toBe(1);
    expect(new Set([...answers, later].map((one) => one.headers.get(headerNames.receiptId))).size).toBe(1);
    expect(await writesSince(mark)).toEqual(['POST']);
    const other = await ask('someone.else@quillon.example');
    expect(other.status).toBe(422);
    expect(await writesSince(mark)).toEqual(['POST']);
  });

  it('answer with what upstream said where no write came to an end, then settle by reading', async () => {
    const mark = await stack.mark();
    await stack.addFault({ match: { method: 'POST' }, times: 1, fault: { kind: 'edge_error', status: 502, form: 'html' } });
    const refused = await admin.refused(createMember, { params: north, body: invitation('lost@quillon.example') });
    expect(refused.status).toBe(502);
    expect(refused.error).toMatchObject({ code: 'outcome_unknown', upstream: { status: 502 } });
    expect(refused.text).not.toContain('<');
    expect(await receiptOf(refused.headers)).toMatchObject({ outcome: 'pending', settledAt: null });
    expect(await writesSince(mark)).toEqual(['POST']);

    // stopped before it was settled: the next start looks again
    await stack.stopBff();
    stack.clock.advance(60_000);
    await stack.startBff();
    admin = await stack.signIn('admin');
    await expect.poll(async () => (await receiptOf(refused.headers)).outcome).toBe('failed');
    expect(await receiptOf(refused.headers)).toMatchObject({ settledBy: 'reading' });
    expect(await writesSince(mark)).toEqual(['POST']);
  });

  it('say who was invited when a batch was applied in part', async () => {
    const emails = ['one', 'two', 'three', 'four'].map((name) => `${name}@batch.example`);
    const members = emails.map((email) => ({ user: { email } }));
    const mark = await stack.mark();
    await stack.addFault({ match: { method: 'POST' }, times: 1, fault: { kind: 'partial_batch', applied: 3 } });
    const partly = await admin.refused(batchCreateMembers, { params: harbor, body: { members } });
    expect(partly.error).toMatchObject({
      code: 'upstream_failed',
      message: expect.stringMatching(/^Invited 3 of 4 people/) as string,
    });
    for (const email of emails) expect(partly.error.message.includes(email)).toBe(email !== emails[3]);
    expect(await receiptOf(partly.headers)).toMatchObject({
      outcome: 'done',
      settledBy: 'reading',
      summary: expect.stringMatching(/^Invited 3 of 4 people to Harbor Works: /) as string,
    });
    expect(await writesSince(mark)).toEqual(['POST']);
  });

  it('do not take members who were there before for invited ones', async () => {
    const members = [{ user: { email: tiny.members.harborAdmin.email } }, { user: { email: 'fresh@batch.example' } }];
    const refused = await admin.refused(batchCreateMembers, { params: harbor, body: { members } });
    expect(refused.error).toMatchObject({ code: 'upstream_conflict', receiptId: expect.any(String) as string });
  });

  it('refuse what was changed since the person saw it, with what is there now', async () => {
    const before = await admin.ask(getProfile, { params: north });
    const headers = { [headerNames.ifMatch]: before.headers.get('etag') ?? '' };
    const phones = ['+1 555 0100 1', '+1 555 0100 2'];
    const change = (business_phone: string, version: Record<string, string>) =>
      admin.try(modifyProfile, { params: north, body: { ...before.result, business_phone }, headers: version });
    const both = await Promise.all(phones.map((phone) => change(phone, headers)));
    expect(both.map(({ status }) => status).sort((a, b) => a - b)).toEqual([204, 409]);
    const stale = both.find(({ status }) => status === 409);
    const written = phones[both.findIndex(({ status }) => status === 204)];
    const { code, current } = errorIn(stale ?? { text: '' });
    expect(code).toBe('stale_version');
    expect(current?.value).toEqual({ ...before.result, business_phone: written });
    expect((await change('+1 555 0100 3', { [headerNames.ifMatch]: current?.version ?? '' })).status).toBe(204);
  });

  it('send the profile back when an organization is renamed', async () => {
    const profile = await admin.ask(getProfile, { params: north });
    const seen = await admin.ask(getOrganization, { params: north });
    const headers = { [headerNames.ifMatch]: seen.headers.get('etag') ?? '' };
    const renamed = await admin.ask(modifyOrganization, { params: north, body: { name: 'Quillon Upper North' }, headers });
    expect(renamed.result).toMatchObject({ name: 'Quillon Upper North', parent: { id: tiny.root.id } });
    expect(await receiptOf(renamed.headers)).toMatchObject({
      summary: 'Rename organization Quillon North to Quillon Upper North',
      request: { name: 'Quillon Upper North', parent: { id: tiny.root.id }, profile: profile.result },
      errors: [],
    });
    expect((await admin.ask(getProfile, { params: north })).result).toEqual(profile.result);
    const stale = await admin.refused(modifyOrganization, { params: north, body: { name: 'Quillon North' }, headers });
    expect(stale.error).toMatchObject({ code: 'stale_version', current: { value: { name: 'Quillon Upper North' } } });
  });

  it('refuse to remove the last active member, and say so on a receipt', async () => {
    const { result: members } = await admin.ask(listMembers, { params: harbor });
    const last = members.find(({ status }) => status === 'active');
    const mark = await stack.mark();
    const refused = await admin.refused(deleteMember, { params: { ...harbor, memberId: last?.id ?? '' } });
    expect(refused.status).toBe(409);
    expect(refused.error).toMatchObject({
      code: 'would_orphan',
      message: expect.stringContaining('last active member') as string,
    });
    expect(await receiptOf(refused.headers)).toMatchObject({ outcome: 'refused', targetId: last?.id, status: null });
    expect(await writesSince(mark)).toEqual([]);
  });

  it('list receipts by scope and filter, newest first', async () => {
    const all = (await admin.ask(listReceipts, { query: { limit: 3 } })).result;
    expect(all.rows).toHaveLength(3);
    expect(all.more).toBe(true);
    const [newest, , third] = all.rows;
    expect(newest?.sequence).toBe(all.total);
    const next = (await admin.ask(listReceipts, { query: { limit: 3, before: third?.sequence ?? 0 } })).result;
    expect(next.rows[0]?.sequence).toBe((third?.sequence ?? 0) - 1);
    const refused = (await admin.ask(listReceipts, { query: { outcome: ['refused'], operation: ['deleteMember'] } })).result;
    expect(refused.rows.map(({ outcome }) => outcome)).toEqual(['refused']);

    const partner = await stack.signIn('partner');
    const seen = (await partner.ask(listReceipts, { query: { limit: 500 } })).result;
    expect(seen.total).toBeLessThan(all.total);
    expect(
      seen.rows.every(({ organizationId }) => [tiny.north.id, tiny.harbor.id].includes(organizationId as typeof tiny.north.id)),
    ).toBe(true);
    const hidden = (await admin.ask(listReceipts, { query: { operation: ['deleteOrganization'] } })).result.rows[0];
    expect((await partner.refused(getReceipt, { params: { receiptId: hidden?.id ?? '' } })).status).toBe(404);
    expect((await partner.refused(listReceipts, { query: { organization: tiny.root.id } })).status).toBe(403);
    const viewer = await stack.signIn('viewer');
    expect((await viewer.refused(getReceipt, { params: { receiptId: newest?.id ?? '' } })).status).toBe(404);
  });

  it('are found by who asked, letter by letter', async () => {
    const found = async (query: QueryOf<typeof listReceipts>) => (await admin.ask(listReceipts, { query })).result.total;
    expect(await found({ actor: 'halloran' })).toBeGreaterThan(0);
    expect(await found({ actor: 'hall_ran' })).toBe(0);
    expect(await found({ actor: '%' })).toBe(0);
    expect(await found({ actor: '\\' })).toBe(0);
    expect(await found({ organization: '%' })).toBe(0);
    expect(await found({ organization: tiny.north.id.replace('7', '_') })).toBe(0);
  });

  it('are refused before an intent while upstream throttles', async () => {
    await stack.addFault({ times: 1, fault: { kind: 'throttle', retryAfter: '300' } });
    expect((await admin.refused(getProfile, { params: harbor })).status).toBe(429);
    const mark = await stack.mark();
    const { total } = (await admin.ask(listReceipts)).result;
    const refused = await admin.refused(createMember, { params: harbor, body: invitation('later@quillon.example') });
    expect(refused.error).toMatchObject({ code: 'upstream_throttled' });
    expect((await admin.ask(listReceipts)).result.total).toBe(total);
    expect((await stack.requestsSince(mark)).requests).toEqual([]);
    stack.clock.advance(300_000);
  });

  it('leave a ledger that is as it was written, whatever became of them', async () => {
    await stack.stopBff();
    const database = await openDatabase(join(stack.dataDir, 'canopy.duckdb'), 'read');
    expect((await Chain.open(database)).head.entries).toBeGreaterThan(20);
    expect(await examine(database)).toBeNull();
    await database.close();
    await stack.startBff();
  });
});
