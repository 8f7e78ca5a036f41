import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkFile, textFile } from '../../cli/testing/import-file.ts';
import { Stack } from '../../cli/testing/stack.ts';
import { readUsageSince, untilPriced } from '../../cli/testing/usage-read.ts';
import type { Visitor } from '../../cli/testing/visitor.ts';
import { tiny } from '../../cli/testing/world.ts';
import { changeImport, deleteImport, takeImport } from '../../contract/canopy/imports.ts';
import { getSpendQuality, listRestatements } from '../../contract/canopy/spend-quality.ts';
import { controlSpendSync, getSpendState } from '../../contract/canopy/spend.ts';

const { north, south, harbor, accounts } = tiny;

describe('how far records can be relied on', () => {
  let stack: Stack;
  let admin: Visitor;
  let partner: Visitor;

  beforeAll(async () => {
    stack = await Stack.start({ readsAhead: true });
    admin = await stack.signIn('admin');
    partner = await stack.signIn('partner');
    await readUsageSince(admin, '2026-09-10');
  }, 60_000);
  afterAll(() => stack.close());

  const until = (holds: () => Promise<void>) => vi.waitFor(holds, { timeout: 40_000, interval: 100 });
  const fetchAgain = async (day: string, organization: string) => {
    const before = (await stack.mark()) + 1;
    await admin.ask(controlSpendSync, { body: { action: 'fetch', days: [day], organizationIds: [organization] } });
    await until(async () => {
      expect((await stack.requestsSince(before - 1)).requests.length).toBeGreaterThan(0);
      expect((await admin.ask(getSpendState)).result.sync.status).toBe('paused');
    });
  };
  const restated = async (visitor = admin) => (await visitor.ask(listRestatements)).result.restatements;

  test('a whole day that is told otherwise later is listed by account and metric, with what was read first', async () => {
    const day = '2026-10-10';
    expect((await restated()).total).toBe(0);
    await stack.behave({ restatedDay: day });
    await fetchAgain(day, north.id);
    const first = await restated();
    expect(first.total).toBeGreaterThan(0);
    const row = first.rows.find(({ quantity }) => quantity.before !== null);
    expect(row).toMatchObject({ day, organizationName: north.name });
    expect(Number(row?.quantity.after)).toBeCloseTo(2 * Number(row?.quantity.before), 6);
    expect(row?.billed.after).toBe(row?.billed.before);
    expect((await admin.ask(listRestatements, { query: { organization: south.id } })).result.restatements.total).toBe(0);

    // told as at first again, it is no restatement any more
    await stack.behave({ restatedDay: null });
    await fetchAgain(day, north.id);
    expect((await restated()).total).toBe(0);
  });

  test('corrections are listed by the day they correct, and what they come to', async () => {
    const { corrections } = (await admin.ask(listRestatements)).result;
    expect(corrections.total).toBeGreaterThan(0);
    expect(corrections.rows[0]?.day).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(corrections.net.every(({ billed }) => Number(billed) < 0)).toBe(true);
  });

  test('findings say what is missing, has no price, or is odd, with the filter that shows it', async () => {
    const file = textFile([
      'BillingAccountId,ChargePeriodStart,BilledCost,BillingCurrency,PricingQuantity,ListUnitPrice,ListCost,ConsumedQuantity,SkuId',
      '77,2026-10-05,-4,GBP,2,3,7,1,unknown-sku',
      '77,2026-10-06,,GBP,2,3,6,1,unknown-sku',
    ]);
    const { id } = await checkFile(admin, harbor.id, 'Odd', file);
    await admin.ask(takeImport, { params: { importId: id }, body: { counts: 'beside' } });
    await untilPriced(admin);
    const of = (kind: string, findings: readonly { kind: string; filter: unknown; records: number }[]) =>
      findings.filter((finding) => finding.kind === kind).map(({ filter, records }) => ({ filter, records }));
    const is = (dimension: string, value: string) => ({ dimension, operator: 'is', values: [value] });
    const { result } = await admin.ask(getSpendQuality, {
      query: { organization: harbor.id, from: '2026-10-01', to: '2026-10-15' },
    });
    expect(of('no-rate', result.findings)).toContainEqual({ filter: is('metric', 'unknown-sku'), records: 1 });
    expect(of('negative', result.findings)).toContainEqual({ filter: is('account', '77'), records: 1 });
    expect(of('equation', result.findings)).toContainEqual({ filter: is('account', '77'), records: 1 });
    expect(result.organizations).toMatchObject({ total: 1, incomplete: 0 });
    const whole = (await admin.ask(getSpendQuality, { query: { from: '2026-10-01', to: '2026-10-15' } })).result;
    expect(of('currency', whole.findings).map(({ filter }) => filter)).toContainEqual(is('currency', 'EUR'));
    expect(whole.accounts.total).toBeGreaterThan(1);
    expect(whole.accounts.rows.map(({ id: account }) => account)).not.toContain(accounts.empty.id);

    expect((await admin.refused(getSpendQuality, { query: { from: '2026-01-01', to: '2026-10-15' } })).status).toBe(400);
    const seen = await partner.try(getSpendQuality, { query: { organization: south.id } });
    expect(seen.status).toBe(403);
  });

  test('what a file holds that is new to Canopy is named as long as the file counts', async () => {
    const file = textFile([
      'BillingAccountId,ChargePeriodStart,BilledCost,BillingCurrency,ChargeCategory,ChargeFrequency,ConsumedQuantity,ConsumedUnit,x_Team,Tags,ContractApplied,AllocatedTags',
      '78,2026-10-05,4,USD,Refund,Weekly,1,Fathoms,red,{},{},{}',
      '78,2026-10-06,4,USD,Usage,Usage-based,1,Fathoms,red,{},{},{}',
      '78,2026-10-06,4,USD,Usage,Usage-Based,1,Hours,red,{},{},{}',
    ]);
    const { id } = await checkFile(admin, harbor.id, 'New', file);
    await admin.ask(takeImport, { params: { importId: id }, body: { counts: 'beside' } });
    const named = async () => {
      const { result } = await admin.ask(getSpendQuality, {
        query: { organization: harbor.id, from: '2026-10-01', to: '2026-10-15' },
      });
      const notes = result.findings.filter(({ kind }) => kind.startsWith('unknown-'));
      return notes.map(
        ({ kind, text, records }) => `${kind} ${/“(.+)”|column (\S+)/.exec(text)?.slice(1).join('') ?? ''} ${records}`,
      );
    };
    expect((await named()).toSorted()).toEqual([
      'unknown-category Refund 1',
      'unknown-column x_Team 3',
      'unknown-frequency Weekly 1',
      'unknown-unit Fathoms 2',
    ]);
    await admin.ask(changeImport, { params: { importId: id }, body: { counts: 'none' } });
    expect(await named()).toEqual([]);
    await admin.ask(changeImport, { params: { importId: id }, body: { counts: 'beside' } });
    expect(await named()).toHaveLength(4);
    await admin.ask(deleteImport, { params: { importId: id } });
    expect(await named()).toEqual([]);
  });

  test('a complete day that cannot be read again is complete', async () => {
    await stack.addFault({
      match: { path: `/organizations/${north.id}/billable/usage` },
      fault: { kind: 'status', status: 500, body: 'json', code: 7003, message: 'Could not route' },
      times: null,
    });
    await fetchAgain('2026-10-10', north.id);
    await stack.clearFaults();
    expect((await admin.ask(getSpendState)).result.failures).toHaveLength(1);
    const query = { organization: north.id, from: '2026-10-10', to: '2026-10-11' };
    expect((await admin.ask(getSpendQuality, { query })).result.organizations).toEqual({ total: 2, incomplete: 0, rows: [] });
  });

  test('days that were not read are missing, not empty', async () => {
    const { organizations } = (await admin.ask(getSpendQuality, { query: { from: '2024-01-01', to: '2024-01-11' } })).result;
    expect(organizations.incomplete).toBe(organizations.total);
    expect(organizations.rows[0]).toMatchObject({ missingDays: 10, throughDay: '2026-10-14' });
  });
});
