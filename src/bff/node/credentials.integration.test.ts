import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stack } from '../../cli/testing/stack.ts';
import { getCapabilities } from '../../contract/canopy/capabilities.ts';
import { listAccess } from '../../contract/canopy/access.ts';
import { getOrganization } from '../../contract/cloudflare/organizations.ts';
import { tiny } from '../../cli/testing/world.ts';
import { Secret } from '../upstream/secret.ts';

let upstream: Server;
let stack: Stack;
const heard: (string | undefined)[] = [];
let answers: (() => void)[] = [];

beforeAll(async () => {
  upstream = createServer((request, response) => {
    heard.push(String(request.headers['x-auth-key']));
    const body = { success: true, errors: [], messages: [], result: { id: tiny.north.id, name: 'Quillon North', meta: {} } };
    answers.push(() => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)));
  });
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  const { port } = upstream.address() as AddressInfo; // it listens on TCP
  stack = await Stack.start({ upstreamBaseUrl: `http://127.0.0.1:${port}/client/v4`, without: 'token' });
});
afterAll(async () => {
  await stack.close();
  await new Promise((resolve) => upstream.close(resolve));
});

test('credentials are exchanged while requests are on their way, and nobody is told them', async () => {
  const admin = await stack.signIn('admin');
  const read = () => admin.ask(getOrganization, { params: { organizationId: tiny.north.id } });
  const answerAll = () => answers.splice(0).forEach((answer) => answer());
  const old = stack.credentials.key;
  const next = { token: null, key: { email: 'next@example.com', key: new Secret('the-next-key-of-the-tests') } };

  const before = read();
  await expect.poll(() => heard.length).toBe(1);
  expect(await stack.bff.exchangeCredentials(next)).toBe(true);
  const after = read();
  await expect.poll(() => heard.length).toBe(2);
  answerAll();
  expect([(await before).status, (await after).status]).toEqual([200, 200]);
  expect(heard).toEqual([old, 'the-next-key-of-the-tests']);

  expect(await stack.bff.exchangeCredentials(next)).toBe(false);
  const both = { ...next, token: new Secret('a-token-beside-it') };
  expect(await stack.bff.exchangeCredentials(both)).toBe(true);
  expect((await admin.ask(getCapabilities)).result.credentials).toEqual({ token: true, key: true });

  const { result, text } = await admin.ask(listAccess, { query: { kind: ['credentials'] } });
  expect(result.rows.map(({ actor }) => actor)).toEqual([null, null]);
  const [second, first] = result.rows.map(({ asked }) => asked as { before: object; after: object }); // as it was noted
  const mark = expect.stringMatching(/^[0-9a-f]{8}$/) as string;
  expect(first).toEqual({ before: { tokenMark: null, keyMark: mark }, after: { tokenMark: null, keyMark: mark } });
  expect(second?.before).toEqual(first?.after);
  expect(first?.before).not.toEqual(first?.after);
  for (const secret of [old, 'the-next-key-of-the-tests', 'a-token-beside-it']) {
    expect(text).not.toContain(secret);
    expect(stack.log.join('\n')).not.toContain(secret);
  }
});
