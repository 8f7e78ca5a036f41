import { BudgetTerms, defaultThresholds } from '../../../contract/canopy/budgets.ts';
import type { Budget, BudgetPart } from '../../../contract/canopy/budgets.ts';
import { isTagDimension, tagKeyOf } from '../../../contract/canopy/tag-key.ts';
import { ungrouped } from '../../lib/decimal.ts';

/** A budget as people fill it in. */
export interface BudgetValues {
  name: string;
  organizationId: string;
  /** Empty for all spend of the organization; else the dimension. */
  part: '' | BudgetPart['dimension'];
  value: string;
  currency: string;
  amount: string;
  from: string;
  /** `50, 75, 90, 100` */
  thresholds: string;
  /** A line for each month: `2026-12 1500`. */
  months: string;
}

export const valuesOf = (
  budget: Budget | null,
  first: { organizationId: string; currency: string; month: string },
): BudgetValues => ({
  name: budget?.name ?? '',
  organizationId: budget?.organizationId ?? first.organizationId,
  part: budget?.part?.dimension ?? '',
  value: budget?.part?.value ?? '',
  currency: budget?.currency ?? first.currency,
  amount: budget?.amount ?? '',
  from: budget?.from ?? first.month,
  thresholds: (budget?.thresholds ?? defaultThresholds).join(', '),
  months: (budget?.months ?? []).map(({ month, amount }) => `${month} ${amount}`).join('\n'),
});

export type FieldErrors = Partial<Record<keyof BudgetValues, string>>;

const labels: Readonly<Record<string, keyof BudgetValues>> = { part: 'value' };

/** The terms, or what is wrong by field. */
export function termsOf(values: BudgetValues): { terms: BudgetTerms } | { errors: FieldErrors } {
  const errors: FieldErrors = {};
  const thresholds = [
    ...new Set(
      values.thresholds
        .split(/[\s,;%]+/)
        .filter(Boolean)
        .map(Number),
    ),
  ].toSorted((a, b) => a - b);
  if (thresholds.some((one) => !Number.isInteger(one))) errors.thresholds = 'Must be whole percents such as 50, 75, 90';
  const lines = values.months.split('\n').filter((line) => line.trim() !== '');
  const months = lines.map((line) => {
    const [, month = '', amount = ''] = /^([^\s,;=]*)[\s,;=]*(.*)$/.exec(line.trim()) ?? [];
    return { month, amount: ungrouped(amount) };
  });
  const checked = BudgetTerms.safeParse({
    name: values.name.trim(),
    organizationId: values.organizationId,
    part: values.part === '' ? null : { dimension: values.part, value: values.value },
    currency: values.currency,
    amount: ungrouped(values.amount),
    months,
    thresholds: errors.thresholds ? [] : thresholds,
    from: values.from.trim(),
  });
  if (checked.success && !errors.thresholds) return { terms: checked.data };
  for (const { path, message } of checked.error?.issues ?? []) {
    const [field = ''] = path.map(String);
    const name = labels[field] ?? (field as keyof BudgetValues); // the others are called alike
    const line = field === 'months' && typeof path[1] === 'number' ? `Line ${path[1] + 1}: ` : '';
    errors[name] ??= `${line}${line === '' ? capital(message) : message}`;
  }
  return { errors };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export const partTitle = (part: BudgetValues['part']): string =>
  part === 'account'
    ? 'Account'
    : part === 'family'
      ? 'Product family'
      : isTagDimension(part)
        ? `Value of ${tagKeyOf(part)}`
        : '';
