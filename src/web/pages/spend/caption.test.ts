import { expect, test } from 'vitest';
import type { CostBasis, SpendAnswer } from '../../../contract/canopy/spend.ts';
import { captionOf } from './caption.ts';

test('a picture names each basis once, also those that have the same words', () => {
  const bases: CostBasis[] = ['billed', 'within-allowance', 'free', 'no-rate'];
  const answer = {
    question: { from: '2026-11-01', to: '2026-11-03', granularity: 'day', filters: [] },
    unit: { kind: 'money', currency: 'USD' },
    buckets: [],
    compared: null,
    groups: [],
    others: null,
    days: { stored: 2, incomplete: 0, failed: 0, missing: 0, today: 0 },
    total: { total: '3', bases: bases.map((basis) => ({ basis, total: '1', records: 1 })) },
  } as unknown as SpendAnswer; // only what a caption is made of
  const { facts } = captionOf(answer, { colours: new Map(), title: 'Cost', compared: null, now: '2026-11-03T00:00:00Z' });
  expect(facts[1]).toBe('Basis: billed, within allowance, no rate');
});
