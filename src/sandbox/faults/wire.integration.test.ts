import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMember, listMembers } from '../../contract/cloudflare/members.ts';
import { asKey, SandboxUnderTest, testCredentials } from '../sandbox-under-test.ts';
import { tiny } from '../seed/tiny.ts';
import type { Fault } from './rules.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.clearFaults());

const list = '/organizations';
const plain = { ...asKey, 'accept-encoding': 'identity' };

/** The text of an answer to one request under a fault. */
async function textUnder(fault: Fault): Promise<string> {
  await sandbox.addFault({ times: 1, fault });
  return (await sandbox.raw('GET', list)).text;
}

/** Milliseconds without a byte after which an answer counts as stalled: the first byte may take a busy machine longer. */
const patience = { first: 1500, next: 400 };

/** What comes over the wire: all bytes, and how the connection ended, or that it did not end in a while. */
function wire(path: string): Promise<{ text: string; end: 'closed' | 'reset' | 'open'; milliseconds: number }> {
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
      quiet = setTimeout(() => done('open'), text === '' ? patience.first : patience.next);
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
    const text = await textUnder({ kind: 'bomb', encoding, megabytes: 8 });
    expect(text.length).toBeGreaterThan(8_000_000);
    expect(JSON.parse(text)).toMatchObject({ success: true, result: [] });
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
    expect(await textUnder({ kind: 'heavy_json', variant: 'deep', size: 20_000 })).toContain('['.repeat(20_000));
    expect((await textUnder({ kind: 'heavy_json', variant: 'long_string', size: 2 })).length).toBeGreaterThan(2_000_000);
    const keys = await textUnder({ kind: 'heavy_json', variant: 'many_keys', size: 2500 });
    expect(JSON.parse(keys)).toMatchObject({ result: [{ id: 'sandbox-many-keys', k0: 0, k2499: 0 }] });
  });

  it('has more headers than a client takes', async () => {
    await sandbox.addFault({ times: 1, fault: { kind: 'huge_headers', kilobytes: 100 } });
    await expect(fetch(`${sandbox.url}${list}`, { headers: asKey })).rejects.toThrow(/fetch failed/);
  });
});
