import { EmailAddress } from '../../../contract/cloudflare/members.ts';
import type { Member } from '../../../contract/cloudflare/members.ts';

/** What becomes of one pasted address. */
export type AddressVerdict =
  | { kind: 'invite' }
  | { kind: 'not-an-address' }
  | { kind: 'already-active' }
  /** Invited before and not answered yet. */
  | { kind: 'already-pending'; since: string };

export interface PastedAddress {
  /** Lower case, as it will be sent; the text as pasted where it is not an address. */
  address: string;
  verdict: AddressVerdict;
  /** The person turned down an earlier invitation here. */
  rejectedBefore: boolean;
}

/**
 * Finds the addresses in what somebody pasted: any separators, `"Feld, Hanna" <h.feld@example.org>`, or a CSV with
 * other columns. Each address stands once, in the order of its first appearance; every word that was meant as an
 * address and is none is kept as such.
 */
export function readAddresses(text: string, members: readonly Member[]): PastedAddress[] {
  const known = new Map<string, Member[]>();
  for (const member of members) {
    const email = member.user.email.toLowerCase();
    known.set(email, [...(known.get(email) ?? []), member]);
  }
  const found = new Map<string, PastedAddress>();
  for (const candidate of candidates(text)) {
    const address = candidate.toLowerCase();
    if (found.has(address)) continue;
    const memberships = known.get(address) ?? [];
    found.set(address, {
      address: EmailAddress.safeParse(address).success ? address : candidate,
      verdict: verdictOf(address, memberships),
      rejectedBefore: memberships.some(({ status }) => status === 'rejected'),
    });
  }
  return [...found.values()];
}

function verdictOf(address: string, memberships: readonly Member[]): AddressVerdict {
  if (!EmailAddress.safeParse(address).success) return { kind: 'not-an-address' };
  if (memberships.some(({ status }) => status === 'active')) return { kind: 'already-active' };
  const pending = memberships.find(({ status }) => status === 'pending');
  return pending ? { kind: 'already-pending', since: pending.create_time } : { kind: 'invite' };
}

/** How many words were not taken for addresses: other columns of a CSV, or a name that was meant as an address. */
export function otherWords(text: string): number {
  return words(text).filter((word) => word !== '' && !looksLikeAddress(word)).length;
}

const candidates = (text: string) => words(text).filter(looksLikeAddress);

const looksLikeAddress = (word: string) => /[@＠]|\(at\)|\[at\]/i.test(word);

function words(text: string): string[] {
  // a display name may hold separators: only what stands between < and > counts
  const withoutNames = text.replace(/(?:"[^"\n]*"|[^<>\n;,"]*)\s*<([^<>\n]+)>/g, ' $1 ');
  return withoutNames.split(/[\s,;|"'<>]+/).map((word) => word.replace(/^(?:mailto:)?[([{]*|[)\]}.:]*$/gi, ''));
}

/** Splits addresses into the batches that upstream takes. */
export function batchesOf<T>(rows: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => rows.slice(index * size, (index + 1) * size));
}
