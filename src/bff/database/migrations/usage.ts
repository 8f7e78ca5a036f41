import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/**
 * What the records of one thing have in common: an account's metric in a zone, in words. Records repeat it every day,
 * so it is kept once: records are small, and grouping by any word is a join with a small table.
 */
export interface UsageSeriesTable {
  series_id: number;
  /** The organization that was asked. */
  organization_id: string;
  /** All the words below in one text. */
  key: string;
  account_id: string | null;
  account_name: string | null;
  currency: string | null;
  charge_category: string | null;
  charge_class: string | null;
  charge_description: string | null;
  charge_frequency: string | null;
  consumed_unit: string | null;
  pricing_unit: string | null;
  region_id: string | null;
  region_name: string | null;
  sub_account_id: string | null;
  sub_account_name: string | null;
  host_provider_name: string | null;
  invoice_issuer_name: string | null;
  service_provider_name: string | null;
  metric_id: string | null;
  metric_name: string | null;
  category: string | null;
  family_id: string | null;
  family_name: string | null;
  zone_id: string | null;
  zone_name: string | null;
  /**
   * Fields sent as null, separated by spaces; the other empty ones were absent. `=` before an id: it was missing, and
   * the column holds the name instead.
   */
  nulls: string | null;
  /** An import by its id, or `cloudflare`. */
  source: string;
}

/** One usage record as upstream sent it, with the words of its series. Decimals, days and times are text on our side. */
export interface UsageRecordTable {
  series_id: number;
  /** The UTC day of `charge_period_start`. */
  day: string;
  /** Null where it is the whole UTC day, from midnight to midnight. */
  charge_period_start: string | null;
  charge_period_end: string | null;
  billing_period_start: string | null;
  billing_period_end: string | null;
  consumed_quantity: string | null;
  pricing_quantity: string | null;
  list_unit_price: string | null;
  contracted_unit_price: string | null;
  /** A cost to its sixth digit after the point; what is left of it stands in the column after. */
  billed_cost: string | null;
  billed_rest: string | null;
  effective_cost: string | null;
  effective_rest: string | null;
  contracted_cost: string | null;
  contracted_rest: string | null;
  list_cost: string | null;
  list_rest: string | null;
  /** Fields without a column: a JSON object. */
  other: string | null;
  /** Values that their column does not hold as they were sent: a JSON object by field. */
  exact: string | null;
  /** False where a deeper organization reports the same account on the same day. */
  counted: boolean;
}

interface Sums {
  billed_cost: string | null;
  billed_rest: string | null;
  effective_cost: string | null;
  effective_rest: string | null;
  contracted_cost: string | null;
  contracted_rest: string | null;
  list_cost: string | null;
  list_rest: string | null;
  records: string;
  /** Which costs the records carry: billed 1, effective 2, contracted 4, list 8. */
  costs: number;
  currency: string | null;
  charge_class: string | null;
  source: string;
}

interface MetricSums extends Sums {
  organization_id: string;
  category: string | null;
  family: string | null;
  metric: string | null;
  /** Never null: no unit is the empty text. */
  unit: string;
  /** Whole units and fractions apart: so no sum overflows, and none loses a digit. */
  quantity: string | null;
  quantity_rest: string | null;
}

/** What is added up over a month. */
export interface OfMonth {
  /** The first of the month. */
  day: string;
  /** From which day to which there are records of it. */
  first_day: string;
  last_day: string;
}

/** Usage records, what is added up from them, and what is known about their reading. */
export interface UsageTables {
  usage_series: UsageSeriesTable;
  usage_record: UsageRecordTable;
  /** Sums over the accounts of an organization's day. */
  usage_day: MetricSums & { day: string };
  /** Sums over the metrics of an account's day. */
  usage_account_day: Sums & { day: string; organization_id: string; account_id: string | null };
  /** Sums over a month; only for months listed in `usage_month_built`. */
  usage_month: MetricSums & OfMonth & { account_id: string | null };
  /** The same without accounts. */
  usage_metric_month: MetricSums & OfMonth;
  /** The same without metrics. */
  usage_account_month: Sums & OfMonth & { organization_id: string; account_id: string | null };
  /** The newest version of a day that the sums of its month hold. Where a day has a newer one, they are stale. */
  usage_month_built: { month: string; version: number };
  /** What is known about one organization's day. */
  usage_fetch: {
    organization_id: string;
    day: string;
    /** The last successful reading. */
    stored_at: string | null;
    /** The reading that brought what is stored. */
    changed_at: string | null;
    records: number;
    /** Equal for equal records in any order. */
    digest: string | null;
    /** Grows with every change of a stored day. */
    version: number;
    /** Failed readings since the last successful one. */
    attempts: number;
    /** The `ErrorReport` of the last failed reading, as JSON text. */
    error: string | null;
  };
  /** What is odd in an organization's day. */
  usage_note: { organization_id: string; day: string; kind: string; detail: string; records: number; source: string };
  /**
   * Every value that a dimension had, with its newest label. An empty key stands for records without one. `imported`: the
   * name comes from a file, and none from upstream is known.
   */
  usage_value: { organization_id: string; dimension: string; key: string; label: string; label_day: string; imported: boolean };
  /** Organizations as they were seen last, so that the history of a deleted one is still found. */
  usage_organization: { organization_id: string; name: string; /** JSON array of ids, root first. */ ancestors: string };
  usage_setting: { name: string; value: string };
}

const sums = `
  billed_cost decimal(38, 6), billed_rest decimal(38, 15), effective_cost decimal(38, 6), effective_rest decimal(38, 15),
  contracted_cost decimal(38, 6), contracted_rest decimal(38, 15), list_cost decimal(38, 6), list_rest decimal(38, 15),
  records bigint not null, costs smallint not null, currency text, charge_class text`;
const metricSums = `
  organization_id text not null, category text, family text, metric text, unit text not null,
  quantity decimal(38, 0), quantity_rest decimal(38, 12), ${sums}`;

const statements = [
  `create table usage_series (
    series_id integer not null, organization_id text not null, key text not null,
    account_id text, account_name text, currency text, charge_category text, charge_class text, charge_description text,
    charge_frequency text, consumed_unit text, pricing_unit text, region_id text, region_name text,
    sub_account_id text, sub_account_name text,
    host_provider_name text, invoice_issuer_name text, service_provider_name text, metric_id text, metric_name text,
    category text, family_id text, family_name text, zone_id text, zone_name text, nulls text)`,
  `create table usage_record (
    series_id integer not null, day date not null, charge_period_start text, charge_period_end text,
    billing_period_start text, billing_period_end text, consumed_quantity decimal(38, 12), pricing_quantity decimal(38, 12),
    list_unit_price decimal(38, 12), contracted_unit_price decimal(38, 12),
    billed_cost decimal(18, 6), billed_rest decimal(18, 15), effective_cost decimal(18, 6), effective_rest decimal(18, 15),
    contracted_cost decimal(18, 6), contracted_rest decimal(18, 15), list_cost decimal(18, 6), list_rest decimal(18, 15),
    other text, exact text, counted boolean not null)`,
  `create table usage_day (day date not null, ${metricSums})`,
  `create table usage_account_day (day date not null, organization_id text not null, account_id text, ${sums})`,
  `create table usage_month (day date not null, account_id text, ${metricSums})`,
  `create table usage_month_built (month date primary key, version integer not null)`,
  `create table usage_fetch (
    organization_id text not null, day date not null, stored_at timestamptz, changed_at timestamptz,
    records integer not null, digest text, version integer not null, attempts integer not null, error text)`,
  `create table usage_note (
    organization_id text not null, day date not null, kind text not null, detail text not null, records integer not null)`,
  `create table usage_value (
    organization_id text not null, dimension text not null, key text not null, label text not null, label_day date not null,
    primary key (organization_id, dimension, key))`,
  `create table usage_organization (organization_id text primary key, name text not null, ancestors text not null)`,
  `create table usage_setting (name text primary key, value text not null)`,
];

export const usage = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
