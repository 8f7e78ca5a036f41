import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readRecords } from '../../../cli/testing/records-file.ts';
import type { ReadRecords, ReadRow } from '../../../cli/testing/records-file.ts';
import type { ExportRequest, RecordForm, RecordFormat } from '../../../contract/canopy/exports.ts';
import type { SpendFilter } from '../../../contract/canopy/spend.ts';
import { openDatabase } from '../../database/open.ts';
import type { Database } from '../../database/open.ts';
import { recordsArchive } from '../../exports/records-archive.ts';
import { newSha256 } from '../../node/digest.ts';
import type { Person, Spend } from '../../services.ts';
import { amountOf, exact, sum } from '../amount.ts';
import { addDays } from '../days.ts';
import { defaultCard } from '../pricing/default-card.ts';
import { createSpend } from '../spend.ts';
import { fakeDirectory, FakeUpstream, noFiles, organization, recordText, silent, StillClock } from '../testing.ts';
import { recordsFileName } from './open-records.ts';
import { brokenRules } from './testing.ts';

const root = organization('root');
const east = organization('east');
const everything = { scope: null, organization: undefined, descendants: true };
const person = (role: Person['role']): Person => ({ id: 'p', name: 'P', email: 'p@example.com', role, scope: null });
const days = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04'] as const;

let database: Database;
let spend: Spend;

const whole = (day: string) => ({ ChargePeriodStart: `${day}T00:00:00Z`, ChargePeriodEnd: `${addDays(day, 1)}T00:00:00Z` });

/** Every metric of the card on days below its allowance, across it, beyond it, and with a fraction. */
function everyMetric(day: string, index: number): string[] {
  return defaultCard.lines.map((line) => {
    const included = Number(line.included.quantity) || 1;
    const per = Number(line.price?.per ?? '1');
    const quantity = [included * 0.4, included + per * 2.5, per * 3 + 7, 0.0000473][index] ?? 0;
    return recordText(
      'a',
      day,
      {
        ...whole(day),
        ChargeDescription: `${line.name} — daily usage`,
        ConsumedUnit: line.unit,
        x_BillableMetricId: line.metric,
        x_BillableMetricName: line.name,
        x_ProductFamilyId: undefined,
        x_ProductFamilyName: line.family,
      },
      `"ConsumedQuantity":${quantity.toFixed(7)}`,
    );
  });
}

/** What is odd in one way each. */
function oddities(day: string): string[] {
  const quantity = '"ConsumedQuantity":5';
  const billed = '"ConsumedQuantity":2000000,"BilledCost":0.60,"EffectiveCost":0.60,"ContractedCost":0.60,"ListCost":0.80';
  const prices = '"PricingQuantity":2,"ListUnitPrice":0.40,"ContractedUnitPrice":0.30';
  const period = { BillingPeriodStart: '2026-10-12T00:00:00Z', BillingPeriodEnd: '2026-11-12T00:00:00Z' };
  return [
    recordText('b', day, { ...whole(day), BillingAccountName: 'Köln “Nord” GmbH', RegionId: 'WEUR' }, quantity),
    recordText('0123456789', day, { ...whole(day), BillingAccountName: '=cmd|x', x_ZoneName: '+evil', x_ZoneId: 'z1' }, quantity),
    recordText(
      'h',
      day,
      { ...whole(day), ...period, BillingCurrency: 'usd', PricingUnit: '1000000 Requests' },
      `${billed},${prices}`,
    ),
    recordText('c', day, { ...whole(day), ...period, BillingCurrency: 'EUR' }, '"ConsumedQuantity":3,"BilledCost":0.1'),
    recordText(
      'c',
      day,
      { ...whole(day), ...period, BillingCurrency: 'USD', ChargeClass: 'Correction' },
      '"ConsumedQuantity":-1000,"BilledCost":-0.0003',
    ),
    recordText(
      'd',
      day,
      { ...whole(day), ConsumedUnit: 'GB-months', x_BillableMetricId: 'kv_storage', SubAccountId: 's-1' },
      '"ConsumedQuantity":40.25,"RegionId":null',
    ),
    recordText(
      'd',
      day,
      {
        ...whole(day),
        x_BillableMetricId: 'unheard_of',
        x_BillableMetricName: 'Unheard',
        ConsumedUnit: '',
        x_ProductFamilyId: 'new',
        x_ProductFamilyName: 'New',
      },
      quantity,
    ),
    recordText(
      'e',
      day,
      { ...whole(day), InvoiceIssuerName: 'A Reseller', ServiceProviderName: 'Cloudflare, Inc.' },
      '"ConsumedQuantity":30000000',
    ),
    recordText('f', day, { ...whole(day), Colour: { of: 'somebody@example.com' } }, '"ConsumedQuantity":1e3'),
    recordText('f', day, { ...whole(day) }, '"ConsumedQuantity":0.12345678901234567890'),
    recordText('g', day, { ChargePeriodStart: `${day}T05:00:00Z`, ChargePeriodEnd: `${day}T06:00:00Z` }, quantity),
  ];
}

/** Units that are none of FOCUS. */
const units = [
  'GB-Month',
  'NULL',
  '%',
  'Requests (Millions)',
  'Mb/S',
  '1,000 Requests',
  '1000 GB-Months',
  '4K Minutes',
  'µs',
  'Pay-As',
];

/** What breaks a rule of the format if it is passed on. */
function breaking(day: string): string[] {
  const quantity = '"ConsumedQuantity":5';
  const unheard = { ...whole(day), x_BillableMetricId: 'unheard_of', x_BillableMetricName: 'Unheard' };
  const billed = { ...whole(day), BillingCurrency: 'USD' };
  const none = { x_BillableMetricId: undefined, x_BillableMetricName: undefined };
  const noFamily = { x_ProductFamilyId: undefined, x_ProductFamilyName: undefined };
  const prices = '"PricingQuantity":2,"ListUnitPrice":0.40,"ContractedUnitPrice":0.30';
  return [
    ...units.map((unit) => recordText('i', day, { ...unheard, ConsumedUnit: unit }, quantity)),
    recordText(
      'i',
      day,
      { ...billed, PricingUnit: '1000000 GB-Seconds' },
      `${quantity},"BilledCost":0.6,"ListCost":0.8,${prices}`,
    ),
    // matched by name: with another id, and without one
    recordText('j', day, { ...whole(day), x_BillableMetricId: 'another_id' }, quantity),
    recordText('j', day, { ...whole(day), x_BillableMetricId: undefined }, quantity),
    recordText('20261101', day, { ...whole(day), BillingAccountName: '2026', SubAccountId: '7001' }, quantity),
    recordText('k', day, { ...unheard, x_ProductFamilyId: 'r2', x_ProductFamilyName: 'R2 Storage' }, quantity),
    recordText('k', day, { ...unheard, x_ProductFamilyId: undefined, x_ProductFamilyName: 'R2 Storage' }, quantity),
    recordText('k', day, { ...unheard, x_ProductFamilyId: undefined, x_ProductFamilyName: 'r2 ' }, quantity),
    recordText('k', day, { ...unheard, x_ProductFamilyId: 'workers', x_ProductFamilyName: 'New' }, quantity),
    recordText('k', day, { ...whole(day), ...noFamily, x_BillableMetricId: undefined, x_BillableMetricName: 'R2' }, quantity),
    recordText(
      'l',
      day,
      { ...billed, ChargeCategory: 'Tax', ChargeFrequency: 'Recurring', PricingUnit: 'Invoices' },
      `"ConsumedQuantity":3,"BilledCost":0.6,${prices}`,
    ),
    recordText('l', day, { ...whole(day), ChargeCategory: 'Tax' }, quantity),
    recordText('m', day, { ...billed, ChargeCategory: 'Purchase' }, '"ConsumedQuantity":1,"BilledCost":20,"EffectiveCost":0'),
    ...['ABC', 'DEM', '$', 'usd'].map((currency) =>
      recordText('n', day, { ...whole(day), BillingCurrency: currency }, '"ConsumedQuantity":5,"BilledCost":0.5'),
    ),
    recordText('i', day, billed, `${quantity},"BilledCost":0,"PricingQuantity":0`),
    // more than a hundred million, as they are soon in rupiahs
    recordText('s', day, { ...billed, BillingCurrency: 'IDR' }, '"ConsumedQuantity":3,"BilledCost":400000000000'),
    recordText('s', day, { ...billed, BillingCurrency: 'VND' }, '"ConsumedQuantity":700000000000,"BilledCost":700000000'),
    recordText('t', day, { ...whole(day) }, '"ConsumedQuantity":1000000000000007'),
    recordText('o', day, { ...whole(day), ...none, ...noFamily }, quantity),
    recordText('o', day, { ...whole(day), ...none, ...noFamily, x_ProductFamilyName: '', BillingAccountName: '' }, quantity),
    recordText('p', day, { ...whole(day), BillingAccountName: 'NULL' }, quantity),
    recordText('q', day, { ...unheard, BillingAccountName: 'INVALID', SubAccountId: 'NULL', RegionId: 'INVALID_INT' }, quantity),
    recordText(
      'r',
      day,
      billed,
      '"ConsumedQuantity":2000000,"BilledCost":-0.6,"ListCost":-0.8,"PricingQuantity":2,"ListUnitPrice":-0.40,"ContractedUnitPrice":-0.30',
    ),
  ];
}

/** What is true, and still breaks a rule of the validator. */
function trueButRefused(day: string): string[] {
  const billed = { ...whole(day), BillingCurrency: 'USD' };
  return [
    recordText('x', day, { ...billed, InvoiceIssuerName: 'A Reseller' }, '"ConsumedQuantity":5,"BilledCost":0.5'),
    recordText('y', day, { ...billed, ChargeCategory: 'Purchase', ChargeFrequency: 'Recurring' }, '"BilledCost":20'),
    recordText('z', day, { ...billed, BillingCurrency: 'ZWG' }, '"ConsumedQuantity":5,"BilledCost":0.5'),
  ];
}
const refused: ReadonlySet<string | null | undefined> = new Set(['x', 'y', 'z']);

beforeAll(async () => {
  const upstream = new FakeUpstream();
  const clock = new StillClock('2026-11-05T12:00:00Z');
  database = await openDatabase(':memory:');
  spend = createSpend({
    database,
    upstream: upstream.upstream,
    directory: fakeDirectory({ [root]: null, [east]: root }),
    clock,
    log: silent,
    historyStart: '2026-11-01',
    ...noFiles,
  });
  for (const [index, day] of days.entries())
    upstream.put(
      east,
      day,
      ...everyMetric(day, index),
      ...(index === 1 ? oddities(day) : []),
      ...(index === 2 ? [...breaking(day), ...trueButRefused(day)] : []),
    );
  const idle = clock.nextLongSleep();
  spend.start();
  await idle;
  await vi.waitFor(async () => expect((await spend.state(everything)).pricing.monthsLeft).toBe(0), { timeout: 20_000 });
}, 30_000);
afterAll(async () => {
  await spend.close();
  await database.close();
});

async function take(
  form: RecordForm,
  format: RecordFormat,
  more: Partial<Asked> = {},
  role: Person['role'] = 'administrator',
): Promise<ReadRecords> {
  const question = { descendants: true, from: '2026-11-01', to: '2026-11-06', filters: [] };
  const request = { kind: 'records', form, format, question, withoutRate: 'zero', ...more } as const;
  const pieces: Uint8Array[] = [];
  const records = spend.records(person(role), request, new AbortController().signal);
  for await (const piece of recordsArchive(recordsFileName(request), records, newSha256, Date.parse('2026-11-05T12:00:00Z')))
    pieces.push(piece);
  return readRecords(Buffer.concat(pieces));
}
type Asked = Extract<ExportRequest, { kind: 'records' }>;

const byText = (a: string, b: string) => (a < b ? -1 : 1);
const byAccount = (rows: readonly ReadRow[], account: string) => rows.filter((row) => row['BillingAccountId'] === account);

describe.each(['csv', 'parquet'] as const)('an estimate in %s', (format) => {
  let file: ReadRecords;
  beforeAll(async () => void (file = await take('focus-estimate', format)));

  test('keeps every rule but the one that cannot be kept', () => {
    const rows = file.rows.filter((row) => !refused.has(row['BillingAccountId']));
    const broken = brokenRules({ ...file, rows }, format);
    expect([...broken].filter(([rule]) => rule !== 'InvoiceId-of-invoiced')).toEqual([]);
    expect([...broken.keys()]).toEqual(['InvoiceId-of-invoiced']);
  });

  test('tells the truth where the validator refuses it, and names those rules', () => {
    const rows = file.rows.filter((row) => refused.has(row['BillingAccountId']));
    expect([...brokenRules({ ...file, rows }, format).keys()].toSorted(byText)).toEqual([
      'BilledCost-of-others',
      'BillingCurrency-values',
      'EffectiveCost-of-purchase',
      'InvoiceId-of-invoiced',
    ]);
    expect(JSON.stringify(file.metadata['refusedByTheValidator'])).toMatch(
      /InvoiceId-C-005-C.*BilledCost-C-005-C.*EffectiveCost-C-005-C.*BillingCurrency-C-006-M/,
    );
  });

  test('has all metrics of the card, and costs what the page says', async () => {
    expect(new Set(byAccount(file.rows, 'a').map((row) => row['SkuId'])).size).toBe(defaultCard.lines.length);
    const answer = await spend.ask(null, {
      descendants: true,
      measure: { kind: 'spend', currency: 'USD' },
      from: '2026-11-01',
      to: '2026-11-06',
      granularity: 'day',
      groupBy: 'account',
      filters: [],
      top: 100,
      compare: null,
    });
    const cost = (row: ReadRow) => (row['x_CostBasis'] === 'Billed' ? row['BilledCost'] : row['EffectiveCost']) ?? null;
    for (const { key, total } of answer.groups.filter((group) => group.key !== 'h')) {
      // 'h' was sent in "usd", which the page takes for another currency
      const rows = byAccount(file.rows, key ?? '').filter((row) => row['BillingCurrency'] === 'USD');
      expect([key, amountOf(sum(rows.map((row) => exact(cost(row)))))]).toEqual([key, total ?? '0']);
    }
  });

  test.each([['USD'], ['EUR'], [null]])('holds the records that the page counts where the currency is %s', async (currency) => {
    const filters: SpendFilter[] = [{ dimension: 'currency', operator: 'is', values: [currency] }];
    const range = { descendants: true, from: '2026-11-01', to: '2026-11-06', filters };
    const measure = { kind: 'spend', currency: currency ?? 'USD' } as const;
    const asked = { ...range, measure, granularity: 'day', groupBy: null, top: 1, compare: null } as const;
    const { total } = await spend.ask(null, { ...asked, filters });
    const { rows } = await take('focus-estimate', format, { question: range });
    const records = rows.reduce((sum, row) => sum + Number(row['x_Records']), 0);
    expect(records).toBe(total.records);
    expect(records).toBeGreaterThan(0);
    expect((await spend.measureRecords(null, range)).rows['focus-estimate']).toBe(rows.length);
  });

  test('counts blocks on the day they are begun', () => {
    const requests = file.rows.filter((row) => row['SkuId'] === 'workers_cpu_ms');
    const shown = requests.map((row) =>
      [row['ChargePeriodStart']?.slice(0, 10), Number(row['PricingQuantity']), Number(row['ListCost'])].join(' '),
    );
    expect(shown.toSorted()).toEqual(['2026-11-01 0 0', '2026-11-02 15 0.3', '2026-11-03 3 0.06', '2026-11-04 0 0']);
    expect(new Set(requests.map((row) => `${row['PricingUnit']} ${Number(row['ListUnitPrice'])}`))).toEqual(
      new Set(['1000000 Milliseconds 0.02']),
    );
  });

  test('says what was changed, and by what a cost is founded', () => {
    const [koeln] = byAccount(file.rows, 'b');
    expect(koeln).toMatchObject({ BillingAccountName: 'Koln "Nord" GmbH', RegionId: 'WEUR', RegionName: 'WEUR' });
    expect(JSON.parse(koeln?.['x_AsSent'] ?? '{}')).toEqual({ BillingAccountName: 'Köln “Nord” GmbH' });
    const [bill] = byAccount(file.rows, 'h');
    expect(bill).toMatchObject({
      x_CostBasis: 'Billed',
      BillingCurrency: 'USD',
      x_BillingPeriodBasis: 'Sent',
      x_RateCardId: null,
    });
    expect([bill?.['ListCost'], bill?.['ContractedCost']].map(Number)).toEqual([0.8, 0.6]);
    const stored = byAccount(file.rows, 'd').find((row) => row['SkuId'] === 'kv_storage');
    expect(stored).toMatchObject({
      ConsumedUnit: 'GB-Months',
      PricingUnit: 'GB-Months',
      SubAccountName: 's-1',
      SubAccountType: 'Subscription',
    });
    const unknown = byAccount(file.rows, 'd').find((row) => row['SkuId'] === 'unheard_of');
    expect(unknown).toMatchObject({ x_CostBasis: 'NoRate', ServiceCategory: 'Other', ConsumedUnit: 'Units' });
    expect(Number(unknown?.['BilledCost'])).toBe(0);
    const [resold] = byAccount(file.rows, 'e');
    expect([resold?.['InvoiceIssuerName'], resold?.['ProviderName'], Number(resold?.['BilledCost'])]).toEqual([
      'A Reseller',
      'Cloudflare',
      0,
    ]);
    expect(Number(resold?.['EffectiveCost'])).toBe(6);
    expect(file.metadata).toMatchObject({
      specification: { name: 'FOCUS', version: '1.2', conformant: false },
      rateCard: { id: defaultCard.id, version: 1, currency: 'USD' },
      file: { rows: file.rows.length },
      gaps: { days: [{ day: '2026-11-05', state: 'today' }] },
    });
  });
});

describe.each(['csv', 'parquet'] as const)('what the format does not allow, in %s', (format) => {
  let rows: readonly ReadRow[];
  beforeAll(async () => void ({ rows } = await take('focus-estimate', format)));
  const asSent = (row: ReadRow | undefined): unknown => JSON.parse(row?.['x_AsSent'] ?? '{}');
  const of = (account: string) => byAccount(rows, account);
  const by = (account: string, column: string, value: string) => of(account).find((row) => row[column] === value);

  test('are units, which are said in its words', () => {
    const said = of('i').filter((row) => row['SkuId'] === 'unheard_of');
    const bySent = new Map(said.map((row) => [(asSent(row) as { ConsumedUnit: string }).ConsumedUnit, row['ConsumedUnit']]));
    expect(Object.fromEntries(bySent)).toEqual({
      'GB-Month': 'GB-Months',
      NULL: 'Units',
      '%': 'Percent',
      'Requests (Millions)': 'Requests Millions',
      'Mb/S': 'Mb/Second',
      '1,000 Requests': '1000 Requests',
      '1000 GB-Months': '1000 GB Months',
      '4K Minutes': 'Units',
      µs: 'Us',
      'Pay-As': 'Pay As',
    });
    const priced = by('i', 'PricingUnit', '1000000 GB Seconds');
    expect([asSent(priced), Number(priced?.['PricingQuantity'])]).toEqual([{ PricingUnit: '1000000 GB-Seconds' }, 2]);
  });

  test('is one price of two metrics, or two classes of one service', () => {
    expect(new Set(of('j').map((row) => row['SkuPriceId']))).toEqual(
      new Set(['cloudflare-list:another_id', 'cloudflare-list:Workers Standard Requests']),
    );
    const services = of('k').map((row) => [row['x_ProductFamilyName'], row['ServiceName'], row['ServiceCategory']].join());
    expect(services.toSorted(byText)).toEqual([
      ',R2,Storage',
      'New,Workers,Compute',
      'R2 Storage,R2 Storage,Other',
      'R2 Storage,R2,Storage',
      'r2 ,R2,Storage',
    ]);
    expect(asSent(by('k', 'x_ProductFamilyId', 'workers'))).toEqual({ ServiceName: 'New' });
  });

  test('are quantities and prices of taxes, and purchases by usage', () => {
    const tax = of('l').find((row) => row['x_CostBasis'] === 'Billed');
    expect(tax).toMatchObject({ PricingQuantity: null, PricingUnit: null, ConsumedQuantity: null, ContractedUnitPrice: null });
    expect(tax).toMatchObject({
      SkuId: null,
      ChargeDescription: 'Workers Standard Requests',
      x_BillableMetricId: expect.any(String),
    });
    const sent = asSent(tax) as Record<string, string>;
    expect(Object.entries(sent).map(([name, value]) => `${name} ${Number(value) || value}`)).toEqual([
      'ConsumedUnit Requests',
      'PricingUnit Invoices',
      'ConsumedQuantity 3',
      'PricingQuantity 2',
      'ListUnitPrice 0.4',
      'ContractedUnitPrice 0.3',
    ]);
    const [purchase] = of('m');
    expect([purchase?.['ChargeFrequency'], Number(purchase?.['EffectiveCost'])]).toEqual(['One-Time', 0]);
    expect(asSent(purchase)).toMatchObject({ ChargeFrequency: 'Usage-Based', ConsumedUnit: 'Requests' });
  });

  test('are currencies that are none, and prices below zero', () => {
    expect(
      of('n')
        .map((row) => `${row['BillingCurrency']} ${row['x_AsSent']}`)
        .toSorted(byText),
    ).toEqual([
      'USD {"BillingCurrency":"usd"}',
      'XXX {"BillingCurrency":"$"}',
      'XXX {"BillingCurrency":"ABC"}',
      'XXX {"BillingCurrency":"DEM"}',
    ]);
    const [refund] = of('r');
    const columns = ['PricingQuantity', 'ListUnitPrice', 'ContractedUnitPrice', 'BilledCost', 'ListCost'];
    expect(columns.map((name) => Number(refund?.[name]))).toEqual([-2, 0.4, 0.3, -0.6, -0.8]);
    const sent = asSent(refund) as Record<string, string>;
    expect(columns.map((name) => Number(sent[name]))).toEqual([2, -0.4, -0.3, NaN, NaN]);
  });

  test('are not amounts of hundreds of millions', () => {
    const shown = [...of('s'), ...of('t')].map((row) =>
      ['PricingQuantity', 'ContractedUnitPrice', 'ContractedCost']
        .map((name) => row[name]?.replace(/\.0+$|(\.\d*?)0+$/, '$1'))
        .join(' '),
    );
    expect(shown.toSorted(byText)).toEqual([
      '3 133333333333.333333333333333333 400000000000',
      '700000000000 0.001 700000000',
      '999999991 0.3 299999997.3',
    ]);
  });

  test('is a thing without a name, and a name that says there is none', () => {
    for (const row of of('o'))
      expect(row).toMatchObject({ SkuId: 'unknown', SkuMeter: 'unknown', ChargeDescription: 'unknown', ServiceName: 'Unknown' });
    expect(new Set(of('o').map((row) => row['BillingAccountName']))).toEqual(new Set(['Account o', 'o']));
    const name = format === 'csv' ? "'NULL" : 'NULL';
    expect(of('p').map((row) => row['BillingAccountName'])).toEqual([name]);
    expect(of('q').map((row) => [row['SubAccountId'], row['SubAccountName']])).toEqual([[name, name]]);
  });
});

test('records without a rate are left out where somebody wants that, and counted', async () => {
  const [all, priced] = [
    await take('focus-estimate', 'parquet'),
    await take('focus-estimate', 'parquet', { withoutRate: 'exclude' }),
  ];
  const none = all.rows.filter((row) => row['x_CostBasis'] === 'NoRate').length;
  expect(none).toBeGreaterThan(5);
  expect([priced.rows.length, priced.metadata['leftOut']]).toEqual([
    all.rows.length - none,
    { toldByDeeperOrganization: 0, withoutRate: none },
  ]);
});

test('CSV is text that no reader takes for something else', async () => {
  const { text, columns } = await take('focus-estimate', 'csv');
  expect(text).toContain('"0123456789"');
  expect(text).toContain("'=cmd|x");
  expect(text).toContain("'+evil");
  expect(text).not.toMatch(/\d[eE]\+/);
  expect(text).not.toMatch(/'-?\d/);
  expect(columns.find(({ name }) => name === 'BillingAccountId')?.type).toBe('VARCHAR');
});

describe.each(['csv', 'parquet'] as const)('records as sent, in %s', (format) => {
  let file: ReadRecords;
  beforeAll(async () => void (file = await take('focus-aligned', format)));

  test('hold every record with its digits, and what is absent apart from what is null', () => {
    expect(file.rows).toHaveLength(
      4 * defaultCard.lines.length + 11 + breaking('2026-11-03').length + trueButRefused('2026-11-03').length,
    );
    const odd = byAccount(file.rows, 'f');
    expect(odd.map((row) => row['ConsumedQuantity'] ?? '').toSorted(byText)).toEqual(
      format === 'csv' ? ['0.123456789012', '1000.0'] : ['0.123456789012', '1000.000000000000'],
    );
    expect(JSON.parse(odd.find((row) => row['x_ExactValues'])?.['x_ExactValues'] ?? '{}')).toEqual({
      ConsumedQuantity: '0.12345678901234567890',
    });
    expect(JSON.parse(odd.find((row) => row['x_OtherColumns'])?.['x_OtherColumns'] ?? '{}')).toEqual({
      Colour: { of: 'somebody@example.com' },
    });
    expect(
      byAccount(file.rows, 'd')
        .map((row) => `${row['RegionId']} ${row['x_NullColumns']}`)
        .toSorted(),
    ).toEqual(['null RegionId', 'null null']);
    expect(byAccount(file.rows, 'b')[0]).toMatchObject({
      BillingAccountName: 'Köln “Nord” GmbH',
      ChargePeriodStart: '2026-11-02T00:00:00Z',
      ChargePeriodEnd: '2026-11-03T00:00:00Z',
      BilledCost: null,
    });
    expect(byAccount(file.rows, 'g')[0]).toMatchObject({
      ChargePeriodStart: '2026-11-02T05:00:00Z',
      ChargePeriodEnd: '2026-11-02T06:00:00Z',
    });
    expect(byAccount(file.rows, 'd').find((row) => row['ConsumedUnit'] === '')).toBeDefined();
  });

  test('have their own columns last, and say what is missing', () => {
    const own = file.columns.map(({ name }) => name.startsWith('x_'));
    expect(own.lastIndexOf(false)).toBe(own.indexOf(true) - 1);
    expect(file.metadata).toMatchObject({
      specification: { version: '1.3', conformant: false },
      missingMandatoryColumns: ['HostProviderName', 'ServiceCategory', 'ServiceName'],
    });
    expect(JSON.stringify(file.metadata['partlyMissingColumns'])).toContain('"BilledCost"');
  });
});

test('who may not see persons gets no field that could name one', async () => {
  for (const form of ['focus-aligned', 'focus-estimate'] as const) {
    const { text } = await take(form, 'csv', {}, 'billing-viewer');
    expect(text).not.toContain('@example.com');
  }
});

test('there is no estimate while costs are being worked out', async () => {
  await spend.close(); // nothing is priced any more
  const { version, card } = await spend.rateCards.inForce(person('administrator'));
  await spend.rateCards.save(person('administrator'), { base: version, note: '', card: { ...card, note: 'Another' } });
  const question = { descendants: true, from: '2026-11-01', to: '2026-11-06', filters: [] };
  const asked = { kind: 'records', form: 'focus-estimate', format: 'csv', question, withoutRate: 'zero' } as const;
  const refused = spend.requireRecords(person('administrator'), asked);
  await expect(refused).rejects.toMatchObject({ report: { code: 'in_progress', retryAfterSeconds: 10 } });
  await expect(spend.requireRecords(person('administrator'), { ...asked, form: 'focus-aligned' })).resolves.toBeUndefined();
  expect((await spend.measureRecords(null, question)).monthsToPrice).toBeGreaterThan(0);
});
