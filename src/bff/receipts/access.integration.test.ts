import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../database/open.ts';
import { Stack } from '../../cli/testing/stack.ts';
import type { Visitor } from '../../cli/testing/visitor.ts';
import { tiny } from '../../cli/testing/world.ts';
import { listAccess } from '../../contract/canopy/access.ts';
import type { AccessEntry } from '../../contract/canopy/access.ts';
import { createExport } from '../../contract/canopy/exports.ts';
import { listReceipts } from '../../contract/canopy/receipts.ts';
import { getSession, signIn, signOut } from '../../contract/canopy/session.ts';
import type { QueryOf } from '../../contract/endpoint.ts';
import { moveAccount } from '../../contract/cloudflare/accounts.ts';
import { listAuditEvents } from '../../contract/cloudflare/audit.ts';
import { deleteMember } from '../../contract/cloudflare/members.ts';
import { headerNames } from '../../contract/envelope.ts';

describe('accesses through the whole backend', () => {
  let stack: Stack;
  let admin: Visitor;
  beforeAll(async () => {
    stack = await Stack.start();
    admin = await stack.signIn('admin');
    await stack.readAhead();
  });
  afterAll(() => stack.close());

  const list = async (query: { query?: QueryOf<typeof listAccess> } = {}, visitor = admin): Promise<readonly AccessEntry[]> =>
    (await visitor.ask(listAccess, query)).result.rows;
  const newest = async (kind: AccessEntry['kind']) => (await list({ query: { kind: [kind] } }))[0];

  it('keep who came, who could not, and who left', async () => {
    const { text } = await stack.stranger().refused(signIn, { body: { identity: 'nobody' } });
    expect(text).toContain('not_signed_in');
    expect(await newest('sign-in-failed')).toMatchObject({
      actor: null,
      came: { address: '127.0.0.1', session: null, method: null },
      operation: 'signIn',
      reason: 'not_signed_in',
    });
    const auditor = await stack.signIn('auditor');
    const came = await newest('sign-in');
    expect(came).toMatchObject({ actor: { id: 'auditor', role: 'auditor' }, reason: null, times: 1 });
    expect(came?.came).toEqual({ address: '127.0.0.1', session: expect.stringMatching(/^[0-9a-f]{8}$/), method: 'identities' });
    const { headers } = await auditor.ask(signOut);
    expect(await newest('sign-out')).toMatchObject({
      actor: { id: 'auditor' },
      came: came?.came,
      requestId: headers.get(headerNames.requestId),
    });
  });

  it('keep what a role, a scope and another site’s page were refused, once with a count', async () => {
    const viewer = await stack.signIn('viewer');
    const removal = { params: { organizationId: tiny.north.id, memberId: tiny.members.northAdmin.id } };
    const { headers } = await viewer.refused(deleteMember, removal);
    await viewer.refused(deleteMember, removal);
    expect(await newest('denied')).toMatchObject({
      actor: { id: 'viewer' },
      operation: 'deleteMember',
      organizationId: tiny.north.id,
      targetId: tiny.members.northAdmin.id,
      reason: 'not_allowed',
      times: 2,
      requestId: headers.get(headerNames.requestId),
    });

    const partner = await stack.signIn('partner');
    await partner.refused(moveAccount, {
      params: { accountId: tiny.accounts.mill.id },
      body: { destination_organization_id: tiny.root.id },
    });
    expect(await newest('denied')).toMatchObject({ organizationId: tiny.root.id, reason: 'out_of_scope' });

    const elsewhere = { headers: { 'sec-fetch-site': 'same-site' } };
    expect((await viewer.refused(getSession, elsewhere)).status).toBe(403);
    expect(await newest('denied')).toMatchObject({ actor: { id: 'viewer' }, operation: 'getSession', reason: 'cross_site' });
    await stack.stranger().refused(getSession, elsewhere);
    expect(await newest('denied')).toMatchObject({ actor: null, reason: 'cross_site' });
  });

  it('keep that records were read, but not that lists were', async () => {
    await admin.ask(listAuditEvents, {
      params: { organizationId: tiny.north.id },
      query: { since: '2026-10-01', before: '2026-10-15' },
    });
    await admin.ask(listReceipts);
    await admin.ask(listReceipts);
    const views = async () =>
      (await list({ query: { kind: ['view'], actor: 'admin' } })).map((entry) =>
        [entry.operation, entry.organizationId, entry.times].join(' '),
      );
    await expect.poll(views).toContain(`listAuditEvents ${tiny.north.id} 1`);
    await expect.poll(views).toContain('listReceipts  2');
    const operations = new Set((await views()).map((view) => view.split(' ')[0]));
    expect(operations).toEqual(new Set(['listAuditEvents', 'listReceipts', 'listAccess']));
  });

  it('keep a file with its filter and its end, but not its ticket', async () => {
    const body = { kind: 'accounts', format: 'csv', organization: tiny.north.id, descendants: true };
    const { result } = await admin.ask(createExport, { body });
    await admin.send('GET', result.url, { headers: { 'sec-fetch-site': 'same-origin' } });
    const entry = await newest('export');
    expect(entry).toMatchObject({ organizationId: tiny.north.id, asked: body, ended: { outcome: 'complete' } });
    expect(entry?.ended?.rows).toBeGreaterThan(2);
    expect(JSON.stringify(await list())).not.toContain(result.ticket);

    const receipts = (await admin.ask(createExport, { body: { kind: 'receipts', format: 'ndjson' } })).result;
    const file = await admin.send('GET', receipts.url, { headers: { 'sec-fetch-site': 'same-origin' } });
    expect(file.text).toContain('"kind":"sign-in-failed"');
    expect(file.text).not.toContain(result.ticket);
  });

  it('show whoever has a scope only what is in it, and others nothing', async () => {
    const partner = await stack.signIn('partner');
    const rows = await list({}, partner);
    expect(rows.length).toBeGreaterThan(3);
    const north = new Set<string | null>([tiny.north.id, tiny.harbor.id]);
    expect(rows.every(({ organizationId }) => north.has(organizationId))).toBe(true);
    expect((await partner.refused(listAccess, { query: { organization: tiny.root.id } })).error.code).toBe('out_of_scope');
    for (const name of ['viewer', 'billing'])
      expect((await (await stack.signIn(name)).refused(listAccess)).error.code).toBe('not_allowed');
  });

  it('let nobody in, and still refuse, where they cannot be written down', async () => {
    const viewer = await stack.signIn('viewer');
    await stack.stopBff();
    const path = join(stack.dataDir, 'canopy.duckdb');
    await changed(path, 'alter table access rename to access_elsewhere');
    await stack.startBff();
    const again = stack.returning(viewer);
    const refused = await stack.stranger().refused(signIn, { body: { identity: 'viewer' } });
    expect(refused.error.code).toBe('ledger_unavailable');
    expect(refused.headers.get('set-cookie')).toBeNull();
    expect((await again.refused(listReceipts)).error.code).toBe('not_allowed');
    expect((await stack.returning(admin).ask(listReceipts)).status).toBe(200);

    await stack.stopBff();
    await changed(path, 'alter table access_elsewhere rename to access');
    await changed(path, `update ledger_entry set body = replace(body, 'not_signed_in', 'not_signed-in') where sequence = 3`);
    await stack.startBff();
    await expect
      .poll(async () => JSON.parse((await stack.stranger().send('GET', '/readyz')).text) as object)
      .toEqual({ status: 'degraded', ledger: 'changed at entry 3' });
    expect(stack.log.join('\n')).toMatch(/"entry":3.*the ledger was changed by something other than Canopy/);
  });
});

async function changed(path: string, statement: string): Promise<void> {
  const database = await openDatabase(path);
  await sql.raw(statement).execute(database.query);
  await database.close();
}
