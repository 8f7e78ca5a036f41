import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Stack } from '../../cli/testing/stack.ts';
import { Visitor, errorIn } from '../../cli/testing/visitor.ts';
import { getHierarchy } from '../../contract/canopy/hierarchy.ts';
import { getSession, getVisitor, getSignInOptions, signIn, signOut, signOutEverywhere } from '../../contract/canopy/session.ts';
import { listOrganizations } from '../../contract/cloudflare/organizations.ts';

const minute = 60_000;

describe('a session', () => {
  let stack: Stack;
  beforeAll(async () => void (stack = await Stack.start()));
  afterAll(() => stack.close());

  test('says who and until when', async () => {
    const admin = await stack.signIn('admin');
    const { result } = await admin.ask(getSession);
    expect(result).toMatchObject({
      user: { id: 'admin', name: 'Ines Halloran', email: 'i.halloran@quillon.example' },
      role: 'administrator',
      scopeOrganizationId: null,
      mode: 'sandbox',
      idleExpiresAt: new Date(stack.clock.now() + 30 * minute).toISOString(),
      absoluteExpiresAt: new Date(stack.clock.now() + 480 * minute).toISOString(),
    });
  });

  test('comes in a cookie that no script and no other site can use', async () => {
    const { headers } = await stack.stranger().ask(signIn, { body: { identity: 'viewer' } });
    expect(headers.get('set-cookie')).toMatch(/^canopy-session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  test('gets a new id with each sign-in, and the old one is dead', async () => {
    const first = await stack.signIn('viewer');
    const { headers } = await first.ask(signIn, { body: { identity: 'auditor' } });
    const second = new Visitor(stack.origin, headers.get('set-cookie')?.split(';')[0] ?? null);
    expect(second.cookie).not.toBe(first.cookie);
    expect((await second.ask(getSession)).result.user.id).toBe('auditor');
    const refused = await first.refused(getSession);
    expect(refused.error.code).toBe('not_signed_in');
    expect(refused.headers.get('set-cookie')).toBe('canopy-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict');
  });

  test('dies of half an hour of polling', async () => {
    const viewer = await stack.signIn('viewer');
    for (let polls = 0; polls < 59; polls += 1) {
      stack.clock.advance(minute / 2);
      await viewer.ask(getSession, { headers: { 'x-canopy-slide': 'false' } });
    }
    stack.clock.advance(minute / 2);
    expect((await viewer.refused(getSession, { headers: { 'x-canopy-slide': 'false' } })).status).toBe(401);
  });

  test('dies after eight hours of use', async () => {
    const viewer = await stack.signIn('viewer');
    for (let used = 0; used < 24; used += 1) {
      await viewer.ask(getSession);
      stack.clock.advance(20 * minute - (used === 23 ? 1 : 0));
    }
    await viewer.ask(getSession);
    stack.clock.advance(1);
    expect((await viewer.refused(getSession)).error.code).toBe('not_signed_in');
  });

  test('ends when whoever runs Canopy says', async () => {
    const short = await Stack.start({ environment: { CANOPY_SESSION_IDLE_MINUTES: '5', CANOPY_SESSION_HOURS: '1' } });
    try {
      const viewer = await short.signIn('viewer');
      for (let used = 0; used < 14; used += 1) {
        short.clock.advance(4 * minute);
        await viewer.ask(getSession);
      }
      short.clock.advance(4 * minute);
      expect((await viewer.refused(getSession)).status).toBe(401);
      const idle = await short.signIn('viewer');
      short.clock.advance(5 * minute);
      expect((await idle.refused(getSession)).status).toBe(401);
    } finally {
      await short.close();
    }
  });

  test('ends with a sign-out, also for whoever kept the cookie', async () => {
    const viewer = await stack.signIn('viewer');
    const { status, headers, text } = await viewer.ask(signOut);
    expect([status, text]).toEqual([204, '']);
    expect(headers.get('clear-site-data')).toBe('"cache"');
    expect(headers.get('set-cookie')).toContain('Max-Age=0');
    expect((await viewer.refused(getSession)).status).toBe(401);
    expect((await viewer.ask(getVisitor)).result).toEqual({ session: null });
    expect((await viewer.send('GET', '/api/canopy/sign-out')).status).toBe(404);
  });

  test('ends everywhere at once where the person asks for that, and nobody else’s with it', async () => {
    const [one, other, somebody] = [await stack.signIn('viewer'), await stack.signIn('viewer'), await stack.signIn('auditor')];
    const { status, headers } = await one.ask(signOutEverywhere);
    expect([status, headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    for (const visitor of [one, other]) expect((await visitor.refused(getSession)).status).toBe(401);
    expect((await somebody.ask(getSession)).status).toBe(200);
    await stack.stopBff();
    await stack.startBff();
    expect((await stack.returning(other).refused(getSession)).status).toBe(401);
  });

  test('outlives a restart', async () => {
    const viewer = await stack.signIn('viewer');
    await stack.stopBff();
    await stack.startBff();
    const again = new Visitor(stack.origin, viewer.cookie);
    expect((await again.ask(getSession)).result.user.id).toBe('viewer');
  });

  test('is not opened by anything a stranger can make up', async () => {
    for (const cookie of [
      'canopy-session=',
      `canopy-session=${'A'.repeat(43)}`,
      'canopy-session=eyJhbGciOiJub25lIn0.e30.',
      `__Host-canopy-session=${'A'.repeat(43)}`,
      Array.from({ length: 60 }, (_, n) => `c${n}=${'x'.repeat(60)}`).join('; '),
    ])
      expect((await new Visitor(stack.origin, cookie).refused(listOrganizations)).error.code).toBe('not_signed_in');
  });

  test('planted twice does not count', async () => {
    const viewer = await stack.signIn('viewer');
    const tossed = new Visitor(stack.origin, `${viewer.cookie}; canopy-session=${'A'.repeat(43)}`);
    expect((await tossed.refused(getSession)).status).toBe(401);
    await viewer.ask(getSession);
  });

  test('is nobody else’s business: signing in as nobody fails', async () => {
    for (const body of [{ identity: 'root' }, { code: 'A'.repeat(43) }])
      expect((await stack.stranger().refused(signIn, { body })).error.code).toBe('not_signed_in');
    for (const body of [{}, { identity: '../admin' }, { identity: 'admin', code: 'x' }])
      expect((await stack.stranger().refused(signIn, { body })).status).toBe(400);
  });

  test('needs no visit to the sign-in page, which says who may come', async () => {
    await (await stack.signIn('admin')).ask(getHierarchy);
    const { result } = await stack.stranger().ask(getSignInOptions);
    if (result.method !== 'identities') throw new Error(result.method);
    expect(result.identities.map(({ id }) => id)).toEqual(['admin', 'viewer', 'auditor', 'billing', 'partner']);
    expect(result.drawing.length).toBe(4);
    expect(JSON.stringify(result)).not.toContain('@');
  });

  test('of someone who was taken off the list opens nothing', async () => {
    const only = await Stack.start({ identities: [] });
    try {
      expect((await only.stranger().refused(signIn, { body: { identity: 'admin' } })).error.code).toBe('not_signed_in');
    } finally {
      await only.close();
    }
  });

  test('is taken only from our own page', async () => {
    const viewer = await stack.signIn('viewer');
    const mark = await stack.mark();
    for (const headers of [
      { 'x-canopy': '' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: stack.origin.replace('http:', 'https:') },
    ]) {
      const received = await viewer.send('GET', '/api/cloudflare/organizations', { headers });
      expect(errorIn(received).code, JSON.stringify(headers)).toBe('cross_site');
      expect(received.headers.get('access-control-allow-origin')).toBeNull();
    }
    expect((await stack.requestsSince(mark)).requests).toEqual([]);
    for (const headers of [{ 'sec-fetch-site': 'same-origin', origin: stack.origin }, {}])
      expect((await viewer.send('GET', '/api/canopy/session', { headers })).status).toBe(200);
  });
});

describe('sign-in with a link', () => {
  let stack: Stack;
  beforeAll(async () => void (stack = await Stack.start({ identities: null })));
  afterAll(() => stack.close());

  test('works once, and the next link is said', async () => {
    expect((await stack.stranger().ask(getSignInOptions)).result).toEqual({ method: 'link' });
    const link = new URL(stack.bff.signInLink ?? '');
    expect(link.origin).toBe(stack.origin);
    expect(link.pathname).toBe('/sign-in');
    const code = link.hash.slice('#code='.length);
    const { result } = await stack.stranger().ask(signIn, { body: { code } });
    expect(result).toMatchObject({ user: { id: 'operator' }, role: 'administrator', mode: 'cloudflare' });
    expect((await stack.stranger().refused(signIn, { body: { code } })).error.code).toBe('not_signed_in');
    expect(stack.said.at(-1)).toContain('/sign-in#code=');
    expect(stack.said.at(-1)).not.toContain(code);
    expect(stack.log.join('')).not.toContain(code);
  });

  test('does not know the people of the sandbox', async () => {
    expect((await stack.stranger().refused(signIn, { body: { identity: 'admin' } })).status).toBe(401);
  });
});
