import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Stack } from '../../cli/testing/stack.ts';
import type { Visitor } from '../../cli/testing/visitor.ts';
import { getHierarchy } from '../../contract/canopy/hierarchy.ts';
import { askSpend, controlSpendSync, getSpendState } from '../../contract/canopy/spend.ts';
import type { SpendQuestion } from '../../contract/canopy/spend.ts';

/**
 * One month of one demo account, metric by metric: priced here with plain arithmetic, from the records as the sandbox sends
 * them and from Cloudflare's price list written down by hand, and compared with what the page asks. None of the pricing
 * code is used.
 */
const organizationName = 'Direct customers';
const accountName = 'Dovetail Joinery';
const month = { from: '2026-09-01', to: '2026-10-01' };
const days = Array.from({ length: 30 }, (_, index) => `2026-09-${String(index + 1).padStart(2, '0')}`);

type Days = readonly number[];
const sum = (quantities: Days) => quantities.reduce((all, one) => all + one, 0);
const beyond = (quantity: number, included: number) => Math.max(0, quantity - included);

/** Sold in whole blocks: the last one is paid in full. */
const blocks = (price: number, of: number, included: number) => (used: Days) =>
  Math.ceil(beyond(sum(used), included) / of) * price;
/** Sold to the fraction. */
const proRata = (price: number, of: number, included: number) => (used: Days) => (beyond(sum(used), included) / of) * price;
/** Something is included every day. */
const blocksBeyondEveryDay = (price: number, of: number, included: number) => (used: Days) =>
  Math.ceil(sum(used.map((day) => beyond(day, included))) / of) * price;
const free = () => 0;
const noPrice = () => null;

/** The price list, by the name of the metric. A month of GB-Months is the sum of its days. */
const prices: Readonly<Record<string, (used: Days) => number | null>> = {
  'Workers Standard Requests': blocks(0.3, 1e6, 10e6),
  'Workers CPU ms': blocks(0.02, 1e6, 30e6),
  'Worker Build Minutes': proRata(0.005, 1, 6000),
  'Workers Logs Events': blocks(0.6, 1e6, 20e6),
  'Workflows Steps': blocks(0.8, 1e5, 5e5),
  'Workflows State Storage': proRata(0.2, 1, 1),
  'KV Read Operations': blocks(0.5, 1e6, 10e6),
  'KV Write Operations': blocks(5, 1e6, 1e6),
  'KV Delete Operations': blocks(5, 1e6, 1e6),
  'KV List Operations': blocks(5, 1e6, 1e6),
  'KV Storage': proRata(0.5, 1, 1),
  'Durable Objects Compute Requests': blocks(0.15, 1e6, 1e6),
  'Durable Objects Compute Duration': proRata(12.5, 1e6, 400_000),
  'Durable Objects Storage Rows Read': blocks(0.001, 1e6, 25e9),
  'Durable Objects Storage Rows Written': blocks(1, 1e6, 50e6),
  'Durable Objects SQL Storage': proRata(0.2, 1, 5),
  'Durable Objects Storage Reads': blocks(0.2, 1e6, 1e6),
  'Durable Objects Storage Writes': blocks(1, 1e6, 1e6),
  'Durable Objects Storage Deletes': blocks(1, 1e6, 1e6),
  'Durable Objects Storage': proRata(0.2, 1, 1),
  'Regular Twitch Neurons (RTN)': blocksBeyondEveryDay(0.011, 1000, 10_000),
  'R2 Data Storage': blocks(0.015, 1, 10),
  'R2 Storage Class A Operations': blocks(4.5, 1e6, 1e6),
  'R2 Storage Class B Operations': blocks(0.36, 1e6, 10e6),
  'Container vCPU': proRata(0.00002, 1, 22_500),
  'Container Memory, per GiB-Second': proRata(0.0000025, 1, 90_000),
  'Container Disk, per GB second': proRata(0.00000007, 1, 720_000),
  'Container Egress, North America + Europe, per GB': proRata(0.025, 1, 1000),
  'Container Egress, Oceania, Taiwan, and Korea, per GB': proRata(0.05, 1, 500),
  'Container Egress, Everywhere Else, per GB': proRata(0.04, 1, 500),
  'Load Balancing DNS Queries': blocks(0.5, 5e5, 5e5),
  'Client-side Security Requests': proRata(0.099, 1000, 0),
  'Authoritative DNS Queries': noPrice,
  'Advanced Rate Limiting Requests': noPrice,
  'Queues Operations': blocks(0.4, 1e6, 1e6),
  'Turnstile Challenges': free,
};

let stack: Stack;
let admin: Visitor;
let organizationId: string;
let used: Map<string, { metric: string; name: string; days: number[] }>;

beforeAll(async () => {
  stack = await Stack.start({ profile: 'demo', readsAhead: true });
  admin = await stack.signIn('admin');
  await admin.ask(controlSpendSync, { body: { action: 'pause' } });
  const { nodes } = (await admin.ask(getHierarchy)).result;
  organizationId = nodes.find(({ name }) => name === organizationName)?.id ?? '';
  await admin.ask(controlSpendSync, { body: { action: 'fetch', days, organizationIds: [organizationId] } });
  await vi.waitFor(
    async () => {
      const state = (await admin.ask(getSpendState, { query: { organization: organizationId, descendants: false } })).result;
      expect(state.days.filter(({ day, state: is }) => day >= month.from && day < month.to && is === 'stored')).toHaveLength(30);
      expect(state.pricing.monthsLeft).toBe(0);
    },
    { timeout: 100_000, interval: 200 },
  );
  used = await recordsOfAccount();
}, 120_000);
afterAll(() => stack.close());

/** Quantities by metric and day, from the records as they are sent. */
async function recordsOfAccount(): Promise<typeof used> {
  const { email, key } = stack.credentials;
  const answer = await fetch(
    `${stack.sandboxOrigin}/client/v4/organizations/${organizationId}/billable/usage?from=2026-09-01&to=2026-09-30`,
    { headers: { 'x-auth-email': email, 'x-auth-key': key } },
  );
  const { result } = (await answer.json()) as { result: Record<string, string | number | null>[] };
  const found: typeof used = new Map();
  for (const record of result) {
    if (record['BillingAccountName'] !== accountName) continue;
    const metric = String(record['x_BillableMetricId']);
    const known = found.get(metric) ?? { metric, name: String(record['x_BillableMetricName']), days: days.map(() => 0) };
    const day = days.indexOf(String(record['ChargePeriodStart']).slice(0, 10));
    known.days[day] = (known.days[day] ?? 0) + Number(record['ConsumedQuantity']);
    found.set(metric, known);
  }
  return found;
}

it('a month of a demo account costs what a person with the price list makes of it, metric by metric', async () => {
  const question: SpendQuestion = {
    organization: organizationId,
    descendants: false,
    measure: { kind: 'spend', currency: 'USD' },
    ...month,
    granularity: 'day',
    groupBy: 'account',
    filters: [],
    top: 100,
    inner: { groupBy: 'metric', top: 50 },
    compare: null,
  };
  const answer = (await admin.ask(askSpend, { body: question })).result;
  const account = answer.groups.find(({ label }) => label === accountName);
  const answered = new Map(account?.inner?.groups.map((group) => [group.key, group]));
  expect(used.size).toBeGreaterThan(20);
  expect(new Set(answered.keys())).toEqual(new Set(used.keys()));

  const table = [...used.values()].map(({ metric, name, days: quantities }) => {
    const price = prices[name];
    if (!price) throw new Error(`${name} is not in the price list of this test`);
    return { metric: name, quantity: sum(quantities), byHand: price(quantities), answered: answered.get(metric)?.total ?? null };
  });
  for (const { metric, byHand, answered: amount } of table) {
    if (byHand === null) expect([metric, amount]).toEqual([metric, null]);
    else expect(Math.abs(byHand - Number(amount)), `${metric}: ${byHand} by hand, ${amount} answered`).toBeLessThan(1e-6);
  }
  const whole = table.reduce((all, { byHand }) => all + (byHand ?? 0), 0);
  expect(Number(account?.total)).toBeCloseTo(whole, 6);
});
