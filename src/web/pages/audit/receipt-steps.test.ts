import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../../contract/canopy/receipts.ts';
import { stepsOf } from './receipt-steps.ts';

const receipt = (outcome: Receipt['outcome'], settledBy: Receipt['settledBy']): Receipt => ({
  id: 'r1',
  sequence: 1,
  at: '2026-11-22T14:02:00Z',
  settledAt: '2026-11-22T14:02:09Z',
  actor: { id: 'u1', name: 'Ana', email: null, role: 'administrator' },
  operation: 'moveAccount',
  summary: 'Move an account',
  organizationId: null,
  came: null,
  targetId: null,
  method: 'POST',
  path: '/accounts/a/move',
  request: null,
  reason: null,
  outcome,
  settledBy,
  status: null,
  errors: [],
  rayId: null,
  requestId: 'q1',
  duration: null,
});
const last = (one: Receipt) => stepsOf(one).at(-1);

describe('steps of a receipt', () => {
  it('are not told where the answer came', () => expect(stepsOf(receipt('done', 'answer'))).toEqual([]));
  it('end with what reading back showed', () => {
    expect(last(receipt('done', 'reading'))).toMatchObject({ state: 'done', label: 'Read back: the change is there' });
    expect(last(receipt('failed', 'reading'))).toMatchObject({ label: 'Read back: nothing was changed' });
  });
  it('say where nobody can tell', () => expect(last(receipt('unknown', null))).toMatchObject({ state: 'failed' }));
  it('name the one sending', () =>
    expect(stepsOf(receipt('unknown', null)).filter(({ label }) => label === 'Sent once')).toHaveLength(1));
});
