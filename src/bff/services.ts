import type { BodyOf, Endpoint, ParamsOf, QueryOf, ResultOf } from '../contract/endpoint.ts';
import type { ErrorCode, ResultInfo } from '../contract/envelope.ts';
import type { AccessKind, ExportEnd, listAccess } from '../contract/canopy/access.ts';
import type { Capabilities, Probe } from '../contract/canopy/capabilities.ts';
import type { Coverage, Hierarchy, PlacedAccount, PlacedMember } from '../contract/canopy/hierarchy.ts';
import type { AnomalyMark, listAnomalies, markAnomaly, SpendAnomalies } from '../contract/canopy/anomalies.ts';
import type {
  ExplanationQuestion,
  MetricExplanation,
  MetricExplanationQuestion,
  SpendExplanation,
} from '../contract/canopy/spend-explanation.ts';
import type { SpendRatioQuestion, SpendRatios } from '../contract/canopy/spend-ratios.ts';
import type { Allowances, ForecastQuestion, listAllowances, SpendForecast } from '../contract/canopy/forecast.ts';
import type { createExport, ExportRequest, getExportEnd, RecordsMeasure, RecordsQuestion } from '../contract/canopy/exports.ts';
import type { beginImport, changeImport, ImportDraft, ImportedSource, ImportReport } from '../contract/canopy/imports.ts';
import type {
  RateCardInForce,
  RateCardPreview,
  StoredRateCard,
  previewRateCard,
  saveRateCard,
} from '../contract/canopy/rate-card.ts';
import type { Arrival, listReceipts, Receipt } from '../contract/canopy/receipts.ts';
import type { getSpendQuality, listRestatements, SpendQuality } from '../contract/canopy/spend-quality.ts';
import type { Mode } from '../contract/canopy/session.ts';
import type {
  SpendAnswer,
  SpendDimension,
  SpendMetric,
  SpendQuestion,
  SourceUse,
  SpendRanking,
  SpendRankingQuestion,
  SpendState,
  controlSpendSync,
} from '../contract/canopy/spend.ts';
import type { Budget, BudgetDetail, BudgetTerms, changeBudget, listBudgets, PlannedBudget } from '../contract/canopy/budgets.ts';
import type { chooseDefaultView, listSavedViews, SavedView, saveView } from '../contract/canopy/saved-views.ts';
import type { changeSpendNote, createSpendNote, listSpendNotes, SpendNote } from '../contract/canopy/spend-notes.ts';
import type { changeTag, importTags, listAccountTags, listTags, setAccountTags } from '../contract/canopy/tags.ts';
import type { Organization } from '../contract/cloudflare/organizations.ts';
import type { Role } from '../contract/permissions.ts';

/** What the parts of the BFF offer each other. `app.ts` gets them all; no part imports another part's inside. */

export interface Clock {
  /** Milliseconds since 1970, for expiry and display. */
  now(): number;
  /** Milliseconds that only grow, for durations. */
  monotonic(): number;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** Whose subtree a person may see: an organization id, or null for all that the credential sees. */
export type Scope = string | null;

/** The person behind a request, read from the session store on every request. */
export interface Person {
  id: string;
  name: string;
  email: string | null;
  role: Role;
  scope: Scope;
}

/** Who asks, for receipts, logs and the rate budget. */
export interface Asking {
  requestId: string;
  /** How the request came; absent where Canopy asks by itself. */
  came?: Arrival;
  /** When the budget runs low `bulk` work stops first, then the other work in the `background`. */
  priority: 'interactive' | 'background' | 'bulk';
  signal?: AbortSignal;
}

export interface Exchange<T> {
  result: T;
  info: ResultInfo | null;
  /** HTTP status of upstream. */
  status: number;
  rayId: string | null;
  /** Milliseconds. */
  duration: number;
  /** RFC 3339. */
  asOf: string;
}

export interface CallInput<E extends Endpoint> {
  params: ParamsOf<E>;
  query: QueryOf<E>;
  body?: BodyOf<E>;
}

/**
 * The Cloudflare client. Every failure is a thrown `Problem`. Where there is no room for a request it waits a little
 * (20 s for people, 2 s for background work) and then throws `rate_budget` or `upstream_throttled` with `retryAfterSeconds`.
 */
export interface Upstream {
  /** One exchange. Reads are retried under the rules, writes are sent exactly once. */
  call<E extends Endpoint>(row: E, input: CallInput<E>, asking: Asking): Promise<Exchange<ResultOf<E>>>;
  /** All pages of a list: `info.complete` says whether it is whole. Repeated ids are dropped. */
  walk<E extends Endpoint>(row: E, input: CallInput<E>, asking: Asking): Promise<Exchange<ResultOf<E>>>;
  /** The body as it comes, decoded and bounded, for answers too large to hold. A 2xx status is already checked. */
  stream<E extends Endpoint>(
    row: E,
    input: CallInput<E>,
    asking: Asking,
  ): Promise<{ status: number; rayId: string | null; body: AsyncIterable<Uint8Array> }>;
  /** Whether a configured credential fits a row; the reason where none does. */
  availability(row: Endpoint): { available: true } | { available: false; reason: string };
  budget(): Capabilities['budget'];
}

/** What the part that sends writes needs beside: whether one could go now, before its intent is written down. */
export interface UpstreamForWrites extends Upstream {
  /** Throws `capability_missing`, `upstream_throttled` or `rate_budget`. Sends nothing. */
  requireRoom(row: Endpoint, asking: Asking): void;
}

/** The snapshot of organizations, accounts and members, filled under the rate budget. */
export interface Directory {
  /** Waits until the list of organizations has been read once. */
  hierarchy(scope: Scope): Promise<Hierarchy>;
  /** Reads again, then answers. */
  refresh(scope: Scope, organizationIds?: readonly string[]): Promise<Hierarchy>;
  /** Ids of the organizations of a subtree that the scope allows, parents first. Throws `out_of_scope` or `not_found`. */
  subtree(scope: Scope, organizationId: string | undefined, descendants: boolean): Promise<readonly Organization[]>;
  /** Throws `out_of_scope` where the organization is not in the scope. */
  requireVisible(scope: Scope, organizationId: string): Promise<void>;
  /** The organization an account is in; asks upstream where the snapshot does not know. */
  organizationOfAccount(accountId: string, asking: Asking): Promise<string | null>;
  accounts(
    scope: Scope,
    organizationId: string | undefined,
    descendants: boolean,
  ): Promise<{ rows: PlacedAccount[]; coverage: Coverage }>;
  members(
    scope: Scope,
    organizationId: string | undefined,
    descendants: boolean,
  ): Promise<{ rows: PlacedMember[]; coverage: Coverage }>;
  /** Called after a write: what it touched is read again before it is shown as fresh. */
  invalidate(change: { organizations: readonly string[]; tree: boolean }): void;
  /** Ancestors of an organization by name, root first, itself last; nothing above the scope. */
  path(organizationId: string, scope: Scope): Promise<readonly { id: string; name: string }[]>;
  /** Ids of its ancestors, root first, itself last, as they are known now, without waiting or reading. */
  lineage(organizationId: string): readonly string[];
  /** What is known now, without waiting or reading; null before the list of organizations has been read. */
  peek(scope: Scope): Hierarchy | null;
}

/** One write on its way: the contract row, checked input and the person. */
export interface Write<E extends Endpoint = Endpoint> {
  row: E;
  input: CallInput<E>;
  person: Person;
  asking: Asking;
  idempotencyKey: string | null;
  /** The version the person saw. */
  ifMatch: string | null;
  reason: string | null;
}

/** Sends a write: guards, receipt with the intent, one call, receipt with the outcome, settlement by reading. */
export interface Writes {
  send<E extends Endpoint>(write: Write<E>): Promise<Exchange<ResultOf<E>> & { receiptId: string }>;
}

/** Whose spend: an organization the person sees, with or without what is below it; their whole scope where none is named. */
export interface SpendScope {
  scope: Scope;
  organization: string | undefined;
  descendants: boolean;
}

/** Usage and cost: reads every organization's days in the background, and answers questions from what is stored. */
export interface Spend {
  state(of: SpendScope): Promise<SpendState>;
  /** Answers with the state of the person's whole scope. */
  control(scope: Scope, body: BodyOf<typeof controlSpendSync>): Promise<SpendState>;
  /** These questions end early where `signal` does: nobody waits for the answer. */
  ask(scope: Scope, question: SpendQuestion, signal?: AbortSignal): Promise<SpendAnswer>;
  rankAccounts(scope: Scope, question: SpendRankingQuestion, signal?: AbortSignal): Promise<SpendRanking>;
  metrics(of: SpendScope): Promise<{ metrics: readonly SpendMetric[]; currencies: readonly string[]; today: string }>;
  values(
    of: SpendScope,
    dimension: SpendDimension,
    contains: string | undefined,
  ): Promise<{ values: readonly { key: string | null; label: string }[]; total: number }>;
  /** Savings, and costs of a unit: ratios of sums. */
  ratios(scope: Scope, question: SpendRatioQuestion, signal?: AbortSignal): Promise<SpendRatios>;
  /** How a figure comes about, by metric. */
  explain(scope: Scope, question: ExplanationQuestion, signal?: AbortSignal): Promise<SpendExplanation>;
  /** How what one metric makes up of it comes about, by account and billing cycle. */
  explainMetric(scope: Scope, question: MetricExplanationQuestion, signal?: AbortSignal): Promise<MetricExplanation>;
  /** Where the running month ends. */
  forecast(scope: Scope, question: ForecastQuestion, signal?: AbortSignal): Promise<SpendForecast>;
  /** How accounts stand with their allowances. */
  allowances(of: SpendScope, question: QueryOf<typeof listAllowances>): Promise<Allowances>;
  /** Days on which something was used unlike usual. */
  anomalies(of: SpendScope, question: QueryOf<typeof listAnomalies>): Promise<SpendAnomalies>;
  markAnomaly(person: Person, body: BodyOf<typeof markAnomaly>): Promise<AnomalyMark | null>;
  /** Throws what a question is refused with. */
  requireQuestion(scope: Scope, question: SpendQuestion): Promise<void>;
  /** The table of an answer to its last group, as pieces of CSV. The question was found to make sense. */
  export(scope: Scope, question: SpendQuestion, signal?: AbortSignal): AsyncIterable<string>;
  /** How large a file of records would be, and what it lacks. */
  measureRecords(scope: Scope, question: RecordsQuestion): Promise<RecordsMeasure>;
  /** Throws what `records` would throw. */
  requireRecords(person: Person, request: Extract<ExportRequest, { kind: 'records' }>): Promise<void>;
  /**
   * The bytes of a file of records, to be taken quickly: they are of one moment of the store, which is held meanwhile. Throws
   * `in_progress`, before the first of them, where an estimate would lack costs.
   */
  records(
    person: Person,
    request: Extract<ExportRequest, { kind: 'records' }>,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, RecordsEnd>;
  rateCards: RateCardDesk;
  tags: TagDesk;
  imports: ImportDesk;
  /** How far stored records can be relied on. */
  quality(of: SpendScope, question: QueryOf<typeof getSpendQuality>): Promise<SpendQuality>;
  /** What changed after the fact. */
  restatements(of: SpendScope): Promise<ResultOf<typeof listRestatements>>;
  budgets: BudgetDesk;
  notes: SpendNoteDesk;
  /** Begins to read usage soon, and again every hour. */
  start(): void;
  /** Stops reading; what was read completely is kept. */
  close(): Promise<void>;
}

/** The rate card that estimates are made with. One holds for everyone; each person sees the overrides of what they may see. */
export interface RateCardDesk {
  inForce(person: Person): Promise<RateCardInForce>;
  /** Throws `not_found`. */
  version(person: Person, version: number): Promise<StoredRateCard>;
  /** Throws `stale_version` with the card in force, `invalid_request` with the fields, or `out_of_scope`. */
  save(person: Person, body: BodyOf<typeof saveRateCard>): Promise<RateCardInForce>;
  preview(person: Person, body: BodyOf<typeof previewRateCard>, signal: AbortSignal | undefined): Promise<RateCardPreview>;
}

/** Screens under a name, by person. `get` and `remove` throw `not_found` for what the person may not open. */
export interface Views {
  list(person: Person, query: QueryOf<typeof listSavedViews>): Promise<ResultOf<typeof listSavedViews>>;
  get(person: Person, id: string): Promise<SavedView>;
  save(person: Person, body: BodyOf<typeof saveView>): Promise<SavedView>;
  chooseDefault(person: Person, body: BodyOf<typeof chooseDefaultView>): Promise<{ viewId: string | null }>;
  remove(person: Person, id: string): Promise<{ id: string }>;
}

/** Notes on the time axis, of the organizations that a person sees. */
export interface SpendNoteDesk {
  list(person: Person, query: QueryOf<typeof listSpendNotes>): Promise<ResultOf<typeof listSpendNotes>>;
  create(person: Person, body: BodyOf<typeof createSpendNote>): Promise<SpendNote>;
  /** Both throw `not_found`, or `not_allowed` where somebody else wrote it. */
  change(person: Person, id: string, body: BodyOf<typeof changeSpendNote>): Promise<SpendNote>;
  remove(person: Person, id: string): Promise<{ id: string }>;
}

/** Budgets of the organizations that a person sees. All but `list` and `create` throw `not_found`. */
export interface BudgetDesk {
  list(of: SpendScope): Promise<ResultOf<typeof listBudgets>>;
  planned(person: Person, organizationId: string): Promise<readonly PlannedBudget[]>;
  get(person: Person, id: string): Promise<BudgetDetail>;
  create(person: Person, terms: BudgetTerms): Promise<Budget>;
  /** Throws `stale_version` with the budget as it is. */
  change(person: Person, id: string, body: BodyOf<typeof changeBudget>): Promise<Budget>;
  remove(person: Person, id: string): Promise<{ id: string }>;
}

/** Tags that people give to accounts, of the accounts that a person sees today. */
export interface TagDesk {
  list(of: SpendScope): Promise<ResultOf<typeof listTags>>;
  listByAccount(of: SpendScope): Promise<ResultOf<typeof listAccountTags>>;
  /** Throws `out_of_scope` where one of the accounts is not the person's; then nothing is changed. */
  set(person: Person, body: BodyOf<typeof setAccountTags>): Promise<ResultOf<typeof setAccountTags>>;
  change(person: Person, body: BodyOf<typeof changeTag>): Promise<ResultOf<typeof changeTag>>;
  import(person: Person, body: BodyOf<typeof importTags>): Promise<ResultOf<typeof importTags>>;
}

/** Files of usage and cost on their way in, and those that were taken. Whoever takes one sees the organization it is for. */
export interface ImportDesk {
  list(of: SpendScope): Promise<readonly ImportedSource[]>;
  begin(person: Person, body: BodyOf<typeof beginImport>): Promise<ImportDraft>;
  /** Throws `invalid_request` where the part is not the next one. */
  receive(person: Person, id: string, offset: number, bytes: Uint8Array): Promise<ImportDraft>;
  /** Ends early where `signal` does, or the file is removed meanwhile. */
  check(person: Person, id: string, signal: AbortSignal | undefined): Promise<ImportReport>;
  take(person: Person, id: string, counts: SourceUse): Promise<ImportedSource>;
  change(person: Person, id: string, body: BodyOf<typeof changeImport>): Promise<ImportedSource>;
  /** Answers how many records were removed. */
  remove(person: Person, id: string): Promise<{ records: number }>;
}

export interface Capability {
  capabilities(): Capabilities;
  doctor(asking: Asking): Promise<{ probes: readonly Probe[]; at: string }>;
}

/** Something that the ledger keeps though nothing was written upstream. */
export interface Access {
  kind: AccessKind;
  /** Null where nobody is signed in. */
  person: Person | null;
  /** Null for what did not come over the network. */
  came: Arrival | null;
  /** The contract row's name. */
  operation: string;
  organizationId: string | null;
  /** Whatever else the address names. */
  targetId: string | null;
  reason: ErrorCode | null;
  /** With an export, what was asked for. */
  asked: unknown;
  requestId: string;
}

/** Writes accesses into the ledger. What it returns has happened on disk; throws where it cannot write. */
export interface AccessBook {
  /** Repetitions within some minutes are counted in one entry. */
  note(access: Access): Promise<void>;
  /** Notes that a file is on its way; the answer notes how it ended. */
  export(access: Access): Promise<(ended: ExportEnd) => Promise<void>>;
}

/** What a person may see of it, which is what they may see of receipts. */
export interface AccessReader {
  list(person: Person, query: QueryOf<typeof listAccess>): Promise<ResultOf<typeof listAccess>>;
}

/** The receipts a person may see: of their scope; without `receipts:read` only their own, by id. */
export interface ReceiptReader {
  list(person: Person, query: QueryOf<typeof listReceipts>): Promise<ResultOf<typeof listReceipts>>;
  get(person: Person, receiptId: string): Promise<Receipt>;
}

/** What there is to say of a file of records when its last byte is written. */
export interface RecordsEnd {
  rows: number;
  metadata(proof: { sha256: string; bytes: number }): object;
}

/** A file on its way to a browser. */
export interface Download {
  fileName: string;
  contentType: string;
  body: AsyncIterable<Uint8Array>;
}

/** Exports: a ticket that works once, for a minute, in one session. Checks the permission of what is exported. */
export interface Exports {
  create(person: Person, session: string, request: ExportRequest, asking: Asking): Promise<ResultOf<typeof createExport>>;
  open(person: Person, session: string, ticket: string, asking: Asking): Promise<Download>;
  /** How the download of a ticket ended, if it did, and why where it failed. */
  ended(session: string, ticket: string): ResultOf<typeof getExportEnd>;
}

/** What the configuration says about the frame everything runs in. */
export interface Frame {
  mode: Mode;
  /** The origin people type, exact. */
  publicUrl: URL;
  upstreamHost: string;
}
