import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Stack } from '../../cli/testing/stack.ts';
import { readUsageSince } from '../../cli/testing/usage-read.ts';
import type { Visitor } from '../../cli/testing/visitor.ts';
import { tiny } from '../../cli/testing/world.ts';
import {
  changeBudget,
  createBudget,
  deleteBudget,
  getBudget,
  listBudgets,
  listPlannedBudgets,
} from '../../contract/canopy/budgets.ts';
import type { BudgetTerms } from '../../contract/canopy/budgets.ts';
import { createExport } from '../../contract/canopy/exports.ts';
import { forecastSpend } from '../../contract/canopy/forecast.ts';
import { getRateCard, saveRateCard } from '../../contract/canopy/rate-card.ts';
import { chooseDefaultView, deleteSavedView, getSavedView, listSavedViews, saveView } from '../../contract/canopy/saved-views.ts';
import { changeSpendNote, createSpendNote, deleteSpendNote, listSpendNotes } from '../../contract/canopy/spend-notes.ts';
import { askSpend } from '../../contract/canopy/spend.ts';
import type { SpendQuestion } from '../../contract/canopy/spend.ts';
import { changeTag, importTags, listAccountTags, listTags, searchTagValues, setAccountTags } from '../../contract/canopy/tags.ts';
import { moveAccount } from '../../contract/cloudflare/accounts.ts';
import { getOrganization, modifyOrganization } from '../../contract/cloudflare/organizations.ts';
import { add, amountOf, exact } from './amount.ts';

const { root, north, accounts } = tiny;

// What people define about spend, through the whole backend.

let stack: Stack;
let admin: Visitor;
let partner: Visitor;
beforeAll(async () => {
  stack = await Stack.start({ readsAhead: true });
  await stack.readAhead();
  admin = await stack.signIn('admin');
  partner = await stack.signIn('partner');
  await readUsageSince(admin, '2026-08-01');
}, 120_000);
afterAll(() => stack.close());

const tag = async (ids: readonly string[], key: string, value: string | null, visitor = admin) =>
  (await visitor.ask(setAccountTags, { body: { accounts: ids, key, value } })).result.changed;
const question = (more: Partial<SpendQuestion>): SpendQuestion => ({
  organization: root.id,
  descendants: true,
  measure: { kind: 'spend', currency: 'USD' },
  from: '2026-09-01',
  to: '2026-10-15',
  granularity: 'day',
  groupBy: 'account',
  filters: [],
  top: 50,
  compare: null,
  ...more,
});
const ask = async (more: Partial<SpendQuestion>, visitor = admin) =>
  (await visitor.ask(askSpend, { body: question(more) })).result;

describe('account tags', () => {
  beforeAll(async () => {
    await tag([accounts.mill.id, accounts.bakery.id, accounts.empty.id], 'team', 'payments');
    await tag([accounts.cinema.id], 'team', 'web');
    await tag([accounts.mill.id], 'cost-center', '4711');
  });

  const totals = async (more: Partial<SpendQuestion>, visitor = admin) =>
    Object.fromEntries((await ask(more, visitor)).groups.map(({ key, label, total }) => [key ?? label, total]));

  test('are listed with who set them, by key and by account', async () => {
    const { keys, accounts: all } = (await admin.ask(listTags)).result;
    expect(keys).toEqual([
      { key: 'cost-center', accounts: 1, values: [{ value: '4711', accounts: 1 }] },
      {
        key: 'team',
        accounts: 4,
        values: [
          { value: 'payments', accounts: 3 },
          { value: 'web', accounts: 1 },
        ],
      },
    ]);
    expect(all).toBe(8);
    const { tags } = (await admin.ask(listAccountTags)).result;
    expect(tags).toContainEqual({
      accountId: accounts.mill.id,
      key: 'team',
      value: 'payments',
      at: expect.stringMatching(/^2026-10-15T/),
      by: { id: 'admin', name: expect.any(String) },
    });
    expect(await tag([accounts.mill.id], 'team', 'payments')).toBe(0);
  });

  test('group spend, with what has none beside it, to the cent', async () => {
    const byAccount = await totals({});
    const byTeam = await totals({ groupBy: 'tag:team' });
    const sum = (...ids: string[]) => amountOf(ids.reduce((all, id) => add(all, exact(byAccount[id] ?? null)), exact('0')));
    expect(byTeam).toEqual({
      payments: sum(accounts.mill.id, accounts.bakery.id),
      web: sum(accounts.cinema.id),
      'Without tag team': sum(accounts.shared.id, accounts.ferry.id, accounts.garden.id, accounts.dairy.id),
    });
    expect(Number(byTeam['payments'])).toBeGreaterThan(0);
    // the same from single records, from whole months, and of a quantity
    const zoned = { dimension: 'zone', operator: 'is-not', values: ['none'] } as const;
    expect(await totals({ groupBy: 'tag:team', filters: [{ ...zoned, values: [...zoned.values] }] })).toEqual(byTeam);
    expect((await ask({ groupBy: 'tag:team', granularity: 'month' })).total.total).toBe((await ask({})).total.total);
    const measure = { kind: 'quantity', metric: 'workers_standard_requests', unit: 'Requests' } as const;
    expect((await ask({ groupBy: 'tag:team', measure })).total).toEqual((await ask({ measure })).total);
  });

  test('of a million lines are refused before they are read', async () => {
    const before = process.cpuUsage();
    const refused = await admin.refused(importTags, { body: { text: 'a\n'.repeat(1_300_000), apply: false } });
    expect(refused.error.fields?.[0]?.field).toBe('text');
    const { user, system } = process.cpuUsage(before); // the clock would tell how busy the machine is
    expect((user + system) / 1_000).toBeLessThan(1_000); // line by line it took two seconds
  });

  test('filter, include and exclude, together with others', async () => {
    const only = (operator: 'is' | 'is-not', values: (string | null)[]) =>
      totals({ filters: [{ dimension: 'tag:team', operator, values }] });
    expect(Object.keys(await only('is', ['payments'])).toSorted()).toEqual([accounts.mill.id, accounts.bakery.id]);
    const untagged = [accounts.shared.id, accounts.dairy.id, accounts.ferry.id, accounts.garden.id];
    expect(Object.keys(await only('is', [null])).toSorted()).toEqual(untagged);
    expect(Object.keys(await only('is-not', ['payments'])).toSorted()).toEqual([accounts.cinema.id, ...untagged].toSorted());
    expect(Object.keys(await only('is-not', ['payments', null]))).toEqual([accounts.cinema.id]);
    const both = await ask({
      groupBy: 'tag:cost-center',
      filters: [{ dimension: 'tag:team', operator: 'is', values: ['payments'] }],
      compare: { from: '2026-08-01', to: '2026-09-01' },
    });
    expect(both.groups.map(({ label }) => label).toSorted()).toEqual(['4711', 'Without tag cost-center']);
    const inner = { groupBy: 'tag:team', top: 5 } as const;
    const [outer] = (await ask({ groupBy: 'family', inner })).groups;
    expect(outer?.inner?.groups.map(({ label }) => label).toSorted()).toEqual(['Without tag team', 'payments', 'web']);
    expect((await ask({ groupBy: 'tag:nothing' })).groups.map(({ label }) => label)).toEqual(['Without tag nothing']);
  });

  test('are found by a filter, and stand in forecast and file', async () => {
    const values = (await admin.ask(searchTagValues, { params: { key: 'team' }, query: { contains: 'PAY' } })).result;
    expect(values).toEqual({ values: [{ key: 'payments', label: 'payments' }], total: 1 });
    const all = (await admin.ask(searchTagValues, { params: { key: 'team' } })).result;
    expect(all.values.map(({ label }) => label)).toEqual(['Without tag team', 'payments', 'web']);
    const { groups, total } = (
      await admin.ask(forecastSpend, {
        body: { organization: root.id, descendants: true, currency: 'USD', groupBy: 'tag:team', filters: [], top: 9 },
      })
    ).result;
    expect(groups.map(({ label }) => label).toSorted()).toEqual(['Without tag team', 'payments', 'web']);
    expect(amountOf(groups.reduce((sum, { expected }) => add(sum, exact(expected)), exact('0')))).toBe(total.expected);
    const { url } = (
      await admin.ask(createExport, { body: { kind: 'spend', format: 'csv', question: question({ groupBy: 'tag:team' }) } })
    ).result;
    const file = (await admin.send('GET', url)).text.split('\r\n');
    expect(file[0]).toMatch(/^Tag team key,Tag team,/);
    expect(file.map((line) => line.split(',')[1])).toEqual(
      expect.arrayContaining(['payments', 'web', 'Without tag team', 'Total']),
    );
  });

  test('belong to whoever sees the account today', async () => {
    expect((await partner.ask(listTags)).result.keys.map(({ key }) => key)).toContain('team');
    const seen = (await partner.ask(listAccountTags)).result.tags.map(({ accountId }) => accountId);
    expect(seen).not.toContain(accounts.shared.id);
    expect(await tag([accounts.shared.id], 'secret', 'root only')).toBe(1);
    expect((await partner.ask(listTags)).text).not.toContain('secret');
    expect((await partner.ask(searchTagValues, { params: { key: 'secret' } })).result.values.map(({ label }) => label)).toEqual([
      'Without tag secret',
    ]);

    const strange = await partner.refused(setAccountTags, {
      body: { accounts: [...seen.slice(0, 1), accounts.shared.id], key: 'team', value: 'mine' },
    });
    expect(strange.error).toMatchObject({ code: 'out_of_scope', fields: [{ field: 'accounts.1' }] });
    expect(await tag(seen.slice(0, 1), 'mine', 'x', partner)).toBe(1);
    // a rename by a partner stays within what they see
    await tag([accounts.shared.id], 'mine', 'x');
    expect(
      (await partner.ask(changeTag, { body: { key: 'mine', value: null, to: { key: 'ours', value: null } } })).result,
    ).toEqual({
      changed: 1,
    });
    const keys = (await admin.ask(listTags)).result.keys.map(({ key, accounts: count }) => [key, count]);
    expect(keys).toEqual(
      expect.arrayContaining([
        ['mine', 1],
        ['ours', 1],
      ]),
    );
    for (const key of ['mine', 'ours', 'secret']) await admin.ask(changeTag, { body: { key, value: null, to: null } });
    // a question about another's organization stays refused
    expect((await partner.refused(askSpend, { body: question({ groupBy: 'tag:team' }) })).error.code).toBe('out_of_scope');
    expect(await totals({ organization: north.id, groupBy: 'tag:team' }, partner)).toEqual(
      await totals({ organization: north.id, groupBy: 'tag:team' }),
    );
  });

  test('are imported line by line, after a look at what would happen', async () => {
    const text = `account id,key,value\n${accounts.mill.id},team,billing\n${accounts.ferry.id},Team,"web, shop"\nnobody,team,x\n${accounts.cinema.id},team,web\n${accounts.garden.id},te am,x`;
    const look = (await admin.ask(importTags, { body: { text, apply: false } })).result;
    expect(look.counts).toEqual({ new: 1, changed: 1, same: 1, refused: 2 });
    expect(look.lines.map(({ line, result }) => [line, result])).toEqual([
      [4, 'refused'],
      [6, 'refused'],
      [2, 'changed'],
      [3, 'new'],
      [5, 'same'],
    ]);
    expect(look.lines[2]).toMatchObject({ note: 'payments', value: 'billing' });
    expect((await admin.ask(listTags)).result.keys[1]?.accounts).toBe(4);
    await admin.ask(importTags, { body: { text, apply: true } });
    expect((await admin.ask(listTags)).result.keys[1]?.values.map(({ value }) => value).toSorted()).toEqual([
      'billing',
      'payments',
      'web',
      'web, shop',
    ]);
    const own = (await partner.ask(importTags, { body: { text: `${accounts.shared.id},team,x`, apply: true } })).result;
    expect(own.counts.refused).toBe(1);
  });

  test('are renamed and removed by key and by value; nothing is lost on the way', async () => {
    const change = (body: object) => admin.ask(changeTag, { body });
    expect((await change({ key: 'team', value: 'billing', to: { key: 'team', value: 'payments' } })).result.changed).toBe(1);
    const refused = await admin.refused(changeTag, {
      body: { key: 'cost-center', value: null, to: { key: 'team', value: null } },
    });
    expect(refused.error.fields).toEqual([{ field: 'to.key', message: 'is a key of 1 of these accounts already' }]);
    expect((await change({ key: 'cost-center', value: null, to: { key: 'cc', value: null } })).result.changed).toBe(1);
    expect((await change({ key: 'team', value: 'web, shop', to: null })).result.changed).toBe(1);
    expect(await tag([accounts.cinema.id], 'team', null)).toBe(1);
    expect((await admin.ask(listTags)).result.keys).toMatchObject([
      { key: 'cc', values: [{ value: '4711' }] },
      { key: 'team', values: [{ value: 'payments' }] },
    ]);
    const wrong = await admin.refused(setAccountTags, { body: { accounts: [accounts.mill.id], key: 'Te am', value: ' ' } });
    expect(wrong.error.fields?.map(({ field }) => field)).toEqual(['key', 'value']);
    expect((await admin.refused(askSpend, { body: question({ groupBy: 'tag:Te am' }) })).error.code).toBe('invalid_request');
  });

  test('are not more of one account than are kept', async () => {
    const { id } = accounts.garden;
    const text = Array.from({ length: 60 }, (_, index) => `${id},k${index},x`).join('\n');
    const held = (await admin.ask(listAccountTags)).result.tags.filter(({ accountId }) => accountId === id).length;
    const { counts, lines } = (await admin.ask(importTags, { body: { text, apply: true } })).result;
    expect(counts).toEqual({ new: 50 - held, changed: 0, same: 0, refused: 10 + held });
    expect(lines[0]?.note).toBe('the account has 50 tags already');
    const body = { accounts: [accounts.mill.id, id], key: 'one-more', value: 'x' };
    const { error } = await admin.refused(setAccountTags, { body });
    expect(error.fields?.[0]?.field).toBe('key');
    expect((await admin.ask(listTags)).result.keys.map(({ key }) => key)).not.toContain('one-more');
    for (let index = 0; index < 50 - held; index++) await tag([id], `k${index}`, null);
  });
});

describe('budgets', () => {
  const terms = (more: Partial<BudgetTerms> = {}): BudgetTerms => ({
    name: 'Everything',
    organizationId: root.id,
    part: null,
    currency: 'USD',
    amount: '100000',
    months: [],
    thresholds: [50, 75, 90, 100],
    from: '2026-09',
    ...more,
  });
  const create = async (more: Partial<BudgetTerms> = {}, visitor = admin) =>
    (await visitor.ask(createBudget, { body: terms(more) })).result;
  const list = async (visitor = admin) => (await visitor.ask(listBudgets)).result.budgets;
  const remove = (id: string) => admin.ask(deleteBudget, { params: { budgetId: id } });

  test('say what the spend page and the forecast say of the same question', async () => {
    await tag([accounts.mill.id, accounts.bakery.id], 'squad', 'pay');
    const parts: BudgetTerms['part'][] = [
      null,
      { dimension: 'account', value: accounts.mill.id },
      { dimension: 'family', value: 'workers' },
      { dimension: 'tag:squad', value: 'pay' },
    ];
    const made = [];
    for (const part of parts) made.push(await create({ part, name: part?.dimension ?? 'all' }));
    for (const [at, part] of parts.entries()) {
      const filters: SpendQuestion['filters'] = part ? [{ dimension: part.dimension, operator: 'is', values: [part.value] }] : [];
      const { total } = await ask({ from: '2026-10-01', to: '2026-10-15', groupBy: null, filters });
      const forecast = await admin.ask(forecastSpend, {
        body: { organization: root.id, descendants: true, currency: 'USD', groupBy: null, filters, top: 1 },
      });
      const { expected, low, high } = forecast.result.total;
      const standing = made[at]?.standing;
      expect(standing).toMatchObject({
        used: total.total,
        bases: total.bases,
        forecast: { expected, low, high },
        month: { from: '2026-10-01', to: '2026-11-01' },
        elapsed: { days: 14, of: 31 },
      });
      const { days, history, standing: same } = (await admin.ask(getBudget, { params: { budgetId: made[at]?.id ?? '' } })).result;
      expect(same).toEqual(standing);
      expect(days).toHaveLength(31);
      expect(days[13]).toMatchObject({ day: '2026-10-14', state: 'stored', used: total.total, expected: total.total });
      expect(days[14]).toMatchObject({ day: '2026-10-15', state: 'today', used: null });
      expect(days[30]).toMatchObject({ expected, low, high, planned: '100000' });
      const september = await ask({ from: '2026-09-01', to: '2026-10-01', groupBy: null, filters });
      expect(history).toMatchObject([{ month: '2026-09', amount: '100000', used: september.total.total, isWhole: true }]);
    }
    expect(made.map(({ partName }) => partName)).toEqual([null, 'account Ambler Mill', 'family Workers', 'squad pay']);
    expect((await list()).map(({ name }) => name).toSorted()).toEqual(['account', 'all', 'family', 'tag:squad']);
    const planned = (await admin.ask(listPlannedBudgets, { params: { organizationId: root.id } })).result;
    expect(planned.map(({ name }) => name)).toEqual(['account', 'all', 'family', 'tag:squad']);
    expect(planned[0]).toEqual({ id: made[1]?.id, ...terms({ name: 'account', part: parts[1] ?? null }) });
    expect((await admin.ask(listPlannedBudgets, { params: { organizationId: north.id } })).result).toEqual([]);
    expect((await partner.refused(listPlannedBudgets, { params: { organizationId: root.id } })).error.code).toBe('out_of_scope');
    for (const { id } of made) await remove(id);
  });

  test('follow a tag that is renamed, as saved views do, and say when it is gone', async () => {
    await tag([accounts.mill.id, accounts.bakery.id], 'crew', 'pay');
    const { id, standing } = await create({ name: 'Crew', part: { dimension: 'tag:crew', value: 'pay' } });
    const view = await admin.ask(saveView, {
      body: { screen: 'spend', name: 'Crew', search: 'by=tag%3Acrew&where=tag%3Acrew%3Dpay', sharedAt: null },
    });
    const shown = async () => {
      const {
        name,
        part,
        partName,
        isTagGone,
        standing: now,
        version,
      } = (await admin.ask(getBudget, { params: { budgetId: id } })).result;
      const { search } = (await admin.ask(getSavedView, { params: { viewId: view.result.id } })).result;
      return { name, part, partName, isTagGone, used: now.used, version, search };
    };
    const change = (body: object) => admin.ask(changeTag, { body });
    // renamed where a partner sees it, and there alone: both are there
    await tag([accounts.shared.id], 'crew', 'pay');
    await partner.ask(changeTag, { body: { key: 'crew', value: 'pay', to: { key: 'crew', value: 'billing' } } });
    expect(await shown()).toMatchObject({ part: { value: 'pay' }, isTagGone: false, version: 1 });
    await change({ key: 'crew', value: 'billing', to: { key: 'crew', value: 'pay' } });
    await tag([accounts.shared.id], 'crew', null);
    expect(await shown()).toMatchObject({ part: { value: 'pay' }, used: standing.used });

    await change({ key: 'crew', value: 'pay', to: { key: 'crew', value: 'payments' } });
    await change({ key: 'crew', value: null, to: { key: 'gang', value: null } });
    expect(await shown()).toEqual({
      name: 'Crew',
      part: { dimension: 'tag:gang', value: 'payments' },
      partName: 'gang payments',
      isTagGone: false,
      used: standing.used,
      version: 3,
      search: 'by=tag%3Agang&where=tag%3Agang%3Dpayments',
    });
    await change({ key: 'gang', value: null, to: null });
    expect(await shown()).toMatchObject({ partName: 'gang payments', isTagGone: true, used: null });
    await remove(id);
    await admin.ask(deleteSavedView, { params: { viewId: view.result.id } });
  });

  test('and views follow a rename only where who renames may change them', async () => {
    await tag([accounts.mill.id], 'crew', 'pay');
    const part = { dimension: 'tag:crew', value: 'pay' } as const;
    const above = await create({ name: 'Above', part });
    const own = await create({ name: 'Own', part, organizationId: north.id });
    const search = 'where=tag%3Acrew%3Dpay';
    const saved = async (name: string, sharedAt: string | null) =>
      (await admin.ask(saveView, { body: { screen: 'spend', name, search, sharedAt } })).result.id;
    const views = [await saved('Mine', null), await saved('At the root', root.id), await saved('At North', north.id)];

    await partner.ask(changeTag, { body: { key: 'crew', value: 'pay', to: { key: 'crew', value: 'billing' } } });
    const budget = async (budgetId: string) => (await admin.ask(getBudget, { params: { budgetId } })).result;
    expect(await budget(above.id)).toMatchObject({ part, isTagGone: true, version: 1, changed: above.changed });
    expect(await budget(own.id)).toMatchObject({ part: { value: 'billing' }, isTagGone: false, version: 2 });
    const searches = [];
    for (const viewId of views) searches.push((await admin.ask(getSavedView, { params: { viewId } })).result.search);
    expect(searches).toEqual([search, search, 'where=tag%3Acrew%3Dbilling']);

    for (const viewId of views) await admin.ask(deleteSavedView, { params: { viewId } });
    for (const { id } of [above, own]) await remove(id);
    await tag([accounts.mill.id], 'crew', null);
  });

  test('have an amount of their own for a month, and a state', async () => {
    const { standing } = await create();
    const used = Number(standing.used);
    const expected = Number(standing.forecast.expected);
    const states = [];
    for (const amount of [used / 2, (used + expected) / 2, expected * 2])
      states.push(await create({ months: [{ month: '2026-10', amount: amount.toFixed(2) }] }));
    states.push(await create({ from: '2026-11' }));
    expect(states.map((budget) => budget.standing.state)).toEqual(['over', 'at-risk', 'on-track', 'not-started']);
    const [over, risk] = states;
    expect(over?.standing.breach).toMatchObject({ passed: true });
    expect(over?.standing.thresholds.map(({ passedOn }) => passedOn !== null)).toEqual([true, true, true, true]);
    expect(risk?.standing.breach).toMatchObject({ passed: false });
    expect((risk?.standing.breach?.day ?? '') > '2026-10-14').toBe(true);
    // those that need a look come first
    expect((await list()).map((budget) => budget.standing.state)).toEqual([
      'over',
      'at-risk',
      'on-track',
      'on-track',
      'not-started',
    ]);
    for (const { id } of await list()) await remove(id);
  });

  test('in a currency that nothing is forecast in, say so', async () => {
    const { standing } = await create({ currency: 'EUR', amount: '999999999' });
    expect(standing).toMatchObject({ state: 'no-forecast', withheld: 'The rate card is in USD, so nothing is forecast in EUR.' });
    for (const { id } of await list()) await remove(id);
  });

  test('name what is wrong with their terms', async () => {
    const wrong = {
      name: ' ',
      amount: '0',
      currency: 'dollars',
      thresholds: [90, 50],
      from: '2026-13',
      months: [{ month: '2026-10', amount: '1,5' }],
      part: { dimension: 'zone', value: '' },
    };
    const { error } = await admin.refused(createBudget, { body: { ...terms(), ...wrong } });
    expect(new Set(error.fields?.map(({ field }) => field.split('.')[0]))).toEqual(new Set(Object.keys(wrong)));
  });

  test('are seen and changed within one’s part of the hierarchy', async () => {
    const own = await create({ organizationId: north.id, name: 'North' }, partner);
    const other = await create({ name: 'Of all' });
    expect((await list(partner)).map(({ name }) => name)).toEqual(['North']);
    expect((await admin.ask(listBudgets, { query: { organization: north.id } })).result.budgets.map(({ name }) => name)).toEqual([
      'North',
    ]);
    const budgetId = other.id;
    for (const row of [getBudget, deleteBudget])
      expect((await partner.refused<typeof getBudget | typeof deleteBudget>(row, { params: { budgetId } })).error.code).toBe(
        'not_found',
      );
    const change = { base: 1, terms: terms({ organizationId: north.id }) };
    expect((await partner.refused(changeBudget, { params: { budgetId }, body: change })).error.code).toBe('not_found');
    expect((await partner.refused(createBudget, { body: terms() })).error.code).toBe('out_of_scope');
    const moved = { base: 1, terms: terms() };
    expect((await partner.refused(changeBudget, { params: { budgetId: own.id }, body: moved })).error.code).toBe('out_of_scope');

    const changed = { base: 1, terms: terms({ organizationId: north.id, name: 'Northern', amount: '5' }) };
    const result = (await partner.ask(changeBudget, { params: { budgetId: own.id }, body: changed })).result;
    expect(result).toMatchObject({ version: 2, name: 'Northern', changed: { by: { id: 'partner' } } });
    const late = await admin.refused(changeBudget, { params: { budgetId: own.id }, body: changed });
    expect(late.error).toMatchObject({ code: 'stale_version', current: { version: '2' } });
    for (const { id } of await list()) await remove(id);
    expect(await list()).toEqual([]);
  });

  test('are bounded: each is asked for whenever they are listed', async () => {
    const later = { organizationId: north.id, from: '2999-12' }; // not asked for yet
    for (let at = 0; at < 100; at++) await create({ ...later, name: `Budget ${at}` });
    const refused = await admin.refused(createBudget, { body: terms(later) });
    expect(refused.error.fields?.[0]?.field).toBe('organizationId');
    const elsewhere = await create({ from: '2999-12' });
    const move = { base: elsewhere.version, terms: terms(later) };
    expect((await admin.refused(changeBudget, { params: { budgetId: elsewhere.id }, body: move })).status).toBe(400);
    for (const { id } of await list()) await remove(id);
  }, 30_000);
});

describe('notes on the time axis', () => {
  const range = { from: '2026-10-01', to: '2026-10-16' };
  const list = async (visitor = admin, more: { organization?: string; from?: string; to?: string } = {}) =>
    (await visitor.ask(listSpendNotes, { query: { ...range, ...more } })).result.notes;
  const write = async (organizationId: string, text: string, days: { from: string; to: string }, visitor = admin) =>
    (await visitor.ask(createSpendNote, { body: { organizationId, note: { ...days, text } } })).result;

  test('are of a day or of days, of an organization, and whoever wrote one changes it', async () => {
    const sale = await write(root.id, ' Autumn sale ', { from: '2026-09-28', to: '2026-10-02' });
    const launch = await write(north.id, 'Launch', { from: '2026-10-10', to: '2026-10-10' }, partner);
    expect(sale).toMatchObject({
      kind: 'person',
      text: 'Autumn sale',
      organizationName: root.name,
      isMine: true,
      by: { id: 'admin' },
    });
    expect((await list()).map(({ text, isMine }) => [text, isMine])).toEqual([
      ['Autumn sale', true],
      ['Launch', false],
    ]);
    expect((await list(partner)).map(({ text, isMine }) => [text, isMine])).toEqual([['Launch', true]]);
    expect(await list(admin, { from: '2026-10-03', to: '2026-10-10' })).toEqual([]);
    expect((await list(admin, { organization: north.id })).map(({ text }) => text)).toEqual(['Launch']);

    const words = { from: '2026-10-11', to: '2026-10-12', text: 'Launch, late' };
    expect((await admin.refused(changeSpendNote, { params: { noteId: launch.id }, body: words })).error.code).toBe('not_allowed');
    expect((await admin.refused(deleteSpendNote, { params: { noteId: launch.id } })).error.code).toBe('not_allowed');
    expect((await partner.refused(deleteSpendNote, { params: { noteId: sale.id } })).error.code).toBe('not_found');
    expect((await partner.ask(changeSpendNote, { params: { noteId: launch.id }, body: words })).result).toMatchObject(words);
    const back = await admin.refused(createSpendNote, {
      body: { organizationId: root.id, note: { from: '2026-10-02', to: '2026-10-01', text: 'x' } },
    });
    expect(back.error.fields).toEqual([{ field: 'note.to', message: 'must not be before from' }]);
    const note = { from: '2026-10-02', to: '2026-10-02', text: 'x' };
    expect((await partner.refused(createSpendNote, { body: { organizationId: root.id, note } })).error.code).toBe('out_of_scope');
    await partner.ask(deleteSpendNote, { params: { noteId: launch.id } });
    await admin.ask(deleteSpendNote, { params: { noteId: sale.id } });
    expect(await list()).toEqual([]);
  });

  test('come by themselves where prices, accounts or organizations change', async () => {
    const { card, version } = (await admin.ask(getRateCard)).result;
    await admin.ask(saveRateCard, {
      body: {
        base: version,
        note: 'New prices for Dovecote Dairy',
        card: { ...card, overrides: [...card.overrides, { discount: '1' }] },
      },
    });
    await admin.ask(moveAccount, {
      params: { accountId: accounts.cinema.id },
      body: { destination_organization_id: root.id },
    });
    const harbor = { organizationId: tiny.harbor.id };
    const { headers } = await admin.ask(getOrganization, { params: harbor });
    await admin.ask(modifyOrganization, {
      params: harbor,
      body: { name: 'Harbor Wharf' },
      headers: { 'if-match': headers.get('etag') ?? '' },
    });
    const notes = await list();
    expect(notes.map(({ kind }) => kind).toSorted()).toEqual(['account-moved', 'organization-renamed', 'rate-card']);
    const of = (kind: string) => notes.find((note) => note.kind === kind);
    expect(of('rate-card')).toMatchObject({
      text: `Rate card version ${version + 1} saved: New prices for Dovecote Dairy`,
      organizationId: null,
    });
    expect(of('account-moved')?.text).toBe('Account Corvid Cinema moved from Quillon North to Quillon Partners');
    expect(of('organization-renamed')).toMatchObject({
      text: 'Organization Harbor Works renamed to Harbor Wharf',
      by: { id: 'admin' },
    });

    // a partner learns nothing of what they do not see, and a billing viewer not who did it
    const seen = await partner.ask(listSpendNotes, { query: range });
    expect(seen.text).not.toContain('Dovecote');
    expect(seen.text).not.toContain('Quillon Partners');
    expect(seen.text).toContain('Account Corvid Cinema moved from Quillon North to an organization you do not see');
    const billing = await stack.signIn('billing');
    expect((await list(billing)).find(({ kind }) => kind === 'organization-renamed')?.by).toBeNull();
  });

  test('are of days that there may be usage of', async () => {
    for (const query of [
      { to: '0000-01-20' },
      { from: '0000-01-01', to: '0000-01-02' },
      { from: '9999-12-01', to: '9999-12-31' },
    ])
      expect((await admin.refused(listSpendNotes, { query })).error.code).toBe('invalid_request');
    for (const day of ['0000-01-01', '9999-12-31']) {
      const body = { organizationId: root.id, note: { from: day, to: day, text: 'x' } };
      const { error } = await admin.refused(createSpendNote, { body });
      expect(error.fields?.map(({ field }) => field)).toEqual(['note.from', 'note.to']);
    }
  });
});

describe('saved views', () => {
  const list = async (visitor = admin) => (await visitor.ask(listSavedViews, { query: { screen: 'spend' } })).result;
  const save = async (name: string, search: string, sharedAt: string | null = null, visitor = admin) =>
    (await visitor.ask(saveView, { body: { screen: 'spend', name, search, sharedAt } })).result;

  test('are a person’s own, or shared with whoever sees the organization', async () => {
    const mine = await save(' By team ', 'by=tag%3Ateam');
    await save('Of all', 'by=organization', root.id);
    const north1 = await save('North', 'by=account', north.id);
    expect(mine).toMatchObject({ name: 'By team', isMine: true, sharedAt: null });
    expect(mine.id).toMatch(/^[0-9a-f]{12}$/);
    expect((await list()).map(({ name }) => name)).toEqual(['By team', 'North', 'Of all']);
    expect((await list(partner)).map(({ name, isMine }) => [name, isMine])).toEqual([['North', false]]);
    const opened = (visitor: Visitor, viewId: string) => visitor.ask(getSavedView, { params: { viewId } });
    expect((await opened(partner, north1.id)).result.search).toBe('by=account');
    expect((await partner.refused(getSavedView, { params: { viewId: mine.id } })).error.code).toBe('not_found');
    expect((await partner.refused(deleteSavedView, { params: { viewId: north1.id } })).error.code).toBe('not_allowed');
    const beyond = { screen: 'spend', name: 'x', search: '', sharedAt: root.id };
    expect((await partner.refused(saveView, { body: beyond })).error.code).toBe('out_of_scope');

    // a name that is taken means that view; the choice of the first one is each person's
    expect(await save('By team', 'by=zone')).toMatchObject({ id: mine.id, search: 'by=zone' });
    await partner.ask(chooseDefaultView, { body: { screen: 'spend', viewId: north1.id } });
    await admin.ask(chooseDefaultView, { body: { screen: 'spend', viewId: mine.id } });
    expect((await list()).find(({ isDefault }) => isDefault)?.name).toBe('By team');
    expect((await list(partner)).find(({ isDefault }) => isDefault)?.name).toBe('North');
    await admin.ask(deleteSavedView, { params: { viewId: mine.id } });
    expect((await list()).filter(({ isDefault }) => isDefault)).toEqual([]);
    const { error } = await admin.refused(saveView, { body: { screen: 'tree', name: ' ', search: '', sharedAt: null } });
    expect(error.fields?.map(({ field }) => field)).toEqual(['name', 'screen']);
  });
});
