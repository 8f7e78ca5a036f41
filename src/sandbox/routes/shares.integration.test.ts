import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listShares } from '../../contract/cloudflare/shares.ts';
import { SandboxUnderTest } from '../sandbox-under-test.ts';
import { tiny } from '../seed/tiny.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
});
afterAll(() => sandbox.close());

const root = { params: { organizationId: tiny.root.id } };

describe('listShares', () => {
  it('gives all without a page, and pages by number', async () => {
    const { result, info } = await sandbox.ask(listShares, root);
    expect(result.length).toBeGreaterThan(0);
    expect(info).toMatchObject({ page: 1, count: result.length, total_count: result.length, total_pages: 1 });
    const first = await sandbox.ask(listShares, { ...root, query: { page: 1, per_page: 1 } });
    expect(first.result).toEqual(result.slice(0, 1));
    expect(first.info).toEqual({ page: 1, per_page: 1, count: 1, total_count: result.length, total_pages: result.length });
  });

  it('is empty past the last page: the SDK always asks for one more', async () => {
    const { status, result } = await sandbox.ask(listShares, { ...root, query: { page: 999, per_page: 100 } });
    expect([status, result]).toEqual([200, []]);
  });

  it('filters by kind, and sorts by name', async () => {
    const { result: all } = await sandbox.ask(listShares, root);
    for (const kind of ['sent', 'received'] as const) {
      const { result } = await sandbox.ask(listShares, { ...root, query: { kind } });
      expect(result).toEqual(all.filter((share) => share.kind === kind));
    }
    const named = (await sandbox.ask(listShares, { ...root, query: { order: 'name', direction: 'desc' } })).result.map(
      ({ name }) => name,
    );
    expect(named).toEqual([...named].sort().reverse());
  });

  it('refuses more than a hundred a page and unknown words', async () => {
    expect((await sandbox.refused(listShares, { ...root, search: 'per_page=101' })).errors[0]?.source?.pointer).toBe('/per_page');
    expect((await sandbox.refused(listShares, { ...root, search: 'kind=lost' })).status).toBe(400);
    expect((await sandbox.refused(listShares, { params: { organizationId: '0'.repeat(32) } })).status).toBe(404);
  });
});
