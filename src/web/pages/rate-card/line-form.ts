import { customLine } from '../../../contract/canopy/custom-line.ts';
import type { Line, RateCard } from '../../../contract/canopy/rate-card.ts';
import type { SpendMetric } from '../../../contract/canopy/spend.ts';
import { withLine } from './edits.ts';
import { problemsAt } from './problems.ts';

/** A line as people type it: every field is text. */
export interface LineValues {
  amount: string;
  per: string;
  quantity: string;
  allowance: Line['included']['per'];
  rounding: Line['rounding'];
  status: Exclude<Line['status'], 'contract-only'>;
  from: string;
  until: string;
  url: string;
  note: string;
}

export const lineValues = (line: Line): LineValues => ({
  amount: line.price?.amount ?? '',
  per: line.price?.per ?? '1',
  quantity: line.included.per === 'none' ? '0' : line.included.quantity,
  allowance: line.included.per,
  rounding: line.rounding,
  status: line.status === 'contract-only' ? 'billed' : line.status,
  from: line.from ?? '',
  until: line.until ?? '',
  url: line.source.url,
  note: line.note,
});

/** The line for a metric that the card does not know, before anybody said its price. */
export const newLine = (metric: SpendMetric): Line => customLine(metric, null);

/** What a form makes of a line. A price that a person changed is their own; without a price there is none to bill. */
export function lineOf(line: Line, values: LineValues): Line {
  const amount = values.amount.trim();
  const per = values.per.trim();
  const samePrice = line.price !== null && line.price.amount === amount && line.price.per === per;
  const price = amount === '' ? null : { amount, per };
  return {
    ...line,
    price,
    status: price ? values.status : 'contract-only',
    rounding: values.rounding,
    pricingUnit: samePrice ? line.pricingUnit : null,
    included: {
      ...line.included,
      per: values.allowance,
      quantity: values.allowance === 'none' ? '0' : values.quantity.trim(),
      pool: values.allowance === 'account-cycle' ? line.included.pool : null,
    },
    from: values.from || null,
    until: values.until || null,
    certainty: price && !samePrice ? 'custom' : line.certainty,
    source: { ...line.source, url: values.url.trim() },
    note: values.note.trim(),
  };
}

const fieldNames: Readonly<Record<string, readonly [keyof LineValues, string]>> = {
  price: ['amount', 'Price'],
  'price.amount': ['amount', 'Price'],
  'price.per': ['per', 'Number of units'],
  'included.quantity': ['quantity', 'Included quantity'],
  'included.per': ['allowance', 'Allowance'],
  'included.pool': ['allowance', 'Allowance'],
  rounding: ['rounding', 'Rounding'],
  status: ['status', 'Status'],
  from: ['from', 'First day'],
  until: ['until', 'Day after the last'],
  'source.url': ['url', 'Source'],
  note: ['note', 'Note'],
};

/** What is wrong with a line on its card, by the field of the form. */
export function lineErrors(card: RateCard, line: Line): Partial<Record<keyof LineValues, string>> {
  const next = withLine(card, line);
  const index = next.lines.findIndex(({ metric }) => metric === line.metric);
  const errors: Partial<Record<keyof LineValues, string>> = {};
  for (const { field, message } of problemsAt(next, `lines.${index}`)) {
    const [name, label] = fieldNames[field] ?? ['note', field];
    errors[name] ??= `${label} ${message}`;
  }
  return errors;
}
