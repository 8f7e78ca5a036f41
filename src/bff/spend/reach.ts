import type { Hierarchy } from '../../contract/canopy/hierarchy.ts';
import type { Database } from '../database/open.ts';
import type { Directory, SpendScope } from '../services.ts';
import { rowBatches } from './row-batches.ts';

export type UsageDirectory = Pick<Directory, 'hierarchy' | 'subtree' | 'requireVisible' | 'accounts'>;

/** Whose records a question is about. Everything that reads the store filters by `ids`. */
export interface Reach {
  /** Organizations of the tree, and deleted ones whose history is still here. */
  ids: readonly string[];
  /** Those that are still there, and can be asked. */
  live: readonly string[];
  nameOf(organizationId: string): string;
  /** Accounts whose tags may be known: those that the person sees today. Null for all. */
  tagged(): Promise<readonly string[] | null>;
}

/** Finds the organizations of a question, and remembers those that upstream forgets. */
export class Reaches {
  readonly #database: Database;
  readonly #directory: UsageDirectory;
  #depths = new Map<string, number>();

  constructor(database: Database, directory: UsageDirectory) {
    this.#database = database;
    this.#directory = directory;
  }

  /** Throws where the person may not see the organization. */
  async of({ scope, organization, descendants }: SpendScope): Promise<Reach> {
    const visible = await this.#directory.subtree(scope, organization, descendants);
    const live = visible.map((one) => one.id);
    const names = new Map(visible.map((one) => [one.id, one.name]));
    const below = organization ?? scope;
    const deleted = descendants || organization === undefined ? await this.#deletedBelow(below) : [];
    for (const { organization_id, name } of deleted) names.set(organization_id, name);
    return {
      ids: [...live, ...deleted.map((row) => row.organization_id)],
      live,
      nameOf: (id) => names.get(id) ?? id,
      tagged: async () => {
        if (scope === null) return null;
        const { rows } = await this.#directory.accounts(scope, undefined, true);
        return rows.map((account) => account.id);
      },
    };
  }

  /** Steps from the root to an organization, as far as it was seen. */
  depthOf = (organizationId: string): number => this.#depths.get(organizationId) ?? 0;

  /** Keeps names and places: the history of an organization outlives it. */
  async remember({ nodes }: Hierarchy): Promise<void> {
    const parents = new Map(nodes.map((node) => [node.id, node.parentId]));
    this.#depths = new Map(nodes.map((node) => [node.id, node.depth]));
    const known = new Map(
      (await this.#database.query.selectFrom('usage_organization').selectAll().execute()).map((row) => [
        row.organization_id,
        row,
      ]),
    );
    const news = nodes
      .map((node) => ({ organization_id: node.id, name: node.name, ancestors: JSON.stringify(ancestorsOf(node.id, parents)) }))
      .filter(
        (row) => known.get(row.organization_id)?.name !== row.name || known.get(row.organization_id)?.ancestors !== row.ancestors,
      );
    for (const batch of rowBatches(news))
      await this.#database.query
        .insertInto('usage_organization')
        .values(batch)
        .onConflict((conflict) =>
          conflict
            .column('organization_id')
            .doUpdateSet((row) => ({ name: row.ref('excluded.name'), ancestors: row.ref('excluded.ancestors') })),
        )
        .execute();
  }

  /** Organizations that are no longer in the tree but were below this one; all of them where it is null. */
  async #deletedBelow(top: string | null): Promise<{ organization_id: string; name: string }[]> {
    const remembered = await this.#database.query.selectFrom('usage_organization').selectAll().execute();
    if (remembered.length === 0) return [];
    const { nodes, complete } = await this.#directory.hierarchy(null);
    if (!complete) return [];
    const live = new Set(nodes.map((node) => node.id));
    return remembered.filter(
      (row) => !live.has(row.organization_id) && (top === null || (JSON.parse(row.ancestors) as string[]).includes(top)), // written by `remember`
    );
  }
}

/** Root first. A tree that names itself as its parent ends the walk. */
function ancestorsOf(id: string, parents: ReadonlyMap<string, string | null>): string[] {
  const line: string[] = [];
  for (let at = parents.get(id) ?? null; at !== null && !line.includes(at); at = parents.get(at) ?? null) line.unshift(at);
  return line;
}
