import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOrganizationAccounts, moveAccount } from '../../contract/cloudflare/accounts.ts';
import { listAccountOrganizations } from '../../contract/cloudflare/organizations.ts';
import { SandboxUnderTest } from '../sandbox-under-test.ts';
import { tiny } from '../seed/tiny.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
});
afterAll(() => sandbox.close());

const at = (organizationId: string) => ({ params: { organizationId } });
const move = (accountId: string, destination_organization_id: string) => ({
  params: { accountId },
  body: { destination_organization_id },
});
const idsIn = async (organizationId: string) =>
  (await sandbox.ask(listOrganizationAccounts, at(organizationId))).result.map(({ id }) => id);

describe('listOrganizationAccounts', () => {
  it('gives only the accounts directly inside, by id', async () => {
    const { mill, bakery, cinema } = tiny.accounts;
    const { result, info } = await sandbox.ask(listOrganizationAccounts, at(tiny.north.id));
    expect(result.map(({ id }) => id)).toEqual([mill.id, bakery.id, cinema.id]);
    expect(info).toEqual({ total_size: 3 });
  });

  it('sorts by name, both ways, over pages', async () => {
    const names: unknown[] = [];
    let page_token: string | undefined;
    do {
      const { result, info } = await sandbox.ask(listOrganizationAccounts, {
        ...at(tiny.north.id),
        query: { order_by: 'account_name', direction: 'desc', page_size: 1, ...(page_token !== undefined && { page_token }) },
      });
      names.push(...result.map(({ name }) => name));
      page_token = info.next_page_token;
    } while (page_token !== undefined);
    expect(names).toEqual(['Corvid Cinema', 'Bracken Bakery', 'Ambler Mill']);
  });

  it.each([
    [{ 'name.contains': 'BAKE' }, ['Bracken Bakery']],
    [{ 'account_pubname.startsWith': 'amb' }, ['Ambler Mill']],
    [{ name: 'corvid cinema' }, ['Corvid Cinema']],
  ])('filters by %j whatever the case', async (query, expected) => {
    const { result } = await sandbox.ask(listOrganizationAccounts, { ...at(tiny.north.id), query });
    expect(result.map(({ name }) => name)).toEqual(expected);
  });

  it('still answers the older page numbers, and an empty page past the last', async () => {
    const page = (search: string) => sandbox.ask(listOrganizationAccounts, { ...at(tiny.north.id), search });
    const second = await page('page=2&per_page=2');
    expect(second.result).toHaveLength(1);
    expect(second.info).toEqual({ page: 2, per_page: 2, count: 1, total_count: 3, total_pages: 2 });
    expect((await page('page=3&per_page=2')).result).toEqual([]);
    expect((await page('page=1')).info.per_page).toBe(20);
    const { status, errors } = await sandbox.refused(listOrganizationAccounts, { ...at(tiny.north.id), search: 'page=0' });
    expect([status, errors[0]?.source?.pointer]).toEqual([400, '/page']);
  });

  it('answers 404 for an unknown organization', async () => {
    expect((await sandbox.refused(listOrganizationAccounts, at('0'.repeat(32)))).status).toBe(404);
  });
});

describe('listAccountOrganizations', () => {
  it('leads from the root to the organization that holds the account', async () => {
    const { result } = await sandbox.ask(listAccountOrganizations, { params: { accountId: tiny.accounts.ferry.id } });
    expect(result.map(({ id }) => id)).toEqual([tiny.root.id, tiny.north.id, tiny.harbor.id]);
  });

  it.each([
    ['not-an-account', 400],
    ['0'.repeat(32), 404],
  ])('cannot route to %s', async (id, status) => {
    const answer = await sandbox.raw('GET', `/accounts/${id}/organizations`);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({
      success: false,
      result: null,
      errors: [
        { code: 7003, message: `Could not route to /accounts/${id}/organizations, perhaps your object identifier is invalid?` },
        { code: 7000 },
      ],
    });
  });
});

describe('moveAccount', () => {
  it('moves within the hierarchy and back', async () => {
    const { mill } = tiny.accounts;
    const { result } = await sandbox.ask(moveAccount, move(mill.id, tiny.harbor.id));
    expect(result).toEqual({
      account_id: mill.id,
      source_organization_id: tiny.north.id,
      destination_organization_id: tiny.harbor.id,
    });
    expect(await idsIn(tiny.north.id)).not.toContain(mill.id);
    expect(await idsIn(tiny.harbor.id)).toContain(mill.id);
    await sandbox.ask(moveAccount, move(mill.id, tiny.north.id));
    expect(await idsIn(tiny.north.id)).toContain(mill.id);
  });

  it('refuses where a flag forbids it, on either side', async () => {
    const out = await sandbox.refused(moveAccount, move(tiny.accounts.dairy.id, tiny.north.id));
    const into = await sandbox.refused(moveAccount, move(tiny.accounts.mill.id, tiny.south.id));
    expect([out.status, into.status]).toEqual([403, 403]);
    expect([out.errors[0]?.message, into.errors[0]?.message]).toEqual([
      expect.stringContaining('out of'),
      expect.stringContaining('into'),
    ]);
  });

  it.each([
    [{}, 400],
    [{ destination_organization_id: 5 }, 400],
    [{ destination_organization_id: '0'.repeat(32) }, 400],
    [{ destination_organization_id: tiny.north.id }, 400],
  ])('refuses %j', async (body, status) => {
    const answer = await sandbox.refused(moveAccount, { params: { accountId: tiny.accounts.mill.id }, body });
    expect([answer.status, answer.errors[0]?.source?.pointer]).toEqual([status, '/destination_organization_id']);
  });

  it('shows a move after the lag only, and loses none', async () => {
    const { bakery } = tiny.accounts;
    await sandbox.set({ lagMilliseconds: 600_000 });
    await sandbox.ask(moveAccount, move(bakery.id, tiny.harbor.id));
    expect(await idsIn(tiny.north.id)).toContain(bakery.id);
    await sandbox.set({ lagMilliseconds: 0 });
    // the next move of the same account finds the first one done
    await sandbox.ask(moveAccount, move(bakery.id, tiny.root.id));
    expect(await idsIn(tiny.root.id)).toContain(bakery.id);
    await sandbox.ask(moveAccount, move(bakery.id, tiny.north.id));
  });
});
