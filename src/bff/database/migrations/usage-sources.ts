import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** A file that was taken in beside what upstream sends. Times are text on our side. */
export interface UsageImportTable {
  id: string;
  /** The organization its records belong to. */
  organization_id: string;
  name: string;
  file_name: string;
  /** In bytes. */
  file_size: string;
  /** SHA-256 of the file, hexadecimal. */
  digest: string;
  format: string;
  stored_at: string;
  person_id: string;
  person_name: string;
  /** How its records count beside those of upstream: see `SourceUse`. */
  counts: string;
  records: number;
  first_day: string;
  last_day: string;
  /** What was found in the file: an `ImportReport` as JSON text. */
  report: string;
}

/** What changed in a day that was whole, for one account and metric. */
export interface UsageRestatementTable {
  organization_id: string;
  day: string;
  noticed_at: string;
  account_id: string | null;
  metric: string | null;
  /** Never null: no unit is the empty text. */
  unit: string;
  currency: string | null;
  quantity_before: string | null;
  quantity_after: string | null;
  billed_before: string | null;
  billed_after: string | null;
  records_before: number;
  records_after: number;
}

export interface UsageSourceTables {
  usage_import: UsageImportTable;
  /** Days that changed by something else than a reading: their version, and records that count there. */
  usage_change: { organization_id: string; day: string; version: number; records: number };
  usage_restatement: UsageRestatementTable;
}

/** Everything that is of one source: an import by its id, or upstream. */
const tables = [
  'usage_series',
  'usage_note',
  'usage_day',
  'usage_account_day',
  'usage_month',
  'cost_day',
  'cost_account_day',
  'cost_month',
];

const quantity = 'decimal(38, 12)';
const cost = 'decimal(38, 15)';
const statements = [
  ...tables.map((table) => `alter table ${table} add column source text default 'cloudflare'`),
  `create table usage_import (
    id text not null, organization_id text not null, name text not null, file_name text not null, file_size bigint not null,
    digest text not null, format text not null, stored_at timestamptz not null, person_id text not null, person_name text not null,
    counts text not null, records integer not null, first_day date not null, last_day date not null, report text not null)`,
  `create table usage_change (organization_id text not null, day date not null, version integer not null, records integer not null)`,
  `create table usage_restatement (
    organization_id text not null, day date not null, noticed_at timestamptz not null, account_id text, metric text, unit text not null,
    currency text, quantity_before ${quantity}, quantity_after ${quantity}, billed_before ${cost}, billed_after ${cost},
    records_before integer not null, records_after integer not null)`,
];

export const usageSources = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
