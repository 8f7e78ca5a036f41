import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { SpendDimension } from '../../contract/canopy/spend.ts';
import type { FieldName } from './columns.ts';

/** A dimension whose values come from the records; an organization comes from the tree. */
export type StoredDimension = Exclude<SpendDimension, 'organization'>;

interface Definition {
  name: StoredDimension;
  /** Null where the name is the only key there is. */
  idField: FieldName | null;
  labelField: FieldName;
}

/** A name stands in for an id that upstream does not send. */
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

const keyOf = (id: string, name: string) => sql<string | null>`coalesce(nullif(${sql.ref(id)}, ''), ${sql.ref(name)})`;

/** Keys of the dimensions as expressions over `usage_record`. */
export const recordKeys: Readonly<Record<SpendDimension, RawBuilder<string | null>>> = {
  organization: sql`organization_id`,
  account: keyOf('account_id', 'account_name'),
  category: sql`category`,
  family: keyOf('family_id', 'family_name'),
  metric: keyOf('metric_id', 'metric_name'),
  zone: keyOf('zone_id', 'zone_name'),
  region: keyOf('region_id', 'region_name'),
  subscription: keyOf('sub_account_id', 'sub_account_name'),
  chargeClass: sql`charge_class`,
};
/** The unit of a record; no unit is the empty text. */
export const recordUnit = sql<string>`coalesce(consumed_unit, '')`;

/** The bucket of records without a value. */
export const noValue: Readonly<Record<SpendDimension, string>> = {
  organization: 'No organization',
  account: 'No account',
  category: 'No product category',
  family: 'No product family',
  metric: 'No metric',
  zone: 'No zone',
  region: 'No region',
  subscription: 'No subscription',
  chargeClass: 'Regular',
};
