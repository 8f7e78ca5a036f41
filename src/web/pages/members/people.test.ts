import { describe, expect, it } from 'vitest';
import type { PlacedMember } from '../../../contract/canopy/hierarchy.ts';
import { filterPeople, organizationsWithOneAdministrator, peopleOf } from '../../../contract/canopy/member-filter.ts';
import { byAttention, lastToBecomeActive, removalRefusal } from './people.ts';

let count = 0;
const member = (email: string, status: string, organizationId: string, more: Partial<PlacedMember> = {}): PlacedMember => ({
  id: `m${++count}`,
  create_time: '2026-01-01T00:00:00Z',
  status,
  organizationId,
  user: { email, name: null },
  ...more,
});
const nobody = { text: '', status: [], twoFactor: [], domain: '', alone: false, longPending: false } as const;
const now = Date.parse('2026-11-22T14:02:00Z');

describe('people of a subtree', () => {
  it('are one row for each person and status', () => {
    const rows = peopleOf([
      member('ana@x.example', 'active', 'a', {
        create_time: '2026-03-01T00:00:00Z',
        user: { email: 'ana@x.example', name: 'Ana', two_factor_authentication_enabled: false },
      }),
      member('Ana@x.example', 'active', 'b'),
      member('ana@x.example', 'pending', 'c'),
    ]);
    expect(
      rows.map(({ name, status, memberships, twoFactor, since }) => [name, status, memberships.length, twoFactor, since]),
    ).toEqual([
      ['Ana', 'active', 2, false, '2026-01-01T00:00:00Z'],
      [null, 'pending', 1, null, '2026-01-01T00:00:00Z'],
    ]);
  });

  it('stand with the oldest invitation first', () => {
    const rows = peopleOf([
      member('z@x.example', 'canceled', 'a'),
      member('b@x.example', 'active', 'a'),
      member('new@x.example', 'pending', 'a', { create_time: '2026-11-01T00:00:00Z' }),
      member('old@x.example', 'pending', 'a', { create_time: '2026-10-01T00:00:00Z' }),
      member('a@x.example', 'active', 'a'),
    ]);
    expect(rows.sort(byAttention).map(({ email }) => email)).toEqual([
      'old@x.example',
      'new@x.example',
      'a@x.example',
      'b@x.example',
      'z@x.example',
    ]);
  });

  it('with unknown two-factor authentication are not those with it off', () => {
    const rows = peopleOf([
      member('unknown@x.example', 'active', 'a'),
      member('off@x.example', 'active', 'a', { user: { email: 'off@x.example', two_factor_authentication_enabled: false } }),
    ]);
    expect(filterPeople(rows, { ...nobody, twoFactor: ['off'] }, new Set(), now).map(({ email }) => email)).toEqual([
      'off@x.example',
    ]);
    expect(filterPeople(rows, { ...nobody, domain: 'x.example' }, new Set(), now)).toHaveLength(2);
    expect(filterPeople(rows, { ...nobody, domain: 'evilx.example' }, new Set(), now)).toHaveLength(0);
  });
});

it('who was invited long ago is told from who was invited lately, and from members of old', () => {
  const rows = peopleOf([
    member('old@x.example', 'pending', 'a', { create_time: '2026-11-08T14:01:59Z' }),
    member('new@x.example', 'pending', 'a', { create_time: '2026-11-08T14:02:01Z' }),
    member('here@x.example', 'active', 'a'),
  ]);
  const chosen = filterPeople(rows, { ...nobody, longPending: true }, new Set(), now);
  expect(chosen.map(({ email }) => email)).toEqual(['old@x.example']);
});

describe('removing', () => {
  const ana = member('ana@x.example', 'active', 'a');
  const ben = member('ben@x.example', 'active', 'a');
  const invited = member('eve@x.example', 'pending', 'a');

  it('is refused for oneself and for the last active member', () => {
    expect(removalRefusal(ana, [ana, ben], { email: 'ANA@x.example' })).toMatch(/This is you/);
    expect(removalRefusal(ana, [ana, invited], { email: null })).toMatch(/last active member/);
    expect(removalRefusal(ana, [ana, ben], { email: 'ben@x.example' })).toBeNull();
    expect(removalRefusal(invited, [ana, invited], { email: 'eve@x.example' })).toBeNull();
  });

  it('knows which organizations hang on one person', () => {
    expect(
      organizationsWithOneAdministrator([ana, ben, member('c@x.example', 'active', 'b'), member('d@x.example', 'pending', 'b')]),
    ).toEqual(new Set(['b']));
  });
});

describe('access that still spreads', () => {
  it('is that of the member who became active last', () => {
    const early = member('a@x.example', 'active', 'a', { update_time: '2026-02-01T00:00:00Z' });
    const late = member('b@x.example', 'active', 'a', { update_time: '2026-02-02T00:00:00Z' });
    expect(lastToBecomeActive([early, late])).toEqual({ member: late, since: '2026-02-02T00:00:00Z' });
  });
  it('is nobody’s who still waits, or was active from the beginning', () => {
    const invited = member('a@x.example', 'pending', 'a', { update_time: '2026-02-01T00:00:00Z' });
    const founder = member('b@x.example', 'active', 'a', { update_time: '2026-01-01T00:00:00Z' });
    expect(lastToBecomeActive([invited, founder, member('c@x.example', 'active', 'a')])).toBeNull();
  });
});
