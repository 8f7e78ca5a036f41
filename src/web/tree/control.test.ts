import { describe, expect, it } from 'vitest';
import type { Member } from '../../contract/cloudflare/members.ts';
import { compareControl, controlThrough } from './control.ts';

function member(email: string, status = 'active'): Member {
  return { id: email, create_time: '2026-01-01T00:00:00Z', status, user: { id: null, email, name: email.split('@')[0] ?? null } };
}
const of = (name: string, ...members: Member[]) => ({ organizationId: name, name, members });

describe('who has full control', () => {
  it('counts a person once, through the nearest organization', () => {
    const { people } = controlThrough([
      of('here', member('ana@x.example'), member('bo@x.example', 'pending')),
      of('above', member('ANA@x.example'), member('cy@x.example')),
    ]);
    expect([...people.values()].map(({ email, through }) => [email, through])).toEqual([
      ['ana@x.example', 'here'],
      ['cy@x.example', 'above'],
    ]);
  });

  it('says whose members are not known', () => {
    expect(controlThrough([of('here'), { organizationId: 'r', name: 'above', members: null }]).unknown).toEqual(['above']);
  });

  it('compares two chains: who stays, gains and loses', () => {
    const moving = of('moving', member('ana@x.example'));
    const before = controlThrough([
      moving,
      of('old', member('bo@x.example'), member('di@x.example')),
      of('root', member('eve@x.example')),
    ]);
    const after = controlThrough([
      moving,
      of('new', member('cy@x.example'), member('di@x.example')),
      of('root', member('eve@x.example')),
    ]);
    const change = compareControl(before, after);
    expect(change.gains.map(({ email }) => email)).toEqual(['cy@x.example']);
    expect(change.loses.map(({ email }) => email)).toEqual(['bo@x.example']);
    expect([change.before, change.after]).toEqual([4, 4]);
  });
});
