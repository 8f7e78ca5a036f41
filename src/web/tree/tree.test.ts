import { describe, expect, it } from 'vitest';
import type { ErrorReport } from '../../contract/envelope.ts';
import { flatten, followTree, startTree } from '../ui/tree-rows.ts';
import { indexOrganizations } from './organization-index.ts';
import type { OrganizationIndex, OrganizationItem } from './organization-index.ts';
import { account, family, largeHierarchy, node } from './test-hierarchy.ts';
import { accountItem, accountsByOrganization, nameOf, orphanGroupId, siblingSorter, wholeTree } from './tree.ts';
import type { AccountItem, AccountsOf, Item, Ordering, TreeParts } from './tree.ts';

const byName: Ordering = { sort: { column: 'name', direction: 'ascending' }, value: null };
const error: ErrorReport = { code: 'upstream_failed', message: 'Cloudflare answered 502.', action: 'Retry.', requestId: 'r' };

const index = indexOrganizations(
  family([
    node('root', null, { accounts: 2, name: 'Root' }),
    node('host10', 'root', { accounts: 1, name: 'Host 10' }),
    node('host9', 'root', { accounts: 3, name: 'Host 9' }),
    node('empty', 'root', { accounts: 0, name: 'Empty' }),
    node('failing', 'root', { accounts: 33, name: 'Failing' }),
    node('unknown', 'root', { accounts: null, name: 'Unknown' }),
    node('lost', null, { orphan: true, name: 'Lost' }),
  ]),
);

function get(from: OrganizationIndex, id: string): OrganizationItem {
  const found = from.byId.get(id);
  if (!found) throw new Error(`${id} is not in the index`);
  return found;
}

const lists = new Map<string, AccountsOf>([
  ['root', { state: 'loaded', accounts: [account('root', 'z', 'Alpha 2'), account('root', 'y', 'Alpha 10')].map(accountItem) }],
  ['host10', { state: 'loaded', accounts: [accountItem(account('host10', 'x', 'Only'))] }],
  ['failing', { state: 'failed', error, accounts: [accountItem(account('failing', 'w', 'From before'))] }],
  ['empty', { state: 'loaded', accounts: [] }],
]);

function parts(change: Partial<TreeParts> = {}): TreeParts {
  return {
    index,
    top: get(index, 'root'),
    descendants: true,
    accountsOf: (id) => lists.get(id) ?? { state: 'loading' },
    inOrder: siblingSorter(byName),
    ...change,
  };
}

const names = (change: Partial<TreeParts>, open: readonly string[]) =>
  flatten(wholeTree(parts(change)), new Set(open)).map(({ item }) => nameOf(item));

describe('the tree of the screen', () => {
  it('puts organizations before accounts, each in natural order', () => {
    expect(names({}, ['root'])).toEqual([
      'Root',
      'Empty',
      'Failing',
      'Host 9',
      'Host 10',
      'Unknown',
      'Alpha 2',
      'Alpha 10',
      'Parent not visible to this credential',
    ]);
  });

  it('says in a row that accounts are being read, or why they did not load', () => {
    expect(names({}, ['root', 'failing', 'host9', 'unknown'])).toEqual([
      'Root',
      'Empty',
      'Failing',
      'Accounts did not load',
      'From before',
      'Host 9',
      'Reading accounts',
      'Host 10',
      'Unknown',
      'Reading accounts',
      'Alpha 2',
      'Alpha 10',
      'Parent not visible to this credential',
    ]);
  });

  it('gives no chevron to what is empty', () => {
    const rows = flatten(wholeTree(parts()), new Set(['root']));
    expect(rows.find(({ id }) => id === 'empty')?.expanded).toBeNull();
    expect(rows.find(({ id }) => id === 'unknown')?.expanded).toBe(false);
  });

  it('shows only direct accounts where the screen is narrowed to the organization', () => {
    expect(names({ descendants: false }, ['root'])).toEqual(['Root', 'Alpha 2', 'Alpha 10']);
  });

  it('keeps orphans in a group of their own', () => {
    expect(names({}, [orphanGroupId])).toEqual(['Root', 'Parent not visible to this credential', 'Lost']);
  });

  it('shows a scope that begins lower without the group', () => {
    expect(names({ top: get(index, 'host10') }, ['host10'])).toEqual(['Host 10', 'Only']);
  });

  it('sorts by a value with unknown last in both directions', () => {
    const value = (item: OrganizationItem | AccountItem) => (item.kind === 'organization' ? item.accounts.here : null);
    const order = (direction: 'ascending' | 'descending') =>
      names({ inOrder: siblingSorter({ sort: { column: 'accounts', direction }, value }) }, ['root']).slice(1, 6);
    expect(order('ascending')).toEqual(['Empty', 'Host 10', 'Host 9', 'Failing', 'Unknown']);
    expect(order('descending')).toEqual(['Failing', 'Host 9', 'Host 10', 'Empty', 'Unknown']);
  });
});

describe('25,000 nodes', () => {
  const large = largeHierarchy();
  const byOrganization = accountsByOrganization(large.accounts);

  it('open whole, and one organization of 5,000 accounts closes and opens by a splice', () => {
    const all = indexOrganizations(large.nodes);
    let asked = 0;
    const whole = wholeTree(
      parts({
        index: all,
        top: get(all, 'organization0'),
        accountsOf: (id) => ({ state: 'loaded', accounts: byOrganization.get(id) ?? [] }),
      }),
    );
    const source = {
      ...whole,
      childrenOf: (item: Item) => {
        asked += 1;
        return whole.childrenOf(item);
      },
    };
    const open = new Set(all.byId.keys());
    let state = startTree(source, open);
    expect(state.rows).toHaveLength(25_000);
    const without = new Set(open);
    without.delete('organization1');
    asked = 0;
    state = followTree(state, source, without);
    expect(state.rows.length).toBeLessThan(20_000);
    expect(asked).toBe(0);
    const last = state.rows.at(-1);
    state = followTree(state, source, open);
    expect(state.rows).toHaveLength(25_000);
    expect(state.rows.at(-1)).toBe(last);
    expect(asked).toBeLessThan(15_000);
  });
});
