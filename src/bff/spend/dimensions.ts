import { sql } from 'kysely';
import { noCurrency } from '../../contract/canopy/currency.ts';
import type { RecordDimension } from '../../contract/canopy/spend.ts';
import type { UsageSeriesTable } from '../database/migrations/usage.ts';
import type { WordName } from './columns.ts';
import type { Day, DayRange } from './days.ts';

/**
 * A dimension whose values are remembered with their names; an organization is named by the tree, a source by the list
 * of imports, a currency by itself.
 */
export type StoredDimension = Exclude<RecordDimension, 'organization' | 'currency' | 'source'>;

/** The source of what upstream sends. Every other one is the id of an import. */
export const upstreamSource = 'cloudflare';

interface Definition {
  name: StoredDimension;
  /** Null where the name is the only key there is. */
  idField: WordName | null;
  labelField: WordName;
}

export const storedDimensions: readonly Definition[] = [
  { name: 'account', idField: 'BillingAccountId', labelField: 'BillingAccountName' },
  { name: 'category', idField: null, labelField: 'x_ProductCategoryName' },
  { name: 'family', idField: 'x_ProductFamilyId', labelField: 'x_ProductFamilyName' },
  { name: 'metric', idField: 'x_BillableMetricId', labelField: 'x_BillableMetricName' },
  { name: 'zone', idField: 'x_ZoneId', labelField: 'x_ZoneName' },
  { name: 'region', idField: 'RegionId', labelField: 'RegionName' },
  { name: 'subscription', idField: 'SubAccountId', labelField: 'SubAccountName' },
  { name: 'chargeClass', idField: null, labelField: 'ChargeClass' },
];

/** Columns of `usage_series` that hold the keys of the dimensions. */
export const keyColumns = {
  organization: 'organization_id',
  account: 'account_id',
  category: 'category',
  family: 'family_id',
  metric: 'metric_id',
  zone: 'zone_id',
  region: 'region_id',
  subscription: 'sub_account_id',
  chargeClass: 'charge_class',
  currency: 'currency',
  source: 'source',
} as const satisfies Readonly<Record<RecordDimension, keyof UsageSeriesTable>>;

/** The unit of a record; no unit is the empty text. */
export const recordUnit = sql<string>`coalesce(consumed_unit, '')`;

/** The currency of a cost as it was sent. */
export const sentCurrency = sql<string>`coalesce(currency, ${sql.lit(noCurrency)})`;

/** The quantity of a record in whole units and the fraction beside them. */
export const recordQuantity = {
  whole: sql`trunc(consumed_quantity)`,
  rest: sql`consumed_quantity - trunc(consumed_quantity)`,
};

/** Whether a record has a quantity that can be reckoned with: what is beyond all reason has no price, and its sums fit no column. */
export const hasQuantity = sql<boolean>`consumed_quantity between -100000000000000000000 and 100000000000000000000`;

/** The quantity of what a record costs, as above. */
export const pricedQuantity = {
  whole: sql`trunc(quantity)`,
  rest: sql`quantity - trunc(quantity)`,
};

/** The rows of these organizations. */
export const ofOrganizations = (ids: readonly string[]) => sql<boolean>`organization_id = any(${ids}::text[])`;

/** The rows of the days of a range. */
export const ofDays = ({ from, to }: DayRange) => sql<boolean>`day >= cast(${from} as date) and day < cast(${to} as date)`;

/** The rows of consecutive days, oldest first. Their ends are all the engine needs to find them. */
export const recordDays = (days: readonly Day[]) =>
  sql<boolean>`day between cast(${days[0] ?? null} as date) and cast(${days.at(-1) ?? null} as date)`;

/** Series of upstream and of imports that stand in its place: what is looked ahead from, and back at. Others only end. */
export const ofUpstream = sql<boolean>`(source = ${upstreamSource} or source in (select id from usage_import where counts = 'instead'))`;

/** Usage of the billing period itself: no purchases, taxes, or corrections of periods that were invoiced. */
export const usageOfPeriod = sql<boolean>`(charge_class is null and lower(coalesce(charge_category, 'Usage')) = 'usage')`;

/** The records with the words of their series. */
export const recordsWithWords = sql`usage_record join usage_series using (series_id)`;
/** What they cost, with the words of their series. */
export const costsWithWords = sql`usage_cost join usage_series using (series_id)`;
