import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getAccountUsage, getOrganizationUsage, queryAccountUsage, type UsageRecord } from '../../contract/cloudflare/usage.ts';
import { SandboxUnderTest, testNow } from '../sandbox-under-test.ts';
import { tiny } from '../seed/tiny.ts';

let sandbox: SandboxUnderTest;
beforeAll(async () => {
  sandbox = await SandboxUnderTest.start();
});
afterAll(() => sandbox.close());

const north = { params: { organizationId: tiny.north.id } };
const mill = { params: { accountId: tiny.accounts.mill.id } };
const range = { from: '2026-10-01', to: '2026-10-03' };
const daysOf = (rows: readonly UsageRecord[]) =>
  [...new Set(rows.map(({ ChargePeriodStart }) => ChargePeriodStart.slice(0, 10)))].sort();

describe('getOrganizationUsage', () => {
  it('gives the days of the range, both ends included, for the accounts inside', async () => {
    const { result, info } = await sandbox.ask(getOrganizationUsage, { ...north, query: range });
    expect(daysOf(result)).toEqual(['2026-10-01', '2026-10-02', '2026-10-03']);
    const { mill: m, bakery, cinema } = tiny.accounts;
    expect([m.id, bakery.id, cinema.id]).toEqual(expect.arrayContaining([...new Set(result.map((row) => row.BillingAccountId))]));
    expect(info).toEqual({});
  });

  it('gives this month up to today without a range', async () => {
    const days = daysOf((await sandbox.ask(getOrganizationUsage, north)).result);
    expect(days[0]).toBe('2026-10-01');
    expect(days.at(-1)?.localeCompare(new Date(testNow).toISOString().slice(0, 10))).toBeLessThanOrEqual(0);
  });

  it('answers an unknown organization with no rows, not with an error', async () => {
    const { status, result } = await sandbox.ask(getOrganizationUsage, {
      params: { organizationId: '0'.repeat(32) },
      query: range,
    });
    expect([status, result]).toEqual([200, []]);
  });

  it('takes 31 days and no more', async () => {
    expect((await sandbox.ask(getOrganizationUsage, { ...north, query: { from: '2026-08-01', to: '2026-09-01' } })).status).toBe(
      200,
    );
    const { status, errors } = await sandbox.refused(getOrganizationUsage, {
      ...north,
      query: { from: '2026-08-01', to: '2026-09-02' },
    });
    expect([status, errors[0]?.message]).toEqual([400, expect.stringContaining('31 days')]);
  });

  it.each(['from=2026-09-01', 'to=2026-09-01', 'from=2026-09-02&to=2026-09-01', 'from=2026-02-30&to=2026-03-01', 'from=x&to=y'])(
    'refuses %s',
    async (search) => {
      expect((await sandbox.refused(getOrganizationUsage, { ...north, search })).status).toBe(400);
    },
  );

  it('comes in chunks, and writes the key before the rows as one piece', async () => {
    const { text, headers } = await sandbox.raw(
      'GET',
      `/organizations/${tiny.north.id}/billable/usage?from=2026-09-01&to=2026-09-30`,
    );
    expect(text.startsWith('{"success":true,"errors":[],"messages":[],"result":[{')).toBe(true);
    expect(headers.get('content-length')).toBeNull();
  });
});

describe('getAccountUsage', () => {
  it('gives one account, and 7003 for none', async () => {
    const { result } = await sandbox.ask(getAccountUsage, { ...mill, query: range });
    expect(new Set(result.map((row) => row.BillingAccountId))).toEqual(new Set([tiny.accounts.mill.id]));
    const { status, errors } = await sandbox.refused(getAccountUsage, { params: { accountId: '0'.repeat(32) } });
    expect([status, errors[0]?.code]).toEqual([404, 7003]);
  });
});

describe('queryAccountUsage', () => {
  it('takes no body, an empty body and a period whose end is not included', async () => {
    const path = `/accounts/${tiny.accounts.mill.id}/billable/usage`;
    expect((await sandbox.raw('POST', path)).status).toBe(200);
    expect((await sandbox.ask(queryAccountUsage, { ...mill, body: {} })).result.length).toBeGreaterThan(0);
    const { result } = await sandbox.ask(queryAccountUsage, {
      ...mill,
      body: { TimePeriod: { From: '2026-10-01T00:00:00Z', To: '2026-10-03T00:00:00Z' } },
    });
    expect(daysOf(result)).toEqual(['2026-10-01', '2026-10-02']);
  });

  it('filters by metric; what matches nothing is empty', async () => {
    const all = (await sandbox.ask(queryAccountUsage, { ...mill, body: {} })).result;
    const metric = all[0]?.x_BillableMetricId ?? '';
    const some = (await sandbox.ask(queryAccountUsage, { ...mill, body: { FilterBy: { MetricIds: [metric] } } })).result;
    expect(some.length).toBeGreaterThan(0);
    expect(some.every((row) => row.x_BillableMetricId === metric)).toBe(true);
    expect((await sandbox.ask(queryAccountUsage, { ...mill, body: { FilterBy: { MetricIds: ['none'] } } })).result).toEqual([]);
  });

  it.each([
    { Unknown: 1 },
    { FilterBy: { Unknown: [] } },
    { FilterBy: { MetricIds: ['one', 'one'] } },
    { FilterBy: { MetricIds: Array.from({ length: 21 }, (_, index) => `metric ${index}`) } },
    { FilterBy: { ProductFamilyIds: Array.from({ length: 11 }, (_, index) => `family ${index}`) } },
    { TimePeriod: { From: '2026-09-01T00:00:00Z' } },
    { TimePeriod: { From: '2026-09-01T00:00:00Z', To: '2026-10-03T00:00:00Z' } },
    { TimePeriod: { From: 'x', To: 'y' } },
  ])('refuses %j', async (body) => {
    expect((await sandbox.refused(queryAccountUsage, { ...mill, body })).status).toBe(400);
  });
});
