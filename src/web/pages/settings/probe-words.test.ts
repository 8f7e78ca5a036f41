import { expect, test } from 'vitest';
import type { Probe } from '../../../contract/canopy/capabilities.ts';
import { saidBy, tallyOf, tallyWords } from './probe-words.ts';

const probe = (outcome: Probe['outcome'], more: Partial<Probe> = {}): Probe => ({
  name: 'listMembers',
  title: 'List members',
  credential: 'key',
  outcome,
  reason: null,
  status: null,
  errors: [],
  rayId: null,
  duration: null,
  ...more,
});

test('outcomes are counted in one order', () => {
  const probes = [probe('not-probed'), probe('works'), probe('refused'), probe('works')];
  expect(tallyWords(tallyOf(probes))).toBe('2 work, 1 refused, 1 not probed');
  expect(tallyWords(tallyOf([probe('works')]))).toBe('1 works');
  expect(tallyOf([])).toEqual([]);
});

test('what upstream said is kept as it said it', () => {
  expect(saidBy(probe('refused', { status: 403, errors: [{ code: 10000, message: 'Authentication error' }] }))).toBe(
    '403 · 10000 Authentication error',
  );
  expect(saidBy(probe('failed', { status: 502 }))).toBe('502');
  expect(saidBy(probe('unavailable'))).toBe('');
});
