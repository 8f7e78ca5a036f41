import { expect, it } from 'vitest';
import { termsOf } from './form.ts';
import type { BudgetValues } from './form.ts';

const values: BudgetValues = {
  name: 'All',
  organizationId: 'org0000000000000000000000000000a',
  part: '',
  value: '',
  currency: 'USD',
  amount: '1,500',
  months: '2026-12 2,500.50\n2027-01,3000\n2027-02 = 4000',
  thresholds: '50, 90',
  from: '2026-10',
};

it('reads amounts with commas between thousands, those of months too', () => {
  expect(termsOf(values)).toMatchObject({
    terms: {
      amount: '1500',
      months: [
        { month: '2026-12', amount: '2500.50' },
        { month: '2027-01', amount: '3000' },
        { month: '2027-02', amount: '4000' },
      ],
    },
  });
});

it('refuses what may mean another amount, and names where it stands', () => {
  const refused = termsOf({ ...values, amount: '1,50', months: '2026-12 100\n2027-01 1,50' });
  expect(refused).toMatchObject({
    errors: {
      amount: expect.stringContaining('Must be an amount'),
      months: expect.stringContaining('Line 2: must be an amount'),
    },
  });
  expect(termsOf({ ...values, months: '2026-12 100 200' })).toHaveProperty('errors.months');
});
