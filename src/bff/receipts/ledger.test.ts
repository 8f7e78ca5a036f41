import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../database/open.ts';
import type { Database } from '../database/open.ts';
import { Problem } from '../problem.ts';
import { ManualClock, settle, silentLog } from '../upstream/testing.ts';
import { Chain } from './chain.ts';
import { examine } from './examine.ts';
import { Ledger, intentLifetime } from './ledger.ts';
import type { Intent, Outcome } from './record.ts';

const intent = (id: string): Intent => ({
  id,
  at: '2026-10-15T12:00:00.000Z',
  actor: { id: 'admin', name: 'Ana', email: null, role: 'administrator' },
  operation: 'createMember',
  summary: `Invite ${id}`,
  organizationId: 'o1',
  organizations: ['o1', 'root', 'o1'],
  targetId: null,
  method: 'POST',
  path: '/organizations/o1/members',
  params: { organizationId: 'o1' },
  request: { member: { user: { email: 'a@b.example' } } },
  before: [],
  reason: null,
  requestId: 'request-1',
});
const done: Outcome = {
  settledAt: '2026-10-15T12:00:01.000Z',
  outcome: 'done',
  settledBy: 'answer',
  status: 200,
  errors: [],
  rayId: 'abc',
  duration: 12.5,
};
const key = { personId: 'admin', key: 'key-1', fingerprint: 'f1' };

describe('the ledger', () => {
  let database: Database;
  let clock: ManualClock;
  const stop = new AbortController();
  const open = async () => new Ledger({ database, chain: await Chain.open(database), clock, log: silentLog, stop: stop.signal });
  const verify = () => examine(database);

  beforeEach(async () => {
    database = await openDatabase(':memory:');
    clock = new ManualClock();
  });
  afterEach(() => database.close());

  it('numbers receipts without a gap, also after it was opened again', async () => {
    const ledger = await open();
    const begun = await Promise.all(['a', 'b', 'c'].map((id) => ledger.begin(intent(id), null)));
    expect(begun.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect((await (await open()).begin(intent('d'), null)).sequence).toBe(4);
  });

  it('has the intent on disk before anything else happens, and knows what is open', async () => {
    const ledger = await open();
    await ledger.begin(intent('a'), key);
    const [open_] = await (await open()).pending();
    expect(open_).toMatchObject({ id: 'a', outcome: 'pending', params: { organizationId: 'o1' }, before: [], settledAt: null });
    await ledger.settle('a', done, '{}');
    expect(await ledger.pending()).toEqual([]);
  });

  it('remembers an intent for a day, with its answer', async () => {
    const ledger = await open();
    expect(await ledger.find(key)).toBeNull();
    await ledger.begin(intent('a'), key);
    expect(await ledger.find(key)).toMatchObject({ fingerprint: 'f1', answer: null, receipt: { id: 'a' } });
    await ledger.settle('a', done, '{"answer":1}');
    expect(await ledger.find(key)).toMatchObject({
      answer: '{"answer":1}',
      receipt: { outcome: 'done', rayId: 'abc', duration: 12.5 },
    });
    expect(await ledger.find({ ...key, personId: 'other' })).toBeNull();
    await clock.advance(intentLifetime);
    expect(await ledger.find(key)).toBeNull();
    await ledger.begin(intent('b'), key);
    expect(await ledger.find(key)).toMatchObject({ receipt: { id: 'b' } });
  });

  it('frees the key of a write that changed nothing', async () => {
    const ledger = await open();
    await ledger.begin(intent('a'), key);
    await ledger.settle('a', { ...done, outcome: 'refused', settledBy: null }, null);
    expect(await ledger.find(key)).toBeNull();
  });

  it('notices an entry that was changed, taken out or added', async () => {
    const ledger = await open();
    for (const id of ['a', 'b', 'c']) {
      await ledger.begin(intent(id), null);
      await ledger.settle(id, done, null);
    }
    expect(await verify()).toBeNull();
    const entries = database.query.selectFrom('ledger_entry').selectAll();
    const third = await entries.where('sequence', '=', 3).executeTakeFirstOrThrow();
    const change = (body: string) => database.query.updateTable('ledger_entry').set({ body }).where('sequence', '=', 3).execute();
    await change(third.body.replace('Invite b', 'Invite x'));
    expect(await verify()).toEqual({ sequence: 3 });
    await change(third.body);
    expect(await verify()).toBeNull();
    await database.query.deleteFrom('ledger_entry').where('sequence', '=', 2).execute();
    expect(await verify()).toEqual({ sequence: 2 });
  });

  it('notices a receipt that shows something else than what was sealed, or that was never sealed', async () => {
    const ledger = await open();
    await ledger.begin(intent('a'), null);
    await ledger.begin(intent('b'), null);
    await ledger.settle('b', { ...done, summary: 'Invite b, in part', targetId: 'm1' }, null);
    await ledger.begin(intent('c'), null);
    await ledger.settle('c', done, null);
    expect(await verify()).toBeNull();
    const { id: _id, ...kept } = await database.query
      .selectFrom('receipt')
      .selectAll()
      .where('id', '=', 'b')
      .executeTakeFirstOrThrow();
    for (const [change, sequence] of [
      [{ actor_name: 'Bo' }, 2],
      [{ request: '{}' }, 2],
      [{ summary: 'Invite x' }, 2],
      [{ outcome: 'refused' }, 2],
      [{ outcome: 'pending' }, 2],
    ] as const) {
      await database.query.updateTable('receipt').set(change).where('id', '=', 'b').execute();
      expect([change, await verify()]).toEqual([change, { sequence }]);
      await database.query.updateTable('receipt').set(kept).where('id', '=', 'b').execute();
    }
    expect(await verify()).toBeNull();
    await database.query
      .insertInto('receipt')
      .values({ ...kept, id: 'forged', sequence: 4 })
      .execute();
    expect(await verify()).toEqual({ sequence: 6 });
    await database.query.deleteFrom('receipt').where('id', 'in', ['forged', 'c']).execute();
    expect(await verify()).toEqual({ sequence: 4 });
  });

  it('refuses to begin where it cannot write', async () => {
    const ledger = await open();
    await database.query.schema.dropTable('ledger_entry').execute();
    const error: unknown = await ledger.begin(intent('a'), key).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Problem);
    expect((error as Problem).report.code).toBe('ledger_unavailable'); // asserted above
    expect(await ledger.pending()).toEqual([]);
  });

  it('writes an outcome later where it cannot be written at once', async () => {
    const ledger = await open();
    await ledger.begin(intent('a'), key);
    await database.query.schema.alterTable('ledger_entry').renameTo('elsewhere').execute();
    await ledger.settle('a', done, '{}');
    expect(await ledger.pending()).toHaveLength(1);
    await database.query.schema.alterTable('elsewhere').renameTo('ledger_entry').execute();
    await clock.advance(5_000);
    await expect.poll(async () => (await settle(), (await ledger.pending()).length)).toBe(0);
    expect(await verify()).toBeNull();
  });
});
