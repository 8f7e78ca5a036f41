import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Amount } from '../../contract/canopy/spend.ts';
import type { CorrectedCharge, listRestatements, Restatement } from '../../contract/canopy/spend-quality.ts';
import type { ResultOf } from '../../contract/endpoint.ts';
import type { Load } from '../database/open.ts';
import type { Tables } from '../database/schema.ts';
import { amountOf, plain, together } from './amount.ts';
import { rowBatches } from './row-batches.ts';
import type { RecordNoteKind } from './store/record.ts';
import { addDays } from './days.ts';
import type { Day } from './days.ts';
import {
  hasQuantity,
  ofOrganizations,
  recordDays,
  recordsWithWords,
  recordUnit,
  sentCurrency,
  upstreamSource,
} from './dimensions.ts';
import { labelsOf } from './labels.ts';
import type { Reach } from './reach.ts';

/** Changes of one reading that are kept one by one; of those beyond, a note says how many there are. */
const mostChanges = 20_000;
/** Restatements of older days are forgotten. */
const keptDays = 400;
const shown = 200;

interface Sums {
  quantity: Amount;
  billed: Amount;
  records: number;
}
type Sum = Sums & { day: Day; account: string | null; metric: string | null; unit: string; currency: string | null };

const keyOf = ({ day, account, metric, unit, currency }: Omit<Sum, keyof Sums>): string =>
  JSON.stringify([day, account, metric, unit, currency]);

/**
 * Keeps what changed in days that had been whole, by account and metric: what was first read of them, and what is there
 * now. What goes back to what it was is no restatement any more. `before` sees the store as it was before the load.
 */
export async function keepRestatements(
  load: Load,
  before: Kysely<Tables>,
  organizationId: string,
  days: readonly Day[],
  now: string,
  most = mostChanges,
): Promise<void> {
  if (days.length === 0) return;
  const old = new Map<string, Sum>();
  for (const sum of await sumsOf(before, organizationId, days)) old.set(keyOf(sum), sum);
  const changes: (Sum & { was: Sums })[] = [];
  let unlisted = 0;
  const note = (sum: Sum, was: Sums) => {
    if (!differ(sum, was)) return;
    if (changes.length < most) changes.push({ ...sum, was });
    else unlisted++;
  };
  for (const sum of await sumsOf(load.query, organizationId, days)) {
    note(sum, old.get(keyOf(sum)) ?? nothing);
    old.delete(keyOf(sum));
  }
  for (const gone of old.values()) note({ ...gone, ...nothing }, gone);
  if (changes.length === 0) return;
  if (unlisted > 0)
    await load.query
      .insertInto('usage_note')
      .values({
        organization_id: organizationId,
        day: days[0] ?? '',
        kind: 'unlisted-change' satisfies RecordNoteKind,
        detail: '',
        records: unlisted,
        source: upstreamSource,
      })
      .execute();
  const known = new Map<string, Sums>();
  for (const row of await knownOf(load.query, organizationId, days))
    known.set(keyOf({ ...row, account: row.account_id }), {
      quantity: plain(row.quantity_before),
      billed: plain(row.billed_before),
      records: row.records_before,
    });
  const told = new Set(changes.map(keyOf));
  await forget(load.query, organizationId, days, told);
  const rows = changes
    .map(({ was, ...sum }) => ({ sum, was: known.get(keyOf(sum)) ?? was }))
    .filter(({ sum, was }) => differ(sum, was))
    .map(({ sum, was }) => ({
      organization_id: organizationId,
      day: sum.day,
      noticed_at: now,
      account_id: sum.account,
      metric: sum.metric,
      unit: sum.unit,
      currency: sum.currency,
      quantity_before: was.quantity,
      quantity_after: sum.quantity,
      billed_before: was.billed,
      billed_after: sum.billed,
      records_before: was.records,
      records_after: sum.records,
    }));
  for (const batch of rowBatches(rows)) await load.query.insertInto('usage_restatement').values(batch).execute();
  await load.query
    .deleteFrom('usage_restatement')
    .where('day', '<', addDays(now.slice(0, 10), -keptDays))
    .execute();
}

const nothing: Sums = { quantity: null, billed: null, records: 0 };
const differ = (a: Sums, b: Sums): boolean => a.quantity !== b.quantity || a.billed !== b.billed; // both are plain text, without zeros at the end

/** What upstream's records of these days add up to, whether they count or not. */
async function sumsOf(query: Kysely<Tables>, organizationId: string, days: readonly Day[]): Promise<Sum[]> {
  const { rows } = await sql<Omit<Sum, 'billed'> & { whole: Amount; rest: Amount; records: string }>`
    select day, account_id as account, metric_id as metric, ${recordUnit} as unit, currency, sum(consumed_quantity) filter (where ${hasQuantity}) as quantity,
      sum(billed_cost) as whole, sum(billed_rest) as rest, count(*) as records
    from ${recordsWithWords}
    where organization_id = ${organizationId} and source = ${upstreamSource} and ${recordDays(days)}
      and day = any(${days}::date[])
    group by 1, 2, 3, 4, 5`.execute(query);
  return rows.map(({ whole, rest, records, quantity, ...about }) =>
    Object.assign(about, { quantity: plain(quantity), billed: amountOf(together(whole, rest)), records: Number(records) }),
  );
}

const knownOf = (query: Kysely<Tables>, organizationId: string, days: readonly Day[]) =>
  query
    .selectFrom('usage_restatement')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('day', 'in', days)
    .execute();

/** Removes what is told anew: it keeps what was first read, and is written again. */
async function forget(
  query: Kysely<Tables>,
  organizationId: string,
  days: readonly Day[],
  told: ReadonlySet<string>,
): Promise<void> {
  const rows = await knownOf(query, organizationId, days);
  const staying = rows.filter((row) => !told.has(keyOf({ ...row, account: row.account_id })));
  await query.deleteFrom('usage_restatement').where('organization_id', '=', organizationId).where('day', 'in', days).execute();
  for (const batch of rowBatches(staying)) await query.insertInto('usage_restatement').values(batch).execute();
}

/** What changed after the fact: restated days, and corrections by the day they correct. */
export async function readRestatements(query: Kysely<Tables>, reach: Reach): Promise<ResultOf<typeof listRestatements>> {
  const restated = await query
    .selectFrom('usage_restatement')
    .selectAll()
    .where(ofOrganizations(reach.ids))
    .orderBy('noticed_at', 'desc')
    .orderBy('day', 'desc')
    .orderBy('account_id')
    .orderBy('metric')
    .limit(shown)
    .execute();
  const { total } = await query
    .selectFrom('usage_restatement')
    .select((row) => row.fn.countAll<string>().as('total'))
    .where(ofOrganizations(reach.ids))
    .executeTakeFirstOrThrow();
  const corrections = sql`(
    select day, organization_id, account_id, metric_id as metric, ${recordUnit} as unit, currency, sum(consumed_quantity) filter (where ${hasQuantity}) as quantity,
      sum(billed_cost) as whole, sum(billed_rest) as rest, count(*) as records
    from ${recordsWithWords} where counted and charge_class = 'Correction' and ${ofOrganizations(reach.ids)}
    group by 1, 2, 3, 4, 5, 6)`;
  type Corrected = Omit<Sum, keyof Sums | 'account'> & {
    organization_id: string;
    account_id: string | null;
    quantity: Amount;
    whole: Amount;
    rest: Amount;
    records: string;
    all: string;
  };
  const { rows: corrected } = await sql<Corrected>`
    select *, count(*) over () as "all" from ${corrections} as corrections order by day desc, account_id, metric limit ${shown}`.execute(
    query,
  );
  const { rows: net } = await sql<{ currency: string; whole: Amount; rest: Amount }>`
    select ${sentCurrency} as currency, sum(whole) as whole, sum(rest) as rest
    from ${corrections} as corrections where whole is not null group by 1 order by 1`.execute(query);
  const accounts = [...new Set([...restated, ...corrected].map((row) => row.account_id))];
  const metrics = [...new Set([...restated, ...corrected].map((row) => row.metric))];
  const accountOf = await labelsOf(query, reach, 'account', accounts);
  const metricOf = await labelsOf(query, reach, 'metric', metrics);
  return {
    restatements: {
      total: Number(total),
      rows: restated.map((row): Restatement => ({
        organizationName: reach.nameOf(row.organization_id),
        day: row.day,
        noticedAt: row.noticed_at,
        accountId: row.account_id,
        accountName: accountOf(row.account_id).label,
        metric: row.metric,
        metricName: metricOf(row.metric).label,
        unit: row.unit,
        currency: row.currency,
        quantity: { before: plain(row.quantity_before), after: plain(row.quantity_after) },
        billed: { before: plain(row.billed_before), after: plain(row.billed_after) },
      })),
    },
    corrections: {
      total: Number(corrected[0]?.all ?? 0),
      rows: corrected.map((row): CorrectedCharge => ({
        day: row.day,
        organizationName: reach.nameOf(row.organization_id),
        accountId: row.account_id,
        accountName: accountOf(row.account_id).label,
        metric: row.metric,
        metricName: metricOf(row.metric).label,
        unit: row.unit,
        quantity: plain(row.quantity),
        currency: row.currency,
        billed: amountOf(together(row.whole, row.rest)),
        records: Number(row.records),
      })),
      net: net.map(({ currency, whole, rest }) => ({ currency, billed: amountOf(together(whole, rest)) })),
    },
  };
}
