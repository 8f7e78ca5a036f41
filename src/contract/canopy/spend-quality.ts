import { answer } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { day, flag, text } from '../query.ts';
import type { Amount, SpendFilter } from './spend.ts';

const scope = { organization: text(32), descendants: flag() } as const;
const read = { params: {}, body: null, paging: 'none', credential: 'none', permission: 'spend:read', effect: 'read' } as const;

/** What was found in stored records that one should know before one relies on them. */
export interface QualityFinding {
  /**
   * - `no-rate`: usage without a price, by metric
   * - `currency`: one of several currencies
   * - `negative`: costs or quantities below zero that are no corrections
   * - `equation`: price times pricing quantity is not the cost, beyond rounding
   * - every other kind is a note of the reading: unknown units, columns, categories, collisions
   */
  kind: string;
  /** The metric, currency or account it is about by name; a sentence where it is a note. */
  text: string;
  records: number;
  /** What narrows Usage & cost to these records; null where no filter can. */
  filter: SpendFilter | null;
}

export interface SpendQuality {
  /** The days that were examined: the first, included, to the last, excluded. */
  range: { from: string; to: string };
  /** Organizations whose days are not all complete, most days missing first, at most 100; and how many there are. */
  organizations: {
    /** Organizations that were examined. */
    total: number;
    incomplete: number;
    rows: readonly {
      id: string;
      name: string;
      /** The last complete day; null where there is none. */
      throughDay: string | null;
      /** Days of the range that are not complete, and those of them whose reading failed. */
      missingDays: number;
      failedDays: number;
    }[];
  };
  /** Accounts whose records end before the last complete day, longest ago first, at most 100; and how many there are. */
  accounts: {
    total: number;
    silent: number;
    rows: readonly { id: string; name: string; organizationName: string; lastDay: string }[];
  };
  findings: readonly QualityFinding[];
}

/** How far stored records can be relied on: what is missing, what has no price, and what is odd in itself. At most 92 days. */
export const getSpendQuality = endpoint({
  name: 'getSpendQuality',
  method: 'GET',
  path: '/canopy/spend/quality',
  query: { ...scope, from: day(), to: day() },
  result: answer<SpendQuality>(),
  ...read,
});

/** A day that was complete and says something else since. */
export interface Restatement {
  organizationName: string;
  day: string;
  noticedAt: string;
  accountId: string | null;
  accountName: string;
  metric: string | null;
  metricName: string;
  unit: string;
  currency: string | null;
  /** As first read once the day was over, and as it is now; null where nothing was sent. */
  quantity: { before: Amount; after: Amount };
  billed: { before: Amount; after: Amount };
}

/** Records of charge class Correction, by the day of the charge that they correct. */
export interface CorrectedCharge {
  day: string;
  organizationName: string;
  accountId: string | null;
  accountName: string;
  metric: string | null;
  metricName: string;
  unit: string;
  quantity: Amount;
  currency: string | null;
  billed: Amount;
  records: number;
}

/** What changed after the fact. */
export const listRestatements = endpoint({
  name: 'listRestatements',
  method: 'GET',
  path: '/canopy/spend/restatements',
  query: scope,
  result: answer<{
    /** Newest first, at most 200; and how many there are. */
    restatements: { total: number; rows: readonly Restatement[] };
    /** Newest day first, at most 200; how many there are, and what they come to by currency. */
    corrections: { total: number; rows: readonly CorrectedCharge[]; net: readonly { currency: string; billed: Amount }[] };
  }>(),
  ...read,
});
