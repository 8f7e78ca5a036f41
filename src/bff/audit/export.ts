import { auditQuery } from '../../contract/cloudflare/audit.ts';
import type { AuditEvent } from '../../contract/cloudflare/audit.ts';
import type { ExportRequest } from '../../contract/canopy/exports.ts';
import { readQuery, writeQuery } from '../../contract/query.ts';
import type { CsvCell } from '../exports/csv.ts';
import type { NewDigest } from '../exports/digest.ts';
import { csvFile, ndjsonFile } from '../exports/file.ts';
import type { FilePieces } from '../exports/file.ts';
import { explained } from '../exports/receipts-file.ts';
import { unmarked, writeExact } from '../../contract/exact-json.ts';
import { Problem } from '../problem.ts';
import type { Asking, Clock, Upstream } from '../services.ts';
import { auditPages } from './pages.ts';
import type { AuditQuery } from './pages.ts';

type AuditExport = Extract<ExportRequest, { kind: 'audit' }>;

interface Parts {
  upstream: Pick<Upstream, 'call'>;
  clock: Clock;
  newDigest: NewDigest;
}

const { cursor: _cursor, limit: _limit, ...filterQuery } = auditQuery;

/** Checks the filter of an export: the same parameters as the list, with both ends of the range. */
export function readAuditFilter(search: string): AuditQuery {
  const reading = readQuery(filterQuery, new URLSearchParams(search));
  const fields = reading.ok
    ? (['since', 'before'] as const).flatMap((field) =>
        reading.value[field] === undefined ? [{ field, message: 'is required' }] : [],
      )
    : reading.problems;
  if (!reading.ok || fields.length > 0)
    throw new Problem({
      code: 'invalid_request',
      message: 'The filter of this export is not one that the audit log takes.',
      action: 'Correct the fields named here.',
      fields,
    });
  return { ...reading.value, since: reading.value.since ?? '', before: reading.value.before ?? '' };
}

/** The filtered audit trail as a file, streamed as it is read. */
export function auditFile({ newDigest, ...parts }: Parts, request: AuditExport, asking: Asking): FilePieces {
  const query = readAuditFilter(request.query);
  const pages = auditPages(parts, request.organization, query, asking);
  const filter = writeQuery(filterQuery, query).toString();
  const manifest = () => ({
    title: `Audit log of ${request.organization}, ${filter}`,
    asOf: new Date(parts.clock.now()).toISOString(),
  });
  return request.format === 'csv'
    ? csvFile(header, mapped(pages), manifest, newDigest)
    : ndjsonFile(pages, manifest, newDigest, explained);
}

async function* mapped(pages: AsyncIterable<readonly AuditEvent[]>): AsyncGenerator<CsvCell[][]> {
  for await (const page of pages) yield page.map(cellsOf);
}

const header = [
  'Time',
  'Result',
  'Action',
  'Description',
  'Actor type',
  'Actor e-mail',
  'Actor ID',
  'Via',
  'Token name',
  'Token ID',
  'IP address',
  'Product',
  'Resource type',
  'Resource ID',
  'Organization ID',
  'Method',
  'URI',
  'Status',
  'Ray ID',
  'User agent',
  'Request',
  'Response',
  'Event ID',
] as const;

/** Every part of an event may be missing. */
function cellsOf({ id, action, actor, organization, raw, resource }: AuditEvent): CsvCell[] {
  return [
    action?.time,
    action?.result,
    action?.type,
    action?.description,
    actor?.type,
    actor?.email,
    actor?.id,
    actor?.context,
    actor?.token_name,
    actor?.token_id,
    actor?.ip_address,
    resource?.product,
    resource?.type,
    resource?.id,
    organization?.id,
    raw?.method,
    raw?.uri,
    raw?.status_code,
    raw?.cf_ray_id,
    raw?.user_agent,
    resource?.request,
    resource?.response,
    id,
  ].map(cellOf);
}

/** Odd rows are kept: whatever stands in a cell becomes text. */
function cellOf(value: unknown): CsvCell {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return unmarked(value);
  return typeof value === 'number' || typeof value === 'boolean' ? value : writeExact(value);
}
