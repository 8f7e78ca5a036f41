import { listMembers } from '../../contract/cloudflare/members.ts';
import type { Member } from '../../contract/cloudflare/members.ts';
import type { Endpoint } from '../../contract/endpoint.ts';
import { Problem } from '../problem.ts';
import type { ProblemReport } from '../problem.ts';
import type { Person } from '../services.ts';
import type { Prepared } from './plan.ts';
import { wholeList } from './reading.ts';
import type { Reading } from './reading.ts';

type About = Omit<Prepared<Endpoint>, 'input'>;

interface Removal {
  organizationId: string;
  /** The organization's. */
  name: string;
  member: Member;
  person: Person;
  /** The e-mail address of the Global API key that Canopy uses. */
  keyEmail: string | null;
  about: About;
}

/** A write that Canopy refuses because nobody, or not Canopy itself, could undo it. It leaves a receipt. */
export class OrphanProblem extends Problem {
  /** What was to be done, for the receipt. */
  readonly about: About;
  constructor(report: Omit<ProblemReport, 'code'>, about: About) {
    super({ code: 'would_orphan', ...report });
    this.name = 'OrphanProblem';
    this.about = about;
  }
}

/** Refuses to remove a member whose removal locks someone out for good. Invitations can always be canceled. */
export async function requireSomeoneLeft(removal: Removal, { upstream, asking }: Reading): Promise<void> {
  const { organizationId, name, member, person, keyEmail, about } = removal;
  if (member.status !== 'active') return;
  const isAt = (email: string | null) => email !== null && email.toLowerCase() === member.user.email.toLowerCase();
  if (isAt(person.email))
    throw new OrphanProblem(
      {
        message: `This is you. Removing yourself would take your own access to ${name}, so nothing was sent.`,
        action: 'Ask another member of the organization to remove you.',
      },
      about,
    );
  if (isAt(keyEmail))
    throw new OrphanProblem(
      {
        message: `Canopy works with the Global API key of ${member.user.email}. Without this member it would lose ${name}, so nothing was sent.`,
        action: 'Give Canopy the key of another member first.',
      },
      about,
    );
  const query = { status: ['active' as const] };
  const result = wholeList(await upstream.walk(listMembers, { params: { organizationId }, query }, asking));
  if (result.some(({ id, status }) => status === 'active' && id !== member.id)) return;
  throw new OrphanProblem(
    {
      message: `${member.user.email} is the last active member of ${name}. Without one nobody could manage it, so nothing was sent.`,
      action: 'Invite someone else, and remove this member when they have accepted.',
    },
    about,
  );
}
