import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Stack } from '../../cli/testing/stack.ts';
import { tiny } from '../../cli/testing/world.ts';
import type { Received, Visitor } from '../../cli/testing/visitor.ts';
import { createExport, getExportEnd } from '../../contract/canopy/exports.ts';
import type { ExportRequest } from '../../contract/canopy/exports.ts';
import { filterAccounts } from '../../contract/canopy/account-filter.ts';
import { listAccess } from '../../contract/canopy/access.ts';
import { listAllAccounts, listAllMembers } from '../../contract/canopy/hierarchy.ts';
import { setAccountTags } from '../../contract/canopy/tags.ts';
import { createMember } from '../../contract/cloudflare/members.ts';
import { modifyOrganization, getOrganization } from '../../contract/cloudflare/organizations.ts';
import { headerNames } from '../../contract/envelope.ts';

const accounts: ExportRequest = { kind: 'accounts', format: 'csv', descendants: true };
const audit = (format: 'csv' | 'ndjson'): ExportRequest => ({
  kind: 'audit',
  format,
  organization: tiny.root.id,
  query: 'since=2026-06-01&before=2026-11-01',
});
const spend = {
  kind: 'spend',
  format: 'csv',
  question: {
    descendants: true,
    measure: { kind: 'cost', column: 'BilledCost', currency: 'USD' },
    from: '2026-09-01',
    to: '2026-10-01',
    granularity: 'day',
    groupBy: null,
    filters: [],
    top: 8,
    compare: null,
  },
} satisfies ExportRequest;
const sameOrigin = { 'sec-fetch-site': 'same-origin' };

describe('exports through the whole backend', () => {
  let stack: Stack;
  let admin: Visitor;

  beforeAll(async () => {
    stack = await Stack.start();
    admin = await stack.signIn('admin');
    await stack.readAhead();
  });
  afterEach(() => stack.clearFaults());
  afterAll(() => stack.close());

  const ticketFor = async (visitor: Visitor, body: ExportRequest) => (await visitor.ask(createExport, { body })).result;
  /** As a browser follows the link: no header of ours. */
  const follow = (visitor: Visitor, url: string) =>
    visitor.send('GET', url, { headers: { [headerNames.guard]: '', ...sameOrigin } });
  const take = async (visitor: Visitor, body: ExportRequest): Promise<Received & { lines: string[] }> => {
    const received = await follow(visitor, (await ticketFor(visitor, body)).url);
    return { ...received, lines: received.text.split(/\r?\n/).filter((line) => line !== '') };
  };
  /** The last line names the digest of everything before it. */
  const proven = (text: string) => {
    const end = text.trimEnd().lastIndexOf('\n') + 1;
    return text.slice(end).includes(createHash('sha256').update(text.slice(0, end)).digest('hex'));
  };

  it('write accounts with where they stand', async () => {
    const { result } = await admin.ask(createExport, { body: accounts });
    expect(result).toMatchObject({ fileName: 'canopy-accounts-2026-10-15.csv', expiresAt: '2026-10-15T12:01:00.000Z' });
    const file = await take(admin, accounts);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="canopy-accounts/);
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    expect(file.lines[0]).toBe(
      'Account ID,Name,Type,Created,Two-factor required,Organization,Organization ID,Ancestor path,Depth',
    );
    expect(file.lines.find((line) => line.includes('Fenwater Ferry'))).toMatch(
      /^acc00000000000000000000000000007,Fenwater Ferry,enterprise,2026-[^,]+,[a-z]+,Harbor Works,7e570000000000000000000000000004,Quillon Partners \/ Quillon North \/ Harbor Works,3$/,
    );
    expect(file.lines).toHaveLength(10);
    expect(file.lines.at(-1)).toMatch(
      /^"?# Accounts of every organization you may see; 8 rows; as of 2026-10-15T.*; sha256 [0-9a-f]{64}"?,,,,,,,,$/,
    );
    expect(proven(file.text)).toBe(true);
  });

  it('write the rows that the filters of the page leave, and name the filters', async () => {
    await admin.ask(setAccountTags, {
      body: { accounts: ['acc00000000000000000000000000007'], key: 'team', value: 'quay' },
    });
    const filter = { text: '', type: [], enforcement: [], createdFrom: null, createdBefore: null };
    const all = (await admin.ask(listAllAccounts, { query: { descendants: true } })).result.rows;
    const chosen = async (more: object) => {
      const { lines, headers } = await take(admin, { ...accounts, filter: { ...filter, ...more } });
      return {
        ids: lines.slice(1, -1).map((line) => line.split(',')[0]),
        last: lines.at(-1),
        name: headers.get('content-disposition'),
      };
    };
    const tagged = await chosen({ text: ' Team=QUAY ' });
    expect(tagged.ids).toEqual(['acc00000000000000000000000000007']);
    expect(tagged.last).toContain('filtered by name, ID or tag with');
    expect(tagged.last).toContain(`out of ${all.length}; 1 rows`);
    expect(tagged.name).toContain('canopy-accounts-filtered-2026');
    const narrow = { type: ['enterprise'], createdBefore: '2026-06-01' };
    expect((await chosen(narrow)).ids).toEqual(filterAccounts(all, { ...filter, ...narrow }).map(({ id }) => id));
    expect((await chosen({ type: ['none such'] })).ids).toEqual([]);
    expect((await chosen({})).ids).toHaveLength(all.length);

    const everybody = { kind: 'members', format: 'csv', descendants: true } as const;
    const { lines } = await take(admin, {
      ...everybody,
      filter: { text: '', status: ['pending'], twoFactor: [], domain: '', alone: false, longPending: false },
    });
    const members = (await admin.ask(listAllMembers, { query: { descendants: true } })).result.rows;
    expect(lines.slice(1, -1).map((line) => line.split(',')[0])).toEqual(
      members.filter(({ status }) => status === 'pending').map(({ id }) => id),
    );
    expect(lines.at(-1)).toContain('filtered by status pending');
    const strange = { ...accounts, filter: { ...filter, name: 'x' } } as unknown as ExportRequest; // a word that no filter has
    expect((await admin.refused(createExport, { body: strange })).error.code).toBe('invalid_request');
    const entries = (await admin.ask(listAccess, { query: { kind: ['export'] } })).result.rows;
    expect(entries.map(({ asked }) => asked)).toContainEqual({ ...accounts, filter: { ...filter, ...narrow } });
  });

  it('write only what the person may see', async () => {
    const partner = await stack.signIn('partner');
    const file = await take(partner, accounts);
    expect(file.text).not.toContain('Quillon Partners');
    expect(file.text).not.toContain('Dovecote');
    expect(file.lines.find((line) => line.includes('Fenwater'))).toContain('Quillon North / Harbor Works,2');
    for (const body of [{ ...accounts, organization: tiny.root.id }, audit('csv')] as ExportRequest[])
      expect((await partner.refused(createExport, { body })).error.code).toBe('out_of_scope');
  });

  it('write members, and cells that would be formulas as text', async () => {
    await admin.ask(createMember, {
      params: { organizationId: tiny.south.id },
      body: { member: { user: { email: '=2+5@evil.example' } } },
    });
    await admin.ask(createMember, {
      params: { organizationId: tiny.south.id },
      body: { member: { user: { email: '+cmd@evil.example' } } },
    });
    await stack.readAhead();
    const { lines } = await take(admin, { kind: 'members', format: 'csv', organization: tiny.south.id, descendants: false });
    expect(lines[0]).toMatch(/^Member ID,E-mail,Name,Status/);
    expect(lines.filter((line) => line.includes("'=2+5@evil.example") || line.includes("'+cmd@evil.example"))).toHaveLength(2);
    expect(lines.at(-1)).toContain('# Members of Quillon South; ');
  });

  it('write the audit trail in both forms, proven by its digest', async () => {
    const csv = await take(admin, audit('csv'));
    const ndjson = await take(admin, audit('ndjson'));
    expect(csv.lines[0]).toMatch(/^Time,Result,Action/);
    const { _end: end } = JSON.parse(ndjson.lines.at(-1) ?? '{}') as { _end: { complete: boolean; count: number } };
    expect(end).toMatchObject({ complete: true, count: ndjson.lines.length - 1 });
    expect(end.count).toBeGreaterThan(10);
    expect(csv.lines.at(-1)).toContain(`${end.count} rows`);
    expect(ndjson.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    expect(proven(csv.text) && proven(ndjson.text)).toBe(true);
    const times = ndjson.lines.slice(0, -1).map((line) => (JSON.parse(line) as { action: { time: string } }).action.time);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('say inside the file, or by breaking it, that it is not whole', async () => {
    const broken = {
      match: { path: '*/logs/audit' },
      times: null,
      after: 1,
      fault: { kind: 'status', status: 500, body: 'json' },
    } as const;
    await stack.addFault(broken);
    const ndjson = await take(admin, { ...audit('ndjson'), query: 'since=2026-01-01&before=2026-11-01' } as ExportRequest);
    expect(JSON.parse(ndjson.lines.at(-1) ?? '{}')).toMatchObject({
      _end: { complete: false, error: { code: 'upstream_failed' } },
    });
    await stack.clearFaults();
    await stack.addFault(broken);
    await expect(
      take(admin, { ...audit('csv'), query: 'since=2026-01-01&before=2026-11-01' } as ExportRequest),
    ).rejects.toThrow();
  });

  it('tell the page how a download ended, and nobody else', async () => {
    const { ticket, url } = await ticketFor(admin, accounts);
    const end = async () => (await admin.ask(getExportEnd, { params: { ticket } })).result;
    expect(await end()).toEqual({ ended: null, failure: null });
    const file = await follow(admin, url);
    expect(await end()).toEqual({
      ended: { outcome: 'complete', rows: 8, bytes: Buffer.byteLength(file.text) },
      failure: null,
    });
    const other = await stack.signIn('admin');
    expect((await other.refused(getExportEnd, { params: { ticket } })).error.code).toBe('not_found');
    await stack.addFault({
      match: { path: '*/logs/audit' },
      times: null,
      fault: { kind: 'status', status: 500, body: 'json' },
    });
    for (const format of ['csv', 'ndjson'] as const) {
      const broken = await ticketFor(admin, audit(format));
      await follow(admin, broken.url).catch(() => undefined);
      const { ended, failure } = (await admin.ask(getExportEnd, { params: { ticket: broken.ticket } })).result;
      expect(ended?.outcome).toBe('failed');
      expect(failure).toMatchObject({ code: 'upstream_failed', message: expect.any(String), action: expect.any(String) });
      // the line of the log about the file has the same id
      const lines = stack.log.filter((line) => line.includes(failure?.requestId ?? 'none'));
      expect(lines.join('')).toContain('"kind":"audit"');
    }
  });

  it('write receipts in both forms', async () => {
    const organization = await admin.ask(getOrganization, { params: { organizationId: tiny.south.id } });
    await admin.ask(modifyOrganization, {
      params: { organizationId: tiny.south.id },
      body: { name: '=Quillon South' },
      headers: { [headerNames.ifMatch]: organization.headers.get('etag') ?? '' },
    });
    const csv = await take(admin, { kind: 'receipts', format: 'csv' });
    expect(csv.lines[1]).toContain('Rename organization Quillon South to =Quillon South');
    const ndjson = await take(admin, { kind: 'receipts', format: 'ndjson' });
    expect(JSON.parse(ndjson.lines[0] ?? '{}')).toMatchObject({ operation: 'modifyOrganization', outcome: 'done' });
    expect(proven(csv.text) && proven(ndjson.text)).toBe(true);
  });

  it('are refused before there is a link, where the question makes no sense', async () => {
    for (const wrong of [
      { from: '2026-02-30' },
      { compare: { from: '2026-02-02', to: '2026-02-01' } },
      { inner: { groupBy: 'zone', top: 1 } },
    ]) {
      const { error } = await admin.refused(createExport, { body: { ...spend, question: { ...spend.question, ...wrong } } });
      expect(error.code).toBe('invalid_request');
    }
  });

  it('give each role only the files of what it may read', async () => {
    const members: ExportRequest = { kind: 'members', format: 'csv', descendants: true };
    const receipts: ExportRequest = { kind: 'receipts', format: 'csv' };
    const files = { accounts, members, spend, audit: audit('csv'), receipts };
    const allowed = {
      admin: ['accounts', 'members', 'spend', 'audit', 'receipts'],
      viewer: ['accounts', 'members'],
      auditor: ['accounts', 'members', 'audit', 'receipts'],
      billing: ['accounts', 'spend'],
      partner: ['accounts', 'members', 'spend', 'receipts'],
    };
    for (const [name, kinds] of Object.entries(allowed)) {
      const visitor = await stack.signIn(name);
      const given: string[] = [];
      for (const [kind, body] of Object.entries(files))
        if ((await visitor.try(createExport, { body })).status === 200) given.push(kind);
      expect([name, given]).toEqual([name, kinds]);
    }
  });

  it('open once, for a minute, in the same session, from our own page', async () => {
    const { url } = await ticketFor(admin, accounts);
    const other = await stack.signIn('admin');
    expect((await follow(other, url)).status).toBe(404);
    expect((await admin.send('GET', url, { headers: { [headerNames.guard]: '', 'sec-fetch-site': 'cross-site' } })).status).toBe(
      403,
    );
    expect((await follow(stack.stranger(), url)).status).toBe(401);
    expect((await follow(admin, url)).status).toBe(200);
    expect((await follow(admin, url)).status).toBe(410);
    const late = await ticketFor(admin, accounts);
    stack.clock.advance(60_000);
    expect((await follow(admin, late.url)).status).toBe(410);
    expect(stack.log.join('\n')).not.toContain(url.split('/').at(-1));
  });

  it('are refused with a reason, before there is a link, where a list could not be read', async () => {
    await stack.addFault({
      match: { path: `/organizations/${tiny.harbor.id}/accounts` },
      times: null,
      fault: { kind: 'status', status: 403, body: 'json', code: 1002 },
    });
    await stack.stopBff();
    await stack.startBff();
    const fresh = await stack.signIn('admin');
    const refused = await fresh.refused(createExport, { body: accounts });
    expect(refused.error).toMatchObject({
      code: 'upstream_failed',
      message: expect.stringMatching(/^The accounts of 1 of 4 organizations could not be read/) as string,
    });
    expect((await take(fresh, { ...accounts, organization: tiny.south.id })).status).toBe(200);
  });
});
