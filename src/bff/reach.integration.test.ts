import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Stack } from '../cli/testing/stack.ts';
import type { Visitor } from '../cli/testing/visitor.ts';
import { createExport } from '../contract/canopy/exports.ts';
import { getHierarchy, listAllAccounts, listAllMembers, refreshHierarchy } from '../contract/canopy/hierarchy.ts';
import { getReceipt, listReceipts } from '../contract/canopy/receipts.ts';
import { getSpendState } from '../contract/canopy/spend.ts';
import { headerNames } from '../contract/envelope.ts';
import { listOrganizationAccounts, moveAccount } from '../contract/cloudflare/accounts.ts';
import { listAuditEvents } from '../contract/cloudflare/audit.ts';
import { createMember, deleteMember, listMembers } from '../contract/cloudflare/members.ts';
import {
  createOrganization,
  deleteOrganization,
  getOrganization,
  listAccountOrganizations,
  listOrganizations,
  modifyOrganization,
} from '../contract/cloudflare/organizations.ts';
import { getProfile, modifyProfile } from '../contract/cloudflare/profile.ts';
import { listShares } from '../contract/cloudflare/shares.ts';
import { getAccountUsage, getOrganizationUsage, queryAccountUsage } from '../contract/cloudflare/usage.ts';
import { tiny } from '../cli/testing/world.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await Stack.start();
  await stack.readAhead();
});
afterAll(() => stack.close());

/** What writing rows reached upstream since a mark. */
const writesSince = async (mark: number) => (await stack.requestsSince(mark)).requests.filter(({ method }) => method !== 'GET');

describe('a partner, who administers Quillon North', () => {
  let partner: Visitor;
  beforeAll(async () => void (partner = await stack.signIn('partner')));

  const above = [tiny.root, tiny.south];
  const foreignAccounts = [tiny.accounts.shared, tiny.accounts.dairy, tiny.accounts.empty];
  /** Fails where a text names anything outside of the scope. */
  function expectNothingAbove(text: string): void {
    for (const { id, name } of [...above, ...foreignAccounts]) {
      expect(text).not.toContain(id);
      expect(text).not.toContain(name);
    }
  }

  test('sees a hierarchy that begins there', async () => {
    const { result, text } = await partner.ask(getHierarchy);
    expect(result.nodes).toMatchObject([
      { id: tiny.north.id, parentId: null, depth: 1, orphan: false, accounts: 3 },
      { id: tiny.harbor.id, parentId: tiny.north.id, depth: 2, accounts: 2 },
    ]);
    expect(result.accounts).toMatchObject({ total: 2, answered: 2 });
    expect(result.shape).toBe('distributor');
    expectNothingAbove(text);
  });

  test('lists nothing beyond it', async () => {
    const organizations = await partner.ask(listOrganizations);
    expect(organizations.result.map(({ id }) => id)).toEqual([tiny.north.id, tiny.harbor.id]);
    expect(organizations.result[0]?.meta.hierarchy_tags).toEqual([tiny.north.id]);
    expect(organizations.result[0]).not.toHaveProperty('parent');
    expect(organizations.result[1]?.meta.hierarchy_tags).toEqual([tiny.north.id, tiny.harbor.id]);
    expect(organizations.info?.total_size).toBeUndefined();

    const pages = await partner.ask(listOrganizations, { query: { page_size: 1 } });
    const roots = await partner.ask(listOrganizations, { query: { 'parent.id': 'null' } });
    expect(roots.result.map(({ id }) => id)).toEqual([tiny.north.id]);
    const one = await partner.ask(getOrganization, { params: { organizationId: tiny.north.id } });
    const accounts = await partner.ask(listAllAccounts);
    expect(accounts.result.rows).toHaveLength(5);
    const members = await partner.ask(listAllMembers);
    const ofAccount = await partner.ask(listAccountOrganizations, { params: { accountId: tiny.accounts.ferry.id } });
    const spend = await partner.ask(getSpendState);
    for (const { text } of [organizations, pages, roots, one, accounts, members, ofAccount, spend]) expectNothingAbove(text);
  });

  test('is told the same of what is above and of what does not exist', async () => {
    const nowhere = 'f'.repeat(32);
    for (const organizationId of [tiny.root.id, tiny.south.id, nowhere]) {
      const params = { organizationId };
      const range = { since: '2026-10-01', before: '2026-10-02' };
      const mark = await stack.mark();
      const refusals = [
        await partner.refused(getOrganization, { params }),
        await partner.refused(getProfile, { params }),
        await partner.refused(listMembers, { params }),
        await partner.refused(listOrganizationAccounts, { params }),
        await partner.refused(listShares, { params }),
        await partner.refused(listAuditEvents, { params, query: range }),
        await partner.refused(getOrganizationUsage, { params }),
        await partner.refused(listOrganizations, { query: { 'parent.id': organizationId } }),
        await partner.refused(listOrganizations, { query: { 'containing.organization': organizationId } }),
        await partner.refused(listAllAccounts, { query: { organization: organizationId } }),
        await partner.refused(getSpendState, { query: { organization: organizationId } }),
        await partner.refused(refreshHierarchy, { body: { organizationIds: [organizationId] } }),
        await partner.refused(createExport, {
          body: { kind: 'accounts', format: 'csv', organization: organizationId, descendants: true },
        }),
        await partner.refused(createExport, { body: { kind: 'audit', format: 'csv', organization: organizationId, query: '' } }),
        await partner.refused(deleteOrganization, { params }),
        await partner.refused(createMember, { params, body: { member: { user: { email: 'a@x.example' } } } }),
        await partner.refused(deleteMember, { params: { ...params, memberId: tiny.members.founder.id } }),
      ];
      expect(refusals.map(({ error }) => error.code)).toEqual(refusals.map(() => 'out_of_scope'));
      expect(new Set(refusals.map(({ status }) => status))).toEqual(new Set([403]));
      expect((await stack.requestsSince(mark)).requests).toEqual([]);
    }
  });

  test('cannot name an id of elsewhere among others', async () => {
    const { result } = await partner.ask(listOrganizations, { query: { id: [tiny.north.id, tiny.root.id, tiny.south.id] } });
    expect(result.map(({ id }) => id)).toEqual([tiny.north.id]);
  });

  test('cannot read an account of elsewhere', async () => {
    for (const { id: accountId } of foreignAccounts) {
      const refusals = [
        await partner.refused(getAccountUsage, { params: { accountId } }),
        await partner.refused(queryAccountUsage, { params: { accountId }, body: {} }),
        await partner.refused(listAccountOrganizations, { params: { accountId } }),
        await partner.refused(listOrganizations, { query: { 'containing.account': accountId } }),
      ];
      expect(refusals.map(({ error }) => error.code)).toEqual(refusals.map(() => 'out_of_scope'));
    }
    expect((await partner.ask(getAccountUsage, { params: { accountId: tiny.accounts.mill.id } })).status).toBe(200);
  });

  test('cannot write beyond it, whatever the body names', async () => {
    const mark = await stack.mark();
    const change = { name: 'Renamed', parent: { id: tiny.root.id } };
    const refusals = [
      await partner.refused(moveAccount, {
        params: { accountId: tiny.accounts.mill.id },
        body: { destination_organization_id: tiny.south.id },
      }),
      await partner.refused(moveAccount, {
        params: { accountId: tiny.accounts.dairy.id },
        body: { destination_organization_id: tiny.north.id },
      }),
      await partner.refused(createOrganization, { body: { name: 'New' } }),
      await partner.refused(createOrganization, { body: { name: 'New', parent: { id: tiny.south.id } } }),
      await partner.refused(modifyOrganization, {
        params: { organizationId: tiny.harbor.id },
        body: change,
        headers: { 'if-match': '"x"' },
      }),
      await partner.refused(modifyProfile, {
        params: { organizationId: tiny.root.id },
        body: { business_name: '', business_email: '', business_phone: '', business_address: '', external_metadata: '' },
        headers: { 'if-match': '"x"' },
      }),
    ];
    expect(refusals.map(({ error }) => error.code)).toEqual(refusals.map(() => 'out_of_scope'));
    expect(await writesSince(mark)).toEqual([]);
  });
});

describe('a billing viewer', () => {
  let billing: Visitor;
  beforeAll(async () => void (billing = await stack.signIn('billing')));

  test('never receives an e-mail address or a profile', async () => {
    const north = { organizationId: tiny.north.id };
    const mill = { accountId: tiny.accounts.mill.id };
    const answers = [
      await billing.ask(getHierarchy),
      await billing.ask(refreshHierarchy, { body: {} }),
      await billing.ask(listAllAccounts),
      await billing.ask(listOrganizations),
      await billing.ask(getOrganization, { params: north }),
      await billing.ask(listOrganizationAccounts, { params: north }),
      await billing.ask(listAccountOrganizations, { params: mill }),
      await billing.ask(getOrganizationUsage, { params: north }),
      await billing.ask(getAccountUsage, { params: mill }),
      await billing.ask(queryAccountUsage, { params: mill, body: {} }),
      await billing.ask(getSpendState),
    ];
    for (const { text } of answers) expect(text).not.toMatch(/[a-z0-9._-]+@[a-z0-9.-]+\.example|abuse_contact|business_/i);
  });

  test('keeps what the job needs', async () => {
    const { result } = await billing.ask(listOrganizationAccounts, { params: { organizationId: tiny.north.id } });
    expect(result[0]).toMatchObject({ id: tiny.accounts.mill.id, name: 'Ambler Mill', type: 'standard' });
    expect(result[0]?.settings).not.toHaveProperty('abuse_contact_email');
    const usage = await billing.ask(getAccountUsage, { params: { accountId: tiny.accounts.mill.id } });
    expect(usage.result[0]).toHaveProperty('ConsumedQuantity');
  });

  test('does not see how many members there are', async () => {
    const { result } = await billing.ask(getHierarchy);
    expect(result.nodes.every((node) => node.members === null)).toBe(true);
    expect(result.members).toMatchObject({ total: 0, failed: [] });
  });

  test('cannot find out who is where', async () => {
    const mark = await stack.mark();
    const { error } = await billing.refused(listOrganizations, { query: { 'containing.user': tiny.members.founder.email } });
    expect(error.code).toBe('not_allowed');
    expect((await stack.requestsSince(mark)).requests).toEqual([]);
  });

  test('gets no view that others have asked for, and they get none of his', async () => {
    const viewer = await stack.signIn('viewer');
    const params = { organizationId: tiny.north.id };
    const both = await Promise.all(
      [billing, viewer, billing, viewer].map((visitor) => visitor.ask(listOrganizationAccounts, { params })),
    );
    expect(both.map(({ text }) => text.includes('abuse_contact_email'))).toEqual([false, true, false, true]);
  });
});

describe('a list', () => {
  test('asked without paging is whole, and says so', async () => {
    const admin = await stack.signIn('admin');
    const { result, info } = await admin.ask(listOrganizations);
    expect(result).toHaveLength(4);
    expect(info?.complete).toBe(true);
  });

  test('asked by the page is one page', async () => {
    const admin = await stack.signIn('admin');
    const first = await admin.ask(listOrganizations, { query: { page_size: 3 } });
    expect(first.result).toHaveLength(3);
    const token = first.info?.next_page_token;
    if (!token) throw new Error('there is a second page');
    const second = await admin.ask(listOrganizations, { query: { page_size: 3, page_token: token } });
    expect(second.result).toHaveLength(1);
  });
});

describe('a profile', () => {
  test('carries its version', async () => {
    const admin = await stack.signIn('admin');
    const params = { organizationId: tiny.north.id };
    const { headers } = await admin.ask(getProfile, { params });
    expect(headers.get('etag')).toMatch(/^"[0-9a-f]{32}"$/);
    expect((await admin.ask(getProfile, { params })).headers.get('etag')).toBe(headers.get('etag'));
    expect((await admin.ask(getOrganization, { params })).headers.get('etag')).not.toBe(headers.get('etag'));
  });
});

// last, because it changes the world
describe('what a partner changes within it', () => {
  let partner: Visitor;
  beforeAll(async () => void (partner = await stack.signIn('partner')));
  const north = { organizationId: tiny.north.id };

  test('is in the hierarchy at once', async () => {
    const created = await partner.ask(createOrganization, { body: { name: 'Quillon Annex', parent: { id: tiny.north.id } } });
    const { result } = await partner.ask(getHierarchy);
    expect(result.nodes.find(({ id }) => id === created.result.id)).toMatchObject({ parentId: tiny.north.id, depth: 2 });

    const moved = { accountId: tiny.accounts.bakery.id };
    await partner.ask(moveAccount, { params: moved, body: { destination_organization_id: created.result.id } });
    const { rows } = (await partner.ask(listAllAccounts)).result;
    expect(rows.find(({ id }) => id === moved.accountId)?.organizationId).toBe(created.result.id);
  });

  test('keeps the parent that the partner cannot see, and shows nothing of it', async () => {
    const { headers } = await partner.ask(getOrganization, { params: north });
    const version = { 'if-match': headers.get('etag') ?? '' };
    const renamed = await partner.ask(modifyOrganization, {
      params: north,
      body: { name: 'Quillon Far North' },
      headers: version,
    });
    expect(renamed.result).toMatchObject({ name: 'Quillon Far North' });
    expect(renamed.text).not.toContain(tiny.root.id);
    const admin = await stack.signIn('admin');
    expect((await admin.ask(getOrganization, { params: north })).result.parent?.id).toBe(tiny.root.id);

    const stale = await partner.refused(modifyOrganization, { params: north, body: { name: 'Too late' }, headers: version });
    expect(stale.error.code).toBe('stale_version');
    expect(stale.error.current?.value).toMatchObject({ name: 'Quillon Far North' });
    expect(stale.text).not.toContain(tiny.root.id);
  });

  test('and what others move across its border leaves receipts that keep to this side', async () => {
    const admin = await stack.signIn('admin');
    const because = { [headerNames.reason]: 'Agreed%20with%20Quillon%20South' };
    const move = (accountId: string, destination_organization_id: string) =>
      admin.try(moveAccount, { params: { accountId }, body: { destination_organization_id }, headers: because });
    const { headers: refused, status } = await move(tiny.accounts.dairy.id, tiny.north.id);
    expect(status).toBe(403);
    expect((await move(tiny.accounts.shared.id, tiny.north.id)).status).toBe(200);
    expect((await move(tiny.accounts.shared.id, tiny.root.id)).status).toBe(200);

    const { result, text } = await partner.ask(listReceipts);
    for (const { id, name } of [tiny.root, tiny.south, tiny.accounts.dairy]) {
      expect(text).not.toContain(id);
      expect(text).not.toContain(name);
    }
    const about = { operation: 'moveAccount', targetId: tiny.accounts.shared.id, organizationId: tiny.north.id, reason: null };
    expect(result.rows.slice(0, 2)).toMatchObject([
      { ...about, summary: expect.stringContaining(' from Quillon Far North, across'), request: {} },
      { ...about, summary: expect.stringContaining(' to Quillon Far North, across') },
    ]);
    expect(result.rows.find(({ operation }) => operation === 'modifyOrganization')).toMatchObject({
      summary: 'Rename organization Quillon North to Quillon Far North',
      request: { name: 'Quillon Far North' },
    });

    const receiptId = refused.get(headerNames.receiptId) ?? '';
    expect((await admin.ask(getReceipt, { params: { receiptId } })).result.summary).toContain('Quillon South');
    expect((await partner.refused(getReceipt, { params: { receiptId } })).error.code).toBe('not_found');
    expect((await admin.ask(listReceipts)).text).toContain(tiny.south.id);
  });
});
