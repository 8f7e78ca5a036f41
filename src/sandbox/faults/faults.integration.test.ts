import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
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

  it('names rows as somebody else would', async () => {
    const texts = { [tiny.north.id]: '=1+1' };
    const { result } = read(await struck({ kind: 'wording', field: 'name', texts }));
    expect(result.find(({ id }) => id === tiny.north.id)?.name).toBe('=1+1');
    expect(result.find(({ id }) => id === tiny.root.id)?.name).toBe(tiny.root.name);
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
