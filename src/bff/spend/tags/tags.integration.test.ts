import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Stack } from '../../../cli/testing/stack.ts';
import type { Visitor } from '../../../cli/testing/visitor.ts';
import { tiny } from '../../../cli/testing/world.ts';
import { createExport } from '../../../contract/canopy/exports.ts';
import { forecastSpend } from '../../../contract/canopy/forecast.ts';
import { askSpend, controlSpendSync, getSpendState, searchTagValues } from '../../../contract/canopy/spend.ts';
import type { SpendQuestion } from '../../../contract/canopy/spend.ts';
import { changeTag, importTags, listAccountTags, listTags, setAccountTags } from '../../../contract/canopy/tags.ts';
import { add, amountOf, exact } from '../amount.ts';

const { root, north, accounts } = tiny;

describe('account tags through the whole backend', () => {
  let stack: Stack;
  let admin: Visitor;
  let partner: Visitor;

  beforeAll(async () => {
    stack = await Stack.start({ readsAhead: true });
    await stack.readAhead();
    admin = await stack.signIn('admin');
    partner = await stack.signIn('partner');
    await vi.waitFor(
      async () => {
        const { days, pricing } = (await admin.ask(getSpendState)).result;
        expect(days.filter(({ day, state }) => day >= '2026-09-01' && state === 'missing')).toEqual([]);
        expect(pricing.monthsLeft).toBe(0);
      },
      { timeout: 40_000, interval: 100 },
    );
    await admin.ask(controlSpendSync, { body: { action: 'pause' } });
    await tag([accounts.mill.id, accounts.bakery.id, accounts.empty.id], 'team', 'payments');
    await tag([accounts.cinema.id], 'team', 'web');
    await tag([accounts.mill.id], 'cost-center', '4711');
  }, 60_000);
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
      'No team': sum(accounts.shared.id, accounts.ferry.id, accounts.garden.id, accounts.dairy.id),
    });
    expect(Number(byTeam['payments'])).toBeGreaterThan(0);
    // the same from single records, from whole months, and of a quantity
    const zoned = { dimension: 'zone', operator: 'is-not', values: ['none'] } as const;
    expect(await totals({ groupBy: 'tag:team', filters: [{ ...zoned, values: [...zoned.values] }] })).toEqual(byTeam);
    expect((await ask({ groupBy: 'tag:team', granularity: 'month' })).total.total).toBe((await ask({})).total.total);
    const measure = { kind: 'quantity', metric: 'workers_standard_requests', unit: 'Requests' } as const;
    expect((await ask({ groupBy: 'tag:team', measure })).total).toEqual((await ask({ measure })).total);
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
    expect(both.groups.map(({ label }) => label).toSorted()).toEqual(['4711', 'No cost-center']);
    const inner = { groupBy: 'tag:team', top: 5 } as const;
    const [outer] = (await ask({ groupBy: 'family', inner })).groups;
    expect(outer?.inner?.groups.map(({ label }) => label).toSorted()).toEqual(['No team', 'payments', 'web']);
    expect((await ask({ groupBy: 'tag:nothing' })).groups.map(({ label }) => label)).toEqual(['No nothing']);
  });

  test('are found by a filter, and stand in forecast and file', async () => {
    const values = (await admin.ask(searchTagValues, { query: { key: 'team', contains: 'PAY' } })).result;
    expect(values).toEqual({ values: [{ key: 'payments', label: 'payments' }], total: 1 });
    const all = (await admin.ask(searchTagValues, { query: { key: 'team' } })).result;
    expect(all.values.map(({ label }) => label)).toEqual(['No team', 'payments', 'web']);
    const { groups, total } = (
      await admin.ask(forecastSpend, {
        body: { organization: root.id, descendants: true, currency: 'USD', groupBy: 'tag:team', filters: [], top: 9 },
      })
    ).result;
    expect(groups.map(({ label }) => label).toSorted()).toEqual(['No team', 'payments', 'web']);
    expect(amountOf(groups.reduce((sum, { expected }) => add(sum, exact(expected)), exact('0')))).toBe(total.expected);
    const { url } = (
      await admin.ask(createExport, { body: { kind: 'spend', format: 'csv', question: question({ groupBy: 'tag:team' }) } })
    ).result;
    const file = (await admin.send('GET', url)).text.split('\r\n');
    expect(file[0]).toMatch(/^Tag team key,Tag team,/);
    expect(file.map((line) => line.split(',')[1])).toEqual(expect.arrayContaining(['payments', 'web', 'No team', 'Total']));
  });

  test('belong to whoever sees the account today', async () => {
    expect((await partner.ask(listTags)).result.keys.map(({ key }) => key)).toContain('team');
    const seen = (await partner.ask(listAccountTags)).result.tags.map(({ accountId }) => accountId);
    expect(seen).not.toContain(accounts.shared.id);
    expect(await tag([accounts.shared.id], 'secret', 'root only')).toBe(1);
    expect((await partner.ask(listTags)).text).not.toContain('secret');
    expect((await partner.ask(searchTagValues, { query: { key: 'secret' } })).result.values.map(({ label }) => label)).toEqual([
      'No secret',
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
});
