import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkFile, parquetFile, sendFile, sendPart, textFile } from '../../../cli/testing/import-file.ts';
import type { FileBytes } from '../../../cli/testing/import-file.ts';
import { readRecords } from '../../../cli/testing/records-file.ts';
import { Stack } from '../../../cli/testing/stack.ts';
import { readUsageSince, untilPriced } from '../../../cli/testing/usage-read.ts';
import type { Visitor } from '../../../cli/testing/visitor.ts';
import { tiny } from '../../../cli/testing/world.ts';
import { createExport, measureRecords } from '../../../contract/canopy/exports.ts';
import type { RecordForm, RecordFormat, RecordsQuestion } from '../../../contract/canopy/exports.ts';
import {
  beginImport,
  changeImport,
  checkImport,
  deleteImport,
  importLimit,
  listImports,
  takeImport,
} from '../../../contract/canopy/imports.ts';
import { pathOf } from '../../../contract/endpoint.ts';
import { headerNames } from '../../../contract/envelope.ts';
import { forecastSpend } from '../../../contract/canopy/forecast.ts';
import { askSpend, controlSpendSync, getSpendState, searchSpendValues } from '../../../contract/canopy/spend.ts';
import type { SourceUse, SpendQuestion } from '../../../contract/canopy/spend.ts';

const { root, north, south, harbor, accounts } = tiny;
const header =
  'BillingAccountId,BillingAccountName,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,BilledCost,BillingCurrency,ProviderName,ServiceName,SkuId,ConsumedQuantity,ConsumedUnit,Tags';
const row = (account: string, day: string, cost: string, more = 'AWS,Amazon S3,S3-GET,1000,Requests,') =>
  `${account},"Account, ${account}",Usage,${day} 00:00:00,${day} 23:59:59,${cost},USD,${more}`;
const old = ['2024-03-01', '2024-03-02'];

describe('files of usage and cost through the whole backend', () => {
  let stack: Stack;
  let admin: Visitor;
  let partner: Visitor;
  let billing: Visitor;

  beforeAll(async () => {
    stack = await Stack.start({ readsAhead: true });
    admin = await stack.signIn('admin');
    partner = await stack.signIn('partner');
    billing = await stack.signIn('billing');
    await readUsageSince(admin, '2026-10-01');
  }, 60_000);
  afterAll(() => stack.close());

  const until = (holds: () => Promise<void>) => vi.waitFor(holds, { timeout: 30_000, interval: 100 });
  const take = async (id: string, counts: SourceUse) =>
    (await admin.ask(takeImport, { params: { importId: id }, body: { counts } })).result;
  const takeFile = async (organization: string, name: string, file: FileBytes, counts: SourceUse) => {
    const { id } = await checkFile(admin, organization, name, file);
    return take(id, counts);
  };
  const remove = async (importId: string) => (await admin.ask(deleteImport, { params: { importId } })).result.records;
  const filesLeft = () => readdir(join(stack.dataDir, 'imports')).catch(() => []);
  const ask = async (more: Partial<SpendQuestion>) => {
    const question = {
      organization: north.id,
      descendants: false,
      measure: { kind: 'cost', column: 'BilledCost', currency: 'USD' },
      from: '2024-03-01',
      to: '2024-04-01',
      granularity: 'month',
      groupBy: 'source',
      filters: [],
      top: 20,
      compare: null,
      ...more,
    } as SpendQuestion;
    return (await admin.ask(askSpend, { body: question })).result;
  };
  const bySource = async (more: Partial<SpendQuestion> = {}) =>
    (await ask(more)).groups.map(({ label, total, records }) => [label, total, records]);

  test('a check ends with whoever asked for it, and with its file', async () => {
    const endless = `select 'a' as "BillingAccountId", '2024-03-01' as "ChargePeriodStart" from range(3000000)`;
    const id = await sendFile(admin, north.id, 'Endless', await parquetFile(endless));
    const check = (signal: AbortSignal | null = null) =>
      fetch(`${admin.origin}/api${pathOf(checkImport, { importId: id })}`, {
        method: 'POST',
        headers: { [headerNames.guard]: '1', cookie: admin.cookie ?? '' },
        signal,
      });
    const leaving = new AbortController();
    const left = check(leaving.signal);
    await until(async () => expect((await sendPart(admin, id, 0, textFile(['x']))).status).toBe(409));
    leaving.abort();
    await expect(left).rejects.toThrow(/aborted/);
    await until(async () => expect((await sendPart(admin, id, 0, textFile(['x']))).status).toBe(200));

    const again = check();
    await until(async () => expect((await sendPart(admin, id, 0, textFile(['x']))).status).toBe(409));
    expect(await remove(id)).toBe(0);
    expect((await again).status).toBe(404);
    expect(await filesLeft()).toEqual([]);
  });

  test('a file is checked row by row before anything of it is stored', async () => {
    const { id, report } = await checkFile(
      admin,
      north.id,
      'Flawed',
      textFile([
        `\uFEFF${header}`,
        row('123', '2024-03-01', '0.12345678901'),
        row('123', '2024-03-02', 'NULL'),
        row('124', '2024-03-02', '-3', 'AWS,Amazon S3,S3-GET,-5,Requests,"{""team"": ""a\nb""}"'),
        row('124', 'soon', '1'),
        'too,few',
        row('124', '2024-03-02', '"1,000.5"'),
      ]),
    );
    expect(report).toMatchObject({
      format: 'csv',
      delimiter: ',',
      rows: 6,
      taken: 3,
      noted: 1,
      refused: 3,
      period: { from: '2024-03-01', to: '2024-03-02', days: 2 },
      currencies: [{ currency: 'USD', billed: '-2.87654321099', rows: 2 }],
      accounts: 2,
      providers: [{ name: 'AWS', rows: 3 }],
      overlap: null,
      same: null,
    });
    expect(report.problems.map(({ kind, outcome, rows, examples }) => [kind, outcome, rows, examples[0]?.line])).toEqual([
      ['bad-day', 'refused', 1, 6],
      ['field-count', 'refused', 1, 7],
      ['bad-number', 'refused', 1, 8],
      ['negative', 'noted', 1, 4],
    ]);
    expect(report.columns.at(-1)).toEqual({ name: 'Tags', reads: null });
    expect(report.missing.map(({ column }) => column)).toContain('ListCost');
    expect(await bySource()).toEqual([]);
    await remove(id);
    expect(await filesLeft()).toEqual([]);
  });

  test('what was taken counts by its source, billed to the digit, and is gone when it is deleted', async () => {
    const file = textFile([
      header,
      row('123', '2024-03-01', '0.12345678901'),
      row('123', '2024-03-02', '2'),
      row('9', '2024-03-02', ''),
    ]);
    const source = await takeFile(north.id, 'AWS March', file, 'beside');
    expect(source).toMatchObject({
      name: 'AWS March',
      records: 3,
      firstDay: '2024-03-01',
      lastDay: '2024-03-02',
      counts: 'beside',
    });
    expect(await filesLeft()).toEqual([]);
    await untilPriced(admin);
    const answer = await ask({ measure: { kind: 'spend', currency: 'USD' } });
    expect(answer.total).toMatchObject({
      total: '2.12345678901',
      bases: [
        { basis: 'billed', total: '2.12345678901', records: 2 },
        { basis: 'no-rate', total: null, records: 1 },
      ],
    });
    expect(answer.groups.map(({ label }) => label)).toEqual(['AWS March']);
    expect(await bySource({ groupBy: 'family' })).toEqual([['Amazon S3', '2.12345678901', 3]]);
    expect(await bySource({ filters: [{ dimension: 'source', operator: 'is-not', values: [source.id] }] })).toEqual([]);
    const values = (await admin.ask(searchSpendValues, { params: { dimension: 'source' }, query: {} })).result;
    expect(values.values.map(({ label }) => label)).toEqual(['AWS March', 'Cloudflare']);

    const again = await checkFile(admin, north.id, 'Again', file);
    expect(again.report.same).toMatchObject({ id: source.id, name: 'AWS March' });
    await remove(again.id);
    await admin.ask(changeImport, { params: { importId: source.id }, body: { counts: 'none', name: 'AWS, spring' } });
    expect(await bySource()).toEqual([]);
    expect((await admin.ask(listImports)).result).toMatchObject([{ name: 'AWS, spring', counts: 'none', records: 3 }]);

    expect(await remove(source.id)).toBe(3);
    expect((await admin.ask(listImports)).result).toEqual([]);
    const left = (await admin.ask(searchSpendValues, { params: { dimension: 'account' }, query: { contains: 'Account, 123' } }))
      .result;
    expect(left.total).toBe(0);
  });

  /** The records as they are downloaded. */
  const taken = async (question: RecordsQuestion, form: RecordForm, format: RecordFormat) => {
    const body = { kind: 'records', form, format, question, withoutRate: 'zero' } as const;
    const { url } = (await admin.ask(createExport, { body })).result;
    const headers = { cookie: admin.cookie ?? '', 'sec-fetch-site': 'same-origin' };
    const answer = await fetch(`${stack.origin}${url}`, { headers });
    const file = await readRecords(new Uint8Array(await answer.arrayBuffer()));
    const shown = (...names: string[]) => file.rows.map((row) => names.map((name) => row[name] ?? '').join(' | ')).toSorted();
    return { ...file, shown };
  };

  test('what a file says of its services stands in their columns when it is taken out again', async () => {
    const said = (services: string) => `777,Books,Usage,2024-05-01,${services},5,EUR,Storage on its own`;
    const source = await takeFile(
      north.id,
      'Services',
      textFile([
        'BillingAccountId,BillingAccountName,ChargeCategory,ChargePeriodStart,ServiceName,ServiceCategory,ServiceSubcategory,ConsumedQuantity,BillingCurrency,Team',
        said('Amazon S3,Storage,Object Storage'),
        said('Own cloud,Cloud things,Buckets'),
        said('=cmd|x,Compute,Virtual Machines'),
      ]),
      'beside',
    );
    await untilPriced(admin);
    const question = { organization: north.id, descendants: false, from: '2024-05-01', to: '2024-05-02', filters: [] };
    const measured = (await admin.ask(measureRecords, { body: question })).result;
    const empty = ['BilledCost', 'BillingPeriodEnd', 'ChargePeriodEnd', 'ServiceProviderName'];
    expect(measured.missingColumns).toEqual(expect.arrayContaining(empty));
    expect(measured.missingColumns.filter((name) => name.startsWith('Service'))).toEqual(['ServiceProviderName']);
    for (const format of ['csv', 'parquet'] as const) {
      const formula = format === 'csv' ? "'=cmd|x" : '=cmd|x';
      const aligned = await taken(question, 'focus-aligned', format);
      expect(aligned.shown('ServiceName', 'ServiceCategory', 'ServiceSubcategory')).toEqual([
        `${formula} | Compute | Virtual Machines`,
        'Amazon S3 | Storage | Object Storage',
        'Own cloud | Cloud things | Buckets',
      ]);
      expect(new Set(aligned.shown('x_OtherColumns'))).toEqual(new Set(['{"Team":"Storage on its own"}']));
      expect(aligned.metadata['missingMandatoryColumns']).toEqual(measured.missingColumns);
      const estimate = await taken(question, 'focus-estimate', format);
      expect(estimate.shown('ServiceName', 'ServiceCategory', 'ServiceSubcategory', 'x_AsSent')).toEqual([
        `${formula} | Compute | Virtual Machines | {"BillingCurrency":"EUR"}`,
        'Amazon S3 | Storage | Object Storage | {"BillingCurrency":"EUR"}',
        'Own cloud | Other | Other (Other) | {"ServiceCategory":"Cloud things","ServiceSubcategory":"Buckets","BillingCurrency":"EUR"}',
      ]);
    }
    await remove(source.id);
  });

  test.each([
    [
      'few columns',
      'BillingAccountId,ChargePeriodStart,BilledCost,BillingCurrency,ServiceName',
      (at: number) => `a${at % 20},2024-06-01,${at},USD,Amazon S3`,
    ],
    [
      'many columns',
      `${header},BillingPeriodStart,BillingPeriodEnd,EffectiveCost,ListCost,ResourceId`,
      (at: number) =>
        `${row(`a${at % 20}`, '2024-06-01', `${at}.5`, 'AWS,Amazon S3,S3-GET,1000,Requests,"{""team"":""a""}"')},2024-06-01,2024-07-01,${at}.5,${at}.5,arn:aws:s3:::bucket-${at}`,
    ],
  ])('a file of %s weighs about what is told before it is taken out again', async (name, columns, line) => {
    const source = await takeFile(
      north.id,
      name,
      textFile([columns, ...Array.from({ length: 500 }, (_, at) => line(at))]),
      'beside',
    );
    const question = { organization: north.id, descendants: false, from: '2024-06-01', to: '2024-06-02', filters: [] };
    const { bytes } = (await admin.ask(measureRecords, { body: question })).result;
    const { metadata } = await taken(question, 'focus-aligned', 'csv');
    const guess = bytes['focus-aligned'].csv.unpacked / metadata.file.bytes;
    expect(guess).toBeGreaterThan(0.8);
    expect(guess).toBeLessThan(1.25);
    await remove(source.id);
  });

  test('a file may name an account, and what Cloudflare calls it stands before that; a forecast names what it expects nothing of', async () => {
    const month = { from: '2026-10-01', to: '2026-11-01', groupBy: 'account', organization: root.id, descendants: true } as const;
    const accountNames = async () =>
      Object.fromEntries(
        (await ask({ ...month, measure: { kind: 'spend', currency: 'USD' } })).groups.map(({ key, label }) => [key, label]),
      );
    const forecast = async () =>
      (
        await admin.ask(forecastSpend, {
          body: { organization: north.id, descendants: true, currency: 'USD', groupBy: null, filters: [], top: 1 },
        })
      ).result.beside;
    const before = await accountNames();
    expect(await forecast()).toEqual([]);
    // newer than anything upstream sent, at the account's own organization and above it
    const file = textFile([header, row(accounts.mill.id, '2026-10-20', '7'), row('125', '2026-10-20', '1')]);
    const taken = [await takeFile(north.id, 'Own books', file, 'beside'), await takeFile(root.id, 'Books above', file, 'beside')];
    await untilPriced(admin);
    expect(await accountNames()).toEqual({ ...before, 125: 'Account, 125' });
    const found = (
      await admin.ask(searchSpendValues, { params: { dimension: 'account' }, query: { contains: accounts.mill.id } })
    ).result;
    expect(found.values).toEqual([{ key: accounts.mill.id, label: before[accounts.mill.id] }]);
    expect(await forecast()).toEqual(['Own books']);
    for (const { id } of taken) await remove(id);
    await untilPriced(admin);
  });

  test('an import may stand instead of Cloudflare’s records on its accounts and days, and gives them back', async () => {
    const month = { from: '2026-10-01', to: '2026-10-11' };
    const mill = accounts.mill.id;
    const before = await ask({ ...month, groupBy: 'account' });
    const millBefore = before.groups.find(({ key }) => key === mill);
    const file = textFile([header, row(mill, '2026-10-02', '100'), row(mill, '2026-10-03', '50')]);
    const { id, report } = await checkFile(admin, north.id, 'Invoice', file);
    expect(report.overlap).toEqual({ accounts: 1, accountDays: 2 });
    const source = await take(id, 'instead');
    expect(source.replaces).toBeGreaterThan(0);
    const inDays: Partial<SpendQuestion> = {
      from: '2026-10-02',
      to: '2026-10-04',
      filters: [{ dimension: 'account', operator: 'is', values: [mill] }],
    };
    expect(await bySource(inDays)).toEqual([['Invoice', '150', 2]]);
    expect((await admin.ask(getSpendState)).result.notes.map(({ kind }) => kind)).toContain('replaced');

    // what is read again does not come back beside it
    await admin.ask(controlSpendSync, { body: { action: 'fetch', days: ['2026-10-02'], organizationIds: [north.id] } });
    await until(async () => expect((await admin.ask(getSpendState)).result.sync.status).toBe('paused'));
    expect(await bySource(inDays)).toEqual([['Invoice', '150', 2]]);

    await admin.ask(changeImport, { params: { importId: id }, body: { counts: 'beside' } });
    expect((await ask({ ...month, groupBy: 'source' })).groups.map(({ label }) => label).toSorted()).toEqual([
      'Cloudflare',
      'Invoice',
    ]);
    // two files that both stand instead: the newer one counts, and the older one says so
    await admin.ask(changeImport, { params: { importId: id }, body: { counts: 'instead' } });
    stack.clock.advance(1_000);
    const newer = await takeFile(north.id, 'Final invoice', textFile([header, row(mill, '2026-10-02', '90')]), 'instead');
    expect((await admin.ask(listImports)).result.map(({ name, shadowed }) => [name, shadowed])).toEqual([
      ['Final invoice', 0],
      ['Invoice', 1],
    ]);
    expect(await bySource(inDays)).toEqual([
      ['Final invoice', '90', 1],
      ['Invoice', '50', 1],
    ]);
    await remove(newer.id);
    expect(await bySource(inDays)).toEqual([['Invoice', '150', 2]]);
    await remove(id);
    const after = await ask({ ...month, groupBy: 'account' });
    expect(after.groups.find(({ key }) => key === mill)).toEqual(millBefore);
    expect(after.total).toEqual(before.total);
  });

  test('a file stands instead of records of its own organization and those below it, and of no other', async () => {
    const shared = accounts.shared.id;
    const inDays: Partial<SpendQuestion> = {
      organization: root.id,
      from: '2026-10-02',
      to: '2026-10-03',
      filters: [{ dimension: 'account', operator: 'is', values: [shared] }],
    };
    const before = (await ask(inDays)).total;
    expect(before.records).toBeGreaterThan(0);
    const file = textFile([header, row(shared, '2026-10-02', '1')]);
    const { id, report } = await checkFile(partner, north.id, 'Not theirs', file);
    expect(report.overlap).toBeNull(); // it would tell what others have
    expect((await partner.ask(takeImport, { params: { importId: id }, body: { counts: 'instead' } })).result.replaces).toBe(0);
    expect((await ask(inDays)).total).toEqual(before);
    expect(await bySource({ ...inDays, organization: north.id })).toEqual([['Not theirs', '1', 1]]);

    // nor does it hide the file of whoever may
    stack.clock.advance(1_000);
    const theirs = await takeFile(root.id, 'Theirs', textFile([header, row(shared, '2026-10-02', '2')]), 'instead');
    expect(theirs.replaces).toBeGreaterThan(0);
    stack.clock.advance(1_000);
    const { id: newer } = await checkFile(partner, north.id, 'Still not theirs', file);
    await partner.ask(takeImport, { params: { importId: newer }, body: { counts: 'instead' } });
    expect(await bySource(inDays)).toEqual([['Theirs', '2', 1]]);
    for (const importId of [id, newer, theirs.id]) await remove(importId);
    expect((await ask(inDays)).total).toEqual(before);
  });

  test('many accounts on days that are far apart are taken in at once', async () => {
    const lines = ['1900-01-01', '2999-12-31'].flatMap((day) =>
      Array.from({ length: 2_000 }, (_, index) => row(`far${index}`, day, '1')),
    );
    const source = await takeFile(north.id, 'Far apart', textFile([header, ...lines]), 'instead');
    expect(source).toMatchObject({ records: 4_000, firstDay: '1900-01-01', lastDay: '2999-12-31' });
    await remove(source.id);
  }, 20_000);

  test('a Parquet file says the same as the text; nothing but the file is opened', async () => {
    const file = await parquetFile(`
      select '0042' as "BillingAccountId", timestamp '2024-03-01 00:00:00' as "ChargePeriodStart",
        0.000000123456789::decimal(18, 15) as "BilledCost", 'EUR' as "BillingCurrency", map {'team': 'a'} as "Tags" from range(3)`);
    const source = await takeFile(south.id, 'Parquet', file, 'beside');
    expect(source.report).toMatchObject({
      format: 'parquet',
      rows: 3,
      refused: 0,
      currencies: [{ currency: 'EUR', billed: '0.000000370370367' }],
    });
    expect(
      (
        await ask({
          organization: south.id,
          measure: { kind: 'cost', column: 'BilledCost', currency: 'EUR' },
          groupBy: 'account',
        })
      ).groups,
    ).toMatchObject([{ key: '0042', total: '0.000000370370367' }]);
    await remove(source.id);

    const broken = file.slice();
    broken.fill(0x58, 8, broken.length - 40);
    for (const bytes of [
      broken,
      new TextEncoder().encode('PAR1 or not'),
      new TextEncoder().encode('PAR1/etc/passwd'),
      new Uint8Array([0x50, 0xff, 0, 1]),
    ]) {
      const id = await sendFile(admin, south.id, 'Broken', bytes);
      const refused = await admin.refused(checkImport, { params: { importId: id } });
      expect(refused.status).toBe(400);
      expect(refused.error.message).not.toContain(stack.dataDir);
    }
    // a hundred kilobytes of file that would be hundreds of megabytes of text
    const bomb = await parquetFile(`
      select '2024-03-01' as "ChargePeriodStart", repeat('x', 1000000) as "Tags", map {'k': repeat('y', 1000000)} as "More" from range(200)`);
    const id = await sendFile(admin, south.id, 'Bomb', bomb);
    expect((await admin.refused(checkImport, { params: { importId: id } })).error.message).toContain('cannot be read');
    const heavy = await parquetFile(`
      select '2024-03-01' as "ChargePeriodStart", md5((i % 40000)::varchar) || repeat('x', 300) as "BillingAccountId" from range(120000) r(i)`);
    const heavyId = await sendFile(admin, south.id, 'Heavy', heavy);
    expect((await admin.refused(checkImport, { params: { importId: heavyId } })).error.message).toContain('smaller groups');
    const wide = await parquetFile(`select '2024-03-01' as "ChargePeriodStart", repeat('x', 40000) as "Tags"`);
    const wideId = await sendFile(admin, south.id, 'Wide', wide);
    expect((await admin.refused(checkImport, { params: { importId: wideId } })).error.message).toContain('32 kB of text');
    // two kilobytes of file whose rows, as text, would be hundreds of megabytes
    const repeated = await parquetFile(`
      select '2024-03-01' as "ChargePeriodStart", repeat('x', 20000) as "Tags" from range(40000)`);
    const repeatedId = await sendFile(admin, south.id, 'Repeated', repeated);
    expect((await admin.refused(checkImport, { params: { importId: repeatedId } })).error.message).toContain('4 kB of text each');
    const named = await sendFile(
      admin,
      south.id,
      'Named',
      textFile([`${header},${'n'.repeat(300)}`, row('1', '2024-03-01', '1')]),
    );
    expect((await admin.refused(checkImport, { params: { importId: named } })).error.message).toContain('The name of column 14');
    expect(await filesLeft()).toEqual([]);
  });

  test('a row that goes on beyond the beginning of the file hides no header', async () => {
    const long = `1,"${'x'.repeat(200_000)}`;
    const { report } = await checkFile(admin, south.id, 'Long', textFile([header, `${long}",${'x,'.repeat(10)}x`]));
    expect(report).toMatchObject({ rows: 1, taken: 0 });
    const open = await sendFile(admin, south.id, 'Open', textFile([header, `${long}${'x'.repeat(1_000_000)}`]));
    expect((await admin.refused(checkImport, { params: { importId: open } })).error.message).toContain('begins in line 2');
    expect(await filesLeft()).toHaveLength(1);
    await Promise.all((await readdir(join(stack.dataDir, 'imports'))).map((name) => remove(name.replace('.part', ''))));
  });

  test('a replacement takes the place of an import in one step', async () => {
    const first = await takeFile(
      north.id,
      'Draft',
      textFile([header, row('1', '2024-03-01', '10'), row('1', '2024-03-05', '10')]),
      'beside',
    );
    const id = await sendFile(admin, north.id, 'Final', textFile([header, row('1', '2024-03-01', '11')]), first.id);
    await admin.ask(checkImport, { params: { importId: id } });
    await take(id, 'beside');
    expect(await bySource()).toEqual([['Final', '11', 1]]);
    await remove(id);
  });

  test('of what is done to one import at once, each sees what the others made of it', async () => {
    const file = (cost: string) => textFile([header, row('9', '2024-03-01', cost)]);
    const first = await takeFile(north.id, 'First', file('10'), 'beside');
    const drafts = [
      await sendFile(admin, north.id, 'Second', file('20'), first.id),
      await sendFile(admin, north.id, 'Third', file('30'), first.id),
    ];
    for (const importId of drafts) await admin.ask(checkImport, { params: { importId } });
    const taken = await Promise.allSettled(drafts.map((id) => take(id, 'beside')));
    expect(taken.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const left = (await admin.ask(listImports)).result.filter(({ name }) => ['First', 'Second', 'Third'].includes(name));
    expect(left).toHaveLength(1); // whose amounts would count twice beside the other one
    const importId = left[0]?.id ?? '';

    // a name does not bring back how it counted, nor what was removed
    const change = (body: { name?: string; counts?: SourceUse }) => admin.ask(changeImport, { params: { importId }, body });
    await Promise.all([change({ counts: 'none' }), change({ name: 'Renamed' })]);
    expect((await admin.ask(listImports)).result.find(({ id }) => id === importId)).toMatchObject({
      name: 'Renamed',
      counts: 'none',
    });
    await Promise.allSettled([remove(importId), change({ name: 'Again' }), change({ counts: 'beside' })]);
    expect((await admin.ask(listImports)).result.map(({ id }) => id)).not.toContain(importId);
  });

  test('people import only into what they may see, and only who may change spend imports at all', async () => {
    const body = { organization: south.id, name: 'Not mine', fileName: 'x.csv', size: 10 };
    expect((await billing.refused(beginImport, { body })).error.code).toBe('not_allowed');
    const source = await takeFile(south.id, 'South', textFile([header, row('1', old[0] ?? '', '10')]), 'none');
    const draft = await sendFile(admin, south.id, 'Unseen', textFile([header]));
    expect((await admin.ask(listImports, { query: { organization: harbor.id } })).result).toEqual([]);
    expect((await billing.ask(listImports)).result.map(({ name }) => name)).toEqual(['South']);
    if ((await partner.try(listImports)).status === 200) expect((await partner.ask(listImports)).result).toEqual([]);
    for (const visitor of [partner, billing]) {
      expect((await visitor.try(beginImport, { body })).status).toBe(403);
      for (const importId of [source.id, draft]) {
        expect([403, 404]).toContain((await visitor.try(checkImport, { params: { importId } })).status);
        expect([403, 404]).toContain((await visitor.try(deleteImport, { params: { importId } })).status);
        expect([403, 404]).toContain(
          (await visitor.try(changeImport, { params: { importId }, body: { counts: 'beside' } })).status,
        );
      }
    }
    expect((await admin.ask(listImports)).result).toHaveLength(1);
    await remove(source.id);
    await remove(draft);
  });

  test('parts come in order, and a part that came already changes nothing', async () => {
    const bytes = textFile([header, row('1', '2024-03-01', '10')]);
    const body = { organization: north.id, name: 'Parts', fileName: '../../etc/passwd', size: bytes.byteLength };
    const { id } = (await admin.ask(beginImport, { body })).result;
    expect((await sendPart(admin, id, 5, bytes.subarray(5))).status).toBe(400);
    expect((await sendPart(admin, id, 0, bytes.subarray(0, 50))).status).toBe(200);
    expect((await sendPart(admin, id, 0, bytes.subarray(0, 50))).status).toBe(200);
    expect((await admin.try(checkImport, { params: { importId: id } })).status).toBe(400);
    expect((await sendPart(admin, id, 50, new Uint8Array(bytes.byteLength))).status).toBe(400);
    expect((await sendPart(admin, id, 50, bytes.subarray(50))).status).toBe(200);
    expect((await admin.ask(checkImport, { params: { importId: id } })).result.taken).toBe(1);
    await remove(id);
    expect((await admin.refused(takeImport, { params: { importId: id }, body: { counts: 'none' } })).status).toBe(404);
    const tooLarge = { ...body, size: importLimit + 1 };
    expect((await admin.refused(beginImport, { body: tooLarge })).error.fields?.[0]?.field).toBe('size');
    const json = await admin.send('PUT', `/api/canopy/spend/imports/${id}/file?offset=0`, {
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(415);
  });

  test.each([
    ['no table', 'hello world'],
    ['a quote that never closes', `${header}\n"${'x'.repeat(2_000_000)}`],
    ['no day', 'BillingAccountId,BilledCost\n1,2'],
    ['too many columns', `ChargePeriodStart,${Array.from({ length: 600 }, (_, index) => `c${index}`).join(',')}\n`],
    [
      'too many accounts',
      `${header}\n${Array.from({ length: 51_000 }, (_, index) => row(`a${index}`, '2024-03-01', '1')).join('\n')}`,
    ],
  ])(
    '%s is refused, and leaves nothing',
    async (_, text) => {
      const id = await sendFile(admin, north.id, 'Hostile', new TextEncoder().encode(text));
      const refused = await admin.refused(checkImport, { params: { importId: id } });
      expect([400, 413]).toContain(refused.status);
      expect(await filesLeft()).not.toContain(`${id}.part`);
    },
    60_000,
  );

  test('many rows add up to the digit', async () => {
    const day = (index: number) => `2024-03-${String(1 + (index % 28)).padStart(2, '0')}`;
    const lines = Array.from({ length: 20_000 }, (_, index) => row(`acc${index % 500}`, day(index), '0.00000000001'));
    const source = await takeFile(north.id, 'Large', textFile([header, ...lines]), 'beside');
    expect(source.records).toBe(20_000);
    expect(await bySource()).toEqual([['Large', '0.0000002', 20_000]]);
    await remove(source.id);
  });
});
