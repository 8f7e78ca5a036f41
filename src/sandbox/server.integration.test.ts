import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { asKey, testCredentials, testNow } from './sandbox-under-test.ts';
import { tiny } from './seed/tiny.ts';
import { startSandbox } from './server.ts';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'canopy-sandbox-'));
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const start = (more: { host?: string; port?: number; dataDir?: string } = {}) =>
  startSandbox({
    host: '127.0.0.1',
    port: 0,
    dataDir,
    profile: 'tiny',
    seed: 1,
    now: () => testNow,
    fixedNow: true,
    credentials: testCredentials,
    log: () => {},
    ...more,
  });

interface Listed {
  result: { id: string; name: string }[];
  result_info: { next_page_token: string };
}
const ask = async (url: string, path: string, body?: object) => {
  const response = await fetch(`${url}${path}`, {
    headers: asKey,
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  return (await response.json()) as Listed; // only lists of organizations are asked for here
};

it('keeps what was written, and its page tokens, over a restart', async () => {
  const first = await start();
  await ask(first.url, '/organizations', { name: 'Kept', parent: { id: tiny.root.id } });
  const { next_page_token } = (await ask(first.url, '/organizations?page_size=4')).result_info;
  // what a lag still holds back is done before the end
  await fetch(`${new URL(first.url).origin}/options`, { method: 'POST', body: '{"lagMilliseconds":600000}' });
  await ask(first.url, `/accounts/${tiny.accounts.mill.id}/move`, { destination_organization_id: tiny.root.id });
  await first.close();

  const second = await start();
  const page = await ask(second.url, `/organizations?page_size=4&page_token=${next_page_token}`);
  expect(page.result.map(({ name }) => name)).toEqual(['Kept']);
  const above = await ask(second.url, `/accounts/${tiny.accounts.mill.id}/organizations`);
  expect(above.result.map(({ id }) => id)).toEqual([tiny.root.id]);
  await second.close();
});

it('ends at once, also with requests that hang', async () => {
  const sandbox = await start();
  const rule = { times: null, fault: { kind: 'stall_headers' } };
  await fetch(`${new URL(sandbox.url).origin}/faults`, { method: 'POST', body: JSON.stringify(rule) });
  const hanging = expect(ask(sandbox.url, '/organizations')).rejects.toThrow(/fetch failed/);
  await expect
    .poll(async () => {
      const requests = await fetch(`${new URL(sandbox.url).origin}/requests`);
      return ((await requests.json()) as { last: number }).last; // the shape of this control
    })
    .toBe(1);
  await sandbox.close();
  await hanging;
});

it('says that a port is taken, and lets go of the data', async () => {
  const sandbox = await start();
  const port = Number(new URL(sandbox.url).port);
  const other = await mkdtemp(join(tmpdir(), 'canopy-sandbox-'));
  await expect(start({ port, dataDir: other })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await rm(other, { recursive: true });
  await sandbox.close();
});

it('listens on loopback only', async () => {
  await expect(start({ host: '0.0.0.0' })).rejects.toThrow(/loopback only/);
});
