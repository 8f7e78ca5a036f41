import { Hono } from 'hono';
import type { Hierarchy } from '../contract/canopy/hierarchy.ts';
import type { SpendDimension } from '../contract/canopy/spend.ts';
import { tagDimension } from '../contract/canopy/tag-key.ts';
import { canopyEndpoints, cloudflareEndpoints } from '../contract/endpoints.ts';
import type { CanopyEndpointName } from '../contract/endpoints.ts';
import type { Endpoint, ResultOf } from '../contract/endpoint.ts';
import { answerFailure, everyAnswer } from './guards/answers.ts';
import { api } from './guards/api.ts';
import type { Handle, OpenHandle, Route } from './guards/api.ts';
import { deadCookies } from './guards/dead-cookies.ts';
import type { Door } from './guards/door.ts';
import { requireHost } from './guards/host.ts';
import { projectedAccounts, seesPersons } from './guards/projection.ts';
import { requirePlainRequest } from './guards/target.ts';
import { RouteTable } from './guards/routes.ts';
import { live, ready } from './health.ts';
import type { Health } from './health.ts';
import { withoutMembers } from './organizations/hierarchy.ts';
import { proxyRead, proxyWrite } from './proxy.ts';
import { serveDownload } from './serve-download.ts';
import { serveFiles } from './serve-files.ts';
import type { WebFiles } from './serve-files.ts';
import type {
  AccessBook,
  AccessReader,
  Capability,
  Clock,
  Directory,
  Exports,
  Frame,
  Log,
  Person,
  ReceiptReader,
  Spend,
  SpendScope,
  Upstream,
  Views,
  Writes,
} from './services.ts';
import type { SessionCookie } from './session/cookie.ts';
import { enter, leave, leaveEverywhere, readSession, readVisitor } from './session/handlers.ts';
import type { Sessions } from './session/sessions.ts';
import type { SignInMethod } from './session/sign-in-method.ts';

/** Everything the routes stand on. */
export interface Services {
  clock: Clock;
  log: Log;
  frame: Frame;
  health: Health;
  sessions: Sessions;
  cookie: SessionCookie;
  signIn: SignInMethod;
  upstream: Upstream;
  writes: Writes;
  directory: Directory;
  spend: Spend;
  receipts: ReceiptReader;
  access: AccessBook;
  accessReader: AccessReader;
  exports: Exports;
  capability: Capability;
  views: Views;
  /** The built web app; null where something else serves it. */
  web: WebFiles | null;
}

type Rows = typeof canopyEndpoints;
/** Rows that need no session. Every other row of the contract needs one. */
type OpenName = 'getSignInOptions' | 'getVisitor' | 'signIn';
type OpenHandles = { readonly [K in OpenName]: OpenHandle<Rows[K], ResultOf<Rows[K]>> };
type Handles = { readonly [K in Exclude<CanopyEndpointName, OpenName>]: Handle<Rows[K], ResultOf<Rows[K]>> };

/** The whole backend: every answer passes here. */
export function createApp(services: Services): Hono<Door> {
  const { clock, log, frame, health, web } = services;
  const https = frame.publicUrl.protocol === 'https:';
  const app = new Hono<Door>();

  app.onError(answerFailure(log));
  app.use(everyAnswer({ https, clock, log }));
  app.use(requirePlainRequest);
  app.get('/healthz', live);
  app.get('/readyz', ready(health));
  app.use(requireHost(frame.publicUrl));
  app.use('/api/*', deadCookies(services.cookie));
  app.all('/api/*', api(routesOf(services), { ...services, isClosing: () => health.closing }));
  app.all('*', serveFiles(web));
  return app;
}

/** Every row of the contract, and who answers it. */
function routesOf(services: Services): RouteTable<Route> {
  const { signIn, directory, spend, receipts, exports, capability, views } = services;

  const open: OpenHandles = {
    getSignInOptions: async () => ({ result: signIn.options() }),
    getVisitor: readVisitor(services),
    signIn: enter(services),
  };

  const handles: Handles = {
    getSession: readSession(services),
    signOut: leave(services),
    signOutEverywhere: leaveEverywhere(services),

    getCapabilities: async () => ({ result: capability.capabilities() }),
    runDoctor: async ({ asking }) => ({ result: await capability.doctor(asking) }),

    getHierarchy: async (_asked, { person }) => ({ result: seen(await directory.hierarchy(person.scope), person) }),
    refreshHierarchy: async ({ input }, { person }) => ({
      result: seen(await directory.refresh(person.scope, input.body.organizationIds), person),
    }),
    listAllAccounts: async ({ input: { query } }, { person }) => {
      const { rows, coverage } = await directory.accounts(person.scope, query.organization, query.descendants ?? true);
      return { result: { rows: projectedAccounts(rows, person), coverage } };
    },
    listAllMembers: async ({ input: { query } }, { person }) => ({
      result: await directory.members(person.scope, query.organization, query.descendants ?? true),
    }),

    getSpendState: async ({ input: { query } }, { person }) => ({ result: await spend.state(spendScope(person, query)) }),
    controlSpendSync: async ({ input }, { person }) => ({ result: await spend.control(person.scope, input.body) }),
    askSpend: async ({ input, asking }, { person }) => ({ result: await spend.ask(person.scope, input.body, asking.signal) }),
    rankSpendAccounts: async ({ input, asking }, { person }) => ({
      result: await spend.rankAccounts(person.scope, input.body, asking.signal),
    }),
    askSpendRatios: async ({ input, asking }, { person }) => ({
      result: await spend.ratios(person.scope, input.body, asking.signal),
    }),
    explainSpend: async ({ input, asking }, { person }) => ({
      result: await spend.explain(person.scope, input.body, asking.signal),
    }),
    explainSpendMetric: async ({ input, asking }, { person }) => ({
      result: await spend.explainMetric(person.scope, input.body, asking.signal),
    }),
    listSpendMetrics: async ({ input: { query } }, { person }) => ({ result: await spend.metrics(spendScope(person, query)) }),
    searchSpendValues: async ({ input: { params, query } }, { person }) => ({
      result: await spend.values(spendScope(person, query), params.dimension as SpendDimension, query.contains), // checked by the row
    }),
    searchTagValues: async ({ input: { params, query } }, { person }) => ({
      result: await spend.values(spendScope(person, query), tagDimension(params.key), query.contains),
    }),
    forecastSpend: async ({ input, asking }, { person }) => ({
      result: await spend.forecast(person.scope, input.body, asking.signal),
    }),
    listAnomalies: async ({ input: { query } }, { person }) => ({
      result: await spend.anomalies(spendScope(person, query), query),
    }),
    markAnomaly: async ({ input }, { person }) => ({ result: await spend.markAnomaly(person, input.body) }),
    listAllowances: async ({ input: { query } }, { person }) => ({
      result: await spend.allowances(spendScope(person, query), query),
    }),

    listSavedViews: async ({ input: { query } }, { person }) => ({ result: await views.list(person, query) }),
    getSavedView: async ({ input }, { person }) => ({ result: await views.get(person, input.params.viewId) }),
    saveView: async ({ input }, { person }) => ({ result: await views.save(person, input.body) }),
    chooseDefaultView: async ({ input }, { person }) => ({ result: await views.chooseDefault(person, input.body) }),
    deleteSavedView: async ({ input }, { person }) => ({ result: await views.remove(person, input.params.viewId) }),

    listSpendNotes: async ({ input: { query } }, { person }) => ({ result: await spend.notes.list(person, query) }),
    createSpendNote: async ({ input }, { person }) => ({ result: await spend.notes.create(person, input.body) }),
    changeSpendNote: async ({ input }, { person }) => ({
      result: await spend.notes.change(person, input.params.noteId, input.body),
    }),
    deleteSpendNote: async ({ input }, { person }) => ({ result: await spend.notes.remove(person, input.params.noteId) }),

    listBudgets: async ({ input: { query } }, { person }) => ({ result: await spend.budgets.list(spendScope(person, query)) }),
    listPlannedBudgets: async ({ input: { params } }, { person }) => ({
      result: await spend.budgets.planned(person, params.organizationId),
    }),
    getBudget: async ({ input }, { person }) => ({ result: await spend.budgets.get(person, input.params.budgetId) }),
    createBudget: async ({ input }, { person }) => ({ result: await spend.budgets.create(person, input.body) }),
    changeBudget: async ({ input }, { person }) => ({
      result: await spend.budgets.change(person, input.params.budgetId, input.body),
    }),
    deleteBudget: async ({ input }, { person }) => ({ result: await spend.budgets.remove(person, input.params.budgetId) }),

    listTags: async ({ input: { query } }, { person }) => ({ result: await spend.tags.list(spendScope(person, query)) }),
    listAccountTags: async ({ input: { query } }, { person }) => ({
      result: await spend.tags.listByAccount(spendScope(person, query)),
    }),
    setAccountTags: async ({ input }, { person }) => ({ result: await spend.tags.set(person, input.body) }),
    changeTag: async ({ input }, { person }) => ({ result: await spend.tags.change(person, input.body) }),
    importTags: async ({ input }, { person }) => ({ result: await spend.tags.import(person, input.body) }),

    getRateCard: async (_asked, { person }) => ({ result: await spend.rateCards.inForce(person) }),
    getRateCardVersion: async ({ input }, { person }) => ({
      result: await spend.rateCards.version(person, Number(input.params.version)),
    }),
    saveRateCard: async ({ input }, { person }) => ({ result: await spend.rateCards.save(person, input.body) }),
    previewRateCard: async ({ input, asking }, { person }) => ({
      result: await spend.rateCards.preview(person, input.body, asking.signal),
    }),

    getSpendQuality: async ({ input: { query } }, { person }) => ({
      result: await spend.quality(spendScope(person, query), query),
    }),
    listRestatements: async ({ input: { query } }, { person }) => ({
      result: await spend.restatements(spendScope(person, query)),
    }),
    listImports: async ({ input: { query } }, { person }) => ({ result: await spend.imports.list(spendScope(person, query)) }),
    beginImport: async ({ input }, { person }) => ({ result: await spend.imports.begin(person, input.body) }),
    sendImportPart: async ({ input: { params, query, body } }, { person }) => ({
      result: await spend.imports.receive(person, params.importId, query.offset ?? 0, body),
    }),
    checkImport: async ({ input, asking }, { person }) => ({
      result: await spend.imports.check(person, input.params.importId, asking.signal),
    }),
    takeImport: async ({ input }, { person }) => ({
      result: await spend.imports.take(person, input.params.importId, input.body.counts),
    }),
    changeImport: async ({ input }, { person }) => ({
      result: await spend.imports.change(person, input.params.importId, input.body),
    }),
    deleteImport: async ({ input }, { person }) => ({ result: await spend.imports.remove(person, input.params.importId) }),

    listReceipts: async ({ input }, { person }) => ({ result: await receipts.list(person, input.query) }),
    getReceipt: async ({ input }, { person }) => ({ result: await receipts.get(person, input.params.receiptId) }),

    listAccess: async ({ input }, { person }) => ({ result: await services.accessReader.list(person, input.query) }),

    createExport: async ({ input, asking }, { person, session }) => ({
      result: await exports.create(person, session.digest, input.body, asking),
    }),
    measureRecords: async ({ input }, { person }) => ({ result: await spend.measureRecords(person.scope, input.body) }),
    getExportEnd: async ({ input }, { session }) => ({
      result: exports.ended(session.digest, input.params.ticket),
    }),
    downloadExport: async ({ input, asking }, { person, session }) =>
      serveDownload(await exports.open(person, session.digest, input.params.ticket, asking)),
  };

  const table = new RouteTable<Route>();
  for (const row of Object.values<Endpoint>(cloudflareEndpoints))
    table.mount('/api/cloudflare', row, {
      row,
      handle: (row.effect === 'read' ? proxyRead : proxyWrite)(row, services),
      navigation: false,
    });
  for (const [name, handle] of Object.entries(open)) mountOpen(table, canopyEndpoints[name as OpenName], handle as Open);
  for (const [name, handle] of Object.entries(handles)) mount(table, canopyEndpoints[name as Name], handle as Closed);
  return table;
}

// The maps above pair each row with its handler; taken apart again by name, the pair's types can no longer be told.
type Name = keyof Handles;
type Open = OpenHandle<Endpoint, unknown>;
type Closed = Handle<Endpoint, unknown>;

function mountOpen(table: RouteTable<Route>, row: Endpoint, open: Open): void {
  if (row.permission !== 'anyone') throw new Error(`${row.name} needs ${row.permission}, so it cannot be open`);
  table.mount('/api', row, { row, open });
}

function mount(table: RouteTable<Route>, row: Endpoint, handle: Closed): void {
  if (row.permission === 'anyone') throw new Error(`${row.name} is for anyone, so it cannot need a session`);
  table.mount('/api', row, { row, handle, navigation: row === canopyEndpoints.downloadExport });
}

function seen(hierarchy: Hierarchy, person: Person): Hierarchy {
  return seesPersons(person) ? hierarchy : withoutMembers(hierarchy);
}

const spendScope = (
  { scope }: Person,
  { organization, descendants = true }: { organization?: string; descendants?: boolean },
): SpendScope => ({ scope, organization, descendants });
