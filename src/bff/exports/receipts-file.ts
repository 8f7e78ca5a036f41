import type { AccessEntry } from '../../contract/canopy/access.ts';
import type { Receipt } from '../../contract/canopy/receipts.ts';
import { Problem } from '../problem.ts';
import type { AccessReader, Person, ReceiptReader } from '../services.ts';
import type { CsvCell } from './csv.ts';
import type { NewDigest } from './digest.ts';
import { csvFile, ndjsonFile } from './file.ts';
import type { FilePieces } from './file.ts';

const pageSize = 500;

const header = [
  'Kind',
  'Sequence',
  'At',
  'Outcome',
  'Settled by',
  'Settled at',
  'Times',
  'Who',
  'E-mail',
  'Role',
  'Address',
  'Session',
  'Signed in by',
  'Operation',
  'Summary',
  'Reason',
  'Organization ID',
  'Target ID',
  'Method',
  'Path',
  'Status',
  'Ray ID',
  'Errors',
  'Request',
  'Request ID',
  'Receipt ID',
] as const;

/** Who reads what. */
interface Sources {
  receipts: ReceiptReader;
  accessReader: AccessReader;
  newDigest: NewDigest;
}

/** Every receipt a person may see, and after them every access, each newest first. */
export function receiptsFile(sources: Sources, person: Person, format: 'csv' | 'ndjson'): FilePieces {
  const { newDigest } = sources;
  const manifest = () => ({ title: 'Receipts and accesses', asOf: null });
  return format === 'csv'
    ? csvFile(header, pagesOf(sources, person, receiptCells, accessCells), manifest, newDigest)
    : ndjsonFile(pagesOf(sources, person, receiptRecord, same), manifest, newDigest, explained);
}

async function* pagesOf<R, A>(
  { receipts, accessReader }: Sources,
  person: Person,
  ofReceipt: (receipt: Receipt) => R,
  ofAccess: (entry: AccessEntry) => A,
): AsyncGenerator<readonly (R | A)[]> {
  for await (const rows of walked((page) => receipts.list(person, page))) yield rows.map(ofReceipt);
  for await (const rows of walked((page) => accessReader.list(person, page))) yield rows.map(ofAccess);
}

async function* walked<T extends { sequence: number }>(
  list: (page: { limit: number; before?: number }) => Promise<{ rows: readonly T[]; more: boolean }>,
): AsyncGenerator<readonly T[]> {
  let before: number | undefined;
  for (;;) {
    const { rows, more } = await list({ limit: pageSize, ...(before === undefined ? {} : { before }) });
    yield rows;
    before = rows.at(-1)?.sequence;
    if (!more || before === undefined) return;
  }
}

const same = (entry: AccessEntry): AccessEntry => entry;
const receiptRecord = (receipt: Receipt) => ({ kind: 'write' as const, ...receipt });

function receiptCells(receipt: Receipt): CsvCell[] {
  const { actor, errors } = receipt;
  return [
    'write',
    receipt.sequence,
    receipt.at,
    receipt.outcome,
    receipt.settledBy,
    receipt.settledAt,
    1,
    actor.name,
    actor.email,
    actor.role,
    ...cameCells(receipt),
    receipt.operation,
    receipt.summary,
    receipt.reason,
    receipt.organizationId,
    receipt.targetId,
    receipt.method,
    receipt.path,
    receipt.status,
    receipt.rayId,
    errors.length === 0 ? null : JSON.stringify(errors),
    receipt.request === null ? null : JSON.stringify(receipt.request),
    receipt.requestId,
    receipt.id,
  ];
}

const cameCells = ({ came }: Pick<Receipt, 'came'>): CsvCell[] => [
  came?.address ?? null,
  came?.session ?? null,
  came?.method ?? null,
];

function accessCells(entry: AccessEntry): CsvCell[] {
  const { actor, ended } = entry;
  return [
    entry.kind,
    entry.sequence,
    entry.at,
    ended?.outcome ?? (entry.reason === null ? null : 'refused'),
    null,
    entry.lastAt,
    entry.times,
    actor?.name ?? null,
    actor?.email ?? null,
    actor?.role ?? null,
    ...cameCells(entry),
    entry.operation,
    ended === null ? null : `${ended.rows ?? 'unknown'} rows, ${ended.bytes} bytes`,
    null,
    entry.organizationId,
    entry.targetId,
    null,
    null,
    null,
    null,
    entry.reason,
    entry.asked === null ? null : JSON.stringify(entry.asked),
    entry.requestId,
    entry.id,
  ];
}

/** Why a file ends early, in its own last line. */
export function explained(error: unknown): object {
  if (!(error instanceof Problem)) return { code: 'internal', message: 'Canopy failed while writing this file.' };
  const { code, message, action, upstream } = error.report;
  return { code, message, action, ...(upstream ? { upstream } : {}) };
}
