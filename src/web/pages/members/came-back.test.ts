import { describe, expect, it } from 'vitest';
import type { Member } from '../../../contract/cloudflare/members.ts';
import { cameBack, neverSent, notNamed } from './came-back.ts';

const member = (email: string): Member => ({
  id: email,
  create_time: '2026-11-22T14:02:00Z',
  status: 'pending',
  user: { email },
});

describe('who came back in the answer to a batch', () => {
  it('never counts an address that the answer does not name', () => {
    expect(cameBack(['one@a.example', 'two@a.example'], [member('one@a.example')])).toEqual({
      there: ['one@a.example'],
      missing: ['two@a.example'],
    });
    expect(cameBack(['one@a.example'], [])).toEqual({ there: [], missing: ['one@a.example'] });
  });

  it('knows an address that upstream wrote in other letters, and keeps it as it was typed', () => {
    expect(cameBack(['One@A.example'], [member('one@a.example')]).there).toEqual(['One@A.example']);
  });

  it('does not take somebody else for the address', () => {
    expect(cameBack(['one@a.example'], [member('one@a.example.org'), member('xone@a.example')]).missing).toEqual([
      'one@a.example',
    ]);
  });

  it('says so with the ids of the answer', () => {
    expect(notNamed('r1', 'ray')).toMatchObject({ requestId: 'r1', upstream: { status: 200, rayId: 'ray' } });
  });
});

describe('what was never sent', () => {
  const report = { message: '', action: '', requestId: 'r' };

  it('is what the session, the role or the budget held back', () => {
    for (const code of ['not_signed_in', 'not_allowed', 'rate_budget', 'ledger_unavailable', 'shutting_down'] as const)
      expect(neverSent({ ...report, code }), code).toBe(true);
  });

  it('is nothing that has a receipt, got no answer, or is still on its way', () => {
    expect(neverSent({ ...report, code: 'upstream_refused', receiptId: 'x' })).toBe(false);
    expect(neverSent(notNamed('r', null))).toBe(false);
    for (const code of ['outcome_unknown', 'internal', 'in_progress'] as const)
      expect(neverSent({ ...report, code }), code).toBe(false);
  });
});
