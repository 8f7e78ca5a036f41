import { describe, expect, it } from 'vitest';
import type { Member } from '../../contract/cloudflare/members.ts';
import { ScriptedTransport, envelope, scriptedUpstream } from '../upstream/testing.ts';
import { OrphanProblem, requireSomeoneLeft } from './orphan-guard.ts';

const memberOf = (id: string, email: string, status = 'active'): Member => ({
  id,
  status,
  create_time: '2026-01-01',
  user: { email },
});
const ana = memberOf('1', 'ana@larkfield.example');
const ben = memberOf('2', 'ben@larkfield.example');

async function refusal(member: Member, members: readonly Member[], person: string | null, keyEmail: string | null, info = {}) {
  const transport = new ScriptedTransport([{ body: envelope(members, info) }]);
  const { upstream } = scriptedUpstream(transport);
  const directory = {
    organizationOfAccount: async () => null,
    accounts: () => Promise.reject(new Error('unused')),
    path: async () => [],
  };
  const removal = {
    organizationId: 'a'.repeat(32),
    name: 'Larkfield',
    member,
    person: { id: 'p', name: 'P', email: person, role: 'administrator' as const, scope: null },
    keyEmail,
    about: { summary: 'Remove', organizationIds: [], targetId: member.id },
  };
  const asking = { requestId: 'r', priority: 'interactive' as const };
  const error: unknown = await requireSomeoneLeft(removal, { upstream, directory, asking }).catch((reason: unknown) => reason);
  return { message: error instanceof Error ? error.message : null, orphan: error instanceof OrphanProblem };
}

describe('the orphan guard', () => {
  it('lets a member go whom nobody depends on', async () => {
    expect((await refusal(ana, [ana, ben], 'someone@else.example', 'owner@key.example')).message).toBeNull();
    expect((await refusal(ana, [ana, ben], null, null)).message).toBeNull();
  });
  it('refuses to remove yourself, in whatever case the address is written', async () => {
    expect(await refusal(ana, [ana, ben], 'ANA@larkfield.example', null)).toMatchObject({
      orphan: true,
      message: expect.stringContaining('This is you') as string,
    });
  });
  it('refuses to remove the owner of the key that Canopy uses', async () => {
    expect(await refusal(ana, [ana, ben], null, 'Ana@Larkfield.example')).toMatchObject({
      orphan: true,
      message: expect.stringContaining('Global API key') as string,
    });
  });
  it('refuses to remove the last active member', async () => {
    const others = [memberOf('3', 'c@x.example', 'pending'), memberOf('4', 'd@x.example', 'canceled')];
    expect(await refusal(ana, [ana, ...others], null, null)).toMatchObject({
      orphan: true,
      message: expect.stringContaining('last active') as string,
    });
  });
  it('does not judge from half a list', async () => {
    expect(await refusal(ana, [ana], null, null, { total_size: 2 })).toMatchObject({
      orphan: false,
      message: expect.stringContaining('upstream_unexpected') as string,
    });
  });
  it('always lets an invitation be canceled', async () => {
    const pending = memberOf('5', 'ana@larkfield.example', 'pending');
    expect((await refusal(pending, [pending], 'ana@larkfield.example', 'ana@larkfield.example')).message).toBeNull();
  });
});
