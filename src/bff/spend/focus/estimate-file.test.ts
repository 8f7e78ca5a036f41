import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readRecords } from '../../../cli/testing/records-file.ts';
import type { ReadRecords, ReadRow } from '../../../cli/testing/records-file.ts';
import type { SpendFilter } from '../../../contract/canopy/spend.ts';
import { amountOf, exact, sum } from '../amount.ts';
import { defaultCard } from '../pricing/default-card.ts';
import { brokenRules } from './testing.ts';
import { refused } from './testing-records.ts';
import { byAccount, byText, openScene, person, question } from './testing-scene.ts';
import type { RecordsScene } from './testing-scene.ts';

let scene: RecordsScene;
beforeAll(async () => void (scene = await openScene()), 30_000);
afterAll(() => scene.close());
const take = async (...asked: Parameters<RecordsScene['take']>): Promise<ReadRecords> => readRecords(await scene.take(...asked));

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
    const answer = await scene.spend.ask(null, {
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
    const { total } = await scene.spend.ask(null, { ...asked, filters });
    const { rows } = await take('focus-estimate', format, { question: range });
    const records = rows.reduce((sum, row) => sum + Number(row['x_Records']), 0);
    expect(records).toBe(total.records);
    expect(records).toBeGreaterThan(0);
    expect((await scene.spend.measureRecords(null, range)).rows['focus-estimate']).toBe(rows.length);
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
      mayChange: { records: 0 },
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
    expect(
      of('u')
        .map((row) => `${row['BillingCurrency']} ${row['x_CostBasis']} ${row['x_AsSent']}`)
        .toSorted(byText),
    ).toEqual([
      'USD NoRate {"BillingCurrency":"GBP"}',
      'USD WithinAllowance null',
      'USD WithinAllowance {"BillingCurrency":"CHF"}',
      'USD WithinAllowance {"BillingCurrency":"chf"}',
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

test('who may not see persons gets no field that could name one', async () => {
  const { text } = await take('focus-estimate', 'csv', {}, 'billing-viewer');
  expect(text).not.toContain('@example.com');
});

test('there is no estimate while costs are being worked out', async () => {
  await scene.spend.close(); // nothing is priced any more
  const { version, card } = await scene.spend.rateCards.inForce(person('administrator'));
  await scene.spend.rateCards.save(person('administrator'), { base: version, note: '', card: { ...card, note: 'Another' } });
  const asked = { kind: 'records', form: 'focus-estimate', format: 'csv', question, withoutRate: 'zero' } as const;
  const refused = scene.spend.requireRecords(person('administrator'), asked);
  await expect(refused).rejects.toMatchObject({ report: { code: 'in_progress', retryAfterSeconds: 10 } });
  await expect(scene.spend.requireRecords(person('administrator'), { ...asked, form: 'focus-aligned' })).resolves.toBeUndefined();
  expect((await scene.spend.measureRecords(null, question)).monthsToPrice).toBeGreaterThan(0);
});
