import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listAuditEvents } from '../../contract/cloudflare/audit.ts';
import { listMembers } from '../../contract/cloudflare/members.ts';
import { listShares } from '../../contract/cloudflare/shares.ts';
import type { ResultInfo } from '../../contract/envelope.ts';
import { Problem } from '../problem.ts';
import type { Asking } from '../services.ts';
import { ScriptedTransport, envelope, failureEnvelope, scriptedUpstream } from './testing.ts';
import type { Script } from './testing.ts';

const params = { organizationId: 'a'.repeat(32) };
const asking: Asking = { requestId: 'request-1', priority: 'interactive' };
const member = (id: number) => ({
  id: `m${id}`,
  create_time: '2026-01-01',
  status: 'active',
  user: { email: `${id}@b.example` },
});
const members = (from: number, count: number) => Array.from({ length: count }, (_, index) => member(from + index));

async function walk(answer: ((search: URLSearchParams, count: number) => Script) | Script[], priority = asking.priority) {
  const transport = new ScriptedTransport(
    Array.isArray(answer) ? answer : ({ url }, count) => answer(new URL(url).searchParams, count),
  );
  const { upstream, clock } = scriptedUpstream(transport);
  const exchange = await clock.run(upstream.walk(listMembers, { params, query: {} }, { ...asking, priority }));
  const info: ResultInfo = exchange.info ?? {};
  return { transport, ids: exchange.result.map(({ id }) => id), info };
}

describe('walking a list', () => {
  it('reads every page, repeats the filters, and says that it is whole', async () => {
    const pages = [0, 1, 2].map((page) => ({
      body: envelope(members(page * 10, 10), { total_size: 30, ...(page < 2 ? { next_page_token: `t${page}` } : {}) }),
    }));
    const { transport, ids, info } = await walk(pages);
    expect(ids).toHaveLength(30);
    expect(info).toEqual({ total_size: 30, count: 30, complete: true });
    expect(transport.requests.map(({ url }) => new URL(url).search)).toEqual([
      '?page_size=1000',
      '?page_token=t0&page_size=1000',
      '?page_token=t1&page_size=1000',
    ]);
  });

  it('reads numbered pages to the last', async () => {
    const share = {
      id: '1',
      name: 'n',
      account_id: 'a',
      organization_id: 'o',
      created: '',
      status: 'active',
      target_type: 'account',
    };
    const transport = new ScriptedTransport(({ url }) => {
      const page = Number(new URL(url).searchParams.get('page'));
      return { body: envelope([{ ...share, id: `s${page}` }], { page, per_page: 100, total_pages: 3, total_count: 3 }) };
    });
    const { upstream } = scriptedUpstream(transport);
    const { result, info } = await upstream.walk(listShares, { params, query: { kind: 'sent' } }, asking);
    expect(result.map(({ id }) => id)).toEqual(['s1', 's2', 's3']);
    expect(info).toMatchObject({ complete: true, count: 3 });
    expect(transport.paths[2]).toContain('?kind=sent&page=3&per_page=100');
  });

  it('reads both forms of the cursor', async () => {
    for (const next of [{ cursor: 'c1' }, { cursors: { after: 'c1' } }]) {
      const transport = new ScriptedTransport([
        { body: envelope([{ id: 'e1' }], { count: '1', ...next }) },
        { body: envelope([{ id: 'e2' }], { count: '1', cursor: '' }) },
      ]);
      const { upstream } = scriptedUpstream(transport);
      const query = { since: '2026-01-01', before: '2026-02-01' };
      const { result } = await upstream.walk(listAuditEvents, { params, query }, asking);
      expect(result.map(({ id }) => id)).toEqual(['e1', 'e2']);
    }
  });

  it('drops what comes twice because things moved between pages', async () => {
    const { ids, info } = await walk([
      { body: envelope(members(0, 10), { next_page_token: 'x' }) },
      { body: envelope(members(9, 10)) },
    ]);
    expect(ids).toEqual(members(0, 19).map(({ id }) => id));
    expect(info.complete).toBe(true);
  });

  it.each<[string, (search: URLSearchParams, count: number) => Script, RegExp, number]>([
    ['the same token for ever', () => ({ body: envelope(members(0, 2), { next_page_token: 'same' }) }), /already read/, 2],
    [
      'two tokens by turns',
      (search) => ({ body: envelope(members(0, 2), { next_page_token: search.get('page_token') === 'a' ? 'b' : 'a' }) }),
      /already read/,
      3,
    ],
    ['empty pages', (_search, count) => ({ body: envelope([], { next_page_token: `t${count}` }) }), /empty pages/, 10],
    ['the same rows', (_search, count) => ({ body: envelope(members(0, 2), { next_page_token: `t${count}` }) }), /same rows/, 4],
    [
      'more pages than any list has',
      (_search, count) => ({ body: envelope([member(count)], { next_page_token: `t${count}` }) }),
      /500 pages/,
      500,
    ],
  ])('stops at %s and says so', async (_name, answer, reason, calls) => {
    const { transport, info } = await walk(answer);
    expect(info.complete).toBe(false);
    expect(info.incomplete_reason).toMatch(reason);
    expect(transport.requests).toHaveLength(calls);
  });

  it('says when upstream counts more than it sends', async () => {
    const { info } = await walk([{ body: envelope(members(0, 10), { total_size: 35 }) }]);
    expect(info).toMatchObject({ complete: false, incomplete_reason: 'Cloudflare counts 35 rows and sent 10' });
  });

  it('keeps what came before a page that failed', async () => {
    const { ids, info } = await walk((_search, count) =>
      count === 0 ? { body: envelope(members(0, 10), { next_page_token: 'x' }) } : { status: 500 },
    );
    expect(ids).toHaveLength(10);
    expect(info).toMatchObject({
      complete: false,
      incomplete_reason: expect.stringMatching(/^page 2 could not be read/) as string,
    });
  });

  it('fails where the first page fails, and background work comes back later for the whole list', async () => {
    await expect(walk([{ status: 404 }])).rejects.toThrow(Problem);
    const throttled = (_search: URLSearchParams, count: number): Script =>
      count === 0 ? { body: envelope(members(0, 10), { next_page_token: 'x' }) } : { status: 429, body: failureEnvelope(10100) };
    await expect(walk(throttled, 'background')).rejects.toThrow('upstream_throttled');
    expect((await walk(throttled)).info.complete).toBe(false);
  });

  it('counts odd rows of all pages', async () => {
    const { info } = await walk([
      { body: envelope([member(1), { id: 'x' }], { next_page_token: 'x' }) },
      { body: envelope([{ id: 'y' }, member(2)]) },
    ]);
    expect(info.odd_rows).toBe(2);
  });

  it('gives each row once, whatever the pages are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.nat(40), { maxLength: 6 }), { minLength: 1, maxLength: 8 }), async (pages) => {
        const scripts = pages.map((rows, page) => ({
          body: envelope(rows.map(member), page + 1 < pages.length ? { next_page_token: `t${page}` } : {}),
        }));
        const { ids, info } = await walk(scripts);
        expect(new Set(ids).size).toBe(ids.length);
        if (info.complete) expect(new Set(ids)).toEqual(new Set(pages.flat().map((id) => `m${id}`)));
      }),
      { numRuns: 60 },
    );
  });
});
