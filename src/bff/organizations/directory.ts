import type { Hierarchy, PlacedAccount, PlacedMember } from '../../contract/canopy/hierarchy.ts';
import { listOrganizationAccounts } from '../../contract/cloudflare/accounts.ts';
import { listMembers } from '../../contract/cloudflare/members.ts';
import { listAccountOrganizations } from '../../contract/cloudflare/organizations.ts';
import { Problem } from '../problem.ts';
import type { Asking, Clock, Directory, Log, Scope, Upstream } from '../services.ts';
import { buildHierarchy } from './hierarchy.ts';
import { OrganizationList } from './organization-list.ts';
import { Readings, fewLists } from './readings.ts';
import { lineOf } from './tree.ts';
import { cutAbove, viewOf } from './view.ts';
import type { View } from './view.ts';

/** Snapshots older than this are read again, in the background, when someone asks for them. */
const listAge = 5 * 60_000;
const rowsAge = 15 * 60_000;
/** A scoped person's reach is judged by a snapshot at most this old. */
const reachAge = 60_000;
/** How long a question about few lists waits for rows that are being read before it answers with what there is. */
const patience = 2_000;
const refreshPatience = 10_000;
/** Larger hierarchies are not read again by themselves: their lists would never be done. */
const selfRefreshing = 100;

interface Parts {
  upstream: Pick<Upstream, 'walk' | 'call' | 'availability'>;
  clock: Clock;
  log: Log;
  /** Ends all background work. */
  stop: AbortSignal;
}

/** The snapshot of organizations, accounts and members that the whole console stands on. */
export class SnapshotDirectory implements Directory {
  readonly #clock: Clock;
  readonly #upstream: Parts['upstream'];
  readonly #list: OrganizationList;
  readonly #accounts: Readings<PlacedAccount>;
  readonly #members: Readings<PlacedMember>;
  readonly #views = new Map<Scope, View>();
  readonly #answers = new Map<Scope, { version: string; hierarchy: Hierarchy }>();

  constructor({ upstream, clock, log, stop }: Parts) {
    this.#clock = clock;
    this.#upstream = upstream;
    const parts = { clock, log, stop };
    this.#accounts = new Readings(async (organizationId, asking) => {
      const page = await upstream.walk(listOrganizationAccounts, { params: { organizationId }, query: {} }, asking);
      return { ...page, result: placed(page.result, organizationId) };
    }, parts);
    this.#members = new Readings(async (organizationId, asking) => {
      const page = await upstream.walk(listMembers, { params: { organizationId }, query: {} }, asking);
      return { ...page, result: placed(page.result, organizationId) };
    }, parts);
    this.#list = new OrganizationList({ upstream, ...parts }, (tree) => {
      this.#views.clear();
      const ids = new Set(tree.byId.keys());
      this.#accounts.keep(ids);
      this.#members.keep(ids);
    });
  }

  /** Begins reading before anyone asks. */
  warm(): void {
    this.#list.readSoon('background');
  }

  async hierarchy(scope: Scope): Promise<Hierarchy> {
    await this.#list.settled();
    this.#list.readWhenOlderThan(listAge);
    if (this.#list.tree.order.length <= selfRefreshing) {
      this.#accounts.refreshOlderThan(rowsAge);
      this.#members.refreshOlderThan(rowsAge);
    }
    return this.#answer(scope);
  }

  async refresh(scope: Scope, organizationIds?: readonly string[]): Promise<Hierarchy> {
    await this.#list.settled();
    for (const id of organizationIds ?? []) await this.requireVisible(scope, id);
    if (!organizationIds) await this.#list.read('interactive');
    const ids = organizationIds ?? [...this.#view(scope).ids];
    this.#accounts.again(ids);
    this.#members.again(ids);
    await Promise.all([this.#accounts.settled(ids, refreshPatience), this.#members.settled(ids, refreshPatience)]);
    return this.#answer(scope);
  }

  async subtree(scope: Scope, organizationId: string | undefined, descendants: boolean) {
    await this.#list.settled();
    const view = this.#view(scope);
    if (organizationId === undefined) return this.#cut(view, view.visible);
    await this.requireVisible(scope, organizationId);
    const current = this.#view(scope);
    const top = current.tree.byId.get(organizationId);
    if (!top) throw notFound();
    return this.#cut(current, descendants ? viewOf(current.tree, organizationId).visible : [top]);
  }

  #cut(view: View, placed: View['visible']) {
    return placed.map(({ organization }) => cutAbove(organization, view.scope));
  }

  async requireVisible(scope: Scope, organizationId: string): Promise<void> {
    if (scope === null) return;
    await this.#list.settled();
    await this.#list.readIfOlderThan(reachAge);
    if (!this.#view(scope).ids.has(organizationId)) throw outOfScope();
  }

  async organizationOfAccount(accountId: string, asking: Asking): Promise<string | null> {
    await this.#list.settled();
    for (const id of this.#list.tree.byId.keys()) {
      const freshSince = this.#accounts.freshSince(id);
      if (freshSince === null || this.#clock.now() - freshSince > reachAge) continue;
      if (this.#accounts.rows(id)?.some((account) => account.id === accountId)) return id;
    }
    if (this.#upstream.availability(listAccountOrganizations).available) {
      const { result } = await this.#upstream.call(listAccountOrganizations, { params: { accountId }, query: {} }, asking);
      const deepest = [...result].sort((a, b) => (b.meta.hierarchy_tags?.length ?? 0) - (a.meta.hierarchy_tags?.length ?? 0))[0];
      return deepest?.id ?? null;
    }
    for (const id of this.#list.tree.byId.keys())
      if (this.#accounts.rows(id)?.some((account) => account.id === accountId)) return id;
    return null;
  }

  async accounts(scope: Scope, organizationId: string | undefined, descendants: boolean) {
    const ids = await this.#askFor(this.#accounts, scope, organizationId, descendants);
    const rows = ids.flatMap((id) => this.#accounts.rows(id) ?? []);
    return { rows, coverage: this.#accounts.coverage(ids) };
  }

  async members(scope: Scope, organizationId: string | undefined, descendants: boolean) {
    const ids = await this.#askFor(this.#members, scope, organizationId, descendants);
    const rows = ids.flatMap((id) => this.#members.rows(id) ?? []);
    return { rows, coverage: this.#members.coverage(ids) };
  }

  async #askFor<T>(readings: Readings<T>, scope: Scope, organizationId: string | undefined, descendants: boolean) {
    const ids = (await this.subtree(scope, organizationId, descendants)).map(({ id }) => id);
    readings.ask(ids);
    if (ids.length <= fewLists) await readings.settled(ids, patience);
    return ids;
  }

  invalidate({ organizations, tree }: { organizations: readonly string[]; tree: boolean }): void {
    this.#accounts.changed(organizations);
    this.#members.changed(organizations);
    if (tree) this.#list.changed();
  }

  async path(organizationId: string, scope: Scope): Promise<readonly { id: string; name: string }[]> {
    await this.#list.settled();
    const view = this.#view(scope);
    const placed = view.ids.has(organizationId) ? view.tree.byId.get(organizationId) : undefined;
    const line = placed ? lineOf(placed) : [];
    return line
      .map(({ organization }) => organization)
      .filter(({ id }) => view.ids.has(id))
      .map(({ id, name }) => ({ id, name }));
  }

  lineage(organizationId: string): readonly string[] {
    const placed = this.#list.tree.byId.get(organizationId);
    return placed ? lineOf(placed).map(({ organization }) => organization.id) : [];
  }

  peek(scope: Scope): Hierarchy | null {
    return this.#list.known ? this.#answer(scope) : null;
  }

  #view(scope: Scope): View {
    const known = this.#views.get(scope);
    if (known) return known;
    const view = viewOf(this.#list.tree, scope);
    this.#views.set(scope, view);
    return view;
  }

  /** The same object until something changes: a large hierarchy is built once, not for each question. */
  #answer(scope: Scope): Hierarchy {
    const version = `${this.#list.version}/${this.#accounts.version}/${this.#members.version}`;
    const known = this.#answers.get(scope);
    if (known?.version === version) return known.hierarchy;
    const hierarchy = buildHierarchy(this.#view(scope), this.#list, this.#accounts, this.#members);
    this.#answers.set(scope, { version, hierarchy });
    return hierarchy;
  }
}

/** Rows with the organization they are in; the rows themselves may be shared with others, so they stay as they are. */
function placed<T extends object>(rows: readonly T[], organizationId: string): (T & { organizationId: string })[] {
  return rows.map((row) => Object.assign({ organizationId }, row, { organizationId }));
}

const outOfScope = () =>
  new Problem({
    code: 'out_of_scope',
    message: 'This organization is not one that you may see, or it does not exist.',
    action: 'Choose an organization of your hierarchy.',
  });

const notFound = () =>
  new Problem({
    code: 'not_found',
    message: 'There is no such organization, or this credential does not see it.',
    action: 'Choose an organization of the hierarchy, or read the hierarchy again.',
  });
