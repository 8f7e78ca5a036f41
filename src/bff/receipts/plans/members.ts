import { batchCreateMembers, createMember, deleteMember, getMember, listMembers } from '../../../contract/cloudflare/members.ts';
import type { Member } from '../../../contract/cloudflare/members.ts';
import type { Plan } from '../plan.ts';
import { nameOf, unlessMissing, wholeList } from '../reading.ts';
import type { Reading } from '../reading.ts';
import { requireSomeoneLeft } from '../orphan-guard.ts';

const sameAddress = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
/** A membership in one state; inviting again may bring back the same id with another status. */
const stateOf = ({ id, status }: Member) => `${id} ${status}`;
const isCurrent = ({ status }: Member) => status === 'active' || status === 'pending';

export const inviteMember: Plan<typeof createMember> = {
  row: createMember,
  changesTree: false,
  turn: ({ params, body }) => `member ${params.organizationId} ${body?.member.user.email.toLowerCase() ?? ''}`,

  async prepare({ input }, reading) {
    const { organizationId } = input.params;
    const email = input.body?.member.user.email ?? '';
    return {
      input,
      summary: `Invite ${email} to ${await nameOf(organizationId, reading)}`,
      organizationIds: [organizationId],
      targetId: null,
      before: (await membersOf(organizationId, email, reading)).map(stateOf),
    };
  },

  async settle({ input, before }, reading) {
    const email = input.body?.member.user.email ?? '';
    const [made] = newIn(await membersOf(input.params.organizationId, email, reading), before);
    return made ? { kind: 'applied', result: made } : { kind: 'absent' };
  },

  made: ({ id }) => id,
};

export const inviteMembers: Plan<typeof batchCreateMembers> = {
  row: batchCreateMembers,
  changesTree: false,
  turn: ({ params }) => `members ${params.organizationId}`,

  async prepare({ input }, reading) {
    const { organizationId } = input.params;
    const emails = emailsOf(input.body);
    return {
      input,
      summary: `Invite ${people(emails.length)} to ${await nameOf(organizationId, reading)}: ${emails.join(', ')}`,
      organizationIds: [organizationId],
      targetId: null,
      before: (await allOf(organizationId, emails, reading)).map(stateOf),
    };
  },

  /** Upstream does not promise all or nothing: whoever is there now was invited. */
  async settle({ input, before }, reading) {
    const { organizationId } = input.params;
    const emails = emailsOf(input.body);
    const made = newIn(await allOf(organizationId, emails, reading), before);
    if (made.length === 0) return { kind: 'absent' };
    if (made.length >= emails.length) return { kind: 'applied', result: made };
    const invited = made.map(({ user }) => user.email).join(', ');
    return {
      kind: 'partly',
      summary: `Invited ${made.length} of ${people(emails.length)} to ${await nameOf(organizationId, reading)}: ${invited}`,
    };
  },

  mayBePartial: true,
};

export const removeMember = (keyEmail: () => string | null): Plan<typeof deleteMember> => ({
  row: deleteMember,
  changesTree: false,
  // one removal at a time in an organization: two together could remove its last two members
  turn: ({ params }) => `removal ${params.organizationId}`,

  async prepare({ input, person }, reading) {
    const { organizationId, memberId } = input.params;
    const member = await readMember(organizationId, memberId, reading);
    const name = await nameOf(organizationId, reading);
    const { email } = member.user;
    const summary = member.status === 'pending' ? `Cancel the invitation of ${email} to ${name}` : `Remove ${email} from ${name}`;
    const about = { summary, organizationIds: [organizationId], targetId: memberId };
    await requireSomeoneLeft({ organizationId, name, member, person, keyEmail: keyEmail(), about }, reading);
    return { input, ...about };
  },

  async settle({ input }, reading) {
    const { organizationId, memberId } = input.params;
    const left = await unlessMissing(readMember(organizationId, memberId, reading));
    return left === null || left.status === 'canceled' ? { kind: 'applied', result: null } : { kind: 'absent' };
  },
});

function emailsOf(body: { members: readonly { user: { email: string } }[] } | undefined): string[] {
  return body?.members.map(({ user }) => user.email) ?? [];
}

const people = (count: number) => (count === 1 ? '1 person' : `${count} people`);

function newIn(members: readonly Member[], before: unknown): Member[] {
  const known = new Set(Array.isArray(before) ? before : []);
  return members.filter((member) => isCurrent(member) && !known.has(stateOf(member)));
}

async function readMember(organizationId: string, memberId: string, { upstream, asking }: Reading): Promise<Member> {
  const { result } = await upstream.call(getMember, { params: { organizationId, memberId }, query: {} }, asking);
  return result;
}

/** The memberships of one address. */
async function membersOf(organizationId: string, email: string, { upstream, asking }: Reading): Promise<Member[]> {
  const result = wholeList(
    await upstream.walk(listMembers, { params: { organizationId }, query: { 'user.email': email } }, asking),
  );
  return result.filter(({ user }) => sameAddress(user.email, email));
}

/** The memberships of several addresses, from one reading of the whole list. */
async function allOf(organizationId: string, emails: readonly string[], { upstream, asking }: Reading): Promise<Member[]> {
  const result = wholeList(await upstream.walk(listMembers, { params: { organizationId }, query: {} }, asking));
  return result.filter(({ user }) => emails.some((email) => sameAddress(user.email, email)));
}
