import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '../problem.ts';
import { ScriptedTransport, envelope, failureEnvelope, scriptedUpstream } from '../upstream/testing.ts';
import type { Script } from '../upstream/testing.ts';
import { readAuditFilter } from './export.ts';
import { auditPages, slicesOf } from './pages.ts';

const organizationId = 'a'.repeat(32);
const day = 86_400_000;

async function read(answer: (search: URLSearchParams, count: number) => Script, query = {}) {
  const transport = new ScriptedTransport(({ url }, count) => answer(new URL(url).searchParams, count));
  const { upstream, clock } = scriptedUpstream(transport);
  const range = { since: '2026-09-20T00:00:00Z', before: '2026-10-01T00:00:00Z', ...query };
  const ids: string[] = [];
  const reading = (async () => {
    for await (const page of auditPages({ upstream, clock }, organizationId, range, { requestId: 'r', priority: 'interactive' }))
      ids.push(...page.map(({ id }) => id));
  })();
  const began = clock.now();
  await clock.run(reading);
  return { ids, transport, waited: clock.now() - began };
}

describe('slices of a range', () => {
  it('touch, do not overlap, cover everything and are short', () => {
    const times = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2027, 0) });
    fc.assert(
      fc.property(times, times, fc.constantFrom(undefined, 'asc' as const, 'desc' as const), (one, other, direction) => {
        fc.pre(one !== other);
        const since = new Date(Math.min(one, other)).toISOString();
        const before = new Date(Math.max(one, other)).toISOString();
        const slices = slicesOf({ since, before, ...(direction ? { direction } : {}) });
        const upwards = direction === 'asc' ? slices : slices.toReversed();
        expect(upwards[0]?.since).toBe(since);
        expect(upwards.at(-1)?.before).toBe(before);
        for (const [index, slice] of upwards.entries()) {
          expect(Date.parse(slice.before) - Date.parse(slice.since)).toBeGreaterThan(0);
          expect(Date.parse(slice.before) - Date.parse(slice.since)).toBeLessThanOrEqual(30 * day);
          if (index > 0) expect(slice.since).toBe(upwards[index - 1]?.before);
        }
      }),
    );
  });
});

describe('pages of the audit trail', () => {
  it('follow the cursor to its end, slice after slice, newest first', async () => {
    const { ids, transport } = await read(
      (search, count) => ({
        body: envelope([{ id: `e${count}` }], search.has('cursor') ? { cursor: '' } : { cursor: `c${count}` }),
      }),
      { since: '2026-08-01T00:00:00Z', actor_email: ['a@b.example'] },
    );
    expect(ids).toHaveLength(6);
    const asked = transport.requests.map(({ url }) => new URL(url).searchParams);
    expect(asked.map((search) => search.get('before')?.slice(0, 10))).toEqual([
      '2026-10-01',
      '2026-10-01',
      '2026-09-01',
      '2026-09-01',
      '2026-08-02',
      '2026-08-02',
    ]);
    expect(asked.every((search) => search.get('actor_email') === 'a@b.example' && search.get('limit') === '1000')).toBe(true);
  });

  it('wait for the rate budget instead of failing', async () => {
    const { ids, waited } = await read((_search, count) =>
      count === 0
        ? { status: 429, headers: { 'retry-after': '120' }, body: failureEnvelope(10100) }
        : { body: envelope([{ id: 'e' }]) },
    );
    expect(ids).toEqual(['e']);
    expect(waited).toBeGreaterThanOrEqual(120_000);
  });

  it.each<[string, (search: URLSearchParams, count: number) => Script]>([
    ['the same cursor', () => ({ body: envelope([{ id: 'e' }], { cursor: 'same' }) })],
    ['empty pages without end', (_search, count) => ({ body: envelope([], { cursor: `c${count}` }) })],
    [
      'a page that cannot be read',
      (_search, count) => (count === 0 ? { body: envelope([{ id: 'e' }], { cursor: 'c' }) } : { status: 500 }),
    ],
  ])('fail at %s', async (_name, answer) => {
    await expect(read(answer)).rejects.toThrow(Problem);
  });
});

describe('the filter of an export', () => {
  const problemOf = (search: string) => {
    try {
      readAuditFilter(search);
      return null;
    } catch (error) {
      return error instanceof Problem ? error.report : null;
    }
  };
  it('takes what the list takes', () => {
    expect(
      readAuditFilter('since=2026-01-01&before=2026-02-01&action_type.not=view&action_type.not=update&direction=asc'),
    ).toEqual({
      since: '2026-01-01',
      before: '2026-02-01',
      'action_type.not': ['view', 'update'],
      direction: 'asc',
    });
  });
  it.each([
    '',
    'since=2026-01-01',
    'since=2026-01-01&before=2026-02-01&cursor=x',
    'since=2026-01-01&before=2026-02-01&nonsense=1',
  ])('refuses %j and names the field', (search) => {
    expect(problemOf(search)).toMatchObject({ code: 'invalid_request' });
    expect(problemOf(search)?.fields?.length).toBeGreaterThan(0);
  });
});
