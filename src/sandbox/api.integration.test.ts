import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Endpoint, pathOf } from '../contract/endpoint.ts';
import { cloudflareEndpoints } from '../contract/endpoints.ts';
import { asKey, asToken, SandboxUnderTest, testCredentials } from './sandbox-under-test.ts';
import { tiny } from './seed/tiny.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
});
afterAll(() => sandbox.close());

const rows: readonly Endpoint[] = Object.values(cloudflareEndpoints);
const params = {
  organizationId: tiny.harbor.id,
  accountId: tiny.accounts.ferry.id,
  memberId: 'nobody',
  eventId: 'nothing',
};

/** One request as bytes, and the whole answer as bytes. */
function bytes(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (data) => (answer += data.toString('latin1')));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('credentials', () => {
  it.each(rows)('$name takes what its row says', async (row) => {
    // an empty body: what is let in is then refused as 4xx with another code, and changes nothing
    const send = async (headers: Record<string, string>) => {
      const body = row.method === 'GET' || row.method === 'DELETE' ? {} : { body: {} };
      const { status, text } = await sandbox.raw(row.method, pathOf(row, params), { headers, ...body });
      const errors =
        status === 204 ? [] : (JSON.parse(text) as { errors: { code?: number; documentation_url?: string }[] }).errors;
      return { status, ...errors[0] };
    };
    const refusal = row.name === 'deleteOrganization' ? { status: 400 } : {};
    expect(await send(asKey)).toMatchObject(refusal);
    expect((await send(asKey)).code).not.toBe(10000);
    const byToken = await send(asToken);
    if (row.credential === 'key') {
      expect(byToken).toEqual(expect.objectContaining({ status: 403, code: 10000, documentation_url: expect.any(String) }));
    } else expect(byToken.code).not.toBe(10000);
    expect(await send({})).toMatchObject({ status: 400, code: 9106 });
    expect(await send({ authorization: 'Bearer wrong' })).toMatchObject({ status: 401, code: 10000 });
    expect(await send({ ...asKey, 'x-auth-key': 'wrong' })).toMatchObject({ status: 403, code: 9109 });
    expect(await send({ authorization: 'Token x' })).toMatchObject({ status: 400, code: 6003 });
  });
});

describe('routing', () => {
  it.each([
    ['GET', '/', 404, 7000],
    ['GET', '/zones', 404, 7000],
    ['POST', '/accounts/move', 404, 7000],
    ['GET', `/organizations/${tiny.root.id}/members/`, 404, 7000],
    ['PATCH', `/organizations/${tiny.root.id}`, 405, 10405],
    ['DELETE', `/organizations/${tiny.root.id}/profile`, 405, 10405],
    ['OPTIONS', '/organizations', 405, 10405],
  ])('%s %s', async (method, path, status, code) => {
    const answer = await sandbox.raw(method, path);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.text)).toMatchObject({ success: false, result: null, messages: [], errors: [{ code }] });
  });

  it('takes the target as it was sent: nothing climbs out of a segment', async () => {
    const target = `/client/v4/organizations/${tiny.root.id}/../${tiny.north.id}`;
    const answer = await bytes(
      `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Auth-Email: ${testCredentials.email}\r\nX-Auth-Key: ${testCredentials.key}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1.1 404 /);
    expect(answer).toContain('"code":7000');
  });

  it('does not answer under other names, so that no page can rebind one', async () => {
    const answer = await bytes('GET /client/v4/organizations HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1.1 421 /);
  });
});

describe('bodies', () => {
  const path = '/organizations';

  it('refuses broken and huge JSON', async () => {
    const broken = await sandbox.raw('POST', path, { body: '{"name":' });
    expect([broken.status, JSON.parse(broken.text)]).toMatchObject([400, { errors: [{ code: 6007 }] }]);
    expect((await sandbox.raw('POST', path, { body: `{"name":"${'x'.repeat(1_100_000)}"}` })).status).toBe(413);
  });

  it('sends nothing at all with a 204', async () => {
    const profile = JSON.stringify({
      business_name: '',
      business_email: '',
      business_phone: '',
      business_address: '',
      external_metadata: '',
    });
    const answer = await bytes(
      `PUT /client/v4/organizations/${tiny.south.id}/profile HTTP/1.1\r\nHost: localhost\r\nX-Auth-Email: ${testCredentials.email}\r\n` +
        `X-Auth-Key: ${testCredentials.key}\r\nContent-Length: ${profile.length}\r\nConnection: close\r\n\r\n${profile}`,
    );
    const [head = '', body] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1.1 204 /);
    expect(head).not.toMatch(/content-type|content-length|transfer-encoding/i);
    expect(body).toBe('');
  });
});

describe('the edge', () => {
  it('adds its noise, and the mark of the sandbox, to every answer', async () => {
    for (const path of ['/organizations', '/nowhere']) {
      const { headers } = await sandbox.raw('GET', path);
      expect(headers.get('x-sandbox')).toBe('1');
      expect(headers.get('cf-ray')).toMatch(/^[a-f0-9]{16}-SBX$/);
      expect(headers.get('set-cookie')).toMatch(/^__cf_bm=/);
      expect(headers.get('server')).toBe('cloudflare');
    }
  });

  it.each(['gzip', 'br'])('packs with %s when asked', async (encoding) => {
    const { headers, text } = await sandbox.raw('GET', '/organizations', { headers: { ...asKey, 'accept-encoding': encoding } });
    expect(headers.get('content-encoding')).toBe(encoding);
    expect(JSON.parse(text)).toMatchObject({ success: true });
  });

  it('ignores headers that upstream ignores', async () => {
    const headers = { ...asKey, 'idempotency-key': 'x', 'x-stainless-lang': 'js', 'api-version': '2020-01-01' };
    expect((await sandbox.raw('GET', '/organizations', { headers })).status).toBe(200);
  });
});

describe('controls', () => {
  it('are beside the API, never under it', async () => {
    expect((await sandbox.raw('GET', '/faults')).status).toBe(404);
    expect((await fetch(`${sandbox.origin}/faults`)).status).toBe(200);
    expect(await (await fetch(sandbox.origin)).text()).toContain('not Cloudflare');
  });

  it('do not answer pages', async () => {
    const init = { method: 'POST', body: '{}', headers: { origin: 'http://evil.example' } };
    expect((await fetch(`${sandbox.origin}/options`, init)).status).toBe(403);
  });

  it.each([
    ['/faults', { times: 1, fault: { kind: 'nothing' } }],
    ['/faults', { times: 0, fault: { kind: 'denied' } }],
    ['/faults', { times: 1, fault: { kind: 'latency' } }],
    ['/options', { lagMilliseconds: -1 }],
    ['/options', { unknown: true }],
  ])('refuse %s with %j', async (path, body) => {
    const response = await fetch(`${sandbox.origin}${path}`, { method: 'POST', body: JSON.stringify(body) });
    expect([response.status, await response.json()]).toEqual([400, { error: expect.any(String) }]);
  });

  it('list requests with the scheme of their credentials, never the credentials', async () => {
    const { last } = await sandbox.requestsSince(0);
    await sandbox.raw('GET', '/organizations?page_size=1');
    await sandbox.raw('GET', '/organizations', { headers: { ...asKey, ...asToken } });
    await sandbox.raw('PATCH', '/nowhere', { headers: asToken });
    const { requests } = await sandbox.requestsSince(last);
    expect(requests).toMatchObject([
      {
        sequence: last + 1,
        method: 'GET',
        path: '/organizations',
        query: 'page_size=1',
        route: 'listOrganizations',
        scheme: 'key',
        status: 200,
      },
      { route: 'listOrganizations', scheme: 'both' },
      { method: 'PATCH', path: '/nowhere', route: null, scheme: 'token', status: 404 },
    ]);
    expect(requests[0]?.headers).toContain('x-auth-key');
    const byTime = await fetch(`${sandbox.origin}/requests?since=${requests[0]?.at}`);
    expect(await byTime.json()).toMatchObject({ requests: expect.arrayContaining(requests) });
    expect((await fetch(`${sandbox.origin}/requests?since=lately`)).status).toBe(400);
    const text = JSON.stringify(requests);
    for (const secret of Object.values(testCredentials)) expect(text).not.toContain(secret);
    expect((await sandbox.faults()).requests).toMatchObject({ listOrganizations: expect.any(Number), none: expect.any(Number) });
  });
});

describe('rate limit', () => {
  it('is 1,200 requests over both credentials, then 429 for everything', { timeout: 60_000 }, async () => {
    await sandbox.set({ rateLimit: false });
    await sandbox.set({ rateLimit: true });
    const first = await sandbox.raw('GET', '/organizations?page_size=1');
    expect(first.headers.get('ratelimit')).toMatch(/^"default";r=1199;t=\d+$/);
    expect(first.headers.get('ratelimit-policy')).toBe('"default";q=1200;w=300');
    expect(first.headers.get('x-ratelimit-remaining')).toBe('1199');
    expect(Date.parse(first.headers.get('x-ratelimit-reset') ?? '')).toBeGreaterThan(Date.now());
    expect(first.headers.get('retry-after')).toBeNull();
    for (let sent = 1; sent < 1200; sent += 100) {
      const headers = sent % 200 === 1 ? asKey : asToken;
      const batch = Array.from({ length: Math.min(100, 1200 - sent) }, () =>
        sandbox.raw('GET', `/accounts/x/billable/usage`, { headers }),
      );
      expect((await Promise.all(batch)).every(({ status }) => status === 400)).toBe(true);
    }
    for (const path of ['/organizations', `/organizations/${tiny.root.id}`]) {
      const blocked = await sandbox.raw('GET', path, { headers: asToken });
      expect([blocked.status, JSON.parse(blocked.text)]).toMatchObject([429, { errors: [{ code: 10100 }] }]);
      expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(290);
    }
    await sandbox.set({ rateLimit: false });
    expect((await sandbox.raw('GET', '/organizations')).status).toBe(200);
    expect((await sandbox.raw('GET', '/organizations')).headers.get('ratelimit')).toBeNull();
    await sandbox.set({ rateLimit: true });
  });
});
