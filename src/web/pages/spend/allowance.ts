import type { Allowance } from '../../../contract/canopy/forecast.ts';
import type { SpendMeasure } from '../../../contract/canopy/spend.ts';
import { formatDay } from '../../lib/format-time.ts';
import { formatQuantity, noRecord } from '../../lib/format.ts';

const perWords: Readonly<Record<Allowance['per'], string>> = {
  'account-cycle': '',
  'account-day': ' a day',
  'zone-cycle': ', all zones',
};

/** `lasts`, `1 Nov`, `expected 24 Nov`: the first day beyond what is included, seen or expected. */
export function usedUpWords({ state, usedUpOn, per }: Pick<Allowance, 'state' | 'usedUpOn' | 'per'>): string {
  if (usedUpOn === null) return state === 'within' ? 'lasts' : noRecord;
  const first = per === 'account-cycle' ? '' : 'first ';
  return state === 'used-up' ? `${first}${formatDay(usedUpOn)}` : `expected ${formatDay(usedUpOn)}`;
}

/** A quantity beside what is included, whose unit it has; bytes may come in another size, and then say so. */
export function quantityBeside({ included, unit }: Pick<Allowance, 'included' | 'unit'>, amount: string | null): string {
  if (amount === null) return noRecord;
  const shown = formatQuantity(amount, unit);
  return shown.unit === formatQuantity(included, unit).unit ? shown.figure : `${shown.figure} ${shown.unit}`;
}

/** `of 10 M Requests`, with how often it is included, and whether other metrics use it up too. */
export function includedWords(allowance: Allowance): string {
  const { figure, unit } = formatQuantity(allowance.included, allowance.unit);
  return `of ${figure} ${unit}${perWords[allowance.per]}${isUsedTogether(allowance) ? ', shared' : ''}`;
}

/** What counts against the allowance: also what other metrics used of it. */
export const usedOf = (allowance: Allowance): string => (isUsedTogether(allowance) ? allowance.usedTogether : allowance.used);

const isUsedTogether = ({ shared, used, usedTogether }: Allowance): boolean => shared && usedTogether !== used;

/** The allowance that one account's whole use of a metric counts against, once a billing cycle and alone; null for none. */
export function allowanceOf(rows: readonly Allowance[], account: string, measure: SpendMeasure): Allowance | null {
  if (measure.kind !== 'quantity') return null;
  const isOwn = ({ per, shared, unit }: Allowance) => per === 'account-cycle' && !shared && unit === measure.unit;
  return rows.find((row) => row.accountId === account && row.metric === measure.metric && isOwn(row)) ?? null;
}

/** Whether bars that are added up over these days can be held against it: they begin with its cycle and stay within it. */
export const isWithinCycle = ({ cycle }: Pick<Allowance, 'cycle'>, range: { from: string; before: string }): boolean =>
  range.from === cycle.from && range.before <= cycle.to;
