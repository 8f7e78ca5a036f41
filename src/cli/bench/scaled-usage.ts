import { buildWorld } from '../../sandbox/seed/build-world.ts';
import { dayFromText, dayOf } from '../../sandbox/seed/days.ts';
import { AccountUsage } from '../../sandbox/usage/account-usage.ts';
import type { UsagePlan } from '../../sandbox/usage/plan.ts';

/** How much there is to send. */
export interface Scale {
  /**
   * `records` about that many over the whole history; `accounts` that many of them, all in the first organization, with at
   * least so many zones each.
   */
  size: { records: number } | { accounts: number; zones: number };
  /** Every how many accounts one tells each zone of its records: 1 is all of them. */
  zonesEvery: number;
  /** Days before today that have records. */
  days: number;
}

interface ScaledAccount {
  usage: AccountUsage;
  byZone: boolean;
}

const seed = 1;
/** Milliseconds of work before other requests get a turn. */
const longestTurn = 15;

/**
 * Usage of the demo's organizations with many more accounts than the demo has, from the sandbox's own catalogue: what an
 * account uses follows from its id, so no two are alike, and the same day gives the same records.
 */
export class ScaledUsage {
  readonly #accounts = new Map<string, ScaledAccount[]>();
  readonly #now: number;
  readonly #firstDay: number;
  /** Accounts that use anything. */
  accounts = 0;

  constructor({ size, zonesEvery, days }: Scale, now: number) {
    this.#now = now;
    this.#firstDay = dayOf(now) - days;
    const world = buildWorld('demo', seed, now);
    const [top] = world.organizations;
    const users = world.accounts
      .map((row) => ({ row, plan: JSON.parse(row.usage_plan) as UsagePlan })) // written by the seed
      .filter(({ plan }) => plan.kind !== 'idle');
    const leastZones = 'zones' in size ? size.zones : 0;
    let left = 'records' in size ? size.records / days : size.accounts;
    for (let made = 0; left > 0; made++) {
      const user = users[made % users.length];
      if (!user || !top) throw new Error('the demo has accounts');
      const { row, plan } = user;
      const copy = Math.floor(made / users.length);
      const account = {
        id: `${copy.toString(16).padStart(4, '0')}${row.id.slice(4)}`,
        name: `${row.name} ${copy + 1}`,
        type: row.type,
        created: 0,
        // stories are for looking at, not for measuring
        plan: { ...plan, zones: Math.max(plan.zones, leastZones), stories: [] },
      };
      const one = { usage: new AccountUsage(account, seed, dayOf(now)), byZone: made % zonesEvery === 0 };
      const organizationId = 'records' in size ? row.organization_id : top.id;
      this.#accounts.set(organizationId, [...(this.#accounts.get(organizationId) ?? []), one]);
      left -= 'records' in size ? this.#rows(one, dayOf(now) - 7, dayOf(now) - 7).length : 1;
      this.accounts = made + 1;
    }
  }

  /** The answer about an organization's days, both included, in pieces. */
  async *answer(organizationId: string, from: string, to: string): AsyncGenerator<string> {
    let turn = performance.now();
    let between = '';
    yield '{"success":true,"errors":[],"messages":[],"result":[';
    for (const account of this.#accounts.get(organizationId) ?? []) {
      const rows = this.#rows(account, dayFromText(from), dayFromText(to));
      if (rows.length > 0) yield between + rows.join(',');
      if (rows.length > 0) between = ',';
      if (performance.now() - turn < longestTurn) continue;
      await new Promise(setImmediate);
      turn = performance.now();
    }
    yield ']}';
  }

  #rows({ usage, byZone }: ScaledAccount, from: number, to: number): string[] {
    return usage.rows(Math.max(from, this.#firstDay), to, this.#now, { byZone });
  }
}
