import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMember, listMembers } from '../../contract/cloudflare/members.ts';
import { asKey, type RawAnswer, SandboxUnderTest, testCredentials } from '../sandbox-under-test.ts';
import { tiny } from '../seed/tiny.ts';
import type { Fault } from './rules.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.clearFaults());

interface Envelope {
  success: boolean;
  errors: { code?: number; message?: string }[];
  messages: { message?: string }[];
  result: Record<string, unknown>[];
  result_info?: { next_page_token?: string; total_size?: unknown };
}
const read = (answer: RawAnswer) => JSON.parse(answer.text) as Envelope; // what a fault left of it, for the assertions

const list = '/organizations';
const plain = { ...asKey, 'accept-encoding': 'identity' };

/** One request under a fault. */
async function struck(
  fault: Fault,
  path = list,
  init: Parameters<SandboxUnderTest['raw']>[2] = {},
  method = 'GET',
): Promise<RawAnswer> {
  await sandbox.addFault({ times: 1, fault });
  return sandbox.raw(method, path, init);
}

/** What comes over the wire: all bytes, and how the connection ended, or that it did not end in a while. */
function wire(path: string, patience = 100): Promise<{ text: string; end: 'closed' | 'reset' | 'open'; milliseconds: number }> {
  return new Promise((resolve) => {
    const began = performance.now();
    let text = '';
    let quiet: NodeJS.Timeout;
    const done = (end: 'closed' | 'reset' | 'open') => {
      clearTimeout(quiet);
      socket.destroy();
      resolve({ text, end, milliseconds: performance.now() - began });
    };
    const socket = connect(Number(new URL(sandbox.url).port), '127.0.0.1', () => {
      socket.write(
        `GET /client/v4${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Auth-Email: ${testCredentials.email}\r\nX-Auth-Key: ${testCredentials.key}\r\n\r\n`,
      );
    });
    const rest = () => {
      clearTimeout(quiet);
      quiet = setTimeout(() => done('open'), patience);
    };
    rest();
    socket.on('data', (data) => {
      text += data.toString('latin1');
      rest();
    });
    socket.on('end', () => done('closed'));
    socket.on('error', () => done('reset'));
  });
}

const bodyIn = (text: string) => text.slice(text.indexOf('\r\n\r\n') + 4);

describe('other answers', () => {
  it('throttles with any Retry-After, or none', async () => {
    for (const retryAfter of ['300', 'soon', '99999999999', '-5', null]) {
      const answer = await struck({ kind: 'throttle', retryAfter });
      expect([answer.status, answer.headers.get('retry-after'), read(answer).errors[0]?.code]).toEqual([429, retryAfter, 10100]);
    }
    const inSuccess = await struck({ kind: 'throttle_in_200' });
    expect([inSuccess.status, read(inSuccess)]).toMatchObject([200, { success: false, result: null, errors: [{ code: 971 }] }]);
  });

  it('denies a good credential', async () => {
    expect(await struck({ kind: 'denied' })).toMatchObject({ status: 403 });
    expect(await struck({ kind: 'unauthorized' })).toMatchObject({ status: 401 });
  });

  it('gives any status with any body', async () => {
    const status = (body: 'json' | 'html' | 'text' | 'none') =>
      struck({ kind: 'status', status: 418, body, code: 7, message: 'teapot', headers: { 'x-extra': 'yes' } });
    expect(read(await status('json')).errors).toEqual([{ code: 7, message: 'teapot' }]);
    expect((await status('html')).headers.get('content-type')).toMatch(/^text\/html/);
    expect((await status('text')).text).toBe('teapot');
    expect(await status('none')).toMatchObject({ status: 418, text: '' });
    expect((await status('none')).headers.get('x-extra')).toBe('yes');
  });

  it('fails at the edge as a page or as RFC 9457', async () => {
    const fault = { kind: 'edge_error', status: 521, form: 'by_accept' } as const;
    expect((await struck(fault)).text).toContain('<script>');
    const problem = await struck(fault, list, { headers: { ...asKey, accept: 'application/json' } });
    expect(JSON.parse(problem.text)).toMatchObject({ status: 521, title: 'Error 521: Web server is down' });
    expect(problem.headers.get('x-sandbox')).toBe('1');
    expect(problem.headers.get('retry-after')).toBe('30');
    expect((await struck({ ...fault, retryAfter: null })).headers.get('retry-after')).toBeNull();
    expect((await struck({ ...fault, retryAfter: 'soon' })).headers.get('retry-after')).toBe('soon');
  });

  it('redirects anywhere', async () => {
    const answer = await struck({ kind: 'redirect', status: 307, location: 'http://127.0.0.1:1/evil' });
    expect([answer.status, answer.headers.get('location')]).toEqual([307, 'http://127.0.0.1:1/evil']);
  });

  it('waits', async () => {
    const began = performance.now();
    const answer = await struck({ kind: 'latency', milliseconds: 60 });
    expect(performance.now() - began).toBeGreaterThan(55);
    expect(read(answer).result).toHaveLength(4);
  });
});

describe('odd forms of the right answer', () => {
  it.each<[string, (answer: RawAnswer) => void]>([
    ['null_result', (answer) => expect(read(answer).result).toBeNull()],
    ['object_for_list', (answer) => expect(read(answer).result).toMatchObject({ items: [{}, {}, {}, {}] })],
    ['list_for_object', (answer) => expect(read(answer).result[0]).toHaveLength(4)],
    ['no_result_info', (answer) => expect(read(answer)).not.toHaveProperty('result_info')],
    ['number_as_string', (answer) => expect(read(answer).result_info?.total_size).toBe('4')],
    ['extra_fields', (answer) => expect(read(answer).result[0]).toHaveProperty('sandbox_new_field')],
    ['failure_in_200', (answer) => expect(read(answer)).toMatchObject({ success: false, errors: [{ code: 1000 }] })],
    [
      'missing_required',
      (answer) => {
        expect(read(answer).result[0]).not.toHaveProperty('id');
        expect(Object.keys(read(answer).result[1] ?? {})).toEqual(['id']);
        expect(read(answer).result[2]).toHaveProperty('name');
      },
    ],
  ])('%s', async (variant, check) => {
    const answer = await struck({ kind: 'shape', variant } as Fault); // the variants are those of the schema, which checks them
    expect(answer.status).toBe(200);
    check(answer);
  });

  it('has words nobody knows', async () => {
    const members = read(await struck({ kind: 'unknown_enum' }, `/organizations/${tiny.root.id}/members`));
    expect(members.result.every(({ status }) => status === 'sandbox_new_value')).toBe(true);
    const organizations = read(await struck({ kind: 'unknown_enum', fields: ['name'] }));
    expect(organizations.result.every(({ name }) => name === 'sandbox_new_value')).toBe(true);
  });

  it('is no JSON', async () => {
    const bytes = async (variant: 'broken' | 'nan' | 'bom' | 'utf16' | 'latin1' | 'empty') => {
      await sandbox.addFault({ times: 1, fault: { kind: 'bad_json', variant } });
      const response = await fetch(`${sandbox.url}${list}`, { headers: asKey });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
      return Buffer.from(await response.arrayBuffer());
    };
    for (const variant of ['broken', 'nan', 'utf16'] as const) {
      const text = (await bytes(variant)).toString();
      expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    }
    expect((await bytes('bom')).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect((await bytes('utf16')).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfe]));
    const latin1 = await bytes('latin1');
    expect(() => new TextDecoder('utf-8', { fatal: true }).decode(latin1)).toThrow(TypeError);
    expect(await bytes('empty')).toHaveLength(0);
  });

  it('echoes the credential', async () => {
    const both = await struck({ kind: 'echo', where: 'both' });
    expect(both.text.split(testCredentials.key).length).toBeGreaterThan(2);
    expect(both.headers.get('x-received-x-auth-key')).toBe(testCredentials.key);
    const packed = await struck({ kind: 'echo', where: 'body', encoding: 'base64' });
    expect(packed.text).toContain(btoa(testCredentials.key));
    expect(packed.headers.get('x-received-x-auth-key')).toBeNull();
    const failed = await struck({ kind: 'echo', where: 'body', status: 400 });
    expect([failed.status, read(failed).errors[0]?.message]).toEqual([400, expect.stringContaining(testCredentials.key)]);
  });
});

describe('paging that does not end', () => {
  const page = async (token: string | null) =>
    read(await sandbox.raw('GET', `${list}?page_size=2${token === null ? '' : `&page_token=${token}`}`));
  const tokens = async (variant: 'same_token' | 'token_loop' | 'endless_empty') => {
    await sandbox.addFault({ times: null, fault: { kind: 'paging', variant } });
    const seen: string[] = [];
    const sizes: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      const { result, result_info } = await page(seen.at(-1) ?? null);
      seen.push(result_info?.next_page_token ?? '');
      sizes.push(result.length);
    }
    return { seen, sizes };
  };

  it('gives the same token', async () => {
    const { seen, sizes } = await tokens('same_token');
    expect([new Set(seen).size, sizes]).toEqual([1, [2, 2, 2, 2]]);
  });

  it('gives two tokens by turns', async () => {
    const { seen } = await tokens('token_loop');
    expect(seen).toEqual([seen[0], seen[1], seen[0], seen[1]]);
    expect(seen[0]).not.toBe(seen[1]);
  });

  it('gives empty pages, each with a new token', async () => {
    const { seen, sizes } = await tokens('endless_empty');
    expect([new Set(seen).size, sizes]).toEqual([4, [0, 0, 0, 0]]);
  });

  it('repeats a row at the start of the next page', async () => {
    await sandbox.addFault({ times: null, fault: { kind: 'paging', variant: 'drift' } });
    const first = await page(null);
    const second = await page(first.result_info?.next_page_token ?? '');
    expect(second.result.map(({ id }) => id)).toEqual([tiny.north.id, tiny.south.id, tiny.harbor.id]);
  });

  it('works on cursors and on page numbers', async () => {
    const audit = `/organizations/${tiny.root.id}/logs/audit?since=2025-01-01&before=2026-12-01&limit=1`;
    const cursors = await struck({ kind: 'paging', variant: 'same_token' }, audit);
    expect(JSON.parse(cursors.text)).toMatchObject({
      result_info: { cursor: 'sandbox-token-same', cursors: { after: 'sandbox-token-same' } },
    });
    const shares = await struck(
      { kind: 'paging', variant: 'endless_empty' },
      `/organizations/${tiny.root.id}/shares?page=7&per_page=1`,
    );
    expect(JSON.parse(shares.text)).toMatchObject({ result: [], result_info: { page: 7, total_pages: 1_000_000 } });
  });
});

describe('the wire', () => {
  it('sends no headers', async () => {
    await sandbox.addFault({ times: 1, fault: { kind: 'stall_headers' } });
    expect(await wire(list)).toMatchObject({ text: '', end: 'open' });
  });

  it('stalls in the body', async () => {
    await sandbox.addFault({ times: 1, fault: { kind: 'stall_body', afterBytes: 50 } });
    const { text, end } = await wire(list);
    expect(end).toBe('open');
    expect(bodyIn(text)).toMatch(/^32\r\n\{"success":true.{35}\r\n$/);
  });

  it.each([
    ['content-length', /content-length: 1124/i],
    ['chunked', /transfer-encoding: chunked/i],
    ['close', /^(?![\s\S]*(content-length|transfer-encoding))/i],
  ] as const)('cuts a body framed by %s', async (framing, head) => {
    await sandbox.addFault({ times: 2, fault: { kind: 'truncate', afterBytes: 100, framing } });
    const { text, end } = await wire(list);
    expect(text).toMatch(head);
    expect(end).toBe('closed');
    expect(bodyIn(text)).toContain('{"success":true');
    const cut = fetch(`${sandbox.url}${list}`, { headers: plain }).then((response) => response.text());
    if (framing === 'close') expect(await cut).toHaveLength(100);
    else await expect(cut).rejects.toThrow(/terminated/);
  });

  it('never sends a whole body, however short, and may end with a reset', async () => {
    await sandbox.addFault({ times: 1, fault: { kind: 'truncate', afterBytes: 1_000_000, framing: 'close' } });
    const { text } = await wire(list);
    expect(() => JSON.parse(bodyIn(text)) as unknown).toThrow(SyntaxError);
    expect(JSON.parse(`${bodyIn(text)}}`)).toMatchObject({ success: true });
    await sandbox.addFault({ times: 1, fault: { kind: 'truncate', afterBytes: 100, framing: 'chunked', reset: true } });
    expect((await wire(list)).end).toBe('reset');
  });

  it('drips headers or body', async () => {
    await sandbox.addFault({ times: 1, fault: { kind: 'drip', part: 'headers', bytesPerSecond: 2 } });
    expect(await wire(list)).toMatchObject({ text: 'H', end: 'open' });
    await sandbox.addFault({ times: 1, fault: { kind: 'drip', part: 'body', bytesPerSecond: 20_000 } });
    const body = await wire(list);
    expect(body.end).toBe('closed');
    expect(JSON.parse(bodyIn(body.text))).toMatchObject({ success: true });
    expect(body.milliseconds).toBeGreaterThan(50);
  });

  it('resets before a write is done, or after', async () => {
    const where = { params: { organizationId: tiny.north.id } };
    const invite = (email: string) => sandbox.ask(createMember, { ...where, body: { member: { user: { email } } } });
    const present = async (email: string) =>
      (await sandbox.ask(listMembers, { ...where, query: { 'user.email': email } })).result.length;
    await sandbox.addFault({ times: 1, match: { method: 'POST' }, fault: { kind: 'reset', when: 'before' } });
    await expect(invite('before@example.com')).rejects.toThrow(/fetch failed/);
    expect(await present('before@example.com')).toBe(0);
    await sandbox.addFault({ times: 1, match: { method: 'POST' }, fault: { kind: 'reset', when: 'after' } });
    await expect(invite('after@example.com')).rejects.toThrow(/fetch failed/);
    expect(await present('after@example.com')).toBe(1);
    await sandbox.addFault({
      times: 1,
      match: { method: 'POST' },
      fault: { kind: 'status', status: 500, body: 'json', apply: true },
    });
    await expect(invite('failed@example.com')).rejects.toThrow(/answered 500/);
    expect(await present('failed@example.com')).toBe(1);
  });
});

describe('size', () => {
  it('has no end', async () => {
    await sandbox.addFault({ times: 1, fault: { kind: 'endless_body' } });
    const response = await fetch(`${sandbox.url}${list}`, { headers: plain });
    const reader = response.body?.getReader();
    let size = 0;
    while (size < 5_000_000) size += (await reader?.read())?.value?.length ?? Infinity;
    expect(Number.isFinite(size)).toBe(true);
    await reader?.cancel();
  });

  it.each(['gzip', 'br'] as const)('is far larger than it looks: %s', async (encoding) => {
    const answer = await struck({ kind: 'bomb', encoding, megabytes: 8 });
    expect(answer.text.length).toBeGreaterThan(8_000_000);
    expect(read(answer)).toMatchObject({ success: true, result: [] });
    await sandbox.addFault({ times: 1, fault: { kind: 'bomb', encoding, megabytes: 8 } });
    expect((await wire(list)).text.length).toBeLessThan(20_000);
  });

  it('is not in the encoding it claims', async () => {
    await sandbox.addFault({ times: 1, fault: { kind: 'lying_encoding', encoding: 'gzip' } });
    const { text } = await wire(list);
    expect(text).toMatch(/content-encoding: gzip/i);
    expect(bodyIn(text)).toContain('{"success":true');
  });

  it('is heavy to read', async () => {
    expect((await struck({ kind: 'heavy_json', variant: 'deep', size: 20_000 })).text).toContain('['.repeat(20_000));
    expect((await struck({ kind: 'heavy_json', variant: 'long_string', size: 2 })).text.length).toBeGreaterThan(2_000_000);
    const keys = read(await struck({ kind: 'heavy_json', variant: 'many_keys', size: 2500 }));
    expect(Object.keys(keys.result[0] ?? {})).toHaveLength(2501);
  });

  it('has more headers than a client takes', async () => {
    await sandbox.addFault({ times: 1, fault: { kind: 'huge_headers', kilobytes: 100 } });
    await expect(fetch(`${sandbox.url}${list}`, { headers: asKey })).rejects.toThrow(/fetch failed/);
  });
});

describe('rules', () => {
  it('strike what they match, count, and show in the log', async () => {
    const rule = await sandbox.addFault({
      id: 'profile-only',
      match: { method: 'GET', path: '/organizations/*/profile', organizationId: tiny.root.id },
      times: 2,
      after: 1,
      fault: { kind: 'denied' },
    });
    expect(rule).toMatchObject({ id: 'profile-only', hits: 0, seen: 0 });
    const { last } = await sandbox.requestsSince(0);
    const statuses: number[] = [];
    for (const path of [
      `/organizations/${tiny.north.id}/profile`,
      `/organizations/${tiny.root.id}`,
      ...Array.from({ length: 4 }, () => `/organizations/${tiny.root.id}/profile`),
    ]) {
      statuses.push((await sandbox.raw('GET', path)).status);
    }
    expect(statuses).toEqual([200, 200, 200, 403, 403, 200]);
    expect((await sandbox.faults()).rules).toMatchObject([{ id: 'profile-only', hits: 2, seen: 3 }]);
    const { requests } = await sandbox.requestsSince(last);
    expect(requests.map(({ rule: id }) => id)).toEqual([null, null, null, 'profile-only', 'profile-only', null]);
  });
});
