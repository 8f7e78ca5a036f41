import type { ExportEnd } from '../../contract/canopy/access.ts';
import { downloadExport } from '../../contract/canopy/exports.ts';
import type { ExportRequest, createExport } from '../../contract/canopy/exports.ts';
import type { SpendQuestion } from '../../contract/canopy/spend.ts';
import type { ResultOf } from '../../contract/endpoint.ts';
import type { ErrorReport } from '../../contract/envelope.ts';
import { roleAllows, roleTitle } from '../../contract/permissions.ts';
import type { Permission } from '../../contract/permissions.ts';
import { auditFile, readAuditFilter } from '../audit/export.ts';
import { unexpected } from '../guards/answers.ts';
import { Problem } from '../problem.ts';
import type {
  AccessBook,
  AccessReader,
  Asking,
  Clock,
  Directory,
  Download,
  Exports,
  Log,
  Person,
  ReceiptReader,
  Spend,
  Upstream,
} from '../services.ts';
import type { NewDigest } from './digest.ts';
import { csvFile, csvPieces } from './file.ts';
import type { FilePieces } from './file.ts';
import type { Database } from '../database/open.ts';
import { addDays } from '../spend/days.ts';
import { recordsFileName } from '../spend/focus/open-records.ts';
import { measureTitle } from '../spend/answers/export.ts';
import { receiptsFile } from './receipts-file.ts';
import { recordsArchive } from './records-archive.ts';
import { accountsFile, membersFile, requireReadable } from './subtree-files.ts';
import { Tickets } from './tickets.ts';

export interface ExportsOptions {
  upstream: Upstream;
  directory: Directory;
  spend: Pick<Spend, 'requireQuestion' | 'export' | 'requireRecords' | 'records' | 'tags'>;
  receipts: ReceiptReader;
  access: AccessBook;
  accessReader: AccessReader;
  clock: Clock;
  log: Log;
  newDigest: NewDigest;
  /** Holds what a slow browser has not taken yet. */
  database: Pick<Database, 'ahead'>;
}

/**
 * Files of records and tables of spend on their way at once: what slow browsers have not taken of them stands on the disk,
 * and each is a long question to the store.
 */
const mostStoreFiles = 8;
const readsStore = ({ kind }: ExportRequest): boolean => kind === 'records' || kind === 'spend';

const permissionOf: Readonly<Record<ExportRequest['kind'], Permission>> = {
  accounts: 'accounts:read',
  members: 'members:read',
  spend: 'spend:read',
  records: 'spend:read',
  audit: 'audit:read',
  receipts: 'receipts:read',
};
const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  zip: 'application/zip',
} as const;
/** The ending of the file: records come in an archive with their metadata. */
const endingOf = (request: ExportRequest) => (request.kind === 'records' ? 'zip' : request.format);

/** Files to take away: asked for by a guarded request, fetched once by the browser. */
export function createExports(options: ExportsOptions): Exports {
  const tickets = new Tickets(options.clock);
  let storeFiles = 0;
  const requireRoom = (request: ExportRequest): void => {
    if (readsStore(request) && storeFiles >= mostStoreFiles) throw noRoom();
  };
  return {
    async create(person, session, request) {
      requirePermission(person, request);
      requireRoom(request);
      await requireSense(options, person, request);
      const fileName = await fileNameOf(options, person, request);
      const { ticket, expiresAt } = tickets.issue(person.id, session, { request, fileName });
      return { ticket, url: `/api/canopy/exports/${ticket}`, fileName, expiresAt } satisfies ResultOf<typeof createExport>;
    },
    async open(person, session, ticket, asking) {
      const { request, fileName } = tickets.use(session, ticket);
      requirePermission(person, request); // the role may have changed since
      requireRoom(request);
      const taken = readsStore(request) ? 1 : 0;
      storeFiles += taken;
      const body = await bodyOf(options, person, request, asking).catch((error: unknown) => {
        storeFiles -= taken;
        tickets.end(ticket, { outcome: 'failed', rows: null, bytes: 0 }, failureOf(error, asking));
        throw error;
      });
      const noteEnd = await noted(options, person, request, asking);
      const onEnd = (ended: ExportEnd, error: unknown) => {
        storeFiles -= taken;
        tickets.end(ticket, ended, ended.outcome === 'failed' ? failureOf(error, asking) : null);
        return noteEnd(ended);
      };
      const facts = { requestId: asking.requestId, person: person.id, kind: request.kind };
      return {
        fileName,
        contentType: contentTypes[endingOf(request)],
        body: watched(body, options.log, facts, onEnd, asking.signal),
      } satisfies Download;
    },
    ended: (session, ticket) => tickets.ended(session, ticket),
  };
}

const noRoom = () =>
  new Problem({
    code: 'in_progress',
    message: `${mostStoreFiles} files of records or spend are on their way already, and there is no room for more of them.`,
    action: 'Try again when one of them has arrived.',
    retryAfterSeconds: 10,
  });

function requirePermission({ role }: Person, { kind }: ExportRequest): void {
  if (roleAllows(role, permissionOf[kind])) return;
  throw new Problem({
    code: 'not_allowed',
    message: `Your role, ${roleTitle[role]}, does not include what this file would hold.`,
    action: 'Ask an administrator for the file or for another role.',
  });
}

/** Finds what would make the download fail, while there is still a page to say it on. */
async function requireSense({ directory, spend }: ExportsOptions, person: Person, request: ExportRequest): Promise<void> {
  if (request.kind === 'accounts' || request.kind === 'members') await requireReadable(directory, person, request);
  if (request.kind === 'spend') await spend.requireQuestion(person.scope, request.question);
  if (request.kind === 'records') await spend.requireRecords(person, request);
  if (request.kind === 'audit') {
    await directory.requireVisible(person.scope, request.organization);
    readAuditFilter(request.query);
  }
}

async function bodyOf(options: ExportsOptions, person: Person, request: ExportRequest, asking: Asking): Promise<FilePieces> {
  const { directory, spend, newDigest, clock } = options;
  switch (request.kind) {
    case 'accounts':
    case 'members': {
      const sources = { directory, tags: spend.tags, clock: options.clock };
      const file = request.kind === 'accounts' ? accountsFile(sources, person, request) : membersFile(sources, person, request);
      const { header, rows, manifest } = await file;
      return csvFile(header, inBatches(rows), () => manifest, newDigest);
    }
    case 'spend': {
      const manifest = { title: await spendTitle(options, person, request.question), asOf: new Date(clock.now()).toISOString() };
      return options.database.ahead(
        (signal) => csvPieces(spend.export(person.scope, request.question, signal), manifest, newDigest),
        asking.signal,
      );
    }
    case 'records':
      return options.database.ahead(
        (signal) => recordsArchive(recordsFileName(request), spend.records(person, request, signal), newDigest, clock.now()),
        asking.signal,
      );
    case 'receipts':
      return receiptsFile(options, person, request.format);
    case 'audit':
      await directory.requireVisible(person.scope, request.organization);
      return auditFile(options, request, asking);
  }
}

/** `canopy-accounts-larkfield-distribution-2026-10-15.csv`, of the day it is made, or of the days that a question is about. */
async function fileNameOf({ directory, clock }: ExportsOptions, person: Person, request: ExportRequest): Promise<string> {
  const organization = organizationOf(request);
  const path = organization === undefined ? [] : await directory.path(organization, person.scope).catch(() => []);
  const name = (path.at(-1)?.name ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
  const days =
    'question' in request
      ? `${request.question.from}-to-${addDays(request.question.to, -1)}`
      : new Date(clock.now()).toISOString().slice(0, 10);
  const what = request.kind === 'records' ? `${request.form}-${request.format}` : request.kind;
  const part = 'filter' in request && request.filter ? 'filtered' : '';
  return `${['canopy', what, part, name, days].filter((part) => part !== '').join('-')}.${endingOf(request)}`;
}

function organizationOf(request: ExportRequest): string | undefined {
  if (request.kind === 'receipts') return undefined;
  return request.kind === 'spend' || request.kind === 'records' ? request.question.organization : request.organization;
}

const batchSize = 1_000;
function* inBatches<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += batchSize) yield rows.slice(at, at + batchSize);
}

async function spendTitle({ directory }: ExportsOptions, { scope }: Person, question: SpendQuestion): Promise<string> {
  const { measure, from, to, organization, descendants } = question;
  const path = organization === undefined ? [] : await directory.path(organization, scope).catch(() => []);
  const name = organization === undefined ? 'every organization you may see' : (path.at(-1)?.name ?? organization);
  const below = organization !== undefined && descendants ? ' and every organization below it' : '';
  return `Usage and cost of ${name}${below}: ${measureTitle(measure)} from ${from} to ${to}, not included`;
}

type NoteEnd = (ended: ExportEnd) => Promise<void>;

/** What the page can say of a file that broke off: the same as of any request that fails. */
function failureOf(error: unknown, { requestId }: Asking): ErrorReport {
  const { report } = error instanceof Problem ? error : unexpected(error);
  return { ...report, requestId };
}

/** Notes in the ledger that the file is on its way. Who may read may read on where that cannot be written down. */
async function noted({ access, log }: ExportsOptions, person: Person, asked: ExportRequest, asking: Asking): Promise<NoteEnd> {
  const facts = { requestId: asking.requestId, person: person.id, kind: asked.kind };
  const lost = (error: unknown) => log.error({ ...facts, err: error }, 'an export could not be written down');
  const { name: operation } = downloadExport;
  const organizationId = organizationOf(asked) ?? null;
  try {
    const noteEnd = await access.export({
      kind: 'export',
      person,
      came: asking.came ?? null,
      operation,
      organizationId,
      targetId: null,
      reason: null,
      asked,
      requestId: asking.requestId,
    });
    return (ended) => noteEnd(ended).catch(lost);
  } catch (error) {
    lost(error);
    return async () => undefined;
  }
}

/** Leaves a line in the log and the end of the ledger's entry for each file: that it was taken, and how that ended. */
async function* watched(
  body: FilePieces,
  log: Log,
  facts: object,
  onEnd: (ended: ExportEnd, error: unknown) => Promise<void>,
  left: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const ended: ExportEnd = { outcome: 'abandoned', rows: null, bytes: 0 };
  let failure: unknown = null;
  try {
    for (;;) {
      const next = await body.next();
      if (next.done) {
        ended.rows = next.value.rows;
        ended.outcome = next.value.complete ? 'complete' : 'failed';
        failure = next.value.error;
        return;
      }
      ended.bytes += next.value.byteLength;
      yield next.value;
    }
  } catch (error) {
    if (left?.aborted) return; // what it reads from was told to stop, and says so
    ended.outcome = 'failed';
    failure = error;
    log.warn({ ...facts, bytes: ended.bytes, err: error }, 'export failed');
    throw error;
  } finally {
    await body.return({ rows: 0, complete: false }); // lets go of what it reads from, where the browser has left
    log.info({ ...facts, ...ended }, 'export');
    await onEnd(ended, failure);
  }
}
