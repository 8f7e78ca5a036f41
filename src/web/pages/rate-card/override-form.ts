import type { Override, RateCard } from '../../../contract/canopy/rate-card.ts';
import { withOverride } from './edits.ts';
import { problemsAt } from './problems.ts';

/** An override as people fill it in. */
export interface OverrideValues {
  /** `everyone`, `organization ID` or `account ID`. */
  target: string;
  /** Empty: every line. */
  metric: string;
  price: 'as-listed' | 'own' | 'unknown';
  amount: string;
  per: string;
  discount: string;
  allowance: 'as-listed' | 'own' | 'none';
  included: string;
  from: string;
  until: string;
  note: string;
}

export const everyone = 'everyone';

export const targetOf = ({ organization, account }: Override): string =>
  organization !== undefined ? `organization ${organization}` : account !== undefined ? `account ${account}` : everyone;

export const overrideValues = (override: Override): OverrideValues => ({
  target: targetOf(override),
  metric: override.metric ?? '',
  price: override.price === undefined ? 'as-listed' : override.price === null ? 'unknown' : 'own',
  amount: override.price?.amount ?? '',
  per: override.price?.per ?? '1',
  discount: override.discount ?? '',
  allowance: override.included === undefined ? 'as-listed' : override.included === null ? 'none' : 'own',
  included: override.included ?? '',
  from: override.from ?? '',
  until: override.until ?? '',
  note: override.note ?? '',
});

export function overrideOf(values: OverrideValues): Override {
  const [kind, id = ''] = values.target.split(' ');
  const text = (value: string) => value.trim();
  return {
    ...(kind === 'organization' && { organization: id }),
    ...(kind === 'account' && { account: id }),
    ...(values.metric && { metric: values.metric }),
    ...(values.from && { from: values.from }),
    ...(values.until && { until: values.until }),
    ...(values.price === 'own' && { price: { amount: text(values.amount), per: text(values.per) } }),
    ...(values.price === 'unknown' && { price: null }),
    ...(text(values.discount) && { discount: text(values.discount) }),
    ...(values.allowance === 'own' && { included: text(values.included) }),
    ...(values.allowance === 'none' && { included: null }),
    ...(text(values.note) && { note: text(values.note) }),
  };
}

const fieldNames: Readonly<Record<string, readonly [keyof OverrideValues, string]>> = {
  organization: ['target', 'Organization'],
  account: ['target', 'Account'],
  metric: ['metric', 'Metric'],
  price: ['price', 'Price'],
  'price.amount': ['amount', 'Price'],
  'price.per': ['per', 'Number of units'],
  discount: ['discount', 'Discount'],
  included: ['included', 'Included quantity'],
  from: ['from', 'First day'],
  until: ['until', 'Day after the last'],
  note: ['note', 'Note'],
};

/** Other overrides are known to people by what they say, not by their place in a list. */
const withoutPlaces = (message: string): string => message.replace(/overrides\.\d+/, 'another override');

/** What is wrong with an override on its card, by the field of the form. */
export function overrideErrors(
  card: RateCard,
  index: number | null,
  override: Override,
): Partial<Record<keyof OverrideValues, string>> {
  const errors: Partial<Record<keyof OverrideValues, string>> = {};
  // first of all, so that an overlap is said here and not at the other one
  const others = index === null ? card.overrides : card.overrides.toSpliced(index, 1);
  const next = withOverride({ ...card, overrides: others }, null, override);
  for (const { field, message } of problemsAt(next, `overrides.${others.length}`)) {
    const [name, label] = fieldNames[field] ?? ['note', field];
    const shown = name === 'included' && message.startsWith('needs') ? 'allowance' : name;
    errors[shown] ??= `${label} ${withoutPlaces(message)}`;
  }
  return errors;
}
