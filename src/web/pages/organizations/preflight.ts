/** What stands in the way of deleting an organization, judged from fresh readings. What could not be read stands in the way too. */
import { memberStatuses } from '../../../contract/cloudflare/members.ts';
import type { ErrorReport } from '../../../contract/envelope.ts';
import { plural } from '../../lib/format.ts';
import type { Permitted } from '../../tree/capability.ts';

export type Reading<T> =
  | { readonly state: 'reading' }
  | { readonly state: 'failed'; readonly error: ErrorReport }
  | { readonly state: 'read'; readonly value: T };

/** A list that was walked; `complete` is false where it broke off. */
export interface Walked {
  readonly count: number;
  readonly complete: boolean;
}

export interface Readings {
  readonly subOrganizations: Reading<Walked>;
  readonly accounts: Reading<Walked>;
  /** Memberships by status, and whether the person who asks holds one. */
  readonly members: Reading<Walked & { readonly byStatus: Readonly<Record<string, number>>; readonly includesYou: boolean }>;
  readonly enterprise: Reading<Permitted>;
}

/** What the screen knows beside the readings. */
export interface Circumstances {
  /** Why accounts cannot leave by the person's own hand; null where they can. */
  readonly accountsStay: string | null;
  /** The organization at the top of the hierarchy. */
  readonly topName: string;
}

export type CheckId = keyof Readings;
export type CheckState = 'clear' | 'blocker' | 'support' | 'unknown' | 'running';

export interface Check {
  readonly id: CheckId;
  readonly state: CheckState;
  readonly fact: string;
  readonly explanation: string | null;
}

/** Every check in the order of the dialog. */
export function judge(readings: Readings, circumstances: Circumstances): readonly Check[] {
  return [
    list('subOrganizations', readings.subOrganizations, 'sub-organization', () => 'Move or delete them first.'),
    accounts(readings.accounts, circumstances),
    list('members', readings.members, 'member', members),
    enterprise(readings.enterprise, circumstances),
  ];
}

/** True when nothing stands in the way and nothing is unknown. */
export function isClear(checks: readonly Check[]): boolean {
  return checks.every(({ state }) => state === 'clear');
}

function list<T extends Walked>(id: CheckId, reading: Reading<T>, noun: string, explain: (value: T) => string): Check {
  if (reading.state === 'reading') return { id, state: 'running', fact: `Reading ${noun}s`, explanation: null };
  if (reading.state === 'failed') {
    return { id, state: 'unknown', fact: `${capital(noun)}s: could not be read`, explanation: unknownWords(reading.error) };
  }
  const { count, complete } = reading.value;
  if (count > 0) {
    return {
      id,
      state: 'blocker',
      fact: `${complete ? '' : 'At least '}${plural(count, noun)}`,
      explanation: explain(reading.value),
    };
  }
  if (complete) return { id, state: 'clear', fact: `No ${noun}s`, explanation: null };
  return {
    id,
    state: 'unknown',
    fact: `${capital(noun)}s: the list broke off`,
    explanation: 'None came before it broke off. Unknown counts as a blocker.',
  };
}

function accounts(reading: Reading<Walked>, { accountsStay, topName }: Circumstances): Check {
  const check = list('accounts', reading, 'account', () =>
    accountsStay === null
      ? `They can move inside ${topName}, nowhere else.`
      : `${accountsStay}. Only Cloudflare Support removes them.`,
  );
  return check.state === 'blocker' && accountsStay !== null ? { ...check, state: 'support' } : check;
}

function members({ byStatus, includesYou }: { byStatus: Readonly<Record<string, number>>; includesYou: boolean }): string {
  const known: readonly string[] = memberStatuses;
  const statuses = [...known, ...Object.keys(byStatus).filter((status) => !known.includes(status))];
  const counts = statuses.filter((status) => (byStatus[status] ?? 0) > 0).map((status) => `${byStatus[status]} ${status}`);
  return `${counts.join(', ')}. ${includesYou ? 'You are one of them.' : 'You are not one of them.'}`;
}

function enterprise(reading: Reading<Permitted>, { topName }: Circumstances): Check {
  const id = 'enterprise';
  if (reading.state === 'reading')
    return { id, state: 'running', fact: 'Reading what Cloudflare allows here', explanation: null };
  if (reading.state === 'failed') {
    return {
      id,
      state: 'unknown',
      fact: 'What Cloudflare allows here: could not be read',
      explanation: unknownWords(reading.error),
    };
  }
  const permitted = reading.value;
  if (permitted.state === 'yes') return { id, state: 'clear', fact: 'Deletion allowed for this organization', explanation: null };
  if (permitted.state === 'no') {
    return {
      id,
      state: 'support',
      fact: 'Not an Enterprise organization',
      explanation: `Cloudflare restricts deletion to Enterprise. This one is under ${topName}.`,
    };
  }
  return {
    id,
    state: 'unknown',
    fact: 'Deletion: not known whether Cloudflare allows it here',
    explanation: `${permitted.reason}. Unknown counts as a blocker.`,
  };
}

function unknownWords({ upstream, message }: ErrorReport): string {
  const code = upstream?.errors[0]?.code;
  const parts = [
    upstream?.status ? String(upstream.status) : null,
    code === undefined ? null : `code ${code}`,
    upstream?.rayId ? `Ray ID ${upstream.rayId}` : null,
  ].filter((part) => part !== null);
  return `${parts.length > 0 ? parts.join(', ') : message.replace(/\.$/, '')}. Unknown counts as a blocker.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What to send to Cloudflare Support; names and ids only, no reason of ours and no personal data. */
export function ticketText(organization: { id: string; name: string }, checks: readonly Check[]): string {
  const wanted = checks.filter(({ state }) => state === 'support');
  return [
    `Please help us delete the organization “${organization.name}” (${organization.id}).`,
    ...wanted.map(({ fact, explanation }) => `- ${fact}${explanation === null ? '' : `: ${explanation}`}`),
    'We want it deleted with DELETE /organizations/{organization_id} once it is empty.',
  ].join('\n');
}
