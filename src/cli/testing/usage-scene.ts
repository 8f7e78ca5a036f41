import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SpendAnswer, SpendQuestion, SpendState } from '../../contract/canopy/spend.ts';
import { openDatabase } from '../../bff/database/open.ts';
import type { Database } from '../../bff/database/open.ts';
import type { Spend } from '../../bff/services.ts';
import type { Day } from '../../bff/spend/days.ts';
import { createSpend } from '../../bff/spend/spend.ts';
import { fakeDirectory, FakeUpstream, noFiles, organization, silent, StillClock } from '../../bff/spend/testing.ts';

export const root = organization('root');
export const east = organization('east');
export const west = organization('west');
export const everything = { scope: null, organization: undefined, descendants: true };
export const quantity = { kind: 'quantity', metric: 'workers_standard_requests', unit: 'Requests' } as const;
export const usd = (cost: string) => `"BilledCost":${cost},"BillingCurrency":"USD"`;

export const question = (more: Partial<SpendQuestion> = {}): SpendQuestion => ({
  organization: root,
  descendants: true,
  measure: { kind: 'cost', column: 'BilledCost', currency: 'USD' },
  from: '2026-11-01',
  to: '2026-11-11',
  granularity: 'day',
  groupBy: 'account',
  filters: [],
  top: 10,
  compare: null,
  ...more,
});

/** When it plays, from which day on usage is read, how many days with one call, and where it is kept: in memory unless told. */
interface Setting {
  now?: string;
  historyStart?: Day;
  daysPerCall?: number;
  kept?: 'in memory' | 'in a file';
}

const fileIn = (folder: string | null) => (folder === null ? ':memory:' : join(folder, 'canopy.db'));

/** Usage on a real database, with an upstream and a tree of three organizations that a test holds in its hands. */
export class Scene {
  readonly upstream = new FakeUpstream();
  readonly clock: StillClock;
  readonly directory = fakeDirectory({ [root]: null, [east]: root, [west]: root });
  database: Database;
  spend: Spend;
  readonly #folder: string | null;
  readonly #historyStart: Day;
  readonly #daysPerCall: number;

  private constructor(
    folder: string | null,
    database: Database,
    { now = '2026-11-10T12:00:00Z', historyStart = '2026-11-01', daysPerCall = 1 }: Setting,
  ) {
    this.#folder = folder;
    this.#historyStart = historyStart;
    this.#daysPerCall = daysPerCall;
    this.clock = new StillClock(now);
    this.database = database;
    this.spend = this.#create();
  }

  static async open(setting: Setting = {}): Promise<Scene> {
    const folder = setting.kept === 'in a file' ? await mkdtemp(join(tmpdir(), 'canopy-spend-')) : null;
    return new Scene(folder, await openDatabase(fileIn(folder)), setting);
  }

  #create(): Spend {
    const { database, directory, clock, upstream } = this;
    return createSpend({
      database,
      upstream: upstream.upstream,
      directory,
      clock,
      log: silent,
      historyStart: this.#historyStart,
      daysPerCall: this.#daysPerCall,
      ...noFiles,
    });
  }

  /** Stops at once, and starts on what is in the file. */
  async restart(): Promise<void> {
    if (this.#folder === null) throw new Error('In memory nothing is left to start on');
    await this.spend.close();
    await this.database.close();
    this.database = await openDatabase(fileIn(this.#folder));
    this.spend = this.#create();
  }

  async close(): Promise<void> {
    await this.spend.close();
    await this.database.close();
    if (this.#folder !== null) await rm(this.#folder, { recursive: true });
  }

  /** Lets the reading do all it wants to do after this. */
  async settled(ask: () => Promise<unknown>): Promise<void> {
    const idle = this.clock.nextLongSleep();
    await ask();
    await idle;
  }

  /** Reads everything there is to read now. */
  async sync(): Promise<void> {
    await this.settled(async () => {
      this.spend.start();
      await this.spend.control(null, { action: 'start' });
    });
  }

  state(): Promise<SpendState> {
    return this.spend.state(everything);
  }
  ask(more: Partial<SpendQuestion> = {}, scope: string | null = null): Promise<SpendAnswer> {
    return this.spend.ask(scope, question(more));
  }
}
