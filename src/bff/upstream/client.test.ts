import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createMember, listMembers } from '../../contract/cloudflare/members.ts';
import { getOrganization, listOrganizations } from '../../contract/cloudflare/organizations.ts';
import { modifyProfile } from '../../contract/cloudflare/profile.ts';
import { getOrganizationUsage } from '../../contract/cloudflare/usage.ts';
import { Problem } from '../problem.ts';
import type { Asking } from '../services.ts';
import { CredentialBox } from './credentials.ts';
import { ScriptedTransport, envelope, failureEnvelope, scriptedUpstream, secrets } from './testing.ts';
import type { Script } from './testing.ts';

const organizationId = 'a'.repeat(32);
const one = { params: { organizationId }, query: {} };
const asking: Asking = { requestId: 'request-1', priority: 'interactive' };
const organization = { id: organizationId, name: 'Larkfield', create_time: '2026-01-01T00:00:00Z', meta: {} };
const invitation = { params: { organizationId }, query: {}, body: { member: { user: { email: 'a@b.example' } } } };

async function failureOf(work: Promise<unknown>): Promise<Problem> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('It did not fail');
}

async function ask(scripts: Script[]) {
  const transport = new ScriptedTransport(scripts);
  const { upstream, clock } = scriptedUpstream(transport);
  const work = clock.run(upstream.call(getOrganization, one, asking));
  return { transport, work };
}
async function askToFail(scripts: Script[]) {
  const { transport, work } = await ask(scripts);
  const { report } = await failureOf(work);
  return { transport, report };
}

describe('a request', () => {
  it('starts from empty headers and has one credential', async () => {
    const transport = new ScriptedTransport([{ body: envelope([]) }]);
    const { upstream } = scriptedUpstream(transport);
    await upstream.call(listOrganizations, { params: {}, query: { 'name.contains': 'a b', id: ['1', '2'] } }, asking);
    await upstream.call(listMembers, one, asking);
    expect(transport.requests[0]?.headers).toEqual({
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'canopy',
      'x-request-id': 'request-1',
      authorization: `Bearer ${secrets.token}`,
    });
    expect(transport.requests[1]?.headers).toMatchObject({ 'x-auth-email': 'owner@example.com', 'x-auth-key': secrets.key });
    expect(transport.requests[1]?.headers).not.toHaveProperty('authorization');
    expect(transport.paths).toEqual([
      '/client/v4/organizations?id=1&id=2&name.contains=a+b',
      `/client/v4/organizations/${organizationId}/members`,
    ]);
  });

  it('is not sent where no credential fits, and says what would make it fit', async () => {
    const transport = new ScriptedTransport([]);
    const { upstream } = scriptedUpstream(transport, { credentials: new CredentialBox({ token: null, key: null }) });
    const { report } = await failureOf(upstream.call(listMembers, one, asking));
    expect(report.code).toBe('capability_missing');
    expect(report.message).toContain('CLOUDFLARE_API_KEY');
    expect(transport.requests).toHaveLength(0);
  });

  it('does not show its secrets to whoever inspects the client', () => {
    const { upstream } = scriptedUpstream(new ScriptedTransport([]));
    expect(inspect(upstream, { depth: 20, showHidden: true })).not.toContain('CANARY');
  });
});

describe('a read', () => {
  it('is tried again after failures that pass', async () => {
    const good = { headers: { 'cf-ray': 'abc-FRA' }, body: envelope(organization) };
    for (const bad of [{ status: 500 }, { status: 503, text: '<html>' }, 'closed', 'headers-timeout', 'connect'] as const) {
      const { transport, work } = await ask([bad, bad, good]);
      expect(await work).toMatchObject({ result: organization, rayId: 'abc', status: 200 });
      expect(transport.requests).toHaveLength(3);
    }
  });

  it('is tried three times at most', async () => {
    const { transport, report } = await askToFail([{ status: 500 }]);
    expect(report.code).toBe('upstream_failed');
    expect(transport.requests).toHaveLength(3);
  });

  it('is not tried again after failures that stay', async () => {
    const stays: Script[] = [
      { status: 404 },
      { status: 400 },
      { status: 302, headers: { location: 'http://evil.example' } },
      { text: '<html>200</html>' },
      { text: '{"success":true,"result":NaN}' },
      { status: 401, body: failureEnvelope(9109) },
      'tls',
    ];
    for (const script of stays) {
      const { transport } = await askToFail([script]);
      expect(transport.requests).toHaveLength(1);
    }
  });

  it('is tried at most twice more when a good credential is refused under load', async () => {
    const blip = { status: 403, body: failureEnvelope(10000, 'Authentication error') };
    const { transport, work } = await ask([blip, blip, { body: envelope(organization) }]);
    expect((await work).result).toEqual(organization);
    expect(transport.requests).toHaveLength(3);
    const { transport: again, report } = await askToFail([blip]);
    expect(again.requests).toHaveLength(3);
    expect(report).toMatchObject({ code: 'upstream_refused', upstream: { errors: [{ code: 10000 }] } });
  });

  it('waits for a short throttle and leaves a long one to the person', async () => {
    const short = { status: 429, headers: { 'retry-after': '3' }, body: failureEnvelope(10100) };
    const { transport, work } = await ask([short, { body: envelope(organization) }]);
    expect((await work).result).toEqual(organization);
    expect(transport.requests).toHaveLength(2);
    const long = { status: 429, headers: { 'retry-after': '300' }, body: failureEnvelope(10100) };
    const { transport: once, report } = await askToFail([long, { body: envelope(organization) }]);
    expect(once.requests).toHaveLength(1);
    expect(report).toMatchObject({ code: 'upstream_throttled', retryAfterSeconds: 300, upstream: { status: 429 } });
  });

  it('takes a throttle in a 200 for what it is', async () => {
    const { transport, report } = await askToFail([{ body: failureEnvelope(971) }]);
    expect(report).toMatchObject({ code: 'upstream_throttled', retryAfterSeconds: 60 });
    expect(transport.requests).toHaveLength(1);
  });

  it.each<[string, Script, string]>([
    ['cut JSON', { text: '{"success":true,"result":{"id":"' }, 'upstream_truncated'],
    ['broken JSON', { text: '{"success":true,"result":}' }, 'upstream_bad_json'],
    ['a byte order mark', { text: `\ufeff${JSON.stringify(envelope({}))}` }, 'upstream_bad_json'],
    ['a page', { text: '<!doctype html><p>hello' }, 'upstream_unexpected'],
    ['nothing', { text: '' }, 'upstream_unexpected'],
    ['another object', { body: { hello: 'world' } }, 'upstream_unexpected'],
    ['null', { body: envelope(null) }, 'upstream_unexpected'],
    ['a list for an object', { body: envelope([organization]) }, 'upstream_unexpected'],
    ['deep nesting', { text: `{"success":true,"result":${'['.repeat(20_000)}` }, 'upstream_bad_json'],
    ['too much', { body: envelope({ ...organization, name: 'x'.repeat(17 * 1024 * 1024) }) }, 'upstream_too_large'],
    ['a compression nobody asked for', { headers: { 'content-encoding': 'br' }, body: envelope({}) }, 'upstream_unexpected'],
    ['the key in its body', { body: envelope({ ...organization, note: secrets.key }) }, 'upstream_unexpected'],
    ['the key in an error', { status: 400, body: failureEnvelope(1000, `bad ${secrets.key}`) }, 'upstream_unexpected'],
  ])('does not take %s for an answer', async (_name, script, code) => {
    const { report } = await askToFail([script]);
    expect(report.code).toBe(code);
    expect(JSON.stringify(report)).not.toContain('CANARY');
  });

  it('drops a Ray ID that is none', async () => {
    const { work } = await ask([{ headers: { 'cf-ray': secrets.key }, body: envelope(organization) }]);
    expect((await work).rayId).toBeNull();
  });

  it('does not take null for an empty list, and keeps odd rows', async () => {
    const list = async (result: unknown) => {
      const { upstream } = scriptedUpstream(new ScriptedTransport([{ body: envelope(result) }]));
      return upstream.call(listOrganizations, { params: {}, query: {} }, asking);
    };
    expect((await failureOf(list(null))).report.code).toBe('upstream_unexpected');
    expect((await failureOf(list({ items: [] }))).report.code).toBe('upstream_unexpected');
    const odd = [organization, { id: 7 }, null, 'text', { ...organization, meta: { hierarchy_tags: ['x'] }, new_field: 1 }];
    expect(await list(odd)).toMatchObject({ result: odd, info: { odd_rows: 3 } });
  });

  it('ends when the person has gone', async () => {
    const gone = new AbortController();
    const transport = new ScriptedTransport(async ({ signal }) => {
      gone.abort();
      await new Promise<void>((resolve) => setTimeout(resolve, 0));
      expect(signal.aborted).toBe(true);
      return {};
    });
    const { upstream } = scriptedUpstream(transport);
    await failureOf(upstream.call(getOrganization, one, { ...asking, signal: gone.signal }));
    expect(transport.requests).toHaveLength(1);
  });

  it('is not held longer than it may take in all', async () => {
    const transport = new ScriptedTransport(
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
    );
    const { upstream } = scriptedUpstream(transport, { limits: { total: 20 } });
    const { report } = await failureOf(upstream.call(getOrganization, one, asking));
    expect(report).toMatchObject({ code: 'upstream_timeout', message: expect.stringContaining('total') as string });
  });
});

describe('a write', () => {
  const bad: Script[] = [
    { status: 500 },
    { status: 409 },
    { status: 403, body: failureEnvelope(10000) },
    { status: 429, headers: { 'retry-after': '1' } },
    'closed',
    'headers-timeout',
    'connect',
    { text: '{"success":true,"result":{' },
  ];
  it.each(bad)('is sent exactly once: %j', async (script) => {
    const transport = new ScriptedTransport([script]);
    const { upstream, clock } = scriptedUpstream(transport);
    await failureOf(clock.run(upstream.call(createMember, invitation, asking)));
    expect(transport.requests).toHaveLength(1);
    expect(transport.requests[0]).toMatchObject({ ownConnection: true, method: 'POST', body: JSON.stringify(invitation.body) });
  });

  it('goes on when the person has gone', async () => {
    const transport = new ScriptedTransport([
      { body: envelope({ id: '1', create_time: '', status: 'pending', user: { email: 'a' } }) },
    ]);
    const { upstream } = scriptedUpstream(transport);
    const answer = await upstream.call(createMember, invitation, { ...asking, signal: AbortSignal.abort() });
    expect(answer.result.id).toBe('1');
  });

  it('may be answered with zero bytes', async () => {
    const { upstream } = scriptedUpstream(new ScriptedTransport([{ status: 204 }]));
    const body = { business_name: '', business_email: '', business_phone: '', business_address: '', external_metadata: '' };
    expect(await upstream.call(modifyProfile, { ...one, body }, asking)).toMatchObject({ result: null, status: 204 });
  });
});

describe('a stream', () => {
  const usage = (script: Script, limits = {}) => {
    const { upstream, clock } = scriptedUpstream(new ScriptedTransport([script]), { limits });
    return clock.run(upstream.stream(getOrganizationUsage, one, asking));
  };
  const drain = async (body: AsyncIterable<Uint8Array>) => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of body) text += decoder.decode(chunk, { stream: true });
    return text;
  };
  const long = {
    ...envelope([]),
    result: Array.from({ length: 3_000 }, (_, index) => ({ BillingAccountId: `account ${index}` })),
  };

  it('gives every byte, of a short and of a long answer', async () => {
    for (const body of [envelope([]), long]) expect(await drain((await usage({ body })).body)).toBe(JSON.stringify(body));
  });
  it('finds a failure in the clothes of a success before anything is given', async () => {
    expect((await failureOf(usage({ body: failureEnvelope(971) }))).report.code).toBe('upstream_throttled');
    expect((await failureOf(usage({ text: '<html>' }))).report.code).toBe('upstream_unexpected');
    expect((await failureOf(usage({ status: 500 }))).report.code).toBe('upstream_failed');
  });
  it('fails at its end where it was cut', async () => {
    const text = JSON.stringify(long).slice(0, -10);
    const { body } = await usage({ text });
    expect((await failureOf(drain(body))).report.code).toBe('upstream_truncated');
  });
  it('is bounded', async () => {
    const { body } = await usage({ body: long }, { stream: 80_000 });
    expect((await failureOf(drain(body))).report.code).toBe('upstream_too_large');
  });
  it('never gives the credential, also where it is cut in two', async () => {
    const records = Array.from({ length: 4_000 }, () => ({ note: secrets.token }));
    const filler = Array.from({ length: 3_000 }, (_, index) => ({ BillingAccountId: `account ${index}` }));
    const { body } = await usage({ body: envelope([...filler, ...records]) });
    let text = '';
    const failure = await failureOf(
      (async () => {
        for await (const chunk of body) text += new TextDecoder().decode(chunk);
      })(),
    );
    expect(failure.report.code).toBe('upstream_unexpected');
    expect(text).not.toContain('CANARY');
  });
  it('frees its lane when it is left early', async () => {
    const transport = new ScriptedTransport([{ body: long }]);
    const admission = { requests: 900, window: 300_000, concurrent: 1 };
    const { upstream } = scriptedUpstream(transport, { limits: { admission } });
    for (let count = 0; count < 3; count += 1) {
      const { body } = await upstream.stream(getOrganizationUsage, one, asking);
      for await (const chunk of body) if (chunk.length > 0) break;
    }
    expect(transport.requests).toHaveLength(3);
  });
});
