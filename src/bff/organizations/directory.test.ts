import { afterEach, describe, expect, test } from 'vitest';
import type { Organization } from '../../contract/cloudflare/organizations.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import { Problem } from '../problem.ts';
import type { Asking, CallInput, Clock, Exchange, Log, Upstream } from '../services.ts';
import { SnapshotDirectory } from './directory.ts';

const quiet: Log = { info() {}, warn() {}, error() {} };
const asking: Asking = { requestId: 'test', priority: 'interactive' };

const organization = (id: string, parent?: string): Organization => ({
  id,
  name: `Organization ${id}`,
  create_time: '2026-01-01T00:00:00Z',
  meta: { tenant_flags: { account_mobility: 'true' } },
  ...(parent ? { parent: { id: parent } } : {}),
});

/** An upstream in memory that counts what it is asked, and a clock that is moved by hand. */
class World {
  organizations = [
    organization('root'),
    organization('north', 'root'),
    organization('south', 'root'),
    organization('deep', 'north'),
  ];
  accounts: Record<string, string[]> = { root: [], north: ['a1', 'a2'], south: ['a3'], deep: ['a4'] };
  failing = new Map<string, Problem>();
  asked: string[] = [];
  /** Answers wait for it. */
  held: Promise<void> = Promise.resolve();
  time = Date.UTC(2026, 9, 15);
  readonly stop = new AbortController();
  readonly clock: Clock = {
    now: () => this.time,
    monotonic: () => this.time,
    sleep: (_milliseconds, signal) => new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
  };
  readonly upstream = {
    walk: (row: Endpoint, input: CallInput<Endpoint>) => this.#answer(row, input),
    call: (row: Endpoint, input: CallInput<Endpoint>) => this.#answer(row, input),
    availability: () => ({ available: true }) as const,
  } as unknown as Pick<Upstream, 'walk' | 'call' | 'availability'>; // answers are made up by name of the row
  readonly directory = new SnapshotDirectory({ upstream: this.upstream, clock: this.clock, log: quiet, stop: this.stop.signal });

  async #answer(row: Endpoint, { params }: CallInput<Endpoint>): Promise<Exchange<unknown>> {
    const id = params['organizationId'] ?? params['accountId'] ?? '';
    this.asked.push(`${row.name} ${id}`.trim());
    await this.held;
    const failure = this.failing.get(`${row.name} ${id}`.trim());
    if (failure) throw failure;
    return {
      result: this.#result(row.name, id),
      info: null,
      status: 200,
      rayId: null,
      duration: 1,
      asOf: new Date(this.time).toISOString(),
    };
  }

  #result(name: string, id: string): unknown {
    if (name === 'listOrganizations') return this.organizations;
    if (name === 'listOrganizationAccounts')
      return (this.accounts[id] ?? []).map((account) => ({
        id: account,
        name: account,
        type: 'standard',
        created_on: '2026-01-01',
      }));
    if (name === 'listMembers')
      return id === 'north'
        ? [
            { id: 'm1', status: 'active', create_time: '', user: { email: 'a@x.example' } },
            { id: 'm2', status: 'paused', create_time: '', user: { email: 'b@x.example' } },
          ]
        : [];
    if (name === 'listAccountOrganizations') return this.organizations.filter((one) => this.accounts[one.id]?.includes(id));
    throw new Error(name);
  }
}

let world = new World();
afterEach(() => {
  world.stop.abort();
  world = new World();
});

const problem = (code: 'upstream_failed' | 'rate_budget') =>
  new Problem({ code, message: 'No.', action: 'Wait.', retryAfterSeconds: 60 });

describe('the directory', () => {
  test('answers the tree, and the counts once they have been read', async () => {
    const { directory } = world;
    const first = await directory.hierarchy(null);
    expect(first.nodes.map((node) => node.id)).toEqual(['root', 'north', 'deep', 'south']);
    await directory.accounts(null, undefined, true);
    await directory.members(null, undefined, true);
    const { nodes, accounts } = await directory.hierarchy(null);
    expect(nodes.find((node) => node.id === 'north')).toMatchObject({
      accounts: 2,
      members: { active: 1, paused: 1 },
      depth: 2,
      flags: { account_mobility: 'true' },
    });
    expect(nodes.find((node) => node.id === 'root')).toMatchObject({ accounts: 0, members: {} });
    expect(accounts).toMatchObject({ total: 4, answered: 4, pending: 0, failed: [] });
  });

  test('reads each list once, however many ask', async () => {
    const { directory, asked } = world;
    await Promise.all([
      directory.hierarchy(null),
      directory.hierarchy('north'),
      directory.accounts(null, undefined, true),
      directory.subtree(null, 'north', true),
    ]);
    expect(asked.filter((one) => one === 'listOrganizations')).toHaveLength(1);
    expect(asked.filter((one) => one === 'listOrganizationAccounts north')).toHaveLength(1);
  });

  test('keeps a failure with its organization; the others stand', async () => {
    world.failing.set('listOrganizationAccounts north', problem('upstream_failed'));
    const { rows, coverage } = await world.directory.accounts(null, undefined, true);
    expect(rows.map((row) => row.id)).toEqual(['a4', 'a3']);
    expect(coverage).toMatchObject({
      total: 4,
      answered: 3,
      failed: [{ organizationId: 'north', error: { code: 'upstream_failed' } }],
    });
    expect((await world.directory.hierarchy(null)).nodes.find((node) => node.id === 'north')?.accounts).toBeNull();

    world.failing.clear();
    world.time += 60_000;
    const again = await world.directory.accounts(null, 'north', false);
    expect(again.rows.map((row) => row.id)).toEqual(['a1', 'a2']);
    expect(again.coverage.failed).toEqual([]);
  });

  test('waits for the rate budget instead of failing', async () => {
    world.failing.set('listMembers south', problem('rate_budget'));
    const { directory } = world;
    await directory.accounts(null, undefined, true);
    const { members } = await directory.hierarchy(null);
    expect(members.failed).toEqual([]);
    expect(members.pending).toBeGreaterThan(0);
  });

  test('shows a scope nothing beyond it', async () => {
    const { directory } = world;
    const scoped = await directory.hierarchy('north');
    expect(JSON.stringify(scoped)).not.toMatch(/root|south/);
    expect(scoped.nodes).toMatchObject([
      { id: 'north', parentId: null, depth: 1, orphan: false },
      { id: 'deep', parentId: 'north', depth: 2 },
    ]);
    expect((await directory.accounts('north', undefined, true)).rows.map((row) => row.id)).toEqual(['a1', 'a2', 'a4']);
    expect((await directory.accounts('north', 'north', false)).rows.map((row) => row.id)).toEqual(['a1', 'a2']);
    expect(await directory.path('deep', 'north')).toEqual([
      { id: 'north', name: 'Organization north' },
      { id: 'deep', name: 'Organization deep' },
    ]);
    expect(await directory.path('south', 'north')).toEqual([]);
    for (const id of ['root', 'south', 'nowhere']) {
      await expect(directory.requireVisible('north', id)).rejects.toMatchObject({ report: { code: 'out_of_scope' } });
      await expect(directory.subtree('north', id, true)).rejects.toMatchObject({ report: { code: 'out_of_scope' } });
      await expect(directory.refresh('north', [id])).rejects.toMatchObject({ report: { code: 'out_of_scope' } });
    }
    await expect(directory.subtree(null, 'nowhere', true)).rejects.toMatchObject({ report: { code: 'not_found' } });
  });

  test('notices that an organization left the scope', async () => {
    const { directory } = world;
    await directory.requireVisible('north', 'deep');
    world.organizations = world.organizations.map((one) => (one.id === 'deep' ? organization('deep', 'south') : one));
    world.time += 61_000;
    await expect(directory.requireVisible('north', 'deep')).rejects.toMatchObject({ report: { code: 'out_of_scope' } });
  });

  test('reads again what a write touched before it shows it', async () => {
    const { directory } = world;
    await directory.accounts(null, undefined, true);
    world.accounts = { ...world.accounts, north: ['a1'], south: ['a2', 'a3'] };
    world.organizations = [...world.organizations, organization('new', 'south')];
    directory.invalidate({ organizations: ['north', 'south'], tree: true });
    expect((await directory.hierarchy(null)).nodes.map((node) => node.id)).toContain('new');
    expect((await directory.accounts(null, 'south', false)).rows.map((row) => row.id)).toEqual(['a2', 'a3']);
    expect(await directory.organizationOfAccount('a2', asking)).toBe('south');
  });

  test('a question while the changed tree is on its way waits for it', async () => {
    const { directory } = world;
    await directory.hierarchy(null);
    let release = () => {};
    world.held = new Promise((resolve) => (release = resolve));
    world.organizations = world.organizations.map((one) => (one.id === 'deep' ? { ...one, name: 'Renamed' } : one));
    directory.invalidate({ organizations: [], tree: true });
    const answer = directory.hierarchy(null);
    setTimeout(release, 5);
    expect((await answer).nodes.find(({ id }) => id === 'deep')?.name).toBe('Renamed');
  });

  test('an answer that was under way when the write happened does not count', async () => {
    const { directory } = world;
    await directory.accounts(null, undefined, true);
    const before = world.asked.length;
    directory.invalidate({ organizations: ['north'], tree: false });
    world.accounts['north'] = ['a9'];
    directory.invalidate({ organizations: ['north'], tree: false });
    expect((await directory.accounts(null, 'north', false)).rows.map((row) => row.id)).toEqual(['a9']);
    expect(world.asked.slice(before).filter((one) => one === 'listOrganizationAccounts north')).toHaveLength(2);
  });

  test('asks upstream where an account is when the snapshot is not sure', async () => {
    const { directory } = world;
    await directory.accounts(null, undefined, true);
    expect(await directory.organizationOfAccount('a4', asking)).toBe('deep');
    expect(world.asked).not.toContain('listAccountOrganizations a4');
    world.time += 61_000;
    world.accounts = { ...world.accounts, deep: [], south: ['a4'] };
    expect(await directory.organizationOfAccount('a4', asking)).toBe('south');
    expect(await directory.organizationOfAccount('a0', asking)).toBeNull();
  });

  test('an old list is shown with its age while the new one is read', async () => {
    const { directory } = world;
    const { asOf } = await directory.hierarchy(null);
    world.failing.set('listOrganizations', problem('upstream_failed'));
    world.time += 6 * 60_000;
    expect((await directory.hierarchy(null)).asOf).toBe(asOf);
  });

  test('the first list failing is a failure', async () => {
    world.failing.set('listOrganizations', problem('upstream_failed'));
    await expect(world.directory.hierarchy(null)).rejects.toMatchObject({ report: { code: 'upstream_failed' } });
    expect(world.directory.peek(null)).toBeNull();
  });

  test('answers the same object until something changes', async () => {
    const { directory } = world;
    await directory.accounts(null, undefined, true);
    await directory.members(null, undefined, true);
    expect(await directory.hierarchy(null)).toBe(await directory.hierarchy(null));
  });
});
