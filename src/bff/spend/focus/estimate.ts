import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { isUnitOf } from '../../../contract/canopy/rate-card-match.ts';
import type { Line } from '../../../contract/canopy/rate-card.ts';
import type { Extract } from '../../database/extract.ts';
import type { UsageSeriesTable } from '../../database/migrations/usage.ts';
import { textOf } from '../amount.ts';
import { anchorKey, anchorsOf, toldAnchors } from '../costs/anchors.ts';
import { isBasis } from '../costs/basis.ts';
import type { SavedCard } from '../costs/rate-cards.ts';
import { addDays } from '../days.ts';
import type { DayRange } from '../days.ts';
import { ofDays } from '../dimensions.ts';
import { cyclesOf } from '../pricing/cycle.ts';
import { readLineages } from '../lineages.ts';
import { pricingOf } from '../pricing/terms.ts';
import type { RecordSelects } from './aligned.ts';
import { wholeCost } from './aligned.ts';
import type { FileColumn, RecordFormat } from './file-column.ts';
import { selectList } from './file-column.ts';
import { seriesOf } from '../sources.ts';
import type { Selected } from '../sources.ts';
import { currencyOf } from './currencies.ts';
import { columnsOf } from './estimate-columns.ts';
import { wordColumns, wordsOf } from './estimate-words.ts';
import type { Words } from './estimate-words.ts';
import { saidServices } from './said-services.ts';
import { seriesIn, sheetOf, textsOf } from './sheet.ts';
import type { SheetColumn, SheetRow } from './sheet.ts';
import { slicesOf } from './slices.ts';
import { noPrice, priceScale, unitPricesOf } from './unit-prices.ts';
import type { UnitPrices } from './unit-prices.ts';
import { ascii, csvText, focusUnit } from './words.ts';

interface Asked {
  range: DayRange;
  selected: Selected;
  format: RecordFormat;
  card: SavedCard;
  withoutRate: 'zero' | 'exclude';
}

const priceText = (units: bigint | null): string | null => (units === null ? null : textOf({ value: units, scale: priceScale }));

const wordsColumns: readonly SheetColumn[] = [['words_series', 'integer'], ...wordColumns.map((name) => [name, 'text'] as const)];

/** What a series has to do with money, from a day on: one row for each stretch of days with other terms. */
const termsColumns: readonly SheetColumn[] = [
  ['terms_series', 'integer'],
  ['terms_organization', 'text'],
  ['is_usage', 'boolean'],
  ['is_tax', 'boolean'],
  ['is_correction', 'boolean'],
  ['from_day', 'date'],
  ['to_day', 'date'],
  ['anchor', 'integer'],
  ['anchored', 'boolean'],
  ['consumed_unit', 'text'],
  ['card_unit', 'text'],
  ['sent_unit', 'text'],
  ['billed_currency', 'text'],
  ['other_currency', 'text'],
  ['price_id', 'text'],
  ['contracted_units', 'hugeint'],
  ['contracted_price', 'decimal(38, 18)'],
  ['list_units', 'hugeint'],
  ['list_price', 'decimal(38, 18)'],
];

/**
 * One row for each series and day, with every column that FOCUS 1.2 wants: costs as billed, else as the rate card
 * estimates them. Records of one series on one day are one row, since the card prices them together.
 */
export function estimatedRecords(extract: Extract, asked: Asked): RecordSelects {
  const { format, card } = asked;
  const columns = columnsOf(format === 'csv' ? csvText(card.card.id) : card.card.id, card.version, card.card.currency);
  return { columns, selects: selectsOf(extract, asked, columns) };
}

async function* selectsOf(
  extract: Extract,
  { range, selected, format, card, withoutRate }: Asked,
  columns: readonly FileColumn[],
): AsyncGenerator<RawBuilder<unknown>> {
  const series = sql`series_id in ${seriesOf({ ...selected, filters: [] })}`;
  const anchors = await anchorsOf(extract.query, await toldAnchors(extract.query, series, range), null);
  const lineageOf = await readLineages(extract.query);
  const pricing = pricingOf(card.card);
  const written = (text: string | null): string | null => (text === null ? null : format === 'csv' ? csvText(text) : text);

  const cardCurrency = currencyOf(card.card.currency);
  // where it is no code as it stands, its words tell what was sent
  const otherCurrency = (sent: string | null): string | null =>
    sent === currencyOf(sent) && sent !== cardCurrency ? sent : null;

  const termsOf = function* (one: UsageSeriesTable, focus: Words): Iterable<SheetRow> {
    const consumed = focusUnit(one.consumed_unit);
    const line = pricing.lineOf({ metricId: one.metric_id, metricName: one.metric_name });
    const account = one.account_id ?? '';
    const anchor = anchors.get(anchorKey(one.organization_id, account));
    const row = (days: DayRange, prices: UnitPrices, by: Line | null): SheetRow => [
      String(one.series_id),
      one.organization_id,
      String(focus.ChargeCategory === 'Usage'),
      String(focus.ChargeCategory === 'Tax'),
      String(focus.ChargeClass !== null),
      days.from,
      days.to,
      String(anchor ?? 1),
      String(anchor !== undefined),
      written(consumed ?? focusUnit(by?.unit ?? null) ?? 'Units'),
      written(prices.unit),
      written(focusUnit(one.pricing_unit)),
      currencyOf(one.currency),
      otherCurrency(one.currency),
      written(by ? `${ascii(card.card.id)}:${focus.SkuId}` : `${focus.SkuId}:no-rate`), // of its SKU: metrics may share a line
      prices.contracted?.toString() ?? null,
      priceText(prices.contracted),
      prices.list?.toString() ?? null,
      priceText(prices.list),
    ];
    if (line === null || !isUnitOf(line, one.consumed_unit)) {
      yield row(range, noPrice, null);
      return;
    }
    const payer = { organizations: lineageOf(one.organization_id), accountId: account };
    const stretches = pricing.stretchesOf(line, pricing.overridesOf(payer, range), range);
    for (const [index, { from, terms }] of stretches.entries()) {
      const next = stretches[index + 1];
      const days = { from: addDays(range.from, from), to: next ? addDays(range.from, next.from) : range.to };
      yield row(days, unitPricesOf(terms, consumed ?? focusUnit(line.unit) ?? 'Units'), line);
    }
  };
  for (const slice of await slicesOf(extract.query, seriesOf(selected), range)) {
    const inSlice = await seriesIn(extract.query, slice);
    const said = await saidServices(extract.query, inSlice, range);
    const found = inSlice.map((one) => ({ one, focus: wordsOf(one, said.get(one.series_id)) }));
    const terms = found.flatMap(({ one, focus }) => [...termsOf(one, focus)]);
    const words = found.map(({ one, focus }): SheetRow =>
      textsOf(
        one.series_id,
        wordColumns.map((name) => written(focus[name])),
      ),
    );
    const cycles = cycleSheet(
      range,
      new Set(found.map(({ one }) => anchors.get(anchorKey(one.organization_id, one.account_id)) ?? 1)),
    );
    // Words come to the rows last: until then, rows are narrow.
    yield sql`select ${selectList(columns, format)}
      from (${priced({ range, series: found.map(({ one }) => one.series_id), terms: sheetOf(termsColumns, terms), cycles, withoutRate })}) as priced
      join ${sheetOf(wordsColumns, words)} as words on words_series = priced.series_id`;
  }
}

/** The billing cycles of a range, by the day of the month on which they start. */
function cycleSheet(range: DayRange, anchors: ReadonlySet<number>): RawBuilder<unknown> {
  const rows = [...anchors].flatMap((anchor) => cyclesOf(range, anchor).map(({ from, to }) => [String(anchor), from, to]));
  return sheetOf(
    [
      ['anchor', 'integer'],
      ['cycle_from', 'date'],
      ['cycle_to', 'date'],
    ],
    rows,
  );
}

/** What a decimal counts in units of its last digit: its text always has all digits of its scale. */
const unitsOf = (decimal: RawBuilder<unknown>) => sql`cast(replace(cast(${decimal} as text), '.', '') as hugeint)`;
/** A count of units as the decimal it stands for: by one unit, since a product has the digits of both after the point. */
const decimalOf = (units: RawBuilder<unknown>, scale: number) =>
  sql`cast(${units} as decimal(38, 0)) * cast(${sql.lit(`0.${'1'.padStart(scale, '0')}`)} as ${sql.raw(`decimal(${scale}, ${scale})`)})`;
/** To the nearest unit, half away from zero. The divisor is positive: `//` cuts toward zero. */
const divided = (units: RawBuilder<unknown>, by: RawBuilder<unknown>) =>
  sql`((${units} + case when ${units} < 0 then -(${by} // 2) else ${by} // 2 end) // ${by})`;
const thousandBillions = sql.raw('1000000000000000'); // 10^15
const wide = sql.raw('100000000000000000000000'); // 10^23: times 10^15, as much as 128 bits hold
/**
 * `units` times 10^15 by `by`, to the nearest unit. Costs of more than a hundred million, as they are in some currencies,
 * are divided first and their rest then; only beyond that do sixteen digits have to do.
 */
const quotient = (units: RawBuilder<unknown>, by: RawBuilder<unknown>) => sql`case
  when abs(${units}) < ${wide} then ${divided(sql`${units} * ${thousandBillions}`, by)}
  when ${by} < ${wide} then ${units} // ${by} * ${thousandBillions} + ${divided(sql`(${units} % ${by}) * ${thousandBillions}`, by)}
  else cast(cast(${units} as double) / ${by} * ${thousandBillions} as hugeint) end`;
/** `units` times `price` by 10^15, likewise. */
const product = (units: RawBuilder<unknown>, price: RawBuilder<unknown>) => sql`case
  when abs(cast(${units} as double) * ${price}) < 1e38 then ${divided(sql`${units} * ${price}`, thousandBillions)}
  when ${price} < ${wide} then ${units} // ${thousandBillions} * ${price} + ${divided(sql`(${units} % ${thousandBillions}) * ${price}`, thousandBillions)}
  else cast(cast(${units} as double) * ${price} / ${thousandBillions} as hugeint) end`;

/** A price below zero: FOCUS has none, so what is given back is a quantity below zero. */
const isRefund = sql`coalesce(least(sent_list_price, sent_contracted_price) < 0, false)`;
const signed = (quantity: RawBuilder<unknown>) => sql`case when ${isRefund} then -(${quantity}) else ${quantity} end`;
/** A number as a member of a JSON object; null where there is none. */
const member = (name: string, value: RawBuilder<unknown>) =>
  sql`'"' || ${sql.lit(name)} || '":"' || rtrim(rtrim(cast(${value} as text), '0'), '.') || '"'`;

interface Slice extends Pick<Asked, 'range' | 'withoutRate'> {
  /** In order. */
  series: readonly number[];
  terms: RawBuilder<unknown>;
  cycles: RawBuilder<unknown>;
}

/** Rows with the numbers they are made of, worked out step by step. */
function priced({ range, series, terms, cycles, withoutRate }: Slice): RawBuilder<unknown> {
  // Every join takes memory of its own, so series are told by their numbers: the terms leave out what lies between.
  const inRange = sql`${ofDays(range)}
    and series_id between ${series[0] ?? 0} and ${series.at(-1) ?? 0}`;
  const whole = sql`decimal(28, 15)`;
  const cost = sql`cast(cost as ${whole}) + coalesce(cast(cost_rest as ${whole}), 0)`;
  const estimate = sql`cast(estimate as ${whole}) + coalesce(cast(estimate_rest as ${whole}), 0)`;
  const costs = sql`
    select series_id, day, cost_currency, basis, quantity, records, coalesce(${cost}, 0) as cost, ${estimate} as estimate
    from usage_cost where ${inRange} ${withoutRate === 'exclude' ? sql`and not ${isBasis('no-rate')}` : sql``}`;
  // Only what some record carries: today's records carry none of it.
  const sent = sql`
    select series_id, day, min(charge_period_start) as charge_from, max(charge_period_end) as charge_to,
      min(billing_period_start) as billing_from, min(billing_period_end) as billing_to,
      sum(pricing_quantity) as sent_quantity,
      case when min(list_unit_price) = max(list_unit_price) then min(list_unit_price) end as sent_list_price,
      case when min(contracted_unit_price) = max(contracted_unit_price) then min(contracted_unit_price) end as sent_contracted_price,
      sum(${wholeCost('effective_cost')}) as sent_effective, sum(${wholeCost('contracted_cost')}) as sent_contracted,
      sum(${wholeCost('list_cost')}) as sent_list
    from usage_record as record
    where counted and ${inRange} and series_id in (select unnest(${series}::integer[])) and (billed_cost is not null or charge_period_start is not null or charge_period_end is not null
      or billing_period_start is not null or billing_period_end is not null)
    group by series_id, day`;
  const joined = sql`
    select costs.*, terms.*, sent.* exclude (series_id, day), cycle_from, cycle_to, stored_at,
      (${isBasis('estimated')} or ${isBasis('within-allowance')}) and coalesce(contracted_units, 0) > 0 as has_price,
      case when (${isBasis('estimated')} and coalesce(contracted_units, 0) > 0) or ${isBasis('billed')} then ${unitsOf(sql`costs.cost`)} end as cost_units
    from (${costs}) as costs
    join ${terms} as terms on terms_series = costs.series_id and costs.day >= from_day and costs.day < to_day
    join ${cycles} as cycle on cycle.anchor = terms.anchor and costs.day >= cycle_from and costs.day < cycle_to
    left join (${sent}) as sent on sent.series_id = costs.series_id and sent.day = costs.day
    left join usage_fetch as fetched on fetched.organization_id = terms_organization and fetched.day = costs.day`;
  const quantities = sql`
    select *,
      case
        when is_tax then null
        when ${isBasis('billed')} then ${signed(sql`coalesce(cast(sent_quantity as decimal(38, 12)), case when is_correction then null when quantity <> 0 then quantity else cast(1 as decimal(38, 12)) end)`)}
        when has_price then ${decimalOf(sql`coalesce(${quotient(sql`cost_units`, sql`contracted_units`)}, 0)`, 12)}
        else coalesce(quantity, 0)
      end as pricing_quantity
    from (${joined}) as joined`;
  const changesPrices = sql`(is_tax or (${isBasis('billed')} and ${isRefund}))`;
  // An estimate is in the currency of the card, whatever currency was sent with the usage.
  const otherCurrency = sql`(other_currency is not null and not ${isBasis('billed')})`;
  const changed = sql.join([
    sql`case when ${otherCurrency} then '"BillingCurrency":"' || other_currency || '"' end`,
    sql`case when not is_usage then ${member('ConsumedQuantity', sql`quantity`)} end`,
    sql`case when ${changesPrices} then ${member('PricingQuantity', sql`sent_quantity`)} end`,
    sql`case when ${changesPrices} then ${member('ListUnitPrice', sql`sent_list_price`)} end`,
    sql`case when ${changesPrices} then ${member('ContractedUnitPrice', sql`sent_contracted_price`)} end`,
  ]);
  const pricingUnits = unitsOf(sql`pricing_quantity`);
  const unitPrice = (sentPrice: RawBuilder<unknown>, cardPrice: RawBuilder<unknown>) => sql`
    case
      when is_tax then null
      when ${isBasis('billed')} then coalesce(abs(cast(${sentPrice} as decimal(38, 18))), case when is_correction then null when pricing_quantity = 0 then 0
        else ${decimalOf(quotient(sql`abs(cost_units)`, sql`abs(${pricingUnits})`), 18)} end)
      when has_price then ${cardPrice}
      else 0
    end`;
  return sql`
    select *,
      case when pricing_quantity is null then null when ${isBasis('billed')} then coalesce(sent_unit, consumed_unit)
        when has_price then card_unit else consumed_unit end as pricing_unit,
      case when not is_usage or ${changesPrices} or ${otherCurrency} then nullif(concat_ws(',', ${changed}), '') end as changed_as_sent,
      ${unitPrice(sql`sent_list_price`, sql`list_price`)} as list_unit_price,
      ${unitPrice(sql`sent_contracted_price`, sql`contracted_price`)} as contracted_unit_price,
      case when has_price and list_units <> contracted_units
        then ${decimalOf(product(pricingUnits, sql`list_units`), 15)} else cost end as card_list_cost
    from (${quantities}) as quantities`;
}
