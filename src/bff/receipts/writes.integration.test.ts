import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Stack } from '../../cli/testing/stack.ts';
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
import { headerNames } from '../../contract/envelope.ts';
import { tiny } from '../../cli/testing/world.ts';

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
      body: { destination_organization_id: tiny.south.id },
    });
    expect(moved.result).toEqual({
      account_id: tiny.accounts.mill.id,
      source_organization_id: tiny.north.id,
      destination_organization_id: tiny.south.id,
    });
    expect(await receiptOf(moved.headers)).toMatchObject({
      settledBy: 'reading',
      summary: 'Move account Ambler Mill from Quillon North to Quillon South',
    });
  });
});
