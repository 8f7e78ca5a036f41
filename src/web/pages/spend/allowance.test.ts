import { describe, expect, test } from 'vitest';
import type { Allowance } from '../../../contract/canopy/forecast.ts';
import { allowanceOf, includedWords, isWithinCycle, quantityBeside, usedOf, usedUpWords } from './allowance.ts';

const requests: Allowance = {
  organizationId: 'organization',
  organizationName: 'Organization',
  accountId: 'account',
  accountName: 'Account',
  metric: 'workers_standard_requests',
  metricName: 'Workers Standard Requests',
  family: 'Workers',
  unit: 'Requests',
  per: 'account-cycle',
  shared: false,
  cycle: { from: '2026-11-01', to: '2026-12-01' },
  state: 'will-be-used-up',
  used: '9000000',
  included: '10000000',
  usedTogether: '9000000',
  billable: '0',
  remaining: '1000000',
  share: 0.9,
  expected: '13000000',
  cost: '0',
  currency: 'USD',
  usedUpOn: '2026-11-24',
  steps: [],
};

describe('when an allowance is used up', () => {
  test('a day that is seen is said as it is, one that is only expected says so', () => {
    expect(usedUpWords(requests)).toBe('expected 24 Nov');
    expect(usedUpWords({ ...requests, state: 'used-up' })).toBe('24 Nov');
  });

  test('one of every day or zone has a first of several', () => {
    expect(usedUpWords({ ...requests, state: 'used-up', per: 'account-day' })).toBe('first 24 Nov');
    expect(usedUpWords({ ...requests, state: 'used-up', per: 'zone-cycle' })).toBe('first 24 Nov');
  });

  test('without a day it lasts only where it is within, and is unknown elsewhere', () => {
    expect(usedUpWords({ ...requests, state: 'within', usedUpOn: null })).toBe('lasts');
    expect(usedUpWords({ ...requests, state: 'used-up', usedUpOn: null })).toBe('–');
  });
});

describe('what is used of what is included', () => {
  test('has the unit of what is included, and names its own where bytes come in another size', () => {
    expect(quantityBeside(requests, requests.used)).toBe('9 M');
    expect(includedWords(requests)).toBe('of 10 M Requests');
    const bytes = { included: '1000000000000', unit: 'Bytes' };
    expect(quantityBeside(bytes, '500000000000')).not.toBe(quantityBeside({ ...bytes, included: '1000000000' }, '500000000000'));
    expect(quantityBeside(requests, null)).toBe('–');
  });

  test('says that it is shared where other metrics used of it too', () => {
    const shared = { ...requests, shared: true, usedTogether: '9500000' };
    expect(usedOf(shared)).toBe('9500000');
    expect(includedWords(shared)).toBe('of 10 M Requests, shared');
    expect(includedWords({ ...requests, shared: true })).toBe('of 10 M Requests');
    expect(includedWords({ ...requests, per: 'account-day' })).toBe('of 10 M Requests a day');
  });
});

describe('the line in the chart', () => {
  const measure = { kind: 'quantity', metric: requests.metric, unit: 'Requests' } as const;

  test('is that of the account and the metric that are shown', () => {
    expect(allowanceOf([{ ...requests, accountId: 'other' }, requests], 'account', measure)).toBe(requests);
    expect(allowanceOf([requests], 'account', { ...measure, metric: 'other' })).toBeNull();
    expect(allowanceOf([requests], 'account', { ...measure, unit: 'GB' })).toBeNull();
    expect(allowanceOf([requests], 'account', { kind: 'spend', currency: 'USD' })).toBeNull();
  });

  test('is not drawn where the metric alone, or the cycle, does not use it up', () => {
    expect(allowanceOf([{ ...requests, shared: true }], 'account', measure)).toBeNull();
    expect(allowanceOf([{ ...requests, per: 'account-day' }], 'account', measure)).toBeNull();
    expect(allowanceOf([{ ...requests, per: 'zone-cycle' }], 'account', measure)).toBeNull();
  });

  test('needs bars from the first day of the cycle on, and none beyond it', () => {
    expect(isWithinCycle(requests, { from: '2026-11-01', before: '2026-11-22' })).toBe(true);
    expect(isWithinCycle(requests, { from: '2026-11-01', before: '2026-12-01' })).toBe(true);
    expect(isWithinCycle(requests, { from: '2026-11-02', before: '2026-11-22' })).toBe(false);
    expect(isWithinCycle(requests, { from: '2026-11-01', before: '2026-12-02' })).toBe(false);
  });
});
