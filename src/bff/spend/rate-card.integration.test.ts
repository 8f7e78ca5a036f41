import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Stack } from '../../cli/testing/stack.ts';
import { readUsageSince } from '../../cli/testing/usage-read.ts';
import type { Visitor } from '../../cli/testing/visitor.ts';
import { tiny } from '../../cli/testing/world.ts';
import { getRateCard, getRateCardVersion, previewRateCard, saveRateCard } from '../../contract/canopy/rate-card.ts';
import type { Override, RateCard } from '../../contract/canopy/rate-card.ts';
import { explainSpend, explainSpendMetric } from '../../contract/canopy/spend-explanation.ts';
import { askSpend, getSpendState } from '../../contract/canopy/spend.ts';
import type { SpendMeasure } from '../../contract/canopy/spend.ts';
import { amountOf, exact, subtract, sum } from './amount.ts';

const metric = 'workers_standard_requests';
const { root, north, south, harbor } = tiny;

/** A dollar for every request, from the first on. */
const dollarEach = (organization: string): Override => ({
  organization,
  metric,
  price: { amount: '1', per: '1' },
  included: null,
  note: 'For a test',
});

describe('the rate card through the whole backend', () => {
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
    await isPriced(1);
  }, 60_000);
  afterAll(() => stack.close());

  const until = (holds: () => Promise<void>) => vi.waitFor(holds, { timeout: 30_000, interval: 100 });
  const isPriced = (version: number) =>
    until(async () => {
      expect((await admin.ask(getSpendState)).result.pricing).toEqual({ card: version, monthsLeft: 0 });
    });
  const inForce = async (visitor = admin) => (await visitor.ask(getRateCard)).result;
  const save = async (card: RateCard, base: number, note = '') =>
    (await admin.ask(saveRateCard, { body: { base, note, card } })).result;
  const total = async (organization: string, measure: SpendMeasure): Promise<string | null> => {
    const body = {
      organization,
      descendants: false,
      measure,
      from: '2026-10-01',
      to: '2026-10-16',
      granularity: 'month',
      groupBy: 'metric',
      filters: [{ dimension: 'metric', operator: 'is', values: [metric] }],
      top: 10,
      compare: null,
    };
    return (await admin.ask(askSpend, { body })).result.total.total;
  };
  const estimate: SpendMeasure = { kind: 'estimate', currency: 'USD' };

  test('is at first the list that Canopy brings along', async () => {
    const { version, by, note, card, whole, versions } = await inForce();
    expect({ version, by, whole }).toEqual({ version: 1, by: null, whole: true });
    expect(note).toMatch(/^Cloudflare's list prices, read 2026-/);
    expect(card.lines).toHaveLength(97);
    expect(versions.map((one) => one.version)).toEqual([1]);
  });

  test('explains a figure by metric, account and billing cycle, with parts that add up to it', async () => {
    // begins and ends within billing cycles
    const asked = {
      organization: root.id,
      descendants: true,
      measure: { kind: 'spend', currency: 'USD' } as const,
      from: '2026-10-03',
      to: '2026-10-14',
      filters: [],
    };
    const question = { ...asked, granularity: 'day', groupBy: null, top: 1, compare: null };
    const figure = (await admin.ask(askSpend, { body: question })).result.total;
    const { total, bases, metrics } = (await admin.ask(explainSpend, { body: asked })).result;
    expect({ total, bases }).toEqual({ total: figure.total, bases: figure.bases });
    const sumOf = (amounts: readonly (string | null)[]) => amountOf(sum(amounts.map(exact)));
    expect(sumOf(metrics.map((one) => one.total))).toBe(total);
    let cycles = 0;
    for (const { metric: of, unit, total: whole } of metrics) {
      const explained = (await admin.ask(explainSpendMetric, { body: { ...asked, metric: of, unit } })).result;
      const { accounts, others } = explained;
      expect([of, explained.total, sumOf([...accounts.map((one) => one.total), others?.total ?? null])]).toEqual([
        of,
        whole,
        whole,
      ]);
      for (const account of accounts) {
        const parts = [account.billed, ...(account.total === null ? [] : account.cycles.map(({ cost }) => cost))];
        expect([of, account.accountId, sumOf(parts)]).toEqual([of, account.accountId, account.total]);
        for (const { isOld, upTo, before, elsewhere, cost } of account.cycles) {
          expect([of, isOld, subtract(subtract(exact(upTo), exact(before)), exact(elsewhere))]).toEqual([of, false, exact(cost)]);
          cycles++;
        }
      }
    }
    expect(cycles).toBeGreaterThan(20);
    // nobody is told of what they may not see
    expect((await partner.refused(explainSpend, { body: asked })).error.code).toBe('out_of_scope');
    expect((await partner.refused(explainSpendMetric, { body: { ...asked, metric, unit: 'Requests' } })).error.code).toBe(
      'out_of_scope',
    );
  });

  test('is saved as a new version, which prices stored usage again', async () => {
    const { card, version } = await inForce();
    const requests = await total(harbor.id, { kind: 'quantity', metric, unit: 'Requests' });
    expect(Number(requests)).toBeGreaterThan(1000);
    const others = await total(north.id, estimate);
    expect(await total(harbor.id, estimate)).not.toBe(requests);

    const saved = await save({ ...card, overrides: [dollarEach(harbor.id)] }, version, '  Harbor pays more  ');
    expect(saved).toMatchObject({ version: 2, by: { name: expect.any(String) as string }, note: 'Harbor pays more' });
    expect(saved.versions.map((one) => one.version)).toEqual([2, 1]);
    await isPriced(2);
    expect(await total(harbor.id, estimate)).toBe(requests);
    expect(await total(north.id, estimate)).toBe(others);
  });

  test('keeps every version as it was', async () => {
    const first = (await admin.ask(getRateCardVersion, { params: { version: '1' } })).result;
    const second = (await admin.ask(getRateCardVersion, { params: { version: '2' } })).result;
    expect(first.card.overrides).toEqual([]);
    expect(second.card.overrides).toEqual([dollarEach(harbor.id)]);
    expect((await admin.refused(getRateCardVersion, { params: { version: '99' } })).error.code).toBe('not_found');
    expect((await admin.refused(getRateCardVersion, { params: { version: '1.5' } })).error.code).toBe('invalid_request');
  });

  test('that was changed from an older version is refused with the one in force; sent again, it is one version', async () => {
    const { card, version } = await inForce();
    const stale = await admin.refused(saveRateCard, {
      body: { base: version - 1, note: '', card: { ...card, name: 'Another name' } },
    });
    expect(stale.status).toBe(409);
    expect(stale.error).toMatchObject({ code: 'stale_version', current: { version: String(version), value: { version, card } } });
    const changed = { ...card, name: 'Contract prices' };
    const both = await Promise.all([save(changed, version), save(changed, version)]);
    expect(both.map((one) => one.version)).toEqual([version + 1, version + 1]);
    const race = await Promise.all(
      ['One', 'Two'].map((name) => admin.try(saveRateCard, { body: { base: version + 1, note: '', card: { ...card, name } } })),
    );
    expect(race.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect((await inForce()).version).toBe(version + 2);
  });

  test('names every field that is wrong', async () => {
    const { card, version } = await inForce();
    const [first, ...rest] = card.lines;
    const fieldsOf = async (wrong: object) =>
      (await admin.refused(saveRateCard, { body: { base: version, note: '', card: { ...card, ...wrong } } })).error.fields?.map(
        ({ field }) => field,
      );
    expect(await fieldsOf({ lines: [{ ...first, price: { amount: 'free', per: '1' } }, ...rest] })).toEqual([
      'card.lines.0.price.amount',
    ]);
    expect(await fieldsOf({ lines: [{ ...first, prise: 1 }, ...rest] })).toEqual(['card.lines.0.prise']);
    expect(await fieldsOf({ lines: [first, first] })).toEqual(['card.lines.1.metric']);
    expect(await fieldsOf({ overrides: [{ metric: 'nothing', discount: '5' }] })).toEqual(['card.overrides.0.metric']);
    expect((await inForce()).version).toBe(version);
  });

  test('may be large, while other requests stay small', async () => {
    const { card, version } = await inForce();
    const overrides = Array.from({ length: 2_000 }, (_, index) => ({
      account: `acc${String(index).padStart(29, '0')}`,
      discount: '5',
    }));
    expect(JSON.stringify(overrides).length).toBeGreaterThan(100_000);
    expect((await save({ ...card, overrides }, version)).version).toBe(version + 1);
    await save({ ...card, overrides: [] }, version + 1);
    const huge = { base: version + 2, note: 'x'.repeat(4_200_000), card };
    expect((await admin.refused(saveRateCard, { body: huge })).error).toMatchObject({
      code: 'too_large',
      message: 'The body is larger than 4096 kB.',
    });
    const filters = Array.from({ length: 7_000 }, () => 'a filter');
    expect((await admin.refused(askSpend, { body: { filters } })).error.message).toBe('The body is larger than 64 kB.');
  });

  test('is shown to a partner without the overrides of others, and is not theirs to save', async () => {
    const { card, version } = await inForce();
    const everyone: Override = { discount: '3' };
    const mine: Override[] = [dollarEach(north.id), dollarEach(harbor.id), { account: tiny.accounts.mill.id, discount: '7' }];
    const others: Override[] = [dollarEach(root.id), dollarEach(south.id), { account: tiny.accounts.dairy.id, discount: '9' }];
    const told = (override: Override): Override => ({ ...override, note: 'Less than Dovecote has' });
    const [first, ...lines] = card.lines;
    if (!first) throw new Error('the card has no lines');
    const remarked = {
      ...first,
      note: 'As Dovecote has it',
      source: { url: 'https://wiki.example/dovecote', evidence: 'Dovecote' },
    };
    await save(
      { ...card, note: 'After Dovecote', lines: [remarked, ...lines], overrides: [everyone, ...mine, ...others].map(told) },
      version,
      'Dovecote Dairy has 9% off',
    );
    expect((await inForce()).card.lines[0]).toEqual(remarked);
    const seen = await inForce(partner);
    expect(seen.whole).toBe(false);
    expect(seen.card.overrides).toEqual([everyone, ...mine].map(({ note: _note, ...override }) => override));
    expect(seen.card.lines[0]).toEqual({ ...remarked, note: '', source: { url: '', evidence: '' } });
    expect(seen.card.lines.slice(1)).toEqual(lines);
    const before = (await partner.ask(getRateCardVersion, { params: { version: String(version + 1) } })).text;
    for (const hidden of [root.id, south.id, tiny.accounts.dairy.id, 'Dovecote', 'dovecote']) {
      expect(JSON.stringify(seen)).not.toContain(hidden);
      expect(before).not.toContain(hidden);
    }
    expect(seen.versions[0]).toMatchObject({ version: version + 1, note: null });

    const body = { base: version + 1, note: '', card: seen.card };
    expect((await partner.refused(saveRateCard, { body })).error.code).toBe('out_of_scope');
    expect((await billing.refused(saveRateCard, { body })).error.code).toBe('not_allowed');
    expect((await inForce(billing)).card.overrides).toHaveLength(7);
    expect((await inForce()).version).toBe(version + 1);
  });

  test('can be tried on the running month before it is saved', async () => {
    const { card, version } = await inForce();
    await save({ ...card, overrides: [] }, version);
    await isPriced(version + 1);
    const ask = async (visitor: Visitor, overrides: Override[]) =>
      (await visitor.ask(previewRateCard, { body: { card: { ...card, overrides } } })).result;
    const same = await ask(admin, []);
    expect(same).toMatchObject({ from: '2026-10-01', to: '2026-10-16', version: version + 1 });
    expect(same.draft).toBe(same.inForce);

    const tried = await ask(admin, [dollarEach(north.id)]);
    expect(tried.inForce).toBe(same.inForce);
    expect(tried.families[0]?.family).toBe('Workers');
    expect(Number(tried.draft)).toBeGreaterThan(Number(tried.inForce) + 1000);
    const sum = (side: 'inForce' | 'draft') => tried.families.reduce((all, one) => all + Number(one[side] ?? '0'), 0);
    expect([sum('inForce'), sum('draft')]).toEqual([
      expect.closeTo(Number(tried.inForce), 6),
      expect.closeTo(Number(tried.draft), 6),
    ]);
    expect(tried.lost).toEqual([]);
    expect((await inForce()).version).toBe(version + 1);
    // what loses its price is named, with what it costs by now
    const { lost, draft: without } = await ask(admin, [{ metric, price: null }]);
    expect(lost.map((one) => one.metric)).toEqual(['Workers Standard Requests']);
    expect(Number(without)).toBeCloseTo(Number(same.inForce) - Number(lost[0]?.inForce), 6);
    // a partner's figures are of their own organizations
    expect((await ask(partner, [])).inForce).not.toBe(same.inForce);
    expect(
      (await partner.refused(previewRateCard, { body: { card: { ...card, overrides: [dollarEach(south.id)] } } })).error.code,
    ).toBe('out_of_scope');
  });
});
