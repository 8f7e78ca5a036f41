import type { AccessEntry, AccessKind } from '../../../contract/canopy/access.ts';
import { formatCount, plural } from '../../lib/format.ts';

export const kindWords: Readonly<Record<AccessKind, string>> = {
  'sign-in': 'Signed in',
  'sign-in-failed': 'Sign-in failed',
  'sign-out': 'Signed out',
  denied: 'Denied',
  view: 'Viewed',
  export: 'Exported',
  credentials: 'Credentials exchanged',
};

const viewed: Readonly<Record<string, string>> = {
  listAuditEvents: 'The audit log',
  getResourceHistory: 'The history of a resource',
  listReceipts: 'Receipts',
  getReceipt: 'A receipt',
  listAccess: 'Accesses',
};

/** Why somebody was refused, in the words of the screen; a reason that we do not know is shown as it came. */
export function reasonWords(reason: string): string {
  const known: Readonly<Record<string, string>> = {
    not_allowed: 'not part of their role',
    out_of_scope: 'outside of what they may see',
    cross_site: 'asked for by a page of another site',
    not_signed_in: 'the identity or the link is not a valid one',
  };
  return known[reason] ?? reason;
}

/** `deleteMember` as people say it: "Delete member". */
export function operationWords(operation: string): string {
  const words = operation.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The file of an export, by its kind and form: "Accounts as CSV", "Accounts as CSV, filtered". */
function fileWords(asked: unknown): string {
  if (typeof asked !== 'object' || asked === null || !('kind' in asked) || typeof asked.kind !== 'string') return 'A file';
  const format = 'format' in asked && typeof asked.format === 'string' ? asked.format : null;
  const form = format === null ? '' : ` as ${format === 'parquet' ? 'Parquet' : format.toUpperCase()}`;
  return `${operationWords(asked.kind)}${form}${'filter' in asked ? ', filtered' : ''}`;
}

/** How a file ended. */
export function endWords({ ended }: AccessEntry): string {
  if (ended === null) return 'on its way';
  if (ended.outcome === 'abandoned') return `left after ${formatCount(ended.bytes)} bytes`;
  return ended.outcome === 'failed' ? 'broke off' : plural(ended.rows ?? 0, 'row');
}

/** Who it was; nobody has to be signed in to run Canopy. */
export function whoWords({ kind, actor }: AccessEntry): string {
  return actor?.name ?? (kind === 'credentials' ? 'Whoever runs Canopy' : 'Nobody signed in');
}

/** What it was about, in one line. */
export function aboutWords(entry: AccessEntry): string {
  const { kind, operation, reason, asked, actor } = entry;
  if (kind === 'view') return viewed[operation] ?? operationWords(operation);
  if (kind === 'export') return `${fileWords(asked)}, ${endWords(entry)}`;
  if (kind === 'credentials') return 'Canopy’s Cloudflare credentials';
  if (kind === 'sign-in' || kind === 'sign-out') return `As ${actor?.role ?? 'nobody'}`.replace('-', ' ');
  const why = reason === null ? '' : `: ${reasonWords(reason)}`;
  return `${operationWords(operation)}${why}`;
}
