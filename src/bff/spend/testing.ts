import type { Hierarchy } from '../../contract/canopy/hierarchy.ts';
import { Problem } from '../problem.ts';
import type { Clock, Log } from '../services.ts';
import type { NewDigest } from '../exports/digest.ts';
import type { Shelf } from './imports/shelf.ts';
import type { UsageDirectory } from './reach.ts';
import type { UsageUpstream } from './reading/read.ts';

/** Stand-ins for the parts that usage stands on. */

export const organization = (name: string): string => name.padEnd(32, '0');

/** A clock that does not move by itself; sleeping returns at once and moves it. */
export class StillClock implements Clock {
  #now: number;
  #onLongSleep: () => void = () => undefined;
  constructor(now: string) {
    this.#now = Date.parse(now);
  }
  now = (): number => this.#now;
  monotonic = (): number => 0;
  set(now: string): void {
    this.#now = Date.parse(now);
  }
  /** Resolves when the wait for the next hour begins: there is nothing left to do. */
  nextLongSleep(): Promise<void> {
    return new Promise((resolve) => {
      this.#onLongSleep = resolve;
    });
  }
  /** Only short waits end by themselves: the wait for the next hour lasts until it is ended. */
  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (milliseconds < 5 * 60_000) {
      await new Promise((resolve) => setImmediate(resolve));
      return;
    }
    this.#onLongSleep();
    await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('woken'))));
  }
}

export const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Where no file is taken in. */
export const noFiles: { shelf: Shelf; newDigest: NewDigest } = {
  shelf: {
    append: () => Promise.reject(new Error('There are no files here')),
    read: async function* () {},
    pathOf: (id) => id,
    remove: async () => undefined,
  },
  newDigest: () => ({ update: () => undefined, hex: () => '' }),
};

/** Organizations by id, with the id of their parent. */
export function fakeDirectory(parents: Readonly<Record<string, string | null>>): UsageDirectory & { remove(id: string): void } {
  const tree = new Map(Object.entries(parents));
  const lineOf = (id: string): string[] => {
    const parent = tree.get(id) ?? null;
    return parent === null ? [id] : [...lineOf(parent), id];
  };
  const isBelow = (id: string, top: string | null) => top === null || lineOf(id).includes(top);
  const outOfScope = () => new Problem({ code: 'out_of_scope', message: 'Not yours.', action: 'Ask.' });
  const directory: UsageDirectory = {
    async hierarchy(scope) {
      const nodes = [...tree].filter(([id]) => isBelow(id, scope));
      const coverage = { total: 0, answered: 0, pending: 0, failed: [], asOf: null };
      const hierarchy: Hierarchy = {
        nodes: nodes.map(([id, parentId]) => ({
          id,
          name: `Name of ${id.replace(/0+$/, '')}`,
          parentId,
          orphan: false,
          depth: lineOf(id).length,
          createTime: '',
          managedBy: null,
          flags: {},
          accounts: null,
          members: null,
        })),
        asOf: '',
        complete: true,
        incompleteReason: null,
        shape: 'distributor',
        accountLimit: 500,
        accounts: coverage,
        members: coverage,
      };
      return hierarchy;
    },
    async subtree(scope, id, descendants) {
      if (id !== undefined && !isBelow(id, scope)) throw outOfScope();
      const top = id ?? scope;
      const { nodes } = await directory.hierarchy(top);
      return nodes
        .filter((node) => descendants || id === undefined || node.id === id)
        .map(({ id, name }) => ({ id, name, create_time: '', meta: {} }));
    },
    async accounts() {
      return { rows: [], coverage: { total: 0, answered: 0, pending: 0, failed: [], asOf: null } };
    },
    async requireVisible(scope, id) {
      if (!isBelow(id, scope)) throw outOfScope();
    },
  };
  return {
    ...directory,
    remove: (id) => tree.delete(id),
  };
}

/** Members of a record as JSON text, so that a test decides every digit. */
export type RecordText = string;

interface Asked {
  organizationId: string;
  from: string;
  to: string;
}

/** Upstream that holds records by organization and day, and can be told to misbehave. */
export class FakeUpstream {
  readonly asked: Asked[] = [];
  readonly records = new Map<string, RecordText[]>();
  /** Called with each question; a thrown error is the answer, a text replaces the body. */
  trouble: (asked: Asked) => string | void = () => undefined;
  /** Called before each piece of a body. */
  piece: (asked: Asked) => Promise<void> = async () => undefined;
  pieceLength = 1000;
  /** Whether records of the last day that is asked for come: all, none, all where it is the first as well, or the first one. */
  lastDay: 'included' | 'excluded' | 'included alone' | 'begun' = 'included';

  put(organizationId: string, day: string, ...records: RecordText[]): void {
    this.records.set(`${organizationId} ${day}`, records);
  }

  get upstream(): UsageUpstream {
    return {
      availability: () => ({ available: true }),
      stream: async (_row, { params, query }, { signal }) => {
        const { organizationId = '' } = params as Record<string, string>; // the only row that is streamed
        const { from = '', to = '' } = query as Record<string, string>;
        const asked = { organizationId, from, to };
        this.asked.push(asked);
        const replaced = this.trouble(asked);
        const records = [...this.records]
          .filter(([key]) => key.startsWith(organizationId) && this.#isWithin(key.slice(33), from, to))
          .flatMap(([key, texts]) => (this.lastDay === 'begun' && key.slice(33) === to ? texts.slice(0, 1) : texts));
        const body = replaced ?? `{"success":true,"errors":[],"messages":[],"result":[${records.join(',')}]}`;
        return { status: 200, rayId: 'ray', body: this.#pieces(asked, new TextEncoder().encode(body), signal) };
      },
    };
  }

  #isWithin(day: string, from: string, to: string): boolean {
    const lastComes =
      this.lastDay === 'included' || this.lastDay === 'begun' || (this.lastDay === 'included alone' && from === to);
    return day >= from && (lastComes ? day <= to : day < to);
  }

  async *#pieces(asked: Asked, bytes: Uint8Array, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += this.pieceLength) {
      await this.piece(asked);
      signal?.throwIfAborted();
      yield bytes.subarray(at, at + this.pieceLength);
    }
  }
}

/** A record as upstream sends it today, and more members as JSON text. */
export function recordText(
  account: string,
  day: string,
  members: Readonly<Record<string, unknown>> = {},
  more: RecordText = '',
): RecordText {
  const record = {
    BillingAccountId: account,
    BillingAccountName: `Account ${account}`,
    ChargeCategory: 'Usage',
    ChargeFrequency: 'Usage-Based',
    ChargePeriodStart: `${day}T00:00:00Z`,
    ChargePeriodEnd: `${day}T24:00:00Z`,
    ConsumedUnit: 'Requests',
    x_BillableMetricId: 'workers_standard_requests',
    x_BillableMetricName: 'Workers Standard Requests',
    x_ProductFamilyId: 'workers',
    x_ProductFamilyName: 'Workers',
    x_ProductCategoryName: 'Developer',
    ...members,
  };
  return `${JSON.stringify(record).slice(0, -1)}${more && `,${more}`}}`;
}
