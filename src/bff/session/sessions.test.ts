import { describe, expect, test } from 'vitest';
import type { Role } from '../../contract/permissions.ts';
import { requirePermission } from '../guards/permission.ts';
import type { Log } from '../services.ts';
import { SessionCookie } from './cookie.ts';
import { identitySignIn } from './identities.ts';
import { OneTimeLink } from './one-time-link.ts';
import { Sessions, sessionLimits } from './sessions.ts';
import type { OpenSession, SessionShelf } from './sessions.ts';

const quiet: Log = { info() {}, warn() {}, error() {} };
const minute = 60_000;

/** A shelf in memory and a clock that stands still until it is moved. */
async function started() {
  const rows = new Map<string, OpenSession>();
  const shelf: SessionShelf = {
    all: async () => structuredClone([...rows.values()]),
    put: async (session) => void rows.set(session.digest, { ...session }),
    async seen(digest, seenAt) {
      const row = rows.get(digest);
      if (row) row.seenAt = seenAt;
    },
    remove: async (digests) => digests.forEach((digest) => rows.delete(digest)),
  };
  let time = Date.UTC(2026, 9, 15);
  const clock = { now: () => time, monotonic: () => time, sleep: async () => undefined };
  const restart = () => Sessions.from(shelf, clock, quiet);
  return { rows, clock, restart, sessions: await restart(), pass: (milliseconds: number) => (time += milliseconds) };
}

describe('sessions', () => {
  test('nothing on the shelf opens one', async () => {
    const { sessions, rows } = await started();
    const { id } = await sessions.open('admin');
    expect(JSON.stringify([...rows.values()])).not.toContain(id);
    const [row] = rows.values();
    expect(await sessions.find(row?.digest ?? '', true)).toBeNull();
    expect(await sessions.find(id, true)).toMatchObject({ subject: 'admin' });
  });

  test('end after half an hour without use; background polling is no use', async () => {
    const { sessions, pass } = await started();
    const { id } = await sessions.open('admin');
    for (let polls = 0; polls < 29; polls += 1) {
      pass(minute);
      expect(await sessions.find(id, false)).not.toBeNull();
    }
    pass(minute);
    expect(await sessions.find(id, false)).toBeNull();
  });

  test('end after eight hours however much they are used', async () => {
    const { sessions, pass } = await started();
    const { id } = await sessions.open('admin');
    for (let used = 0; used < sessionLimits.absolute - minute; used += 10 * minute) {
      expect(await sessions.find(id, true)).not.toBeNull();
      pass(10 * minute);
    }
    expect(await sessions.find(id, true)).toBeNull();
  });

  test('are not lengthened by a clock that goes back', async () => {
    const { sessions, pass } = await started();
    const { id } = await sessions.open('admin');
    pass(29 * minute);
    await sessions.find(id, false);
    pass(-24 * 60 * minute);
    expect(await sessions.find(id, true)).toMatchObject({ seenAt: expect.any(Number) });
    pass(24 * 60 * minute + 29 * minute);
    expect(await sessions.find(id, false)).not.toBeNull();
    pass(2 * minute);
    expect(await sessions.find(id, false)).toBeNull();
  });

  test('outlive a restart and end with a sign-out', async () => {
    const { sessions, restart, rows } = await started();
    const { id, session } = await sessions.open('viewer');
    const again = await restart();
    expect(await again.find(id, true)).toMatchObject({ subject: 'viewer' });
    await again.close(session.digest);
    expect(await again.find(id, true)).toBeNull();
    expect(rows.size).toBe(0);
  });

  test('that ended leave the shelf', async () => {
    const { sessions, rows, pass } = await started();
    await sessions.open('viewer');
    pass(31 * minute);
    await sessions.open('admin');
    expect([...rows.values()].map((row) => row.subject)).toEqual(['admin']);
  });
});

describe('the session cookie', () => {
  const id = 'A'.repeat(43);
  test('is pinned to the origin where that is https', () => {
    expect(new SessionCookie(true).give(id)).toBe(`__Host-canopy-session=${id}; Path=/; HttpOnly; SameSite=Strict; Secure`);
    expect(new SessionCookie(false).give(id)).toBe(`canopy-session=${id}; Path=/; HttpOnly; SameSite=Strict`);
  });

  test.each([
    [`canopy-session=${id}`, id],
    [`a=b; canopy-session=${id}; c=d`, id],
    [`canopy-session=${id}; canopy-session=${id}`, null],
    [`canopy-session=${id}x`, null],
    [`canopy-session="${id}"`, null],
    [`xcanopy-session=${id}`, null],
    ['', null],
  ])('reads %s', (header, expected) => expect(new SessionCookie(false).read(header).id).toBe(expected));

  test('without the prefix does not count where https is used', () => {
    expect(new SessionCookie(true).read(`canopy-session=${id}`).id).toBeNull();
  });
});

describe('a person of the sandbox', () => {
  const nobodyKnows = { peek: () => null };
  const identity = { id: 'x', name: 'X', email: 'x@x.example', description: '', scopeOrganizationId: null };

  test.each(['superuser', '', 'Administrator', 'toString', '__proto__'])('with the role %j may do nothing', async (role) => {
    const method = identitySignIn([{ ...identity, role: role as Role }], nobodyKnows); // what a wrong configuration would bring
    expect(method.person('x')).toBeNull();
    const person = { id: 'x', name: 'X', email: null, role: role as Role, scope: null };
    expect(() => requirePermission(person, 'organizations:read')).toThrow(/unknown/);
    expect(() => requirePermission(person, 'signed-in')).toThrow(/unknown/);
  });

  test('is shown without counts until the tree has been read', () => {
    const options = identitySignIn([{ ...identity, role: 'viewer' }], nobodyKnows).options();
    expect(options).toMatchObject({ method: 'identities', drawing: [], identities: [{ id: 'x', sees: null, scopeName: null }] });
  });
});

describe('the one-time link', () => {
  test('works once, and the next one is printed', async () => {
    const printed: string[] = [];
    const method = new OneTimeLink(new URL('http://127.0.0.1:4400'), (link) => printed.push(link));
    const code = new URL(method.link).hash.slice('#code='.length);
    expect(await method.prove({ code })).toBe('operator');
    await expect(method.prove({ code })).rejects.toMatchObject({ report: { code: 'not_signed_in' } });
    expect(printed).toEqual([method.link]);
    expect(method.link).not.toContain(code);
  });

  test('lets in only one of two who use it at the same time', async () => {
    const method = new OneTimeLink(new URL('http://127.0.0.1:4400'), () => undefined);
    const code = new URL(method.link).hash.slice('#code='.length);
    const outcomes = await Promise.allSettled([method.prove({ code }), method.prove({ code })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('does not take an identity', async () => {
    const method = new OneTimeLink(new URL('http://127.0.0.1:4400'), () => undefined);
    await expect(method.prove({ identity: 'operator' })).rejects.toThrow();
  });
});
