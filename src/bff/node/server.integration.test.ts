import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseResponse, rawRequest } from '../../cli/testing/raw-request.ts';
import { Stack } from '../../cli/testing/stack.ts';
import { Visitor, errorIn } from '../../cli/testing/visitor.ts';
import { getCapabilities, runDoctor } from '../../contract/canopy/capabilities.ts';
import { getSession, signOut } from '../../contract/canopy/session.ts';
import { createMember, listMembers } from '../../contract/cloudflare/members.ts';
import { listOrganizations } from '../../contract/cloudflare/organizations.ts';
import { tiny } from '../../cli/testing/world.ts';
import { DatabaseUnavailable } from '../database/errors.ts';
import { Secret } from '../upstream/secret.ts';
import { readConfig } from './config.ts';
import { ConfigProblem } from './config-problem.ts';
import { startBff } from './start.ts';
import { loadWebFiles } from './web-files.ts';

let stack: Stack;
beforeAll(async () => void (stack = await Stack.start()));
afterAll(() => stack.close());

const always = [
  'content-security-policy',
  'cross-origin-embedder-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'referrer-policy',
  'x-content-type-options',
  'x-frame-options',
  'x-request-id',
  'x-robots-tag',
  'cache-control',
];

describe('headers', () => {
  test('stand on answers of every status', async () => {
    const admin = await stack.signIn('admin');
    const json = { 'content-type': 'application/json' };
    const answers = {
      200: await admin.send('GET', '/api/canopy/session'),
      204: await (await stack.signIn('viewer')).try(signOut),
      304: await admin.send('GET', '/assets/app-abc123.js', { headers: { 'if-none-match': '"10"' } }),
      400: await admin.send('GET', '/api/cloudflare/organizations?foo=1'),
      401: await stack.stranger().send('GET', '/api/canopy/session'),
      403: await (await stack.signIn('viewer')).send('GET', '/api/canopy/doctor'),
      404: await admin.send('GET', '/api/nothing'),
      405: await admin.send('PUT', '/api/canopy/session'),
      413: await admin.send('POST', '/api/canopy/session', { headers: json, body: 'x'.repeat(70_000) }),
      415: await admin.send('POST', '/api/canopy/session', { body: 'x', headers: { 'content-type': 'text/plain' } }),
    };
    for (const [status, { status: actual, headers }] of Object.entries(answers)) {
      expect(actual).toBe(Number(status));
      for (const name of always) expect(headers.has(name), `${name} of ${status}`).toBe(true);
      expect(headers.has('strict-transport-security')).toBe(false);
    }
    const bare = await rawRequest(stack.origin, `GET / HTTP/1.1\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`);
    expect(bare.status).toBe(431);
    for (const name of always) expect(bare.headers.has(name), `${name} of 431`).toBe(true);
  });

  test('hold the strict content policy, to the letter', async () => {
    const { headers } = await stack.stranger().send('GET', '/', { headers: { accept: 'text/html' } });
    expect(headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o=' 'sha256-gYiS/BvZvRcK27JIXTuwhZ3hs2+VJ1X+2gUlE+farlg='; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'`,
    );
  });

  test('promise https where that is what people type', async () => {
    const secure = await Stack.start({ environment: { CANOPY_PUBLIC_URL: 'https://canopy.example.com' } });
    try {
      const direct = `http://127.0.0.1:${secure.bff.port}`;
      const { headers } = await rawRequest(
        direct,
        'GET /api/canopy/sign-in HTTP/1.1\r\nHost: canopy.example.com\r\nx-canopy: 1\r\nConnection: close\r\n\r\n',
      );
      expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
      const body = '{"identity":"viewer"}';
      const signedIn = await rawRequest(
        direct,
        `POST /api/canopy/session HTTP/1.1\r\nHost: canopy.example.com\r\nx-canopy: 1\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
      expect(signedIn.headers.get('set-cookie')).toMatch(
        /^__Host-canopy-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
      );
      expect(
        (await rawRequest(direct, `GET / HTTP/1.1\r\nHost: 127.0.0.1:${secure.bff.port}\r\nConnection: close\r\n\r\n`)).status,
      ).toBe(421);
    } finally {
      await secure.close();
    }
  });
});

describe('the probes', () => {
  test('answer anyone, and never ask upstream', async () => {
    const mark = await stack.mark();
    for (const [path, facts] of [
      ['/healthz', ['status']],
      ['/readyz', ['status', 'ledger']],
    ] as const) {
      const { status, text } = await stack.stranger().send('GET', path);
      expect([status, Object.keys(JSON.parse(text) as object)]).toEqual([200, facts]);
    }
    for (let probes = 0; probes < 100; probes += 1) await stack.stranger().send('GET', '/readyz');
    expect((await stack.requestsSince(mark)).requests).toEqual([]);
  });

  test('open no other door, whoever asks', async () => {
    for (const agent of ['GoogleHC/1.0', 'kube-probe/1.30']) {
      expect((await stack.stranger().send('GET', '/api/canopy/session', { headers: { 'user-agent': agent } })).status).toBe(401);
      expect((await stack.stranger().send('GET', '/healthz/x', { headers: { 'user-agent': agent } })).status).toBe(404);
    }
  });
});

describe('someone who typed another name of this machine', () => {
  test('is told the right one, in a page', async () => {
    const { port } = stack.bff;
    const { status, headers, body } = await rawRequest(
      stack.origin,
      `GET /settings HTTP/1.1\r\nHost: localhost:${port}\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
    );
    expect([status, headers.get('content-type')]).toEqual([421, 'text/html; charset=utf-8']);
    expect(headers.get('content-security-policy')).toContain(`default-src 'none'`);
    expect(body).toContain(`<a href="http://127.0.0.1:${port}/">`);
  });
});

describe('the page', () => {
  const html = { accept: 'text/html,application/xhtml+xml' };
  test.each(['/', '/sign-in', '/o/7e570000000000000000000000000001/audit/receipts', '/settings?tab=doctor'])(
    'answers a navigation to %s',
    async (path) => {
      const { status, headers, text } = await stack.stranger().send('GET', path, { headers: html });
      expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-store',
      ]);
      expect(text).toContain('<title>Canopy</title>');
    },
  );

  test.each(['/api/unknown', '/assets/nothing.js', '/favicon.png', '/index.html', '/assets/'])(
    'does not stand in for %s',
    async (path) => {
      const received = await stack.stranger().send('GET', path, { headers: html });
      expect(received.status).toBe(404);
      expect(errorIn(received).code).toBe('not_found');
    },
  );

  test('is not sent to a program that asks for something else', async () => {
    expect((await stack.stranger().send('GET', '/settings', { headers: { accept: 'application/json' } })).status).toBe(404);
  });

  test('has files that browsers keep', async () => {
    const { headers } = await stack.stranger().send('GET', '/assets/app-abc123.js');
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const head = await stack.stranger().send('HEAD', '/assets/app-abc123.js');
    expect([head.status, head.text, head.headers.get('content-length')]).toEqual([200, '', '10']);
  });
});

describe('built files', () => {
  test('are read once, compressed when asked for, and only those that are meant to be served', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'canopy-web-'));
    try {
      const script = 'export const words = "again and again ";\n'.repeat(200);
      await writeFile(join(folder, 'index.html'), '<!doctype html>');
      await writeFile(join(folder, 'app.js'), script);
      await writeFile(join(folder, 'app.js.map'), '{}');
      await writeFile(join(folder, '.hidden.json'), '{}');
      const web = await loadWebFiles(folder);
      expect([...web.files.keys()]).toEqual(['/app.js']);
      const file = web.files.get('/app.js');
      expect((await file?.bytes('br'))?.byteLength).toBeLessThan(200);
      expect((await file?.bytes('gzip'))?.byteLength).toBeLessThan(200);
      expect((await file?.bytes('identity'))?.byteLength).toBe(script.length);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test('that are not there are one clear sentence', async () => {
    await expect(loadWebFiles('/nowhere/at/all')).rejects.toThrow(/^The web app has not been built/);
  });
});

describe('credentials', () => {
  test('of which one kind is missing make what needs it unavailable, without asking', async () => {
    const tokenOnly = await Stack.start({ without: 'key' });
    try {
      const admin = await tokenOnly.signIn('admin');
      const { result } = await admin.ask(getCapabilities);
      expect(result.credentials).toEqual({ token: true, key: false });
      const operation = (name: string) => result.operations.find((one) => one.name === name);
      expect(operation('listOrganizations')).toMatchObject({ available: true, reason: null, effect: 'read' });
      expect(operation('createMember')).toMatchObject({
        available: false,
        reason: expect.stringContaining('Global API key'),
        effect: 'write',
      });

      const mark = await tokenOnly.mark();
      const params = { organizationId: tiny.north.id };
      expect((await admin.refused(listMembers, { params })).error.code).toBe('capability_missing');
      expect(
        (await admin.refused(createMember, { params, body: { member: { user: { email: 'a@x.example' } } } })).error.code,
      ).toBe('capability_missing');
      expect((await tokenOnly.requestsSince(mark)).requests).toEqual([]);
    } finally {
      await tokenOnly.close();
    }
  });

  test('are probed by reads only', async () => {
    const admin = await stack.signIn('admin');
    const mark = await stack.mark();
    const { result } = await admin.ask(runDoctor);
    const { requests } = await stack.requestsSince(mark);
    expect(requests.filter(({ method, route }) => method !== 'GET' && route !== 'queryAccountUsage')).toEqual([]);
    const outcomes = new Map(result.probes.map(({ name, outcome }) => [name, outcome]));
    expect(outcomes.size).toBe(21);
    expect(result.probes.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    for (const name of [
      'listOrganizations',
      'getProfile',
      'listMembers',
      'getMember',
      'listAuditEvents',
      'getOrganizationUsage',
      'getAccountUsage',
      'listShares',
    ])
      expect(outcomes.get(name), name).toBe('works');
    for (const name of ['createMember', 'deleteOrganization', 'moveAccount']) expect(outcomes.get(name), name).toBe('not-probed');
  });

  test('that upstream no longer takes are upstream’s problem, not the end of the session', async () => {
    const config = readConfig({ PORT: '0', CANOPY_DATA_DIR: join(stack.dataDir, 'revoked'), CANOPY_LOG: 'info' });
    const log: string[] = [];
    const canary = 'canary-of-a-token-0123456789';
    const bff = await startBff({
      config,
      upstreamBaseUrl: `${stack.sandboxOrigin}/client/v4`,
      credentials: { token: new Secret(canary), key: null },
      identities: [
        { id: 'admin', name: 'A', email: 'a@x.example', role: 'administrator', description: '', scopeOrganizationId: null },
      ],
      web: (_request, _response, next) => next(),
      readsAhead: false,
      writeLog: (line) => void log.push(line),
    });
    try {
      const signedIn = await new Visitor(bff.url, null).send('POST', '/api/canopy/session', {
        headers: { 'content-type': 'application/json' },
        body: '{"identity":"admin"}',
      });
      const admin = new Visitor(bff.url, signedIn.headers.get('set-cookie')?.split(';')[0] ?? null);
      const refused = await admin.refused(listOrganizations);
      expect(refused.status).toBe(502);
      expect(refused.error.code).toBe('upstream_auth');
      expect(refused.headers.has('set-cookie')).toBe(false);
      await admin.ask(getSession);
      const { status, text } = await admin.send('GET', '/readyz');
      expect([status, JSON.parse(text)]).toMatchObject([200, { status: 'degraded' }]);
      expect([refused.text, ...log].join('')).not.toContain(canary);
    } finally {
      await bff.close();
    }
  });
});

describe('a start', () => {
  const config = (environment: Record<string, string>) =>
    readConfig({ PORT: '0', CANOPY_DATA_DIR: join(stack.dataDir, 'other'), CANOPY_LOG: 'silent', ...environment });
  const start = (environment: Record<string, string>) =>
    startBff({
      config: config(environment),
      upstreamBaseUrl: 'http://127.0.0.1:9/client/v4',
      credentials: { token: new Secret('t'), key: null },
      identities: [],
      web: (_request, _response, next) => next(),
      readsAhead: false,
    });

  test('on a busy port says so', async () => {
    const failure = start({ PORT: new URL(stack.origin).port });
    await expect(failure).rejects.toThrow(ConfigProblem);
    await expect(failure).rejects.toThrow(/^Port \d+ of 127\.0\.0\.1 is in use: /);
  });

  test('on an address of another machine says so', async () => {
    await expect(start({ HOST: '203.0.113.1', CANOPY_PUBLIC_URL: 'https://canopy.example.com' })).rejects.toThrow(
      /HOST 203\.0\.113\.1 is not an address of this machine/,
    );
  });

  test('in a folder that cannot be written says so', async () => {
    const file = join(stack.dataDir, 'a-file');
    await writeFile(file, '');
    await expect(start({ CANOPY_DATA_DIR: join(file, 'data') })).rejects.toThrow(
      /^The data folder .* cannot be written \(ENOTDIR\)/,
    );
  });

  test('on the data of another says so, and leaves nothing open', async () => {
    await expect(start({ CANOPY_DATA_DIR: stack.dataDir })).rejects.toThrow(DatabaseUnavailable);
    await (await start({})).close();
    await (await start({})).close();
  });
});

describe('a stop', () => {
  test('lets a write that has begun end, and takes nothing new', async () => {
    const own = await Stack.start();
    try {
      const admin = await own.signIn('admin');
      await own.addFault({ match: { method: 'POST' }, fault: { kind: 'latency', milliseconds: 600 }, times: 1 });
      const origin = own.origin;
      const writing = admin.try(createMember, {
        params: { organizationId: tiny.north.id },
        body: { member: { user: { email: 'late@x.example' } } },
      });
      await until(async () => (await own.requestsSince(0)).requests.some(({ route }) => route === 'createMember'));
      const stopped = own.stopBff();
      await sleep(20);
      await expect(fetch(`${origin}/healthz`)).rejects.toThrow();
      const { status, text } = await writing;
      expect(status, text).toBe(200);
      await stopped;
    } finally {
      await own.close();
    }
  });

  test('answers what still comes over an open connection with the reason', async () => {
    const own = await Stack.start();
    try {
      const admin = await own.signIn('admin');
      await own.addFault({ match: { path: '/organizations' }, fault: { kind: 'latency', milliseconds: 500 }, times: 1 });
      const { origin } = own;
      const get = (path: string) =>
        `GET ${path} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\nx-canopy: 1\r\nCookie: ${admin.cookie}\r\n\r\n`;
      const socket = connect({ host: '127.0.0.1', port: own.bff.port });
      const received: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => received.push(chunk));
      const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
      socket.write(get('/api/cloudflare/organizations'));
      await until(async () => (await own.requestsSince(0)).requests.some(({ route }) => route === 'listOrganizations'));
      const stopped = own.stopBff();
      socket.write(get('/api/canopy/session') + get('/readyz'));
      await closed;
      await stopped;
      const answers = Buffer.concat(received)
        .toString('latin1')
        .split(/(?=HTTP\/1\.1 \d{3} )/)
        .map(parseResponse);
      expect(answers.map(({ status }) => status)).toEqual([200, 503]);
      expect(errorIn({ text: answers[1]?.body ?? '' }).code).toBe('shutting_down');
      expect(answers[1]?.headers.get('connection')).toBe('close');
    } finally {
      await own.close();
    }
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10);
}
