import type { Database } from '../database.ts';
import { dayFromText, dayOf } from '../seed/days.ts';
import { AccountUsage, type RowChoice } from '../usage/account-usage.ts';
import type { UsagePlan } from '../usage/plan.ts';
import type { UsageRow } from '../usage/row.ts';
import type { UsageQuery, UsageStore } from './store.ts';
import type { AccountRow } from './tables.ts';

/** Worked-out accounts that are kept; a larger distributor is worked out again. */
const keptAccounts = 2000;

/** Milliseconds of work before other requests get a turn. */
const longestTurn = 15;

const select = 'select id, name, type, created_on, usage_plan from accounts';
type Account = Pick<AccountRow, 'id' | 'name' | 'type' | 'created_on' | 'usage_plan'>;

/** Usage is never stored: it is worked out from each account's plan, batch by batch, as somebody reads it. */
export class Usage implements UsageStore {
  readonly #database: Database;
  readonly #seed: number;
  readonly #seedDay: number;
  readonly #now: () => number;
  readonly #known = new Map<string, AccountUsage>();

  constructor(database: Database, options: { seed: number; seededAt: number; now: () => number }) {
    this.#database = database;
    this.#seed = options.seed;
    this.#seedDay = dayOf(options.seededAt);
    this.#now = options.now;
  }

  async *ofOrganization(organizationId: string, query: UsageQuery) {
    yield* this.#answer(
      await this.#database.read<Account>(`${select} where organization_id = $1 order by id`, [organizationId]),
      query,
    );
  }

  async *ofAccount(accountId: string, query: UsageQuery) {
    yield* this.#answer(await this.#database.read<Account>(`${select} where id = $1`, [accountId]), query);
  }

  async *#answer(accounts: readonly Account[], query: UsageQuery): AsyncIterable<readonly UsageRow[]> {
    const now = this.#now();
    let turn = performance.now();
    const choice: RowChoice = {
      metricIds: query.metricIds && new Set(query.metricIds),
      familyIds: query.familyIds && new Set(query.familyIds),
      byZone: query.byZone ?? false,
    };
    for (const account of accounts) {
      const rows = this.#usageOf(account).rows(dayFromText(query.from), dayFromText(query.to), now, choice);
      if (rows.length > 0) yield rows;
      if (performance.now() - turn < longestTurn) continue;
      await new Promise(setImmediate);
      turn = performance.now();
    }
  }

  #usageOf(row: Account): AccountUsage {
    const known = this.#known.get(row.id);
    if (known) return known;
    if (this.#known.size >= keptAccounts) this.#known.clear();
    const plan = JSON.parse(row.usage_plan) as UsagePlan; // written by the seed
    const made = new AccountUsage(
      { id: row.id, name: row.name, type: row.type, created: row.created_on, plan },
      this.#seed,
      this.#seedDay,
    );
    this.#known.set(row.id, made);
    return made;
  }
}
