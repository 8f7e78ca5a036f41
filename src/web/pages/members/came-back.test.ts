import { describe, expect, it } from 'vitest';
import type { Member } from '../../../contract/cloudflare/members.ts';
import { cameBack, notNamed } from './came-back.ts';

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
