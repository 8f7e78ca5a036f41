import type { Receipt } from '../../contract/canopy/receipts.ts';
import { Problem } from '../problem.ts';
import type { Person, ReceiptReader } from '../services.ts';
import type { CsvCell } from './csv.ts';
import type { NewDigest } from './digest.ts';
import { csvFile, ndjsonFile } from './file.ts';

const pageSize = 500;

const header = [
  'Sequence',
  'At',
  'Outcome',
  'Settled by',
  'Settled at',
  'Who',
  'E-mail',
  'Role',
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

/** Every receipt a person may see, newest first. */
export function receiptsFile(
  receipts: ReceiptReader,
  person: Person,
  format: 'csv' | 'ndjson',
  newDigest: NewDigest,
): AsyncIterable<Uint8Array> {
  const manifest = () => ({ title: 'Receipts', asOf: null });
  return format === 'csv'
    ? csvFile(header, mapped(pagesOf(receipts, person)), manifest, newDigest)
    : ndjsonFile(pagesOf(receipts, person), manifest, newDigest, explained);
}

async function* pagesOf(receipts: ReceiptReader, person: Person): AsyncGenerator<readonly Receipt[]> {
  let before: number | undefined;
  for (;;) {
    const { rows, more } = await receipts.list(person, { limit: pageSize, ...(before === undefined ? {} : { before }) });
    yield rows;
    before = rows.at(-1)?.sequence;
    if (!more || before === undefined) return;
  }
}

async function* mapped(pages: AsyncIterable<readonly Receipt[]>): AsyncGenerator<CsvCell[][]> {
  for await (const page of pages) yield page.map(cellsOf);
}

function cellsOf(receipt: Receipt): CsvCell[] {
  const { actor, errors } = receipt;
  return [
    receipt.sequence,
    receipt.at,
    receipt.outcome,
    receipt.settledBy,
    receipt.settledAt,
    actor.name,
    actor.email,
    actor.role,
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

/** Why a file ends early, in its own last line. */
export function explained(error: unknown): object {
  if (!(error instanceof Problem)) return { code: 'internal', message: 'Canopy failed while writing this file.' };
  const { code, message, action, upstream } = error.report;
  return { code, message, action, ...(upstream ? { upstream } : {}) };
}
