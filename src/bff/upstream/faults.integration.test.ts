import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Stack } from '../../cli/testing/stack.ts';
import { errorIn } from '../../cli/testing/visitor.ts';
import type { Received, Visitor } from '../../cli/testing/visitor.ts';
import { tiny } from '../../cli/testing/world.ts';
import { getSession } from '../../contract/canopy/session.ts';
import { listOrganizationAccounts } from '../../contract/cloudflare/accounts.ts';
import { listAuditEvents } from '../../contract/cloudflare/audit.ts';
import { createMember, listMembers } from '../../contract/cloudflare/members.ts';
import { getOrganization, listOrganizations } from '../../contract/cloudflare/organizations.ts';
import { getProfile } from '../../contract/cloudflare/profile.ts';
import { listShares } from '../../contract/cloudflare/shares.ts';
import { getOrganizationUsage } from '../../contract/cloudflare/usage.ts';

const params = { organizationId: tiny.north.id };
const invitation = (email: string) => ({ params, body: { member: { user: { email } } } });

describe('faults of upstream through the whole backend', () => {
  let stack: Stack;
  let admin: Visitor;

  beforeAll(async () => {
    stack = await Stack.start();
    admin = await stack.signIn('admin');
  });
  afterEach(() => stack.clearFaults());
  afterAll(() => stack.close());

  type Rule = Parameters<Stack['addFault']>[0];
  const strike = (fault: Rule['fault'], times: number | null = null, match: Rule['match'] = {}) =>
    stack.addFault({ match, times, fault });
  const calls = async (mark: number) => (await stack.requestsSince(mark)).requests.length;

  it('429 storm: one call, then none until the time is up, with a countdown and a living session', async () => {
    await strike({ kind: 'throttle', retryAfter: '300' }, 1);
    const mark = await stack.mark();
    const first = await admin.refused(getOrganization, { params });
    expect(first.status).toBe(429);
    expect(first.error).toMatchObject({
      code: 'upstream_throttled',
      retryAfterSeconds: 300,
      upstream: { errors: [{ code: 10100 }] },
    });
    const waits: number[] = [];
    for (let count = 0; count < 100; count += 1) {
      stack.clock.advance(1_000);
      const { status, error, headers } = await admin.refused(getOrganization, { params });
      expect(status).toBe(429);
      expect(headers.get('retry-after')).toBe(String(error.retryAfterSeconds));
      waits.push(error.retryAfterSeconds ?? 0);
    }
    expect(await calls(mark)).toBe(1);
    expect(waits).toEqual(waits.toSorted((a, b) => b - a));
    expect(waits.at(-1)).toBeLessThanOrEqual(200);
    expect((await admin.try(getSession)).status).toBe(200);
    stack.clock.advance(200_000);
    expect((await admin.try(getOrganization, { params })).status).toBe(200);
  });

  it.each([null, 'abc', '-5', '999999999999999999', '86400'])(
    '429 with Retry-After %j waits a bounded time',
    async (retryAfter) => {
      await strike({ kind: 'throttle', retryAfter }, 1);
      const { error } = await admin.refused(getOrganization, { params });
      expect([60, 300]).toContain(error.retryAfterSeconds);
      const mark = await stack.mark();
      await admin.refused(getOrganization, { params });
      expect(await calls(mark)).toBe(0);
      stack.clock.advance(300_000);
    },
  );

  it('a throttle in a 200 is a throttle, not an empty list', async () => {
    await strike({ kind: 'throttle_in_200' }, 1);
    const { error } = await admin.refused(listMembers, { params });
    expect(error).toMatchObject({ code: 'upstream_throttled', upstream: { status: 200, errors: [{ code: 971 }] } });
    stack.clock.advance(60_000);
  });

  it('a good credential refused twice is asked a third time, for reads only', async () => {
    await strike({ kind: 'denied' }, 2);
    expect((await admin.try(getOrganization, { params })).status).toBe(200);
    await strike({ kind: 'denied' });
    const mark = await stack.mark();
    expect((await admin.refused(getOrganization, { params })).error.code).toBe('upstream_refused');
    expect(await calls(mark)).toBe(3);
    await stack.clearFaults();
    await strike({ kind: 'denied' }, null, { method: 'POST' });
    const before = await stack.mark();
    const refused = await admin.refused(createMember, invitation('blip@quillon.example'));
    expect(refused.error).toMatchObject({ code: 'upstream_refused', receiptId: expect.any(String) as string });
    expect((await stack.requestsSince(before)).requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('a dead credential is upstream’s trouble: the session goes on', async () => {
    await strike({ kind: 'unauthorized' });
    const { status, error, headers } = await admin.refused(getOrganization, { params });
    expect([status, error.code]).toEqual([502, 'upstream_auth']);
    expect(headers.get('set-cookie')).toBeNull();
    expect((await admin.try(getSession)).status).toBe(200);
  });

  it.each<[string, Rule['fault'], string]>([
    ['an HTML page with 502', { kind: 'edge_error', status: 502, form: 'html' }, 'upstream_failed'],
    ['a problem document with 522', { kind: 'edge_error', status: 522, form: 'problem' }, 'upstream_failed'],
    ['an HTML page with 200', { kind: 'status', status: 200, body: 'html' }, 'upstream_unexpected'],
    ['an HTML page with 403', { kind: 'status', status: 403, body: 'html' }, 'upstream_refused'],
    ['plain text with 400', { kind: 'status', status: 400, body: 'text', message: 'bad thing' }, 'upstream_invalid'],
    ['nothing with 200', { kind: 'status', status: 200, body: 'none' }, 'upstream_unexpected'],
    ['a body shorter than its length', { kind: 'truncate', afterBytes: 40, framing: 'content-length' }, 'upstream_truncated'],
    ['a cut chunk', { kind: 'truncate', afterBytes: 40, framing: 'chunked' }, 'upstream_truncated'],
    ['a cut body that ends with its connection', { kind: 'truncate', afterBytes: 40, framing: 'close' }, 'upstream_truncated'],
    ['a reset', { kind: 'reset', when: 'after' }, 'upstream_truncated'],
    ['broken JSON', { kind: 'bad_json', variant: 'broken' }, 'upstream_bad_json'],
    ['NaN', { kind: 'bad_json', variant: 'nan' }, 'upstream_bad_json'],
    ['a byte order mark', { kind: 'bad_json', variant: 'bom' }, 'upstream_bad_json'],
    ['UTF-16', { kind: 'bad_json', variant: 'utf16' }, 'upstream_bad_json'],
    ['Latin-1', { kind: 'bad_json', variant: 'latin1' }, 'upstream_bad_json'],
    ['an empty body', { kind: 'bad_json', variant: 'empty' }, 'upstream_unexpected'],
    ['null for a list', { kind: 'shape', variant: 'null_result' }, 'upstream_unexpected'],
    ['an object for a list', { kind: 'shape', variant: 'object_for_list' }, 'upstream_unexpected'],
    ['a failure in a 200', { kind: 'shape', variant: 'failure_in_200' }, 'upstream_refused'],
    ['a gzip bomb', { kind: 'bomb', encoding: 'gzip', megabytes: 100 }, 'upstream_too_large'],
    ['a brotli bomb', { kind: 'bomb', encoding: 'br', megabytes: 100 }, 'upstream_unexpected'],
    ['a lying encoding', { kind: 'lying_encoding', encoding: 'gzip' }, 'upstream_unexpected'],
    ['20,000 levels', { kind: 'heavy_json', variant: 'deep', size: 20_000 }, 'upstream_bad_json'],
    ['a string of 50 MB', { kind: 'heavy_json', variant: 'long_string', size: 50 }, 'upstream_too_large'],
    ['a list without end', { kind: 'endless_body' }, 'upstream_too_large'],
    ['headers without end', { kind: 'huge_headers', kilobytes: 200 }, 'upstream_unexpected'],
  ])('%s becomes a report in JSON', async (_name, fault, code) => {
    await strike(fault);
    const refused = await admin.refused(listMembers, { params });
    expect(refused.error.code).toBe(code);
    expect(refused.error.action).not.toBe('');
    expect(refused.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(refused.text).not.toContain('<');
  });

  it.each<[string, Rule['fault']]>([
    ['a new word in an enumeration', { kind: 'unknown_enum' }],
    ['new fields', { kind: 'shape', variant: 'extra_fields' }],
    ['no paging facts', { kind: 'shape', variant: 'no_result_info' }],
  ])('%s changes nothing', async (_name, fault) => {
    const { result: before } = await admin.ask(listMembers, { params });
    await strike(fault);
    const { result, info } = await admin.ask(listMembers, { params });
    expect(result).toHaveLength(before.length);
    expect(info).toMatchObject({ complete: true });
    expect(info?.odd_rows).toBeUndefined();
  });

  it('rows without their id are kept and counted', async () => {
    const { result: before } = await admin.ask(listMembers, { params });
    await strike({ kind: 'shape', variant: 'missing_required' });
    const { result, info } = await admin.ask(listMembers, { params });
    expect(result).toHaveLength(before.length);
    expect(info).toMatchObject({ odd_rows: 2 });
  });

  it.each(['same_token', 'token_loop', 'endless_empty'] as const)(
    'paging that does not end (%s) is cut and said',
    async (variant) => {
      await strike({ kind: 'paging', variant });
      const mark = await stack.mark();
      const { info } = await admin.ask(listMembers, { params });
      expect(info).toMatchObject({ complete: false, incomplete_reason: expect.stringMatching(/./) as string });
      expect(await calls(mark)).toBeLessThanOrEqual(11);
    },
  );

  it('a redirect is not followed, and its target hears nothing', async () => {
    let heard = 0;
    const evil = createServer((_request, response) => {
      heard += 1;
      response.end('{}');
    });
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve));
    const location = `http://127.0.0.1:${(evil.address() as AddressInfo).port}/client/v4/organizations`; // it listens on TCP
    for (const status of [301, 302, 307, 308] as const) {
      await strike({ kind: 'redirect', status, location }, 1);
      const refused = await admin.refused(getOrganization, { params });
      expect([refused.status, refused.error.code, refused.headers.get('location')]).toEqual([502, 'upstream_redirect', null]);
    }
    await new Promise((resolve) => evil.close(resolve));
    expect(heard).toBe(0);
  });

  it('none of the credential ever comes out, however upstream repeats it', async () => {
    const auditor = await stack.signIn('auditor');
    const received: Received[] = [];
    const askAll = async () => {
      received.push(
        await admin.try(listOrganizations),
        await admin.try(getOrganization, { params }),
        await admin.try(getProfile, { params }),
        await admin.try(listMembers, { params }),
        await admin.try(listOrganizationAccounts, { params }),
        await admin.try(listShares, { params }),
        await admin.try(getOrganizationUsage, { params }),
        await auditor.try(listAuditEvents, { params, query: { since: '2026-09-01', before: '2026-11-01' } }),
        await admin.try(createMember, invitation(`echo-${received.length}@quillon.example`)),
      );
    };
    for (const encoding of ['plain', 'base64', 'url'] as const)
      for (const where of ['body', 'headers', 'both'] as const)
        for (const status of [undefined, 400, 500]) {
          if (where === 'headers' && status !== undefined) continue;
          await strike({ kind: 'echo', where, encoding, ...(status === undefined ? {} : { status }) });
          await (encoding === 'plain' && status === undefined
            ? askAll()
            : admin.try(listMembers, { params }).then((one) => received.push(one)));
          await stack.clearFaults();
        }
    const { token, key } = stack.credentials;
    const forms = [token, key].flatMap((secret) => [secret, encodeURIComponent(secret), btoa(secret), btoa(`Bearer ${secret}`)]);
    const out = [
      ...received.map(({ text, headers }) => `${text} ${JSON.stringify([...headers])}`),
      ...stack.log,
      ...stack.said,
    ].join('\n');
    expect(out.length).toBeGreaterThan(10_000);
    for (const form of forms) expect(out).not.toContain(form);
    const leaks = received.filter(({ status }) => status === 502).map((one) => errorIn(one));
    expect(leaks.some(({ message }) => message.includes('credential'))).toBe(true);
  });
});
