import { expect, test } from 'vitest';
import { testLine } from './test-card.ts';
import {
  datesWords,
  exactPrice,
  includedInShort,
  includedWords,
  priceWords,
  roundingWords,
  statusWithDates,
  targetWords,
  termsWords,
} from './words.ts';
import type { Names } from './words.ts';

const names: Names = {
  organization: (id) => `Organization ${id}`,
  account: (id) => `Account ${id}`,
  line: (metric) => (metric === 'reads' ? testLine('reads', { name: 'Reads' }) : undefined),
  currency: 'USD',
};

test.each([
  ['0.30', 'USD', '$0.30'],
  ['5', 'USD', '$5.00'],
  ['0.000005', 'USD', '$0.000005'],
  ['12345.5', 'EUR', 'EUR 12,345.50'],
])('%s %s is written with every digit: %s', (amount, currency, words) => {
  expect(exactPrice(amount, currency)).toBe(words);
});

test('a price says what it is for', () => {
  expect(priceWords({ amount: '0.30', per: '1000000' }, 'Requests', 'USD')).toBe('$0.30 per 1,000,000 Requests');
  expect(priceWords({ amount: '7', per: '1' }, 'Queries', 'USD')).toBe('$7.00 per Query');
  expect(priceWords({ amount: '7', per: '1' }, 'GB', 'USD')).toBe('$7.00 per GB');
  expect(priceWords({ amount: '7', per: '1' }, '', 'USD')).toBe('$7.00 per unit');
  expect(priceWords(null, 'Requests', 'USD')).toBe('No list price');
});

test('an allowance says for whom it is', () => {
  const included = { quantity: '10000000', per: 'account-cycle', pool: null } as const;
  expect(includedWords({ included, unit: 'Requests' })).toBe('10,000,000 Requests per account and billing cycle');
  expect(includedInShort({ included: { ...included, pool: 'together' }, unit: 'Requests' })).toBe(
    '10,000,000 Requests a cycle, shared',
  );
  expect(includedWords({ included: { quantity: '1', per: 'zone-cycle', pool: null }, unit: 'GB' })).toBe(
    '1 GB per zone and billing cycle',
  );
  expect(includedWords({ included: { quantity: '0.0', per: 'account-day', pool: null }, unit: 'GB' })).toBe('Nothing');
});

test('rounding names what counts whole', () => {
  const line = testLine('reads');
  expect(roundingWords({ ...line, rounding: 'block' })).toBe('A begun 1,000,000 Requests counts whole');
  expect(roundingWords({ ...line, rounding: 'unit' })).toBe('A begun Request counts whole');
});

test('dates are half-open', () => {
  expect(datesWords({ from: '2026-08-10', until: '2026-12-01' })).toBe('from 10 Aug 2026, until 1 Dec 2026');
  expect(datesWords({ from: null, until: undefined })).toBe('Always');
  expect(statusWithDates(testLine('reads', { from: '2026-08-10' }))).toBe('Billed from 10 Aug 2026');
});

test('an override says whom it holds for, and all that it changes', () => {
  expect(targetWords({ discount: '5' }, names)).toBe('Everyone');
  expect(targetWords({ account: 'a' }, names)).toBe('Account a');
  expect(termsWords({ metric: 'reads', price: { amount: '1', per: '1000' }, discount: '5', included: null }, names)).toBe(
    '$1.00 per 1,000 Requests, 5% off, nothing included',
  );
  expect(termsWords({ metric: 'reads', price: null, included: '20' }, names)).toBe('Price not known, 20 Requests included');
  expect(termsWords({ included: null }, names)).toBe('Nothing included');
});
