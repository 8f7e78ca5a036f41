import { expect, test } from 'vitest';
import type { CostBasis, SpendAnswer } from '../../../contract/canopy/spend.ts';
import { captionOf } from './caption.ts';

const shown = {
  question: { from: '2026-11-01', to: '2026-11-03', granularity: 'day', filters: [] },
  unit: { kind: 'money', currency: 'USD' },
  buckets: [],
  compared: null,
  groups: [],
  others: null,
  days: { stored: 2, incomplete: 0, failed: 0, missing: 0, today: 0 },
  total: { total: '3', bases: [] },
};
const caption = (more: object) =>
  captionOf({ ...shown, ...more } as unknown as SpendAnswer, {
    // only what a caption is made of
    colours: new Map(),
    title: 'Cost',
    compared: null,
    now: '2026-11-03T00:00:00Z',
  });

test('a name that turns the direction of text turns no amount beside it', () => {
  const { legend } = caption({ groups: [{ key: 'a', label: '\u202egnp.exe', total: '1234.5' }] });
  expect(legend[0]?.label).toBe('⟨U+202E⟩gnp.exe  $1,234.50');
});

test('a picture names each basis once, also those that have the same words', () => {
  const bases: CostBasis[] = ['billed', 'within-allowance', 'free', 'no-rate'];
  const { facts } = caption({ total: { total: '3', bases: bases.map((basis) => ({ basis, total: '1', records: 1 })) } });
  expect(facts[1]).toBe('Basis: billed, within allowance, no rate');
});
