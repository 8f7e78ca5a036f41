import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { muteDays } from '../../../contract/canopy/anomalies.ts';
import type {
  AnomalyKind,
  AnomalyMark,
  AnomalyMute,
  listAnomalies,
  markAnomaly,
  SpendAnomalies,
} from '../../../contract/canopy/anomalies.ts';
import type { BodyOf, QueryOf } from '../../../contract/endpoint.ts';
import type { Tables } from '../../database/schema.ts';
import { plain } from '../amount.ts';
import { ofOrganizations } from '../dimensions.ts';
import { labelsOf } from '../labels.ts';
import type { Reach } from '../reach.ts';

const shownRows = 200;

/** An anomaly with its marks; their names are null with their times. */
type Row = Tables['spend_anomaly'] & {
  kind: AnomalyKind; // written from one
  seen_at: string | null;
  seen_id: string;
  seen_name: string;
  muted_at: string | null;
  muted_id: string;
  muted_name: string;
};

/** Anomalies of a scope with what people made of them, the largest amounts first. */
export async function readAnomalies(
  query: Kysely<Tables>,
  reach: Reach,
  { account, show = 'open' }: Pick<QueryOf<typeof listAnomalies>, 'account' | 'show'>,
  now: number,
): Promise<SpendAnomalies> {
  const same = (mark: string) => sql`
    left join spend_anomaly_mark ${sql.ref(mark)} on ${sql.join(
      ['organization_id', 'account_id', 'metric', 'unit'].map(
        (column) => sql`${sql.ref(`${mark}.${column}`)} = ${sql.ref(`spend_anomaly.${column}`)}`,
      ),
      sql` and `,
    )}`;
  const marked = sql`(
    select spend_anomaly.*, seen.marked_at as seen_at, seen.person_id as seen_id, seen.person_name as seen_name,
      muted.marked_at as muted_at, muted.person_id as muted_id, muted.person_name as muted_name
    from spend_anomaly
    ${same('seen')} and seen.from_day = cast(spend_anomaly.from_day as text)
    ${same('muted')} and muted.from_day = '' and muted.marked_at > cast(${new Date(now - muteLength).toISOString()} as timestamptz)
    where spend_anomaly.organization_id = any(${reach.ids}::text[])
      ${account === undefined ? sql`` : sql`and spend_anomaly.account_id = ${account}`})`;
  const isOpen = sql`seen_at is null and muted_at is null`;
  const { rows: counts } = await sql<{ open: string; total: string }>`
    select count(*) filter (where ${isOpen}) as open, count(*) as total from ${marked} as marked`.execute(query);
  const { rows } = await sql<Row>`
    select * from ${marked} as marked where ${show === 'open' ? isOpen : sql`true`}
    order by abs(impact) desc, from_day desc, organization_id, account_id, metric limit ${shownRows}`.execute(query);
  const accounts = await labelsOf(query, reach, 'account', [...new Set(rows.map((row) => row.account_id))]);
  const metrics = await labelsOf(query, reach, 'metric', [...new Set(rows.map((row) => row.metric))]);
  return {
    rows: rows.map((row) => ({
      organizationId: row.organization_id,
      organizationName: reach.nameOf(row.organization_id),
      accountId: row.account_id,
      accountName: accounts(row.account_id).label,
      metric: row.metric,
      metricName: metrics(row.metric).label,
      family: row.family,
      unit: row.unit,
      kind: row.kind,
      from: row.from_day,
      to: row.to_day,
      isStep: row.is_step,
      score: row.score,
      impact: plain(row.impact) ?? '0',
      currency: row.currency,
      used: row.used,
      usual: row.usual,
      acknowledged: markOf(row.seen_at, row.seen_id, row.seen_name),
      muted: muteOf(markOf(row.muted_at, row.muted_id, row.muted_name)),
    })),
    open: Number(counts[0]?.open ?? 0),
    total: Number(counts[0]?.total ?? 0),
  };
}

/** In milliseconds. */
const muteLength = muteDays * 86_400_000;

const muteOf = (mark: AnomalyMark | null): AnomalyMute | null =>
  mark && { ...mark, until: new Date(Date.parse(mark.at) + muteLength).toISOString() };

const markOf = (at: string | null, id: string, name: string): AnomalyMark | null =>
  at === null ? null : { at, by: { id, name } };

/** Writes down who acknowledged or muted what, or takes it back. */
export async function setMark(
  query: Kysely<Tables>,
  { organizationId, accountId, metric, unit, from, marked }: BodyOf<typeof markAnomaly>,
  by: AnomalyMark['by'],
  now: number,
): Promise<AnomalyMark | null> {
  const at = new Date(now).toISOString();
  const key = { organization_id: organizationId, account_id: accountId, metric, unit, from_day: from ?? '' };
  return query.transaction().execute(async (transaction) => {
    const known = await transaction
      .selectFrom('spend_anomaly_mark')
      .selectAll()
      .where(ofOrganizations([organizationId]))
      .where('account_id', '=', accountId)
      .where('metric', '=', metric)
      .where('unit', '=', unit)
      .where('from_day', '=', key.from_day)
      .executeTakeFirst();
    const hasEnded = from === null && known !== undefined && Date.parse(known.marked_at) <= now - muteLength;
    if (marked && known && !hasEnded) return markOf(known.marked_at, known.person_id, known.person_name);
    if (!marked || hasEnded) {
      if (known)
        await transaction
          .deleteFrom('spend_anomaly_mark')
          .where(ofOrganizations([organizationId]))
          .where('account_id', '=', accountId)
          .where('metric', '=', metric)
          .where('unit', '=', unit)
          .where('from_day', '=', key.from_day)
          .execute();
      if (!marked) return null;
    }
    await transaction
      .insertInto('spend_anomaly_mark')
      .values({ ...key, marked_at: at, person_id: by.id, person_name: by.name })
      .execute();
    return { at, by };
  });
}
