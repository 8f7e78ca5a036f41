import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecords } from '../../../cli/testing/records-file.ts';
import type { ReadRow } from '../../../cli/testing/records-file.ts';
import { Stack } from '../../../cli/testing/stack.ts';
import { readUsageSince } from '../../../cli/testing/usage-read.ts';
import type { Visitor } from '../../../cli/testing/visitor.ts';
import { tiny } from '../../../cli/testing/world.ts';
import { createExport, measureRecords } from '../../../contract/canopy/exports.ts';
import type { ExportRequest, RecordForm, RecordFormat, RecordsQuestion } from '../../../contract/canopy/exports.ts';
import { askSpend } from '../../../contract/canopy/spend.ts';
import type { SpendFilter } from '../../../contract/canopy/spend.ts';
import { amountOf, exact, sum } from '../amount.ts';

const question: RecordsQuestion = {
  organization: tiny.root.id,
  descendants: true,
  from: '2026-09-01',
  to: '2026-09-16',
  filters: [],
};
const forms = ['focus-aligned', 'focus-estimate'] as const;
const formats = ['csv', 'parquet'] as const;
type Sent = Readonly<Record<string, string | null | undefined>>;

describe('records as files', () => {
  let stack: Stack;
  let admin: Visitor;

  beforeAll(async () => {
    stack = await Stack.start({ readsAhead: true });
    admin = await stack.signIn('admin');
    await readUsageSince(admin, '2026-07-01');
  }, 60_000);
  afterAll(() => stack.close());

  const request = (form: RecordForm, format: RecordFormat, more: Partial<RecordsQuestion> = {}): ExportRequest => ({
    kind: 'records',
    form,
    format,
    question: { ...question, ...more },
    withoutRate: 'zero',
  });
  const fetched = async (visitor: Visitor, body: ExportRequest): Promise<{ response: Response; fileName: string }> => {
    const { result } = await visitor.ask(createExport, { body });
    const headers = { cookie: visitor.cookie ?? '', 'sec-fetch-site': 'same-origin' };
    return { response: await fetch(`${stack.origin}${result.url}`, { headers }), fileName: result.fileName };
  };
  const take = async (visitor: Visitor, body: ExportRequest) => {
    const { response } = await fetched(visitor, body);
    return readRecords(new Uint8Array(await response.arrayBuffer()));
  };
  /** What the sandbox itself says of these days, with every number as the text it was sent as. */
  const sent = async (): Promise<Sent[]> => {
    const { email, key } = stack.credentials;
    const answers = [tiny.root, tiny.north, tiny.south, tiny.harbor].map(async ({ id }) => {
      const url = `${stack.sandboxOrigin}/client/v4/organizations/${id}/billable/usage?from=${question.from}&to=2026-09-15`;
      const answer = await fetch(url, { headers: { 'x-auth-email': email, 'x-auth-key': key } });
      const text = (await answer.text()).replace(/":(-?\d[\d.eE+-]*)/g, '":"$1"');
      return (JSON.parse(text) as { result: Sent[] }).result; // numbers are text by now
    });
    return (await Promise.all(answers)).flat();
  };
  const plain = (value: string | null | undefined) => (value === null || value === undefined ? null : amountOf(exact(value)));
  const numbers = ['ConsumedQuantity', 'PricingQuantity', 'ListUnitPrice', 'BilledCost', 'ListCost'];
  const texts = [
    'BillingAccountId',
    'BillingAccountName',
    'BillingCurrency',
    'ChargeClass',
    'ChargePeriodStart',
    'ConsumedUnit',
    'x_BillableMetricId',
    'x_ZoneId',
  ];
  const line = (row: Sent) => [...texts.map((name) => row[name] ?? null), ...numbers.map((name) => plain(row[name]))].join(' | ');

  it.each(formats)('hold in %s what the sandbox sent, record by record', async (format) => {
    const { response, fileName } = await fetched(admin, request('focus-aligned', format));
    expect(fileName).toBe(`canopy-focus-aligned-${format}-quillon-partners-2026-09-01-to-2026-09-15.zip`);
    expect(response.headers.get('content-type')).toBe('application/zip');
    const file = await readRecords(new Uint8Array(await response.arrayBuffer()));
    const all = await sent();
    const exactly = (row: ReadRow): Sent => ({ ...row, ...(JSON.parse(row['x_ExactValues'] ?? '{}') as Sent) }); // written as such
    expect(file.rows.map(exactly).map(line).toSorted()).toEqual(all.map(line).toSorted());
    const nulls = (rows: readonly Sent[]) => rows.filter((row) => row['BilledCost'] === null && 'BilledCost' in row).length;
    expect(file.rows.filter((row) => row['x_NullColumns']?.split(' ').includes('BilledCost'))).toHaveLength(nulls(all));
    expect(file.metadata).toMatchObject({
      scope: { organization: { id: tiny.root.id, name: 'Quillon Partners' }, organizations: 4 },
      window: { from: '2026-09-01', to: '2026-09-16', toIsIncluded: false },
      gaps: { days: [], readings: { failed: 0, listed: [] } },
    });
  });

  it.each(['2026-10-10', '2026-09-25', '2026-09-05', '2026-08-01'])('fit the memory of the engine from %s on', async (from) => {
    const { response } = await fetched(admin, request('focus-estimate', 'csv', { from, to: '2026-10-15' }));
    expect(response.status).toBe(200);
    expect((await readRecords(new Uint8Array(await response.arrayBuffer()))).rows.length).toBeGreaterThan(0);
  });

  it.each(formats)('cost in an estimate in %s what the page says, by account', async (format) => {
    const file = await take(admin, request('focus-estimate', format));
    const { result } = await admin.ask(askSpend, {
      body: {
        ...question,
        measure: { kind: 'spend', currency: 'USD' },
        granularity: 'day',
        groupBy: 'account',
        top: 100,
        compare: null,
      },
    });
    const cost = (row: ReadRow) => exact((row['x_CostBasis'] === 'Billed' ? row['BilledCost'] : row['EffectiveCost']) ?? null);
    for (const { key, total } of result.groups.filter((group) => group.total !== null)) {
      const rows = file.rows.filter((row) => row['BillingAccountId'] === key && row['BillingCurrency'] === 'USD');
      expect([key, amountOf(sum(rows.map(cost)))]).toEqual([key, total]);
    }
    expect(new Set(file.rows.map((row) => row['x_CostBasis']))).toEqual(
      new Set(['Billed', 'Estimated', 'WithinAllowance', 'NoRate']),
    );
  });

  it('are measured before they are asked for', async () => {
    const { result } = await admin.ask(measureRecords, { body: question });
    expect(result).toMatchObject({ days: { stored: 15, missing: 0 }, monthsToPrice: 0 });
    expect(result.missingColumns).toEqual(['ChargeClass', 'ServiceCategory', 'ServiceName']);
    for (const form of forms)
      for (const format of formats) {
        const { response } = await fetched(admin, request(form, format));
        const archive = new Uint8Array(await response.arrayBuffer());
        const file = await readRecords(archive);
        expect(file.rows).toHaveLength(result.rows[form]);
        const { download, unpacked } = result.bytes[form][format];
        expect([form, format, download / archive.byteLength > 0.3, download / archive.byteLength < 3]).toEqual([
          form,
          format,
          true,
          true,
        ]);
        expect([form, format, unpacked / file.metadata.file.bytes > 0.5, unpacked / file.metadata.file.bytes < 2]).toEqual([
          form,
          format,
          true,
          true,
        ]);
      }
  });

  it('are only of what the person sees and filters by', async () => {
    const partner = await stack.signIn('partner');
    const own = await take(partner, request('focus-aligned', 'csv', { organization: undefined }));
    const organizations = new Set(own.rows.map((row) => row['x_OrganizationId']));
    expect(organizations).toContain(tiny.north.id);
    expect([...organizations].filter((id) => id !== tiny.north.id && id !== tiny.harbor.id)).toEqual([]);
    expect((await partner.refused(createExport, { body: request('focus-aligned', 'csv') })).error.code).toBe('out_of_scope');
    expect((await partner.refused(measureRecords, { body: question })).error.code).toBe('out_of_scope');
    const filters: SpendFilter[] = [{ dimension: 'family', operator: 'is', values: ['r2'] }];
    const filtered = await take(admin, request('focus-estimate', 'parquet', { filters }));
    expect(new Set(filtered.rows.map((row) => row['x_ProductFamilyId']))).toEqual(new Set(['r2']));
    expect(filtered.metadata['filters']).toEqual(filters);
  });

  it('carry no address to who may not read people', async () => {
    const billing = await stack.signIn('billing');
    for (const form of forms) {
      const file = await take(billing, request(form, 'csv'));
      expect(file.text).not.toMatch(/[^\s",]@[^\s",]/);
      expect(file.columns.map(({ name }) => name)).not.toContain('x_OtherColumns');
    }
    const viewer = await stack.signIn('viewer');
    expect((await viewer.refused(createExport, { body: request('focus-aligned', 'csv') })).error.code).toBe('not_allowed');
    expect((await viewer.refused(measureRecords, { body: question })).error.code).toBe('not_allowed');
  });

  it('leave nothing behind, read or not', async () => {
    const { response } = await fetched(admin, request('focus-aligned', 'csv'));
    await response.body?.cancel();
    await take(admin, request('focus-aligned', 'csv'));
    const folder = join(stack.dataDir, 'canopy.duckdb.files');
    expect(await readdir(folder)).toEqual([]);
  });

  it('refuse wrong ranges before there is a link', async () => {
    const wrong = await admin.refused(createExport, { body: request('focus-aligned', 'csv', { to: '2026-09-01' }) });
    expect(wrong.error).toMatchObject({ code: 'invalid_request', fields: [{ field: 'to' }] });
  });
});
