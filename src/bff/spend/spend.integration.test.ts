import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Stack } from '../../cli/testing/stack.ts';
import type { Visitor } from '../../cli/testing/visitor.ts';
import { tiny } from '../../cli/testing/world.ts';
import { createExport } from '../../contract/canopy/exports.ts';
import { askSpend, controlSpendSync, getSpendState, searchSpendValues } from '../../contract/canopy/spend.ts';
import type { SpendQuestion, SpendState } from '../../contract/canopy/spend.ts';
import { headerNames } from '../../contract/envelope.ts';
import { add, amountOf, exact, sum } from './amount.ts';

const organizations = [tiny.root, tiny.north, tiny.south, tiny.harbor];
/** Days of September, after the billing cycles of the accounts with costs have begun. */
const range = { from: '2026-09-01', to: '2026-10-01' };
const billed: SpendQuestion = {
  organization: tiny.root.id,
  descendants: true,
  measure: { kind: 'cost', column: 'BilledCost', currency: 'USD' },
  ...range,
  granularity: 'day',
  groupBy: 'account',
  filters: [],
  top: 100,
  compare: null,
};

/** A usage record with every number as the text it was sent as. */
type Sent = Readonly<Record<string, string | null | undefined>>;

describe('usage from upstream to the answer', () => {
  let stack: Stack;
  let admin: Visitor;
  let sent: Sent[];

  beforeAll(async () => {
    stack = await Stack.start({ readsAhead: true });
    admin = await stack.signIn('admin');
    await whenRead();
    sent = (await Promise.all(organizations.map(({ id }) => recordsOf(id)))).flat();
  }, 60_000);
  afterAll(() => stack.close());

  const state = async (): Promise<SpendState> => (await admin.ask(getSpendState)).result;
  const ask = async (more: Partial<SpendQuestion> = {}) => (await admin.ask(askSpend, { body: { ...billed, ...more } })).result;
  /** Waits until a run that began before has read everything. */
  const whenRead = () =>
    vi.waitFor(
      async () => {
        const { sync } = await state();
        expect([sync.status, sync.finishedAt !== null]).toEqual(['idle', true]);
      },
      { timeout: 50_000, interval: 100 },
    );

  /** What the sandbox itself says, day by day so that nothing depends on what `to` includes. */
  async function recordsOf(organizationId: string): Promise<Sent[]> {
    const { email, key } = stack.credentials;
    const answer = await fetch(
      `${stack.sandboxOrigin}/client/v4/organizations/${organizationId}/billable/usage?from=${range.from}&to=2026-09-30`,
      { headers: { 'x-auth-email': email, 'x-auth-key': key } },
    );
    const text = (await answer.text()).replace(/":(-?\d[\d.eE+-]*)/g, '":"$1"');
    const { result } = JSON.parse(text) as { result: Sent[] }; // every value of a record is a scalar, and numbers are text by now
    return result.filter(({ ChargePeriodStart: start }) => (start ?? '') < range.to);
  }

  const by = (field: string, value: (record: Sent) => string | null | undefined): Record<string, string | null> => {
    const sums: Record<string, string | null> = {};
    for (const record of sent) {
      const key = record[field] ?? 'null';
      sums[key] = amountOf(add(exact(sums[key] ?? null), exact(value(record) ?? null)));
    }
    return sums;
  };
  const inDollars = (record: Sent) => (record['BillingCurrency'] === 'USD' ? record['BilledCost'] : null);

  it('reads every day of every organization', async () => {
    const { days, failures, throughDay, historyStart, today } = await state();
    expect([historyStart, today, throughDay]).toEqual(['2025-09-01', '2026-10-15', '2026-10-14']);
    expect(new Set(days.map((day) => day.state))).toEqual(new Set(['stored', 'today']));
    expect(failures).toEqual([]);
    const stored = days.filter(({ day }) => day >= range.from && day < range.to);
    expect(stored.reduce((sum, day) => sum + day.records, 0)).toBe(sent.length);
  });

  it.each([
    ['account', 'BillingAccountId'],
    ['family', 'x_ProductFamilyId'],
    ['metric', 'x_BillableMetricId'],
  ] as const)('adds up costs by %s to the digit', async (groupBy, field) => {
    const { groups, total } = await ask({ groupBy });
    const sums = by(field, inDollars);
    const withCost = Object.fromEntries(
      groups.filter((group) => group.total !== null).map(({ key, total }) => [String(key), total]),
    );
    expect(withCost).toEqual(Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== null)));
    expect(total.total).toBe(amountOf(sum(Object.values(sums).map(exact))));
  });

  it('names an account that never sent a record, for a filter that links to it', async () => {
    const named = async ({ id }: { id: string }, organization: string) =>
      (await admin.ask(searchSpendValues, { params: { dimension: 'account' }, query: { organization, contains: id } })).result;
    const { empty } = tiny.accounts;
    expect(await named(empty, tiny.root.id)).toEqual({ values: [{ key: empty.id, label: empty.name }], total: 1 });
    const own = await named(empty, tiny.harbor.id); // no account of that organization
    expect(own).toEqual({ values: [], total: 0 });
  });

  it('keeps costs that are zero, null and absent apart', async () => {
    const { withoutCost, total } = await ask();
    const valued = sent.filter((record) => inDollars(record) !== null && inDollars(record) !== undefined);
    const zeros = valued.filter((record) => Number(record['BilledCost']) === 0);
    const nulls = sent.filter((record) => record['BilledCost'] === null);
    const absent = sent.filter((record) => !('BilledCost' in record));
    expect([zeros.length > 0, nulls.length + absent.length > 0]).toEqual([true, true]);
    expect(withoutCost.records).toBe(nulls.length + absent.length);
    expect(total).toMatchObject({ records: valued.length + nulls.length + absent.length, recordsWithCost: valued.length });
  });

  it('writes the same numbers into a file', async () => {
    const { groups, total } = await ask();
    const { result } = await admin.ask(createExport, { body: { kind: 'spend', format: 'csv', question: { ...billed, top: 1 } } });
    const { text } = await admin.send('GET', result.url, {
      headers: { [headerNames.guard]: '', 'sec-fetch-site': 'same-origin' },
    });
    const lines = text.split('\r\n');
    const column = lines[0]?.split(',').indexOf('Total') ?? -1;
    for (const group of [...groups, total]) {
      const line = lines.find((one) => one.startsWith(`${group.key ?? ''},`) && one.includes(group.label));
      expect(line?.split(',')[column], group.label).toBe(group.total ?? '');
    }
    const last = new Date(Date.parse(billed.to) - 1).toISOString().slice(0, 10);
    expect(result.fileName).toBe(`canopy-spend-quillon-partners-${billed.from}-to-${last}.csv`);
    expect(lines.at(-2)).toMatch(
      /^"?# Usage and cost of Quillon Partners and every organization below it: .*; as of 2\d{3}-.*; sha256 /,
    );
  });

  it('reads no day that is outside of time: it could never be priced', async () => {
    for (const day of ['0000-01-01', '1899-12-31', '2026-02-30'])
      expect((await admin.refused(controlSpendSync, { body: { action: 'fetch', days: [day] } })).error.code).toBe(
        'invalid_request',
      );
  });

  it('names the organization that could not be read, and reads it again', async () => {
    const days = ['2026-09-10'];
    const fetchAgain = () => admin.ask(controlSpendSync, { body: { action: 'fetch', days } });
    const attemptsOfSouth = async () =>
      (await state()).failures.filter(({ organizationId }) => organizationId === tiny.south.id).map(({ day }) => day);
    const before = await ask();
    await stack.addFault({
      match: { path: '*/billable/usage', organizationId: tiny.south.id },
      times: null,
      fault: { kind: 'truncate', afterBytes: 400, framing: 'close' },
    });
    await fetchAgain();
    await expect.poll(attemptsOfSouth, { timeout: 10_000 }).toEqual(days);
    expect((await ask()).groups).toEqual(before.groups);
    await stack.clearFaults();
    await fetchAgain();
    await expect.poll(attemptsOfSouth, { timeout: 10_000 }).toEqual([]);
    expect(await ask()).toEqual(before);
  });
});

it('asks for one day with each call, unless told otherwise', async () => {
  const stack = await Stack.start({ readsAhead: true, environment: { CANOPY_USAGE_DAYS_PER_CALL: '' } });
  try {
    const calls = await vi.waitFor(
      async () => {
        const { requests } = await stack.requestsSince(0);
        const usage = requests.filter(({ path }) => path.endsWith('/billable/usage'));
        expect(usage.length).toBeGreaterThan(200);
        return usage;
      },
      { timeout: 30_000, interval: 100 },
    );
    // what upstream does with the last day is learned from the first calls, three at a time
    for (const { query } of calls.slice(6)) {
      const asked = new URLSearchParams(query);
      expect(asked.get('to')).toBe(asked.get('from'));
    }
  } finally {
    await stack.close();
  }
});
