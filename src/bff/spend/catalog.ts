import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { withoutValue } from '../../contract/canopy/dimension-words.ts';
import type { SpendDimension, SpendMetric } from '../../contract/canopy/spend.ts';
import { isTagDimension, tagKeyOf } from '../../contract/canopy/tag-key.ts';
import type { TagDimension } from '../../contract/canopy/tag-key.ts';
import type { Tables } from '../database/schema.ts';
import type { Day, DayRange } from './days.ts';
import { ofOrganizations, sentCurrency } from './dimensions.ts';
import type { StoredDimension } from './dimensions.ts';
import { labelsOf, sourceNames } from './labels.ts';
import { isSummable } from './levels.ts';
import type { Reach } from './reach.ts';
import { builtMonths } from './store/rollup.ts';
import { rowsOf } from './sources.ts';
import type { Selection } from './sources.ts';

/** Values shown for a filter at a time. */
const shownValues = 50;

/** What can be asked about: metrics with most accounts first, currencies with most records first. */
export async function listMetrics(
  query: Kysely<Tables>,
  reach: Reach,
  range: DayRange,
): Promise<{ metrics: SpendMetric[]; currencies: string[] }> {
  const built = await builtMonths(query);
  const isBuilt = (month: Day) => built.has(month);
  const selection: Selection = { organizationIds: reach.ids, filters: [], book: 'usage', tagged: null, isBuilt };
  const used = rowsOf(selection, {
    range,
    daily: false,
    dimensions: ['metric', 'family', 'account'],
    quantity: true,
    columns: ({ key, unit, records }) =>
      sql`${key('metric')} as metric, ${unit} as unit, ${key('family')} as family, ${key('account')} as account, ${records} as records`,
  });
  const { rows } = await sql<{ metric: string | null; unit: string; family: string | null; accounts: string; records: string }>`
    select metric, unit, max(family) as family, count(distinct account) as accounts, sum(records) as records
    from ${used} as used group by 1, 2 order by 4 desc, 5 desc, 1, 2`.execute(query);
  const metricLabel = await labelsOf(
    query,
    reach,
    'metric',
    rows.map((row) => row.metric),
  );
  const familyLabel = await labelsOf(
    query,
    reach,
    'family',
    rows.map((row) => row.family),
  );
  const { rows: currencies } = await sql<{ currency: string }>`
    select currency from (
      select ${sentCurrency} as currency, records from usage_account_day
      where costs <> 0 and ${ofOrganizations(reach.ids)}
      union all
      select cost_currency, records from cost_account_day where cost is not null and ${ofOrganizations(reach.ids)}
    ) as priced
    group by 1 order by sum(records) desc, 1`.execute(query);
  return {
    metrics: rows.map(({ metric, unit, family, accounts, records }) => ({
      metric: metric ?? '',
      name: metricLabel(metric).label,
      family: family === null ? null : familyLabel(family).label,
      unit,
      summable: isSummable(metric ?? '', unit),
      accounts: Number(accounts),
      records: Number(records),
    })),
    currencies: currencies.map((row) => row.currency),
  };
}

interface FoundValues {
  values: { key: string | null; label: string }[];
  total: number;
}

/** Values whose name or key contains a text: names that begin with it first, then by name; records without a value are one of them. */
export async function searchValues(
  query: Kysely<Tables>,
  reach: Reach,
  dimension: SpendDimension,
  contains: string,
): Promise<FoundValues> {
  const sought = contains.toLowerCase();
  if (dimension === 'organization' || dimension === 'source') {
    const named =
      dimension === 'organization'
        ? reach.ids.map((key) => ({ key, label: reach.nameOf(key) }))
        : Array.from(await sourceNames(query, reach), ([key, { label }]) => ({ key, label }));
    const found = named
      .filter(({ key, label }) => label.toLowerCase().includes(sought) || key.includes(sought))
      .map((one) => ({ one, name: one.label.toLowerCase() }))
      .toSorted((a, b) => Number(b.name.startsWith(sought)) - Number(a.name.startsWith(sought)) || (a.name < b.name ? -1 : 1))
      .map(({ one }) => one);
    return { values: found.slice(0, shownValues), total: found.length };
  }
  if (isTagDimension(dimension)) return searchTagValues(query, reach, dimension, sought);
  const { rows } = await sql<{ key: string; label: string; total: string }>`
    with newest as (${dimension === 'currency' ? sentCurrencies(reach) : newestNames(dimension, reach)})
    select key, label, count(*) over () as total from newest
    where position(${sought} in lower(case when key = '' then ${withoutValue(dimension)} else label end)) > 0
      or position(${sought} in lower(key)) > 0
    order by case when key = '' then 0 when position(${sought} in lower(label)) = 1 then 1 else 2 end, lower(label), key
    limit ${shownValues}`.execute(query);
  return {
    values: rows.map(({ key, label }) =>
      key === '' ? { key: null, label: withoutValue(dimension) } : { key, label: label || key },
    ),
    total: Number(rows[0]?.total ?? 0),
  };
}

const newestNames = (dimension: StoredDimension, reach: Reach) => sql`
  select distinct on (key) key, label from usage_value
  where dimension = ${dimension} and ${ofOrganizations(reach.ids)}
  order by key, imported, label_day desc, organization_id desc`; // as `labelsOf` chooses

const sentCurrencies = (reach: Reach) => sql`
  select distinct coalesce(currency, '') as key, coalesce(currency, '') as label from usage_series where ${ofOrganizations(reach.ids)}`;

/** Values of a tag among accounts that have records, and the bucket of accounts without it. */
async function searchTagValues(query: Kysely<Tables>, reach: Reach, tag: TagDimension, sought: string): Promise<FoundValues> {
  const tagged = await reach.tagged();
  const { rows } = await sql<{ value: string; total: string }>`
    select value, count(*) over () as total from account_tag
    where key = ${tagKeyOf(tag)} and position(${sought} in lower(value)) > 0
      and account_id in (select key from usage_value where dimension = 'account' and ${ofOrganizations(reach.ids)})
      and ${tagged === null ? sql`true` : sql`account_id in (select unnest(${tagged}::text[]))`}
    group by 1 order by case when position(${sought} in lower(value)) = 1 then 0 else 1 end, lower(value), value limit ${shownValues}`.execute(
    query,
  );
  const without = { key: null, label: withoutValue(tag) };
  const shown = without.label.toLowerCase().includes(sought) ? [without] : [];
  return {
    values: [...shown, ...rows.map(({ value }) => ({ key: value, label: value }))],
    total: Number(rows[0]?.total ?? 0) + shown.length,
  };
}
