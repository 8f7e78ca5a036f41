import Cloudflare, {
  APIConnectionError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from 'cloudflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SandboxUnderTest, testCredentials, testNow } from './sandbox-under-test.ts';
import { tiny } from './seed/tiny.ts';

/*
 * The official SDK, run against the sandbox: what works against Cloudflare works here. Defects of the SDK are written
 * down as they are, so that a release which mends one is noticed.
 */

let sandbox: SandboxUnderTest;
let client: Cloudflare;
let tokenClient: Cloudflare;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
  const common = { baseURL: sandbox.url, maxRetries: 0 };
  client = new Cloudflare({ ...common, apiEmail: testCredentials.email, apiKey: testCredentials.key, apiToken: null });
  tokenClient = new Cloudflare({ ...common, apiToken: testCredentials.token, apiEmail: null, apiKey: null });
});
afterAll(() => sandbox.close());

const day = 86_400_000;
const always = { since: new Date(testNow - 600 * day).toISOString(), before: new Date(testNow + day).toISOString() };

describe('organizations', () => {
  it('are listed, and filtered by dotted and repeated parameters', async () => {
    const page = await client.organizations.list({ page_size: 100 });
    expect(page.result.map(({ id }) => id)).toEqual([tiny.root.id, tiny.north.id, tiny.south.id, tiny.harbor.id]);
    const some = await client.organizations.list({ id: [tiny.north.id, tiny.south.id], name: { startsWith: 'quillon n' } });
    expect(some.result.map(({ id }) => id)).toEqual([tiny.north.id]);
    expect((await client.organizations.list({ parent: { id: 'null' } })).result).toHaveLength(1);
  });

  it('SDK defect: an automatic walk reads one page and stops', async () => {
    const seen: string[] = [];
    for await (const organization of client.organizations.list({ page_size: 2 })) seen.push(organization.id);
    expect(seen).toEqual([tiny.root.id, tiny.north.id]);
  });

  it('are created, read, updated and deleted', async () => {
    const made = await client.organizations.create({ name: 'By SDK', parent: { id: tiny.root.id } });
    expect(made).toMatchObject({ name: 'By SDK', parent: { id: tiny.root.id } });
    expect(await client.organizations.get(made.id)).toEqual(made);
    expect(await client.organizations.update(made.id, { name: 'By SDK 2' })).toMatchObject({ id: made.id, name: 'By SDK 2' });
    expect(await client.organizations.delete(made.id)).toEqual({ id: made.id });
    await expect(client.organizations.get(made.id)).rejects.toBeInstanceOf(NotFoundError);
  });

  it('are listed with a token, and only listed', async () => {
    expect((await tokenClient.organizations.list()).result).toHaveLength(4);
    await expect(tokenClient.organizations.get(tiny.root.id)).rejects.toBeInstanceOf(PermissionDeniedError);
  });
});

describe('profile', () => {
  it('is replaced with an empty answer, and read back', async () => {
    const profile = {
      business_name: 'SDK Ltd',
      business_email: 'sdk@example.com',
      business_phone: '+1 555 0100',
      business_address: '{"line1":"1 SDK Street"}',
      external_metadata: '{}',
    };
    await client.organizations.organizationProfile.update(tiny.north.id, profile);
    expect(await client.organizations.organizationProfile.get(tiny.north.id)).toEqual(profile);
  });

  it('asks for anything on PUT, so an error of the edge is a page', async () => {
    await sandbox.addFault({ times: 1, match: { method: 'PUT' }, fault: { kind: 'edge_error', status: 502, form: 'by_accept' } });
    const profile = { business_name: '', business_email: '', business_phone: '', business_address: '', external_metadata: '' };
    const error = await client.organizations.organizationProfile.update(tiny.north.id, profile).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(InternalServerError);
    expect(String(error)).toContain('<!DOCTYPE html>');
  });
});

describe('audit', () => {
  const walked = async () => {
    const ids: (string | undefined)[] = [];
    for await (const event of tokenClient.organizations.logs.audit.list(tiny.root.id, { ...always, limit: 5 }))
      ids.push(event.id);
    return ids;
  };
  const whole = async () =>
    (await tokenClient.organizations.logs.audit.list(tiny.root.id, { ...always, limit: 1000 })).result.length;

  it('is walked to the end where both forms of the cursor come', async () => {
    const ids = await walked();
    expect(ids.length).toBe(await whole());
    expect(ids.length).toBeGreaterThan(5);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('SDK defect: under the documented form of the cursor the walk stops after one page', async () => {
    await sandbox.set({ documentedCursorsOnly: true });
    expect(await walked()).toHaveLength(5);
    await sandbox.set({ documentedCursorsOnly: false });
  });

  it('is filtered by include and exclude', async () => {
    const list = (query: object) => tokenClient.organizations.logs.audit.list(tiny.root.id, { ...always, limit: 1000, ...query });
    const deletes = await list({ action_type: { not: ['create', 'update', 'view'] } });
    expect(new Set(deletes.result.map(({ action }) => action?.type))).toEqual(new Set(['delete']));
  });

  it('has a history for each entry', async () => {
    const [event] = (await tokenClient.organizations.logs.audit.list(tiny.root.id, { ...always, limit: 1 })).result;
    const history = await tokenClient.organizations.logs.audit.history(event?.id ?? '', {
      organization_id: tiny.root.id,
      action_time: event?.action?.time ?? '',
      ...always,
    });
    expect(history).toEqual(expect.arrayContaining([expect.objectContaining({ id: event?.id })]));
  });
});

describe('usage', () => {
  it('is read for an organization and for an account', async () => {
    const range = { from: '2026-10-01', to: '2026-10-02' };
    expect((await tokenClient.organizations.billing.usage.get(tiny.north.id, range)).length).toBeGreaterThan(0);
    const rows = await tokenClient.billing.usage.get({ account_id: tiny.accounts.mill.id, ...range });
    expect(rows.length).toBeGreaterThan(0);
  });

  it('is refused beyond 31 days and for unknown accounts', async () => {
    const range = { from: '2026-08-01', to: '2026-10-01' };
    await expect(tokenClient.organizations.billing.usage.get(tiny.north.id, range)).rejects.toBeInstanceOf(BadRequestError);
    await expect(tokenClient.billing.usage.get({ account_id: '0'.repeat(32) })).rejects.toBeInstanceOf(NotFoundError);
  });
});

describe('errors', () => {
  it('are of the class of their status, with code and message', async () => {
    const list = (credentials: object) =>
      new Cloudflare({
        baseURL: sandbox.url,
        maxRetries: 0,
        apiToken: null,
        apiEmail: null,
        apiKey: null,
        ...credentials,
      }).organizations.list();
    const unknown = await list({ apiToken: 'wrong' }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(unknown).toBeInstanceOf(AuthenticationError);
    expect(unknown).toMatchObject({ status: 401, errors: [{ code: 10000, message: 'Authentication error' }] });
    await expect(list({ apiEmail: testCredentials.email, apiKey: 'wrong' })).rejects.toBeInstanceOf(PermissionDeniedError);
    await expect(client.organizations.create({ name: '' })).rejects.toBeInstanceOf(BadRequestError);
  });

  it.each([
    ['throttled', { kind: 'throttle', retryAfter: '1' }, RateLimitError],
    ['conflict', { kind: 'status', status: 409, body: 'json' }, ConflictError],
    ['failed', { kind: 'status', status: 500, body: 'json' }, InternalServerError],
    ['failed at the edge', { kind: 'edge_error', status: 522, form: 'by_accept' }, InternalServerError],
    ['reset', { kind: 'reset', when: 'before' }, APIConnectionError],
  ] as const)('%s', async (_, fault, expected) => {
    await sandbox.addFault({ times: 1, fault });
    await expect(client.organizations.list()).rejects.toBeInstanceOf(expected);
  });

  it('SDK defect: a failure under status 200 is an empty list', async () => {
    await sandbox.addFault({ times: 1, fault: { kind: 'throttle_in_200' } });
    expect((await client.organizations.list()).result).toEqual([]);
  });
});

describe('retries', () => {
  /** How often the sandbox saw a request while it always failed in one way. */
  async function tries(status: number, work: (patient: Cloudflare) => Promise<unknown>): Promise<number> {
    const { id } = await sandbox.addFault({
      times: null,
      fault: { kind: 'status', status, body: 'json', headers: { 'retry-after-ms': '1' } },
    });
    await work(client.withOptions({ maxRetries: 2 })).catch(() => {});
    const hits = (await sandbox.faults()).rules.find((rule) => rule.id === id)?.hits ?? 0;
    await sandbox.clearFaults();
    return hits;
  }

  it('happen twice, for reads', async () => {
    expect(await tries(503, (patient) => patient.organizations.get(tiny.root.id))).toBe(3);
    expect(await tries(400, (patient) => patient.organizations.get(tiny.root.id))).toBe(1);
  });

  it.each([409, 429, 500])('SDK defect: happen for writes too, on %s', async (status) => {
    expect(await tries(status, (patient) => patient.organizations.create({ name: 'Thrice' }))).toBe(3);
  });

  it('SDK defect: a write that was done and lost is done again', async () => {
    const { last } = await sandbox.requestsSince(0);
    await sandbox.addFault({ times: 1, match: { method: 'POST' }, fault: { kind: 'reset', when: 'after' } });
    await client.organizations.create({ name: 'Twice' }, { maxRetries: 1 });
    const { requests } = await sandbox.requestsSince(last);
    expect(requests.filter(({ route }) => route === 'createOrganization')).toHaveLength(2);
    expect((await client.organizations.list({ page_size: 100 })).result.filter(({ name }) => name === 'Twice')).toHaveLength(2);
  });
});
