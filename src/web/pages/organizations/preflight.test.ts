import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErrorReport } from '../../../contract/envelope.ts';
import { isClear, judge, ticketText } from './preflight.ts';
import type { Reading, Readings } from './preflight.ts';

const refused: ErrorReport = {
  code: 'upstream_refused',
  message: 'Cloudflare refused.',
  action: 'Open the credential doctor.',
  requestId: 'r',
  upstream: { status: 403, rayId: '9a41c22b07fe31d4', errors: [{ code: 10000, message: 'Authentication error' }] },
};
const read = <T>(value: T): Reading<T> => ({ state: 'read', value });
const empty: Readings = {
  subOrganizations: read({ count: 0, complete: true }),
  accounts: read({ count: 0, complete: true }),
  members: read({ count: 0, complete: true, byStatus: {}, includesYou: false }),
  enterprise: read({ state: 'yes' }),
};
const here = { accountsStay: null, topName: 'Larkfield Distribution' };
const states = (readings: Partial<Readings>) => judge({ ...empty, ...readings }, here).map(({ state }) => state);

describe('the preflight of a deletion', () => {
  it('is clear only when everything was read and nothing is there', () => {
    const checks = judge(empty, here);
    expect(isClear(checks)).toBe(true);
    expect(checks.map(({ fact }) => fact)).toEqual([
      'No sub-organizations',
      'No accounts',
      'No members',
      'Deletion allowed for this organization',
    ]);
  });

  it('counts what must go first', () => {
    const checks = judge(
      {
        ...empty,
        accounts: read({ count: 9, complete: true }),
        members: read({
          count: 5,
          complete: true,
          byStatus: { active: 1, canceled: 1, rejected: 1, pending: 2 },
          includesYou: false,
        }),
      },
      here,
    );
    expect(checks[1]).toMatchObject({
      state: 'blocker',
      fact: '9 accounts',
      explanation: 'They can move inside Larkfield Distribution, nowhere else.',
    });
    expect(checks[2]).toMatchObject({
      state: 'blocker',
      fact: '5 members',
      explanation: '1 active, 2 pending, 1 rejected, 1 canceled. You are not one of them.',
    });
  });

  it('leaves accounts that cannot move to Cloudflare Support', () => {
    const readings = { ...empty, accounts: read({ count: 2, complete: true }) };
    const checks = judge(readings, { ...here, accountsStay: 'Enterprise organizations cannot exchange accounts' });
    expect(checks[1]?.state).toBe('support');
    expect(ticketText({ id: 'abc', name: 'Calder' }, checks)).toContain('2 accounts');
  });

  it('takes unknown for a blocker', () => {
    expect(states({ members: { state: 'failed', error: refused } })[2]).toBe('unknown');
    expect(judge({ ...empty, members: { state: 'failed', error: refused } }, here)[2]?.explanation).toBe(
      '403, code 10000, Ray ID 9a41c22b07fe31d4. Unknown counts as a blocker.',
    );
    expect(states({ accounts: read({ count: 0, complete: false }) })[1]).toBe('unknown');
    expect(states({ accounts: read({ count: 3, complete: false }) })[1]).toBe('blocker');
    expect(states({ enterprise: read({ state: 'unknown', reason: 'Cloudflare sent no flag' }) })[3]).toBe('unknown');
    expect(states({ enterprise: read({ state: 'no', reason: 'no' }) })[3]).toBe('support');
  });

  it('never opens while one reading is missing, failed or not empty', () => {
    const walked = fc.oneof(
      fc.constant({ state: 'reading' } as const),
      fc.constant({ state: 'failed', error: refused } as const),
      fc.record({ count: fc.nat(3), complete: fc.boolean() }).map(read),
    );
    const enterprise: fc.Arbitrary<Readings['enterprise']> = fc.constantFrom<Readings['enterprise']>(
      { state: 'reading' },
      { state: 'failed', error: refused },
      read({ state: 'yes' }),
      read({ state: 'no', reason: 'n' }),
      read({ state: 'unknown', reason: 'u' }),
    );
    fc.assert(
      fc.property(walked, walked, walked, enterprise, (subOrganizations, accounts, members, enterprise) => {
        const readings: Readings = {
          subOrganizations,
          accounts,
          members: members.state === 'read' ? read({ ...members.value, byStatus: {}, includesYou: false }) : members,
          enterprise,
        };
        const good = (reading: Reading<{ count: number; complete: boolean }>) =>
          reading.state === 'read' && reading.value.count === 0 && reading.value.complete;
        const expected =
          good(subOrganizations) &&
          good(accounts) &&
          good(members) &&
          enterprise.state === 'read' &&
          enterprise.value.state === 'yes';
        expect(isClear(judge(readings, here))).toBe(expected);
      }),
    );
  });
});
