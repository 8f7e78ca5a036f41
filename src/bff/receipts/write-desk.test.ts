import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMember } from '../../contract/cloudflare/members.ts';
import { openDatabase } from '../database/open.ts';
import type { Database } from '../database/open.ts';
import { Problem } from '../problem.ts';
import type { Write } from '../services.ts';
import { ScriptedTransport, envelope, scriptedUpstream, silentLog } from '../upstream/testing.ts';
import type { Script } from '../upstream/testing.ts';
import type { TransportRequest } from '../upstream/transport.ts';
import { openReceipts } from './open.ts';

const organizationId = 'a'.repeat(32);
const made = { id: 'm1', create_time: '2026-10-15', status: 'pending', user: { email: 'new@b.example' } };

describe('the write desk', () => {
  let database: Database;
  const stop = new AbortController();
  beforeEach(async () => {
    database = await openDatabase(':memory:');
  });
  afterEach(() => database.close());

  /** A desk on a scripted upstream: reads answer from `members`, the one write from `answer`. */
  async function deskOn(answer: (request: TransportRequest) => Script | Promise<Script>, members: () => unknown[] = () => []) {
    const transport = new ScriptedTransport(async (request) =>
      request.method === 'GET' ? { body: envelope(members()) } : answer(request),
    );
    const { upstream, clock } = scriptedUpstream(transport);
    const invalidated: object[] = [];
    const directory = {
      organizationOfAccount: async () => null,
      accounts: () => Promise.reject(new Error('unused')),
      path: async () => [
        { id: 'root', name: 'Root' },
        { id: organizationId, name: 'Larkfield' },
      ],
      requireVisible: async () => undefined,
      subtree: async () => [],
      lineage: () => [],
      invalidate: (change: object) => void invalidated.push(change),
    };
    const parts = await openReceipts({
      database,
      upstream,
      directory,
      clock,
      log: silentLog,
      keyEmail: () => null,
      stop: stop.signal,
    });
    const sent = () => transport.requests.filter(({ method }) => method !== 'GET');
    return { ...parts, clock, sent, invalidated };
  }
  const write = (more: Partial<Write<typeof createMember>> = {}): Write<typeof createMember> => ({
    row: createMember,
    input: { params: { organizationId }, query: {}, body: { member: { user: { email: 'new@b.example' } } } },
    person: { id: 'ana', name: 'Ana', email: null, role: 'administrator', scope: null },
    asking: { requestId: 'request-1', priority: 'interactive' },
    idempotencyKey: crypto.randomUUID(),
    ifMatch: null,
    reason: null,
    ...more,
  });
  const rows = () => database.query.selectFrom('receipt').selectAll().execute();
  const problemOf = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: unknown) => (error instanceof Problem ? error.report : null),
    );

  it('has the intent on disk while upstream is being asked', async () => {
    const seen: string[] = [];
    const desk = await deskOn(async () => {
      seen.push(...(await rows()).map(({ outcome }) => outcome));
      return { headers: { 'cf-ray': 'abc-FRA' }, body: envelope(made) };
    });
    const answer = await desk.clock.run(desk.writes.send(write()));
    expect(answer.result).toEqual(made);
    expect(seen).toEqual(['pending']);
    expect(await rows()).toMatchObject([
      { id: answer.receiptId, outcome: 'done', ray_id: 'abc', organizations: `|${organizationId}|root|` },
    ]);
    expect(desk.invalidated).toEqual([{ organizations: [organizationId], tree: false }]);
    expect(desk.sent()).toHaveLength(1);
  });

  it('sends nothing where the intent cannot be written down', async () => {
    const desk = await deskOn(() => ({ body: envelope(made) }));
    await database.query.schema.dropTable('ledger_entry').execute();
    const report = await problemOf(desk.clock.run(desk.writes.send(write())));
    expect(report).toMatchObject({
      code: 'ledger_unavailable',
      message: expect.stringContaining('sent nothing') as string,
    });
    expect(desk.sent()).toHaveLength(0);
  });

  it('gives an answer whose outcome cannot be written down yet, and writes it later', async () => {
    const desk = await deskOn(async () => {
      await database.query.schema.alterTable('ledger_entry').renameTo('elsewhere').execute();
      return { body: envelope(made) };
    });
    const answer = await desk.clock.run(desk.writes.send(write()));
    expect(answer.result).toEqual(made);
    expect(await rows()).toMatchObject([{ outcome: 'pending' }]);
    await database.query.schema.alterTable('elsewhere').renameTo('ledger_entry').execute();
    await desk.clock.advance(5_000);
    await expect.poll(async () => (await rows())[0]?.outcome).toBe('done');
  });

  it('finds out by reading, at once where the change shows', async () => {
    let applied = false;
    const desk = await deskOn(
      () => {
        applied = true;
        return 'closed';
      },
      () => (applied ? [made] : []),
    );
    const answer = await desk.clock.run(desk.writes.send(write()));
    expect(answer).toMatchObject({ result: made, status: 200 });
    expect(await rows()).toMatchObject([{ outcome: 'done', settled_by: 'reading', target_id: 'm1' }]);
    expect(desk.sent()).toHaveLength(1);
  });

  it.each([
    [true, 'done'],
    [false, 'failed'],
  ])('finds out later where upstream is slow to show it (applied: %s)', async (applied, outcome) => {
    let showsAt = Number.POSITIVE_INFINITY;
    const desk = await deskOn(
      () => 'headers-timeout',
      () => (desk.clock.monotonic() >= showsAt ? [made] : []),
    );
    if (applied) showsAt = 20_000;
    const first = write();
    const report = await problemOf(desk.clock.run(desk.writes.send(first)));
    expect(report).toMatchObject({ code: 'outcome_unknown', receiptId: expect.any(String) as string });
    expect(await rows()).toMatchObject([{ outcome: 'pending' }]);
    expect(await problemOf(desk.writes.send(first))).toMatchObject({ code: 'outcome_unknown', receiptId: report?.receiptId });
    await desk.clock.advance(35_000);
    await expect.poll(async () => (await rows())[0]?.outcome).toBe(outcome);
    expect(desk.sent()).toHaveLength(1);
    // applied: the repetition gets the result; not applied: the key is free and the write is sent for the first time again
    const again = await problemOf(desk.clock.run(desk.writes.send(first)));
    expect(desk.sent()).toHaveLength(applied ? 1 : 2);
    expect(again?.code).toBe(applied ? undefined : 'outcome_unknown');
  });

  it('says that it does not know where reading back never works', async () => {
    let sent = false;
    const desk = await deskOn(
      () => {
        sent = true;
        return 'closed';
      },
      () => {
        if (sent) throw new Error('unreadable');
        return [];
      },
    );
    const first = write();
    const report = await problemOf(desk.clock.run(desk.writes.send(first)));
    expect(report?.code).toBe('outcome_unknown');
    await desk.clock.advance(900_000);
    await expect.poll(async () => (await rows())[0]?.outcome).toBe('unknown');
    expect(await problemOf(desk.writes.send(first))).toMatchObject({ code: 'outcome_unknown' });
    expect(desk.sent()).toHaveLength(1);
  });

  it.each<[Script, string, string]>([
    [{ status: 400, body: { success: false, errors: [{ code: 1001, message: 'no' }] } }, 'refused', 'upstream_invalid'],
    [{ status: 403 }, 'refused', 'upstream_refused'],
    [{ status: 429 }, 'refused', 'upstream_throttled'],
    ['connect', 'failed', 'upstream_unreachable'],
  ])('does not look for what was refused or never sent: %j', async (script, outcome, code) => {
    const desk = await deskOn(() => script);
    const report = await problemOf(desk.clock.run(desk.writes.send(write())));
    expect(report).toMatchObject({ code, receiptId: expect.any(String) as string });
    expect(await rows()).toMatchObject([{ outcome }]);
    expect(desk.sent()).toHaveLength(1);
  });

  it('settles at the next start what was open at the last stop', async () => {
    const desk = await deskOn(() => new Promise(() => undefined));
    void desk.writes.send(write()).catch(() => undefined);
    await expect.poll(async () => (await rows()).length).toBe(1);
    const next = await deskOn(
      () => 'closed',
      () => [made],
    );
    await next.clock.advance(35_000);
    await expect.poll(async () => (await rows())[0]?.outcome).toBe('done');
    expect(next.sent()).toHaveLength(0);
  });
});
