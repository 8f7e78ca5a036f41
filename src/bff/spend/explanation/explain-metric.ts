import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Line } from '../../../contract/canopy/rate-card.ts';
import type { Amount } from '../../../contract/canopy/spend.ts';
import type {
  ExplainedAccount,
  ExplainedCycle,
  MetricExplanation,
  MetricExplanationQuestion,
} from '../../../contract/canopy/spend-explanation.ts';
import { breath } from '../../breath.ts';
import type { Tables } from '../../database/schema.ts';
import { bookOf, pricedMoney } from '../answers/measure-columns.ts';
import { selectionOf } from '../answers/selection.ts';
import { amountOf, compare, sum, together } from '../amount.ts';
import type { Exact } from '../amount.ts';
import { isBasis } from '../costs/basis.ts';
import { anchorKey, pricedAnchors } from '../costs/anchors.ts';
import { monthOf, nextMonth } from '../days.ts';
import type { Day, DayRange } from '../days.ts';
import { ofDays, ofOrganizations, usageOfPeriod, costsWithWords, recordUnit } from '../dimensions.ts';
import { labelsOf } from '../labels.ts';
import { readLineages } from '../lineages.ts';
import type { Lineages } from '../lineages.ts';
import type { Usage } from '../pricing/collect.ts';
import { cyclesOf } from '../pricing/cycle.ts';
import { costText, quantityOf, quantityText } from '../pricing/decimal.ts';
import type { Pricing } from '../pricing/terms.ts';
import type { Reach } from '../reach.ts';
import { rowsOf, seriesOf } from '../sources.ts';
import { reckonCycle } from './reckon-cycle.ts';
import type { ReckonedCycle, Sums } from './reckon-cycle.ts';

/** Accounts that are shown with their cycles. */
const shownAccounts = 20;
/** Cycles of accounts that are reckoned at once, for the sums of all: each is a month of an account's use of a metric. */
const mostCycles = 1200;
/** Accounts that are reckoned before others have their turn. */
const accountsAtOnce = 20;

interface Asked {
  question: MetricExplanationQuestion;
  reach: Reach;
  pricing: Pricing;
  today: Day;
}

/** What a metric makes up of a figure, account by account. Usage is that which the figure was priced from. */
export async function explainMetric(query: Kysely<Tables>, asked: Asked): Promise<MetricExplanation> {
  const { question, reach, pricing, today } = asked;
  const range = { from: question.from, to: question.to };
  const payers = await payersOf(query, asked);
  const names = await labelsOf(query, reach, 'account', [...new Set(payers.map(({ accountId }) => accountId))]);
  const metricName = (await labelsOf(query, reach, 'metric', [question.metric]))(question.metric).label;
  const line = pricing.lineOf({ metricId: question.metric || null, metricName });
  const anchors = await pricedAnchors(query, reach.ids);
  const stretches = payers.map((payer) => ({ payer, cycles: cyclesIn(range, (month) => anchors(keyOf(payer), month)) }));
  const cycles = stretches.reduce((sum, one) => sum + one.cycles.length, 0);
  // zones have allowances of their own: their usage is many times that of their accounts
  const isAll = cycles <= mostCycles && line?.included.per !== 'zone-cycle';
  const reckoned = line
    ? await reckon(query, asked, line, isAll ? stretches : stretches.slice(0, shownAccounts), await readLineages(query), today)
    : new Map<string, AccountCycles>();
  const accounts = payers.slice(0, shownAccounts).map((payer): ExplainedAccount => ({
    accountId: payer.accountId,
    accountName: names(payer.accountId).label,
    organizationName: reach.nameOf(payer.organizationId),
    total: amountOf(payer.total),
    billed: amountOf(payer.billed),
    cycles: reckoned.get(keyOf(payer))?.cycles ?? [],
  }));
  const rest = payers.slice(shownAccounts);
  return {
    total: amountOf(sum(payers.map(({ total }) => total))),
    accounts,
    others: rest.length === 0 ? null : { accounts: rest.length, total: amountOf(sum(rest.map(({ total }) => total))) },
    sums: isAll ? sumsOf([...reckoned.values()]) : null,
  };
}

/** Who pays for a metric: an account of an organization. */
interface MetricPayer {
  organizationId: string;
  accountId: string;
  total: Exact;
  billed: Exact;
}

const keyOf = ({ organizationId, accountId }: Pick<MetricPayer, 'organizationId' | 'accountId'>): string =>
  anchorKey(organizationId, accountId);

/** What each account has of the figure, dearest first: the rows that the figure is added up from. */
async function payersOf(query: Kysely<Tables>, { question, reach }: Asked): Promise<MetricPayer[]> {
  const { measure, filters, metric, unit } = question;
  const money = pricedMoney(measure.kind);
  const dimensions = ['organization', 'account', 'metric'] as const;
  const selection = await selectionOf(query, { book: bookOf(measure), filters }, reach, dimensions);
  const rows = rowsOf(selection, {
    range: { from: question.from, to: question.to },
    daily: false,
    dimensions,
    quantity: true,
    columns: ({ key }) =>
      sql`${key('organization')} as organization, coalesce(${key('account')}, '') as account, ${money.whole} as whole, ${money.rest} as rest,
        ${measure.kind === 'spend' ? isBasis('billed') : sql`false`} as is_billed`,
    where: (source) =>
      sql`coalesce(${source.key('metric')}, '') = ${metric} and ${source.unit} = ${unit} and ${money.currency} = ${measure.currency}`,
  });
  const { rows: found } = await sql<{
    organization: string;
    account: string;
    whole: Amount;
    rest: Amount;
    billed: Amount;
    billed_rest: Amount;
  }>`
    select organization, account, sum(whole) as whole, sum(rest) as rest, sum(whole) filter (where is_billed) as billed,
      sum(rest) filter (where is_billed) as billed_rest
    from ${rows} as parts group by 1, 2`.execute(query);
  return found
    .map(({ organization, account, whole, rest, billed, billed_rest }) => ({
      organizationId: organization,
      accountId: account,
      total: together(whole, rest),
      billed: together(billed, billed_rest),
    }))
    .toSorted((a, b) => compare(b.total, a.total) || (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** A billing cycle, and the days of it that are asked about. */
interface Stretch {
  cycle: DayRange;
  days: DayRange;
}

/** The cycles that price the days of a range: each month is priced by what is known of it. */
export function cyclesIn(range: DayRange, anchorIn: (month: Day) => number | null): Stretch[] {
  const found = new Map<string, Stretch>();
  for (let month = monthOf(range.from); month < range.to; month = nextMonth(month)) {
    const from = month > range.from ? month : range.from;
    const to = nextMonth(month) < range.to ? nextMonth(month) : range.to;
    for (const cycle of cyclesOf({ from, to }, anchorIn(month))) {
      const days = { from: cycle.from > from ? cycle.from : from, to: cycle.to < to ? cycle.to : to };
      const key = `${cycle.from} ${cycle.to}`;
      const known = found.get(key);
      if (known && known.days.to === days.from) known.days.to = days.to;
      else found.set(known ? `${key} ${days.from}` : key, { cycle, days });
    }
  }
  return [...found.values()];
}

interface AccountCycles {
  cycles: ExplainedCycle[];
  /** Empty where they do not stand for what is in the figure. */
  sums: readonly Sums[];
}

/** What an account used of a metric, and what of it is in the figure: days packed into texts, since tens of thousands are asked at once. */
interface PackedUse {
  organization_id: string;
  account: string;
  metric_id: string | null;
  metric_name: string | null;
  unit: string | null;
  zone: string | null;
  /** Quantities by day. */
  used: string | null;
  /** Amounts of what is in the figure, by day, in two parts. */
  counted: string | null;
  /** The same of estimates that are not in it. */
  beside: string | null;
}

/** An amount of one day. */
interface DayCost {
  day: Day;
  cost: bigint;
}

/** What an account used, and what it costs. */
interface Used {
  usage: Usage[];
  counted: DayCost[];
  beside: DayCost[];
}

/** Prices the cycles again, from the usage that was priced before, and says where the store has another amount. */
async function reckon(
  query: Kysely<Tables>,
  asked: Asked,
  line: Line,
  stretches: readonly { payer: MetricPayer; cycles: readonly Stretch[] }[],
  lineageOf: Lineages,
  today: Day,
): Promise<Map<string, AccountCycles>> {
  const used = usedBy(await usesOf(query, asked, line, stretches));
  const reckoned = new Map<string, AccountCycles>();
  for (const [at, { payer, cycles }] of stretches.entries()) {
    if (at % accountsAtOnce === accountsAtOnce - 1) await breath();
    const { accountId } = payer;
    const { usage, counted, beside } = used.get(keyOf(payer)) ?? { usage: [], counted: [], beside: [] };
    const organizations = lineageOf(payer.organizationId);
    const explained: ExplainedCycle[] = [];
    const sums: Sums[] = [];
    let isWhole = true;
    for (const { cycle, days } of cycles) {
      const costs = { counted: costWithin(counted, days), beside: costWithin(beside, days) };
      if (costs.counted === null) continue;
      const one = reckonCycle({ pricing: asked.pricing, organizations, accountId, line, cycle, days, usage, today });
      explained.push(cycleOf({ cycle, days }, one, { counted: costs.counted, beside: costs.beside ?? 0n }));
      if (one.sums) sums.push(one.sums);
      isWhole &&= costs.beside === null;
    }
    reckoned.set(keyOf(payer), { cycles: explained, sums: isWhole ? sums : [] });
  }
  return reckoned;
}

/** Null where no day has a cost. */
const costWithin = (costs: readonly DayCost[], { from, to }: DayRange): Exact =>
  sum(costs.map(({ day, cost }) => (day >= from && day < to ? cost : null)));

function cycleOf(
  { cycle, days }: Stretch,
  { steps, remarks, upTo, before }: ReckonedCycle,
  { counted, beside }: { counted: bigint; beside: bigint },
): ExplainedCycle {
  const elsewhere = upTo - before - counted;
  return {
    cycle,
    days,
    steps,
    remarks,
    upTo: costText(upTo),
    before: costText(before),
    elsewhere: costText(elsewhere),
    cost: costText(counted),
    isOld: elsewhere !== beside,
  };
}

/** By account. */
function usedBy(packed: readonly PackedUse[]): Map<string, Used> {
  const found = new Map<string, Used>();
  for (const [series, { metric_id: metricId, metric_name: metricName, unit, zone: zoneId, ...row }] of packed.entries()) {
    const key = anchorKey(row.organization_id, row.account);
    const used = found.get(key) ?? { usage: [], counted: [], beside: [] };
    found.set(key, used);
    for (const [day, quantity = '0'] of unpacked(row.used))
      used.usage.push({ series, metricId, metricName, unit, zoneId, day, quantity: quantityOf(quantity) });
    for (const part of ['counted', 'beside'] as const)
      for (const [day, whole = '0', rest = '0'] of unpacked(row[part]))
        used[part].push({ day, cost: together(whole, rest) ?? 0n });
  }
  return found;
}

const unpacked = (text: string | null): [Day, ...string[]][] =>
  text === null ? [] : text.split(',').map((part) => part.split(' ') as [Day, ...string[]]); // as they are packed below

/** What the accounts used of the line, and of those that share its allowance, on every day of their cycles. */
async function usesOf(
  query: Kysely<Tables>,
  { question, reach, pricing }: Asked,
  line: Line,
  stretches: readonly { payer: MetricPayer; cycles: readonly Stretch[] }[],
): Promise<readonly PackedUse[]> {
  const { measure, filters, metric, unit } = question;
  const { pool } = line.included;
  const cycles = stretches.flatMap((one) => one.cycles);
  const span = {
    from: cycles.reduce((first, { cycle }) => (cycle.from < first ? cycle.from : first), question.from),
    to: cycles.reduce((last, { cycle }) => (cycle.to > last ? cycle.to : last), question.to),
  };
  const words = await query
    .selectFrom('usage_series')
    .select(['metric_id', 'metric_name'])
    .distinct()
    .where(ofOrganizations(reach.ids))
    .execute();
  const sharing = words.filter((one) => {
    const its = pricing.lineOf({ metricId: one.metric_id, metricName: one.metric_name });
    return its !== null && (its === line || (pool !== null && its.included.pool === pool));
  });
  const isOneOf = (column: RawBuilder<unknown>, values: readonly (string | null)[]) =>
    sql`coalesce(${column}, '') in (${sql.join([...new Set(values.map((value) => value ?? ''))])})`;
  const money = pricedMoney(measure.kind);
  const zone = line.included.per === 'zone-cycle' ? sql`zone_id` : sql`cast(null as text)`;
  const organizations = [...new Set(stretches.map(({ payer }) => payer.organizationId))];
  const accounts = [...new Set(stretches.map(({ payer }) => payer.accountId))];
  const tagged = (await selectionOf(query, { book: 'costs', filters }, reach, [])).tagged;
  const isCounted = sql`chosen is not null and ${ofDays({ from: question.from, to: question.to })}
    and coalesce(metric_id, '') = ${metric} and ${recordUnit} = ${unit} and ${money.currency} = ${measure.currency}
    ${measure.kind === 'spend' ? sql`and not ${isBasis('billed')}` : sql``}`;
  const isOfLine = isOneOf(
    sql`metric_id`,
    sharing
      .filter((one) => pricing.lineOf({ metricId: one.metric_id, metricName: one.metric_name }) === line)
      .map((one) => one.metric_id),
  );
  const packed = (...columns: string[]) =>
    sql`string_agg(cast(day as text) || ${sql.join(
      columns.map((column) => sql`' ' || cast(${sql.ref(column)} as text)`),
      sql` || `,
    )}, ',') filter (where ${sql.ref(columns[0] ?? '')} is not null)`;
  const names = sql`organization_id, account, metric_id, metric_name, unit, zone`;
  const { rows } = await sql<PackedUse>`
    select ${names}, ${packed('quantity')} as used, ${packed('whole', 'rest')} as counted, ${packed('beside', 'beside_rest')} as beside
    from (
      select organization_id, coalesce(account_id, '') as account, metric_id, metric_name, consumed_unit as unit, ${zone} as zone, day,
        sum(quantity) filter (where ${usageOfPeriod}) as quantity,
        sum(${money.whole}) filter (where ${isCounted}) as whole,
        coalesce(sum(${money.rest}) filter (where ${isCounted}), 0) as rest,
        sum(estimate) filter (where ${isOfLine} and not (${isCounted})) as beside,
        coalesce(sum(estimate_rest) filter (where ${isOfLine} and not (${isCounted})), 0) as beside_rest
      from ${costsWithWords}
      left join (select series_id as chosen from ${seriesOf({ organizationIds: reach.ids, filters, tagged })} as chosen) as chosen
        on chosen = series_id
      where ${ofOrganizations(organizations)} and ${ofDays(span)} and coalesce(account_id, '') = any(${accounts}::text[])
        and ${isOneOf(
          sql`metric_id`,
          sharing.map((one) => one.metric_id),
        )}
        and ${isOneOf(
          sql`metric_name`,
          sharing.map((one) => one.metric_name),
        )}
      group by 1, 2, 3, 4, 5, 6, 7) as days
    group by ${names}`.execute(query);
  return rows;
}

/** Of the accounts whose sums stand for what is in the figure. */
function sumsOf(accounts: readonly AccountCycles[]): MetricExplanation['sums'] {
  const counted = accounts.filter(({ sums }) => sums.length > 0);
  if (counted.length === 0) return null;
  const all = counted.flatMap(({ sums }) => sums);
  const textOf = (part: keyof Sums) => quantityText(all.reduce((sum, one) => sum + one[part], 0n));
  return { used: textOf('used'), within: textOf('within'), billable: textOf('billable'), accounts: counted.length };
}
