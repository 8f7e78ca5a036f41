import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMember } from '../../contract/cloudflare/members.ts';
import { getOrganization } from '../../contract/cloudflare/organizations.ts';
import { getOrganizationUsage } from '../../contract/cloudflare/usage.ts';
import type { ErrorReport } from '../../contract/envelope.ts';
import { Problem } from '../problem.ts';
import type { Asking, Log, UpstreamForWrites } from '../services.ts';
import { createUpstream } from '../upstream/client.ts';
import { CredentialBox } from '../upstream/credentials.ts';
import { Secret } from '../upstream/secret.ts';
import type { Transport } from '../upstream/transport.ts';
import { systemClock } from './clock.ts';
import { createTransport } from './transport.ts';

const one = { params: { organizationId: 'a'.repeat(32) }, query: {} };
const asking: Asking = { requestId: 'request-1', priority: 'interactive' };
const body = JSON.stringify({
  success: true,
  errors: [],
  messages: [],
  result: { id: 'x', name: 'n', create_time: '', meta: {} },
});
const head = (headers: string) => `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${headers}\r\n\r\n`;

/** Answers each request on a bare socket, so that the bytes and their timing are ours. */
class BareServer {
  requests: string[] = [];
  readonly sockets = new Set<Socket>();
  answer: (socket: Socket, count: number) => void = () => undefined;
  readonly #server = createServer((socket) => {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => {
      this.requests.push(data.toString('latin1'));
      this.answer(socket, this.requests.length);
    });
  });
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`; // it listens on TCP
  }
  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

describe('the wire', () => {
  let server: BareServer;
  let transport: Transport;
  let upstream: UpstreamForWrites;
  const lines: string[] = [];
  const log: Log = {
    info: (...facts) => void lines.push(JSON.stringify(facts)),
    warn: (...facts) => void lines.push(JSON.stringify(facts)),
    error: (...facts) => void lines.push(JSON.stringify(facts)),
  };

  beforeEach(async () => {
    server = new BareServer();
    const origin = await server.listen();
    transport = createTransport({ connectTimeout: 500 });
    upstream = createUpstream({
      baseUrl: `${origin}/client/v4`,
      credentials: new CredentialBox({
        token: new Secret('cfut_CANARY_of_the_wire'),
        key: { email: 'a@b.example', key: new Secret('cfk_CANARY_of_the_wire') },
      }),
      transport,
      clock: systemClock,
      log,
      limits: { headers: 300, idle: 300, total: 5_000 },
      random: () => 0,
    });
  });
  afterEach(async () => {
    await transport.close();
    await server.close();
  });

  const read = () => upstream.call(getOrganization, one, asking);
  const reportOf = async (work: Promise<unknown>): Promise<ErrorReport | Problem['report']> => {
    try {
      await work;
    } catch (error) {
      if (error instanceof Problem) return error.report;
      throw error;
    }
    throw new Error('It did not fail');
  };

  it('gives up when no answer begins, and says in which phase', async () => {
    const report = await reportOf(read());
    expect(report).toMatchObject({ code: 'upstream_timeout', message: expect.stringContaining('headers') as string });
    expect(server.requests).toHaveLength(3);
  });

  it('gives up when headers come a byte at a time', async () => {
    server.answer = (socket) => {
      const text = head('x: y');
      let at = 0;
      const drip = setInterval(() => socket.writable && socket.write(text[at++ % text.length] ?? ' '), 20);
      socket.on('close', () => clearInterval(drip));
    };
    expect((await reportOf(read())).code).toBe('upstream_timeout');
  });

  it('gives up when the body stops', async () => {
    server.answer = (socket) => socket.write(`${head('content-length: 5000')}{"success":true,`);
    const report = await reportOf(read());
    expect(report).toMatchObject({ code: 'upstream_timeout', message: expect.stringContaining('body') as string });
  });

  it('frees the connection when the person has gone', async () => {
    const gone = new AbortController();
    server.answer = (socket) => {
      socket.write(`${head('content-length: 5000')}{"success":true,`);
      setTimeout(() => gone.abort(), 10);
    };
    await reportOf(upstream.call(getOrganization, one, { ...asking, signal: gone.signal }));
    await expect.poll(() => server.sockets.size).toBe(0);
  });

  it.each([
    ['shorter than its length', `content-length: ${body.length}`, '', ''],
    ['in the middle of a chunk', 'transfer-encoding: chunked', `${body.length.toString(16)}\r\n`, '\r\n0\r\n\r\n'],
    ['closed without a length', 'connection: close', '', ''],
  ])('does not take a body for an answer that is %s', async (_name, headers, before, after) => {
    const cut = `${head(headers)}${before}${body.slice(0, 40)}`;
    server.answer = (socket) => socket.end(cut);
    expect((await reportOf(read())).code).toBe('upstream_truncated');
    expect(server.requests).toHaveLength(3);
    server.requests = [];
    server.answer = (socket, count) => socket.end(count === 1 ? cut : `${head(headers)}${before}${body}${after}`);
    expect((await read()).result.id).toBe('x');
  });

  it('never follows a redirect', async () => {
    const evil = new BareServer();
    const evilOrigin = await evil.listen();
    for (const status of [301, 302, 303, 307, 308]) {
      server.answer = (socket) => socket.end(`HTTP/1.1 ${status} Moved\r\nlocation: ${evilOrigin}/\r\ncontent-length: 0\r\n\r\n`);
      expect((await reportOf(read())).code).toBe('upstream_redirect');
      expect(
        (await reportOf(upstream.call(createMember, { ...one, body: { member: { user: { email: 'a@b.example' } } } }, asking)))
          .code,
      ).toBe('upstream_redirect');
    }
    expect(evil.requests).toHaveLength(0);
    await evil.close();
  });

  it('sends a write once, on a connection of its own, however it ends', async () => {
    server.answer = (socket) => socket.end(`${head(`content-length: ${body.length}`)}${body}`);
    await read();
    server.requests = [];
    server.answer = (socket) => socket.resetAndDestroy();
    const report = await reportOf(
      upstream.call(createMember, { ...one, body: { member: { user: { email: 'a@b.example' } } } }, asking),
    );
    expect(report.code).toBe('upstream_truncated');
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]).toMatch(/^POST \/client\/v4\/organizations\/a{32}\/members HTTP\/1\.1\r\n/);
  });

  it('tells a connection that is refused, a name that is unknown and an answer that is no HTTP', async () => {
    const at = (baseUrl: string) =>
      reportOf(
        createUpstream({
          baseUrl,
          credentials: new CredentialBox({ token: new Secret('t'), key: { email: 'e', key: new Secret('k') } }),
          transport,
          clock: systemClock,
          log,
          random: () => 0,
        }).call(getOrganization, one, asking),
      );
    expect(await at('http://127.0.0.1:1')).toMatchObject({ code: 'upstream_unreachable' });
    expect(await at('http://no-such-host.invalid')).toMatchObject({ code: 'upstream_unreachable' });
    server.answer = (socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n');
    expect((await reportOf(read())).code).toBe('upstream_unexpected');
    server.answer = (socket) => socket.end(head(`x-large: ${'x'.repeat(40_000)}`));
    expect((await reportOf(read())).code).toBe('upstream_unexpected');
  });

  it('undoes gzip that nobody asked for, within its limit', async () => {
    const send = (bytes: Buffer) => {
      server.answer = (socket) => {
        socket.write(head(`content-encoding: gzip\r\ncontent-length: ${bytes.length}`));
        socket.write(bytes);
      };
    };
    send(gzipSync(body));
    expect((await read()).result.id).toBe('x');
    send(gzipSync(`{"success":true,"result":{"id":"${'x'.repeat(64 * 1024 * 1024)}"}}`));
    const before = process.memoryUsage().rss;
    expect((await reportOf(read())).code).toBe('upstream_too_large');
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    send(Buffer.from(body));
    expect((await reportOf(read())).code).toBe('upstream_unexpected');
  });

  it('reads a long body only as fast as it is taken', async () => {
    const record = `{"BillingAccountId":"${'a'.repeat(1_000)}"},`;
    let sent = 0;
    server.answer = (socket) => {
      socket.write(`${head('connection: close')}{"success":true,"result":[`);
      const more = () => {
        while (socket.writable && sent < 200 * 1024 * 1024) {
          sent += record.length;
          if (!socket.write(record)) {
            socket.once('drain', more);
            return;
          }
        }
      };
      more();
    };
    const { body: stream } = await upstream.stream(getOrganizationUsage, one, asking);
    const reader = stream[Symbol.asyncIterator]();
    for (let count = 0; count < 10; count += 1) await reader.next();
    const taken = sent;
    await new Promise((resolve) => setTimeout(resolve, 600)); // longer than a body of theirs may pause
    expect(sent - taken).toBeLessThan(16 * 1024 * 1024);
    expect((await reader.next()).done).toBe(false); // our own pause is no failure
    await reader.return?.();
    await expect.poll(() => server.sockets.size).toBe(0);
  });

  it('left no secret in the log', () => {
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toContain('CANARY');
  });
});
