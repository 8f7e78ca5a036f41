import { setMaxListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Access } from '../../services.ts';
import { openDatabase } from '../../database/open.ts';
import type { Database } from '../../database/open.ts';
import { ManualClock, settle, silentLog } from '../../upstream/testing.ts';
import { Chain } from '../chain.ts';
import { examine } from '../examine.ts';
import { SealedAccessBook } from './book.ts';
import { createAccessReader } from './reader.ts';

const ana = { id: 'ana', name: 'Ana Frost', email: 'ana@a.example', role: 'administrator', scope: null } as const;
const bo = { ...ana, id: 'bo', name: 'Bo_100%', email: null, scope: 'north' };
const access = (more: Partial<Access> = {}): Access => ({
  kind: 'denied',
  person: ana,
  came: null,
  operation: 'moveAccount',
  organizationId: null,
  targetId: null,
  reason: 'not_allowed',
  asked: null,
  requestId: 'request-1',
  ...more,
});

describe('the book of accesses', () => {
  let database: Database;
  let clock: ManualClock;
  let chain: Chain;
  let book: SealedAccessBook;
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const lineage = (id: string) => (id === 'harbor' ? ['root', 'north', 'harbor'] : []);
  const list = (person: typeof ana | typeof bo = ana, query = {}) =>
    createAccessReader(database, { requireVisible: async () => undefined }, book).list(person, query);
  const entries = async () => (await database.query.selectFrom('ledger_entry').selectAll().execute()).length;

  beforeEach(async () => {
    database = await openDatabase(':memory:');
    clock = new ManualClock();
    chain = await Chain.open(database);
    book = new SealedAccessBook({ chain, directory: { lineage }, clock, log: silentLog, stop: stop.signal });
  });
  afterEach(() => database.close());

  it('counts a storm of refusals in one entry, and writes a handful of lines for it', async () => {
    await Promise.all(Array.from({ length: 250 }, () => book.note(access())));
    expect(await entries()).toBe(4); // the first, the second, the tenth, the hundredth
    expect((await list()).rows).toMatchObject([{ times: 250 }]);
    await clock.advance(5 * 60_000);
    await expect.poll(async () => (await settle(), (await list()).rows)).toMatchObject([{ times: 250, reason: 'not_allowed' }]);
    await book.note(access());
    expect((await list()).rows.map(({ times }) => times)).toEqual([1, 250]);
    expect(await examine(database)).toBeNull();
  });

  it('tells apart what was refused, but not without end', async () => {
    for (let at = 0; at < 500; at += 1) await book.note(access({ organizationId: `o${at}` }));
    await book.note(access({ person: bo, organizationId: 'o1' }));
    await book.close();
    const { rows } = await list(ana, { limit: 500 });
    expect(rows).toHaveLength(102);
    expect(rows.find(({ times }) => times > 1)).toMatchObject({ times: 400, organizationId: null });
  });

  it('keeps every sign-in, and one view in a quarter of an hour', async () => {
    const signIn = access({ kind: 'sign-in', operation: 'signIn', reason: null });
    const view = access({ kind: 'view', operation: 'listReceipts', reason: null });
    for (const one of [signIn, view, signIn, view]) await book.note(one);
    await clock.advance(15 * 60_000);
    await book.note(view);
    expect((await list()).rows.map(({ kind, times }) => [kind, times])).toEqual([
      ['view', 1],
      ['sign-in', 1],
      ['view', 2],
      ['sign-in', 1],
    ]);
  });

  it('writes down what is being counted when Canopy stops', async () => {
    for (let times = 0; times < 7; times += 1) await book.note(access());
    await book.close();
    expect((await list()).rows).toMatchObject([{ times: 7 }]);
  });

  it('knows of an export that it began and how it ended', async () => {
    const asked = { kind: 'receipts', format: 'csv' };
    const end = await book.export(access({ kind: 'export', operation: 'downloadExport', reason: null, asked }));
    expect((await list()).rows).toMatchObject([{ kind: 'export', asked, ended: null }]);
    await end({ outcome: 'complete', rows: 12, bytes: 3400 });
    expect((await list()).rows).toMatchObject([{ ended: { outcome: 'complete', rows: 12, bytes: 3400 } }]);
  });

  it('shows people with a scope what belongs to it', async () => {
    await book.note(access({ organizationId: 'harbor' }));
    await book.note(access({ organizationId: 'root', person: bo }));
    await book.note(access({ kind: 'sign-in', person: bo }));
    await book.note(access({ kind: 'sign-in' }));
    await book.note(access({ kind: 'sign-in-failed', person: null }));
    expect((await list(bo)).rows.map(({ kind, organizationId }) => [kind, organizationId])).toEqual([
      ['sign-in', 'north'],
      ['denied', 'harbor'],
    ]);
    expect((await list(ana)).total).toBe(5);
  });

  it('is searched letter by letter', async () => {
    await book.note(access());
    await book.note(access({ person: bo }));
    const found = async (actor: string) => (await list(ana, { actor })).rows.map(({ actor: who }) => who?.id);
    expect(await found('o_100%')).toEqual(['bo']);
    expect(await found('FROST')).toEqual(['ana']);
    expect(await found('ana')).toEqual(['ana']);
    expect(await found('%')).toEqual(['bo']);
    expect(await found('_')).toEqual(['bo']);
    expect((await list(ana, { organization: '%' })).total).toBe(0);
  });

  it('is in the chain: one changed letter names the entry', async () => {
    await book.note(access({ kind: 'sign-in' }));
    await book.note(access());
    await book.note(access({ kind: 'sign-out' }));
    const denied = database.query.selectFrom('ledger_entry').selectAll().where('sequence', '=', 2);
    const { body } = await denied.executeTakeFirstOrThrow();
    await database.query
      .updateTable('ledger_entry')
      .set({ body: body.replace('not_allowed', 'not_Allowed') })
      .where('sequence', '=', 2)
      .execute();
    expect(await examine(database)).toEqual({ sequence: 2 });
    await database.query.updateTable('ledger_entry').set({ body }).where('sequence', '=', 2).execute();
    expect(await examine(database)).toBeNull();
    await database.query.updateTable('access').set({ times: 3 }).where('sequence', '=', 2).execute();
    expect(await examine(database)).toEqual({ sequence: 2 });
  });

  it('throws where it cannot write, and begins anew when it can', async () => {
    await database.query.schema.alterTable('access').renameTo('elsewhere').execute();
    await expect(book.note(access())).rejects.toThrow();
    await database.query.schema.alterTable('elsewhere').renameTo('access').execute();
    await book.note(access());
    expect((await list()).rows).toMatchObject([{ times: 1, sequence: 1 }]);
  });
});
