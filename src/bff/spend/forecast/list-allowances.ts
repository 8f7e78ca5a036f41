import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { allowanceStates } from '../../../contract/canopy/forecast.ts';
import type { Allowance, Allowances, AllowanceState, listAllowances as row } from '../../../contract/canopy/forecast.ts';
import type { QueryOf } from '../../../contract/endpoint.ts';
import type { Tables } from '../../database/schema.ts';
import { plain } from '../amount.ts';
import { addDays, monthOf } from '../days.ts';
import type { Day } from '../days.ts';
import { ofOrganizations } from '../dimensions.ts';
import { labelsOf } from '../labels.ts';
import { lineageOf } from '../lineages.ts';
import { quantityOf } from '../pricing/decimal.ts';
import { explain } from '../pricing/explain.ts';
import { termsOn } from '../pricing/terms.ts';
import type { Pricing } from '../pricing/terms.ts';
import type { Reach } from '../reach.ts';

const defaultRows = 50;

type Question = Pick<QueryOf<typeof row>, 'account' | 'metric' | 'state' | 'page' | 'per_page'>;

type Row = Tables['spend_allowance'] & { state: AllowanceState; card_version: number; ancestors: string | null };

const state = sql<AllowanceState>`case when billable > 0 then 'used-up' when used_up_on is not null then 'will-be-used-up' else 'within' end`;

/** One page of the allowances of a scope: of those that are used up the dearest first, otherwise most used first. */
export async function listAllowances(
  query: Kysely<Tables>,
  reach: Reach,
  question: Question,
  { pricing, version }: { pricing: Pricing; version: number },
  today: Day,
): Promise<Allowances> {
  const { account, metric, page = 1, per_page = defaultRows } = question;
  const month = sql`month = cast(${monthOf(today)} as date)`;
  const asked = sql.join(
    [
      ofOrganizations(reach.ids),
      sql`organization_id in (select organization_id from spend_outlook where ${month})`,
      ...(account === undefined ? [] : [sql`account_id = ${account}`]),
      ...(metric === undefined ? [] : [sql`line = ${metric}`]),
    ],
    sql` and `,
  );
  const { rows: counted } = await sql<{ state: AllowanceState; count: string }>`
    select ${state} as state, count(*) as count from spend_allowance where ${asked} group by 1`.execute(query);
  const countOf = (one: AllowanceState): number => Number(counted.find((row) => row.state === one)?.count ?? 0);
  const order = sql`${question.state === 'used-up' ? sql`cost desc nulls last, ` : sql``}share desc, organization_id, account_id, line`;
  const { rows } = await sql<Row>`
    select page.*, card_version, ancestors from (
      select *, ${state} as state from spend_allowance
      where ${asked} and ${question.state === undefined ? sql`true` : sql`${state} = ${question.state}`}
      order by ${order} limit ${per_page} offset ${(page - 1) * per_page}) as page
    join spend_outlook using (organization_id) left join usage_organization using (organization_id)
    order by ${order}`.execute(query);
  const accounts = await labelsOf(query, reach, 'account', [...new Set(rows.map((row) => row.account_id))]);
  const { rows: missing } = await sql<{ waiting: string }>`
    select count(distinct organization_id) as waiting from usage_fetch
    where stored_at is not null and day >= cast(${monthOf(today)} as date) and ${ofOrganizations(reach.live)}
      and organization_id not in (select organization_id from spend_outlook where ${month})`.execute(query);
  const counts = { within: countOf('within'), 'will-be-used-up': countOf('will-be-used-up'), 'used-up': countOf('used-up') };
  return {
    rows: rows.map((row) => allowanceOf(row, reach, accounts(row.account_id).label, pricing, row.card_version === version)),
    counts,
    total: question.state === undefined ? allowanceStates.reduce((sum, one) => sum + counts[one], 0) : counts[question.state],
    waiting: Number(missing[0]?.waiting ?? 0),
  };
}

function allowanceOf(row: Row, reach: Reach, accountName: string, pricing: Pricing, isPriced: boolean): Allowance {
  const line = pricing.card.lines.find(({ metric }) => metric === row.line);
  const { currency } = pricing.card;
  const per = line?.included.per;
  return {
    organizationId: row.organization_id,
    organizationName: reach.nameOf(row.organization_id),
    accountId: row.account_id,
    accountName,
    metric: row.line,
    metricName: line?.name ?? row.line,
    family: row.family,
    unit: row.unit,
    per: per === 'account-day' || per === 'zone-cycle' ? per : 'account-cycle',
    shared: (line?.included.pool ?? null) !== null,
    cycle: { from: row.cycle_from, to: row.cycle_to },
    state: row.state,
    used: exact(row.used),
    included: exact(row.included),
    usedTogether: exact(row.used_together),
    billable: exact(row.billable),
    remaining: exact(row.remaining),
    share: row.share,
    expected: plain(row.expected),
    cost: plain(row.cost),
    currency,
    usedUpOn: row.used_up_on,
    steps: line && isPriced ? stepsOf(row, pricing, line) : [],
  };
}

const exact = (amount: string): string => plain(amount) ?? '0';

function stepsOf(row: Row, pricing: Pricing, line: Pricing['card']['lines'][number]): readonly string[] {
  const organizations = lineageOf(row.organization_id, row.ancestors);
  const day = { from: row.terms_day, to: addDays(row.terms_day, 1) };
  const terms = termsOn(line, pricing.overridesOf({ organizations, accountId: row.account_id }, day), row.terms_day);
  const used = {
    used: quantityOf(row.used),
    billable: quantityOf(row.billable),
    usedTogether: quantityOf(row.used_together),
  };
  return explain(terms, used, pricing.card.currency).steps;
}
