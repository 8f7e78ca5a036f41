import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rawRequest } from '../cli/testing/raw-request.ts';
import type { RawResponse } from '../cli/testing/raw-request.ts';
import { Stack } from '../cli/testing/stack.ts';
import { errorIn } from '../cli/testing/visitor.ts';
import type { Visitor } from '../cli/testing/visitor.ts';
import { askSpend, controlSpendSync } from '../contract/canopy/spend.ts';
import { importTags } from '../contract/canopy/tags.ts';
import { tiny } from '../cli/testing/world.ts';

// What a hostile client may put on the wire. HTTP clients tidy up what they send, so most of it goes over a bare socket.

let stack: Stack;
let admin: Visitor;
beforeAll(async () => {
  stack = await Stack.start();
  admin = await stack.signIn('admin');
  await stack.readAhead();
});
afterAll(() => stack.close());

const host = () => new URL(stack.origin).host;
/** Headers of a request that would be let in. */
const trusted = () => `Host: ${host()}\r\nx-canopy: 1\r\nCookie: ${admin.cookie}\r\nConnection: close\r\n`;
const get = (target: string, headers = trusted()) => rawRequest(stack.origin, `GET ${target} HTTP/1.1\r\n${headers}\r\n`);

/** Runs requests and checks that none of them reached upstream. */
async function unheard(send: () => Promise<RawResponse>): Promise<RawResponse> {
  const mark = await stack.mark();
  const response = await send();
  expect((await stack.requestsSince(mark)).requests).toEqual([]);
  return response;
}

function expectSecure({ headers }: RawResponse): void {
  expect(headers.get('content-security-policy')).toContain(`default-src 'none'`);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.has('access-control-allow-origin')).toBe(false);
  expect(headers.has('server')).toBe(false);
  expect(headers.has('x-powered-by')).toBe(false);
}

describe('a request target', () => {
  const organization = `/api/cloudflare/organizations/${tiny.north.id}`;
  test.each([
    '/api/cloudflare/organizations/%2e%2e/user/tokens',
    '/api/cloudflare/organizations/../user/tokens',
    '/api/cloudflare/.%2E/user',
    '/api/cloudflare/organizations/..;/user',
    '/api/cloudflare/organizations/%252e%252e/user',
    `${organization}%2fmembers`,
    `${organization}%5cmembers`,
    `${organization}\\members`,
    `${organization}%00`,
    `${organization}%23`,
    `${organization}#members`,
    `${organization};x=1`,
    `${organization}%3Fx=1`,
    `${organization}/members%3AbatchCreate`,
    `${organization}%0d%0aX-Auth-Key:%20evil`,
    `${organization}/%c0%ae%c0%ae/user`,
    `${organization}//members`,
    `/api//cloudflare/organizations`,
    '//evil.example/api/cloudflare/organizations',
    '/\\evil.example/api/cloudflare/organizations',
    'http://evil.example/api/cloudflare/organizations',
    'https://evil.example/',
    '*',
    'evil.example:443',
    `${organization}/${'a'.repeat(9000)}`,
  ])('%s is refused', async (target) => {
    const response = await unheard(() => get(target));
    expect([400, 404], response.text.slice(0, 200)).toContain(response.status);
    expectSecure(response);
  });

  test.each([
    `${organization}/`,
    `${organization}/members/`,
    `${organization}/members:batchDelete`,
    `${organization}/Members`,
    '/api/cloudflare/organizations/',
    '/api/cloudflare/user/tokens',
    '/api/cloudflare/accounts',
    '/api/cloudflare',
    '/api',
    '/api/',
    '/api/canopy',
    '/api/unknown',
    '/apix',
    '/assets/..%2f..%2fetc/passwd',
    '/assets/nothing.js',
    '/.vite/manifest.json',
    '/index.html',
    '/server.js',
  ])('%s names nothing', async (target) => {
    const response = await unheard(() => get(target));
    expect([400, 404]).toContain(response.status);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expectSecure(response);
  });

  test('with an odd id is refused', async () => {
    for (const id of ['..', '.', 'A'.repeat(32), 'a'.repeat(31), 'a'.repeat(33), `${'a'.repeat(31)}_`, `${'a'.repeat(32)}:x`]) {
      const response = await unheard(() => get(`/api/cloudflare/organizations/${id}`));
      expect([400, 404], id).toContain(response.status);
    }
  });

  test('that is plain is served', async () => {
    expect((await get(organization)).status).toBe(200);
  });
});

describe('a host', () => {
  const withHost = (lines: string) =>
    rawRequest(
      stack.origin,
      `GET /api/canopy/session HTTP/1.1\r\n${lines}x-canopy: 1\r\nCookie: ${admin.cookie}\r\nConnection: close\r\n\r\n`,
    );
  test.each([
    'Host: evil.example\r\n',
    'Host: 127.0.0.1\r\n',
    'Host: localhost:PORT\r\n',
    'Host: LOCALHOST:PORT\r\n',
    'Host: 127.0.0.1.nip.io:PORT\r\n',
    'Host: 127.0.0.1.:PORT\r\n',
    'Host: [::1]:PORT\r\n',
    'Host: 127.0.0.1:PORT\r\nHost: evil.example\r\n',
    'Host: evil.example\r\nHost: 127.0.0.1:PORT\r\n',
    'Host: 127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT\r\n',
    'Host: \r\n',
    '',
    'Host: evil.example\r\nX-Forwarded-Host: 127.0.0.1:PORT\r\n',
  ])('%j is not ours', async (lines) => {
    const response = await withHost(lines.replaceAll('PORT', new URL(stack.origin).port));
    expect([400, 421]).toContain(response.status);
    expectSecure(response);
  });

  test('does not matter to the probes', async () => {
    for (const path of ['/healthz', '/readyz'])
      expect((await get(path, 'Host: 10.0.0.7\r\nConnection: close\r\n')).status).toBe(200);
  });
});

describe('a method', () => {
  const path = `/api/cloudflare/organizations/${tiny.north.id}`;
  test.each(['HEAD', 'OPTIONS', 'TRACE', 'PATCH', 'CONNECT', 'PROPFIND', 'get', 'GETX'])('%s reaches nothing', async (method) => {
    const response = await unheard(() => rawRequest(stack.origin, `${method} ${path} HTTP/1.1\r\n${trusted()}\r\n`));
    expect([400, 404, 405, 501]).toContain(response.status);
    expectSecure(response);
  });

  test('is what the request line says, whatever headers say', async () => {
    const { requests } = await afterwards(() =>
      get(`${path}?`, `${trusted()}X-HTTP-Method-Override: DELETE\r\nX-Method-Override: DELETE\r\n`),
    );
    expect(requests.map(({ method }) => method)).toEqual(['GET']);
  });

  test('OPTIONS is no preflight that allows anything', async () => {
    const headers = `${trusted()}Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n`;
    const response = await rawRequest(stack.origin, `OPTIONS ${path} HTTP/1.1\r\n${headers}\r\n`);
    expect([...response.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

async function afterwards(send: () => Promise<unknown>) {
  const mark = await stack.mark();
  await send();
  return stack.requestsSince(mark);
}

describe('headers', () => {
  test('of the client never reach upstream', async () => {
    const headers = [
      'Authorization: Bearer evil',
      'X-Auth-Key: evil',
      'X_Auth_Key: evil',
      'X-Auth-Email: evil@example.com',
      'X-Auth-User-Service-Key: evil',
      'Cf-Access-Jwt-Assertion: evil',
      'X-Forwarded-For: 10.0.0.1',
      'Forwarded: for=10.0.0.1',
      'TE: trailers',
      'Range: bytes=0-1',
      'X-Original-URL: /user/tokens',
      'Accept-Language: tlh',
    ];
    const { requests } = await afterwards(() => get('/api/cloudflare/organizations', `${trusted()}${headers.join('\r\n')}\r\n`));
    expect(requests).toHaveLength(1);
    const [request] = requests;
    expect(request?.scheme).toBe('token');
    for (const name of [
      'cookie',
      'x-auth-key',
      'x_auth_key',
      'x-auth-email',
      'x-auth-user-service-key',
      'cf-access-jwt-assertion',
      'x-forwarded-for',
      'forwarded',
      'te',
      'range',
      'x-original-url',
      'accept-language',
      'x-canopy',
    ])
      expect(request?.headers, name).not.toContain(name);
  });

  test.each([
    ['Upgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n', 400],
    ['Upgrade: h2c\r\n', 400],
    [`X-Big: ${'a'.repeat(20_000)}\r\n`, 431],
    ['Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', 400],
    ['Content-Length: 5\r\nContent-Length: 6\r\n', 400],
    ['Transfer-Encoding: chunked, identity\r\n', 400],
    ['X-Folded: a\r\n b\r\n', 400],
    ['X-Null: a\0b\r\n', 400],
  ])('%j', async (line, status) => {
    const response = await unheard(() => get('/api/cloudflare/organizations', `${trusted()}${line}`));
    expect(response.status, response.text.slice(0, 300)).toBe(status);
    expectSecure(response);
  });

  test('that expect something odd are answered like any other', async () => {
    const response = await unheard(() => get('/api/canopy/session', `${trusted()}Expect: the-impossible\r\n`));
    expectSecure(response);
  });
});

describe('garbage', () => {
  test.each(['\r\n\r\n\r\n', 'HELLO\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', '\u0016\u0003\u0001\u0002\u0000', 'GET /\n\n'])(
    '%j gets a designed answer or none',
    async (bytes) => {
      const response = await rawRequest(stack.origin, bytes, true);
      if (response.status === 0) return;
      expect(response.status).toBe(400);
      expectSecure(response);
    },
  );
});

describe('a body', () => {
  const post = (headers: string, body: string) =>
    rawRequest(
      stack.origin,
      `POST /api/cloudflare/organizations HTTP/1.1\r\n${trusted()}idempotency-key: ${crypto.randomUUID()}\r\n${headers}\r\n${body}`,
    );

  test('that is announced as too large is refused before it is read', async () => {
    const response = await unheard(() => post('Content-Type: application/json\r\nContent-Length: 10000000000\r\n', '{'));
    expect(response.status).toBe(413);
    expectSecure(response);
  });

  test('that drips without end is cut off at the limit', async () => {
    const mark = await stack.mark();
    const { hostname, port } = new URL(stack.origin);
    const socket = connect({ host: hostname, port: Number(port) });
    const received: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => received.push(chunk));
    socket.write(
      `POST /api/cloudflare/organizations HTTP/1.1\r\nHost: ${host()}\r\nx-canopy: 1\r\nCookie: ${admin.cookie}\r\nidempotency-key: ${crypto.randomUUID()}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = `2000\r\n${' '.repeat(0x2000)}\r\n`;
    let sent = 0;
    const closed = new Promise<void>((resolve) => {
      socket.on('error', () => undefined);
      socket.on('close', () => resolve());
    });
    const drip = () => {
      while (!socket.destroyed && sent < 50_000_000) {
        sent += chunk.length;
        if (!socket.write(chunk)) {
          socket.once('drain', drip);
          return;
        }
      }
      socket.end();
    };
    drip();
    await closed;
    expect(Buffer.concat(received).toString('latin1')).toMatch(/^HTTP\/1\.1 413 /);
    expect(sent).toBeLessThan(20_000_000);
    expect((await stack.requestsSince(mark)).requests).toEqual([]);
  });

  test.each([
    ['text/plain', '{"name":"x"}', 415],
    ['application/x-www-form-urlencoded', 'name=x', 415],
    ['multipart/form-data; boundary=x', '--x--', 415],
    ['application/json; charset=utf-16', '{"name":"x"}', 415],
    ['application/json', '\u00ef\u00bb\u00bf{"name":"x"}', 400],
    ['application/json', '{"name":"x","__proto__":{"role":"administrator"}}', 400],
    ['application/json', '{"name":"x","constructor":{"prototype":{"role":"administrator"}}}', 400],
    ['application/json', `${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}`, 400],
    ['application/json', '{"name":"x","id":"smuggled"}', 400],
    ['application/json', '{"name":""}', 400],
    ['application/json', '', 400],
  ])('number %# of type %s', async (type, body, status) => {
    const response = await unheard(() =>
      post(`Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body, 'latin1')}\r\n`, body),
    );
    expect(response.status, response.text.slice(0, 300)).toBe(status);
    expectSecure(response);
  });

  test('with more wrong fields than anybody reads names only the first', async () => {
    const body = `{${Array.from({ length: 150 }, (_, at) => `"k${at}${'x'.repeat(400)}":1`).join(',')}}`;
    const response = await unheard(() => post(`Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`, body));
    expect(response.status).toBe(400);
    const { fields } = errorIn({ text: response.text.slice(response.text.indexOf('{')) });
    expect(fields).toHaveLength(100);
    expect(Math.max(...(fields ?? []).map(({ field }) => field.length))).toBeLessThan(210);
  });

  test('that is large waits, unread, while others are on their way, and small ones go on', async () => {
    const { hostname, port } = new URL(stack.origin);
    const begun = [0, 1].map(() => {
      const socket = connect({ host: hostname, port: Number(port) });
      socket.on('error', () => undefined);
      socket.write(
        `POST /api/canopy/tags/import HTTP/1.1\r\n${trusted()}Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n{`,
      );
      return socket;
    });
    const text = 'x'.repeat(100_000);
    const small = () => admin.ask(importTags, { body: { text: 'x', apply: false } });
    for (let asked = 0; asked < 5; asked++) await small();
    let isAnswered = false;
    const third = admin.ask(importTags, { body: { text, apply: false } }).then(() => (isAnswered = true));
    for (let asked = 0; asked < 20; asked++) await small();
    expect(isAnswered).toBe(false);
    for (const socket of begun) socket.destroy();
    await third;
  });

  test('where none is taken is refused', async () => {
    const response = await unheard(() =>
      rawRequest(
        stack.origin,
        `DELETE /api/cloudflare/organizations/${tiny.south.id} HTTP/1.1\r\n${trusted()}idempotency-key: ${crypto.randomUUID()}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`,
      ),
    );
    expect(response.status).toBe(400);
  });
});

describe('a failure of ours', () => {
  test('tells the browser a request id and nothing of the inside', async () => {
    const failed = await admin.send('GET', '/api/cloudflare/organizations/x');
    const report = errorIn(failed);
    expect(report.requestId).toBe(failed.headers.get('x-request-id'));
    expect(failed.text).not.toMatch(/node_modules|\.ts:|at .*\(/);
  });
});

describe('days', () => {
  const far = { from: '9999-12-01', to: '9999-12-31' };
  const ancient = { from: '0000-01-01', to: '0000-02-01' };
  const question = {
    descendants: true,
    measure: { kind: 'spend', currency: 'USD' },
    from: '2026-10-01',
    to: '2026-10-15',
    granularity: 'month',
    groupBy: null,
    filters: [],
    top: 10,
    compare: null,
  } as const;

  test.each([
    { ...question, ...far },
    { ...question, ...ancient, granularity: 'week' as const },
    { ...question, compare: far },
  ])('that no reckoning reaches are refused: number %#', async (body) => {
    const { status, error } = await admin.refused(askSpend, { body });
    expect([status, error.code]).toEqual([400, 'invalid_request']);
  });

  test('that are none, or are named a thousand times, do not break the reading', async () => {
    const fetch = (days: string[], organizationIds = [tiny.north.id]) =>
      admin.try(controlSpendSync, { body: { action: 'fetch', days, organizationIds } });
    expect((await fetch(['2026-02-31'])).status).toBe(400);
    const often = Array.from({ length: 1000 }, () => tiny.north.id);
    expect(
      (
        await fetch(
          Array.from({ length: 400 }, () => '2026-10-01'),
          often,
        )
      ).status,
    ).toBe(200);
  });
});

describe('questions', () => {
  test('of one person, however many at once, hold nobody else up', async () => {
    const billing = await stack.signIn('billing');
    const body = {
      descendants: true,
      measure: { kind: 'spend', currency: 'USD' },
      from: '2026-01-01',
      to: '2026-10-15',
      granularity: 'day',
      groupBy: 'account',
      filters: [],
      top: 10,
      compare: null,
    } as const;
    let answered = 0;
    const all = Array.from({ length: 60 }, async () => {
      await billing.ask(askSpend, { body });
      answered++;
    });
    await Promise.race(all);
    await admin.ask(askSpend, { body });
    expect(answered).toBeLessThan(40);
    await Promise.all(all);
  });
});
