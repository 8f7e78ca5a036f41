import { sharedReading } from '../../contract/canopy/shared-reading.ts';
import { mostFailures } from '../../contract/canopy/spend.ts';
import type { SpendQuestion, SpendState } from '../../contract/canopy/spend.ts';
import type { ErrorReport } from '../../contract/envelope.ts';
import type { Kysely } from 'kysely';
import type { Database } from '../database/open.ts';
import type { Tables } from '../database/schema.ts';
import { roleAllows } from '../../contract/permissions.ts';
import type { NewDigest } from '../exports/digest.ts';
import { Problem } from '../problem.ts';
import type { Clock, Log, Spend, SpendScope } from '../services.ts';
import { answer, requireInner, requireRanges } from './answers/ask.ts';
import { readAnomalies, setMark } from './anomalies/anomaly-book.ts';
import { createBudgetDesk } from './budgets/budget-desk.ts';
import { listMetrics, searchValues } from './catalog.ts';
import { createCardDesk } from './costs/card-desk.ts';
import { Pricer, staleMonths } from './costs/pricer.ts';
import { RateCards } from './costs/rate-cards.ts';
import { addDays, dayOf, daysBetween, eachDay, monthOf, monthsBefore } from './days.ts';
import type { Day } from './days.ts';
import { ofOrganizations } from './dimensions.ts';
import { explainFigure } from './explanation/explain-figure.ts';
import { explainMetric } from './explanation/explain-metric.ts';
import { exportAnswer } from './answers/export.ts';
import { measureFiles, monthsToPrice } from './focus/measure.ts';
import { requirePriced, takeRecords } from './focus/open-records.ts';
import { forecast } from './forecast/ask-forecast.ts';
import { listAllowances } from './forecast/list-allowances.ts';
import { createImportDesk } from './imports/import-desk.ts';
import { countingImports } from './imports/book.ts';
import type { Shelf } from './imports/shelf.ts';
import { listRecordNotes } from './record-notes.ts';
import { ratiosOf } from './answers/ratios.ts';
import { rankAccounts, requireSum } from './answers/rank-accounts.ts';
import { pricingOf } from './pricing/terms.ts';
import { longestExamined, readQuality } from './quality.ts';
import { Reaches } from './reach.ts';
import { readRestatements } from './restatements.ts';
import type { Reach, UsageDirectory } from './reach.ts';
import type { UsageUpstream } from './reading/read.ts';
import type { Selected } from './sources.ts';
import { usesTags } from './tags/with-tags.ts';
import { whileWanted } from './while-wanted.ts';
import { dayStates, historyFrom } from './states.ts';
import { UsageStore } from './store/store.ts';
import { UsageSync } from './reading/sync.ts';
import { createNoteDesk } from './time-notes/note-desk.ts';
import { createTagDesk } from './tags/tag-desk.ts';

export interface SpendParts {
  database: Database;
  upstream: UsageUpstream;
  directory: UsageDirectory;
  clock: Clock;
  log: Log;
  /** The first day to read; thirteen months back where it is null. */
  historyStart: Day | null;
  /** Days of usage that one call of Cloudflare may bring, at most. */
  daysPerCall: number;
  /** Where files are while they are taken in. */
  shelf: Shelf;
  newDigest: NewDigest;
}

/** Months of history that are read at first. */
const historyMonths = 13;
/** Days whose quality is examined where none are named. */
const examinedDays = 31;

/** Reads usage of every organization in the background and answers questions about it. */
export function createSpend(parts: SpendParts): Spend {
  const { database, upstream, directory, clock, log, historyStart, daysPerCall, shelf, newDigest } = parts;
  const reaches = new Reaches(database, directory);
  const store = new UsageStore(database, clock, reaches.depthOf);
  const today = () => dayOf(clock.now());
  const start = () => historyStart ?? monthsBefore(today(), historyMonths);
  const cards = new RateCards(database.query, clock);
  const pricer: Pricer = new Pricer({
    database,
    cards,
    clock,
    log,
    historyStart: start,
    awaits: (organizationId, days) => sync.awaits(organizationId, days),
    isReading: () => sync.progress.status === 'running',
  });
  const sync = new UsageSync({
    upstream,
    directory,
    store,
    clock,
    log,
    historyStart: start,
    daysPerCall,
    remember: (hierarchy) => reaches.remember(hierarchy),
    stored: () => pricer.rouse(),
  });

  const closing = new AbortController();
  let addingUp = Promise.resolve();
  /** Imports change months that are added up already. */
  const addUp = () => {
    pricer.rouse();
    addingUp = addingUp
      .then(() => store.rollUpMonths(monthOf(today()), closing.signal))
      .catch((error: unknown) => log.error({ error }, 'Months could not be added up'));
  };
  const imports = createImportDesk({
    database,
    reaches,
    directory,
    clock,
    shelf,
    newDigest,
    changed: addUp,
    closing: closing.signal,
  });

  /** Everything a reader sees is of one moment. */
  const snapshot = <T>(read: (query: Kysely<Tables>) => Promise<T>, signal?: AbortSignal) =>
    database.snapshot((query) => read(whileWanted(query, signal)));

  const state = async (of: SpendScope): Promise<SpendState> => {
    const reach = await reaches.of(of);
    const { version } = await cards.current();
    return snapshot(async (query) => {
      const states = await dayStates(query, reach.live, today());
      const range = { from: await historyFrom(query, reach.live, start(), today()), to: addDays(today(), 1) };
      return {
        firstDay: states.firstDay,
        throughDay: states.throughDay,
        today: today(),
        historyStart: range.from,
        days: Array.from(eachDay(range), (day) => ({ day, state: states.of(day), records: states.records(day) })),
        sync: sync.progress,
        pricing: { card: version, monthsLeft: await countStale(query, version, reach) },
        failures: await listFailures(query, reach),
        imports: await countingImports(query, reach),
        notes: await listRecordNotes(query, reach),
      };
    });
  };

  const reachOf = (
    scope: SpendScope['scope'],
    { organization, descendants }: Pick<SpendQuestion, 'organization' | 'descendants'>,
  ) => reaches.of({ scope, organization, descendants });

  const selectedOf = async (reach: Reach, { filters }: Pick<SpendQuestion, 'filters'>): Promise<Selected> => ({
    organizationIds: reach.ids,
    filters,
    tagged: usesTags(filters.map(({ dimension }) => dimension)) ? await reach.tagged() : null,
  });

  return {
    state,

    async control(scope, { action, days, organizationIds }) {
      if (scope !== null && (action === 'pause' || action === 'resume')) throw refusedToPart();
      for (const id of organizationIds ?? []) await directory.requireVisible(scope, id);
      if (action === 'pause') await sync.pause();
      else if (action === 'resume') await sync.resume();
      else if (action === 'start') sync.begin();
      else {
        const ids = organizationIds ?? (await directory.subtree(scope, undefined, true)).map((one) => one.id);
        sync.fetch(ids, days ?? [today()]);
      }
      return state({ scope, organization: undefined, descendants: true });
    },

    async ask(scope, question, signal) {
      requireRanges(question);
      requireInner(question);
      const reach = await reachOf(scope, question);
      return snapshot((query) => answer(query, question, reach, today()), signal);
    },

    async ratios(scope, question, signal) {
      requireRanges(question);
      const reach = await reachOf(scope, question);
      return snapshot((query) => ratiosOf(query, question, reach), signal);
    },

    async explain(scope, question, signal) {
      requireRanges(question);
      const reach = await reachOf(scope, question);
      const card = await cards.current();
      return snapshot((query) => explainFigure(query, question, reach, { card, pricing: pricingOf(card.card) }), signal);
    },

    async explainMetric(scope, question, signal) {
      requireRanges(question);
      const reach = await reachOf(scope, question);
      const { card } = await cards.current();
      const asked = { question, reach, pricing: pricingOf(card), today: today() };
      return snapshot((query) => explainMetric(query, asked), signal);
    },

    async rankAccounts(scope, question, signal) {
      requireRanges(question);
      requireSum(question);
      const reach = await reachOf(scope, question);
      const { card } = await cards.current();
      const { rows } = await directory.accounts(scope, question.organization, question.descendants);
      const types = new Map(rows.map(({ id, type }) => [id, type]));
      return snapshot(
        (query) => rankAccounts({ query, question, reach, cardCurrency: card.currency, today: today(), types }),
        signal,
      );
    },

    async metrics(of) {
      const reach = await reaches.of(of);
      return snapshot(async (query) => {
        const from = await historyFrom(query, reach.live, start(), today());
        return { ...(await listMetrics(query, reach, { from, to: addDays(today(), 1) })), today: today() };
      });
    },

    async values(of, dimension, contains) {
      const reach = await reaches.of(of);
      const found = await snapshot((query) => searchValues(query, reach, dimension, contains ?? ''));
      if (found.total > 0 || dimension !== 'account' || !contains) return found;
      // a filter may name an account that never sent a record: the directory knows its name
      const { rows } = await directory.accounts(of.scope, of.organization, of.descendants);
      const account = rows.find(({ id }) => id === contains);
      return account ? { values: [{ key: account.id, label: account.name || account.id }], total: 1 } : found;
    },

    async forecast(scope, question, signal) {
      const reach = await reachOf(scope, question);
      const { card } = await cards.current();
      return snapshot((query) => forecast(query, question, reach, card.currency, today()), signal);
    },

    async allowances(of, question) {
      const reach = await reaches.of(of);
      const { card, version } = await cards.current();
      return snapshot((query) => listAllowances(query, reach, question, { pricing: pricingOf(card), version }, today()));
    },

    async anomalies(of, question) {
      const reach = await reaches.of(of);
      return snapshot((query) => readAnomalies(query, reach, question, clock.now()));
    },

    async markAnomaly(person, body) {
      await directory.requireVisible(person.scope, body.organizationId);
      return setMark(database.query, body, { id: person.id, name: person.name }, clock.now());
    },

    async requireQuestion(scope, question) {
      requireRanges(question);
      requireInner(question);
      await reachOf(scope, question);
    },

    async *export(scope, question, signal) {
      const reach = await reachOf(scope, question);
      const { card } = await cards.current();
      yield* exportAnswer(snapshot, question, { reach, today: today(), cardCurrency: card.currency, signal });
    },

    async measureRecords(scope, question) {
      requireRanges(question);
      const reach = await reachOf(scope, question);
      const { version } = await cards.current();
      const selected = await selectedOf(reach, question);
      return snapshot((query) => measureFiles(query, { question, selected, reach, cardVersion: version, today: today() }));
    },

    async requireRecords({ scope }, { question, form }) {
      requireRanges(question);
      const reach = await reachOf(scope, question);
      if (form === 'focus-aligned') return;
      const { version } = await cards.current();
      requirePriced(await monthsToPrice(database.query, { question, reach, cardVersion: version }));
    },

    async *records({ scope, role }, request, signal) {
      requireRanges(request.question);
      const reach = await reachOf(scope, request.question);
      const card = await cards.current();
      const now = new Date(clock.now()).toISOString();
      const seesPersons = roleAllows(role, 'members:read');
      const selected = await selectedOf(reach, request.question);
      return yield* takeRecords(database, { request, reach, selected, card, seesPersons, now, today: today() }, signal);
    },

    rateCards: createCardDesk({ database, cards, directory, reaches, clock, saved: () => pricer.rouse() }),
    notes: createNoteDesk({ database, directory, reaches, clock }),
    budgets: createBudgetDesk({ database, directory, reaches, cards, clock }),
    tags: createTagDesk({ database, directory, reaches, clock }),

    imports,

    async quality(of, { from, to }) {
      const reach = await reaches.of(of);
      const last = to ?? today();
      const range = { from: from ?? addDays(last, -examinedDays), to: last };
      requireRanges({ ...range, compare: null });
      if (daysBetween(range.from, range.to) > longestExamined) throw tooLongToExamine();
      return snapshot((query) => readQuality(query, reach, range, today()));
    },

    async restatements(of) {
      const reach = await reaches.of(of);
      return snapshot((query) => readRestatements(query, reach));
    },

    start() {
      sync.start();
      pricer.start();
    },
    async close() {
      closing.abort();
      await sync.close();
      await pricer.close();
      await addingUp;
    },
  };
}

async function listFailures(query: Kysely<Tables>, reach: Reach): Promise<SpendState['failures']> {
  const rows = await query
    .selectFrom('usage_fetch')
    .select(['organization_id', 'day', 'attempts', 'error'])
    .where(ofOrganizations(reach.live))
    .where('error', 'is not', null)
    .orderBy('day', 'desc')
    .orderBy('organization_id')
    .limit(mostFailures)
    .execute();
  return rows.map(({ organization_id, day, attempts, error }) => ({
    organizationId: organization_id,
    organizationName: reach.nameOf(organization_id),
    day,
    attempts,
    error: JSON.parse(error ?? 'null') as ErrorReport, // written by the store from a report
  }));
}

const tooLongToExamine = () =>
  new Problem({
    code: 'invalid_request',
    message: `Quality is examined record by record, so at most ${longestExamined} days at once.`,
    action: 'Choose fewer days.',
    fields: [{ field: 'to', message: `must be at most ${longestExamined} days after from` }],
  });

const refusedToPart = () =>
  new Problem({
    code: 'out_of_scope',
    message: sharedReading,
    action: 'Ask an administrator of all organizations to pause or resume it.',
  });

async function countStale(query: Kysely<Tables>, cardVersion: number, reach: Reach): Promise<number> {
  const asked = new Set(reach.ids);
  return (await staleMonths(query, cardVersion)).filter(({ organizationId }) => asked.has(organizationId)).length;
}
