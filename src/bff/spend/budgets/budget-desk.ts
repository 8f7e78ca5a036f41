import type { Kysely } from 'kysely';
import type { Budget } from '../../../contract/canopy/budgets.ts';
import type { Database } from '../../database/open.ts';
import type { Tables } from '../../database/schema.ts';
import { Problem } from '../../problem.ts';
import type { BudgetDesk, Clock, Person } from '../../services.ts';
import type { RateCards } from '../costs/rate-cards.ts';
import { dayOf } from '../days.ts';
import type { Reaches, UsageDirectory } from '../reach.ts';
import { countBudgets, insertBudget, readBudget, readBudgets, removeBudget, updateBudget } from './budget-book.ts';
import type { StoredBudget } from './budget-book.ts';
import { byUrgency, detailOf, standingOf, unknownStanding } from './budget-standing.ts';

interface Parts {
  database: Database;
  directory: Pick<UsageDirectory, 'requireVisible'>;
  reaches: Reaches;
  cards: RateCards;
  clock: Clock;
}

/** Of one organization. Each of them is two questions whenever they are listed. */
const mostBudgets = 100;

/** Budgets of the organizations that a person sees. Their figures are answers to the questions of the spend page. */
export function createBudgetDesk({ database, directory, reaches, cards, clock }: Parts): BudgetDesk {
  const today = () => dayOf(clock.now());
  const atOnce = async <T>(
    read: (moment: { query: Kysely<Tables>; today: string; cardCurrency: string }) => Promise<T>,
  ): Promise<T> => {
    const { card } = await cards.current();
    return database.snapshot((query) => read({ query, today: today(), cardCurrency: card.currency }));
  };
  const reachOf = (person: Pick<Person, 'scope'>, budget: StoredBudget) =>
    reaches.of({ scope: person.scope, organization: budget.organizationId, descendants: true });

  /** Throws `not_found` for what the person does not see: whether it exists is not theirs to know. */
  const required = async (person: Person, id: string): Promise<StoredBudget> => {
    const budget = await readBudget(database.query, id);
    if (!budget) throw unknownBudget();
    const { ids } = await reaches.of({ scope: person.scope, organization: undefined, descendants: true });
    if (!ids.includes(budget.organizationId)) throw unknownBudget();
    return budget;
  };

  const requireRoom = async (organizationId: string): Promise<void> => {
    if ((await countBudgets(database.query, organizationId)) >= mostBudgets) throw tooMany();
  };

  const shown = async (person: Pick<Person, 'scope'>, budget: StoredBudget): Promise<Budget> => {
    const reach = await reachOf(person, budget);
    return atOnce((moment) => standingOf(moment, budget, reach));
  };

  return {
    async list(of) {
      const { ids, live } = await reaches.of(of);
      const here = new Set(live);
      const budgets = await readBudgets(database.query, ids);
      const shownBudgets: Budget[] = [];
      for (const budget of budgets)
        shownBudgets.push(here.has(budget.organizationId) ? await shown(of, budget) : unknownStanding(budget, today()));
      return { budgets: shownBudgets.toSorted(byUrgency), today: today() };
    },

    async planned(person, organizationId) {
      await directory.requireVisible(person.scope, organizationId);
      const budgets = await readBudgets(database.query, [organizationId]);
      return budgets.map(({ id, name, part, currency, amount, months, thresholds, from }) => ({
        id,
        name,
        organizationId,
        part,
        currency,
        amount,
        months,
        thresholds,
        from,
      }));
    },

    async get(person, id) {
      const budget = await required(person, id);
      const reach = await reachOf(person, budget);
      return atOnce((moment) => detailOf(moment, budget, reach));
    },

    async create(person, terms) {
      await directory.requireVisible(person.scope, terms.organizationId);
      await requireRoom(terms.organizationId);
      return shown(person, await insertBudget(database.query, terms, person, clock.now()));
    },

    async change(person, id, { base, terms }) {
      const before = await required(person, id);
      await directory.requireVisible(person.scope, terms.organizationId);
      if (terms.organizationId !== before.organizationId) await requireRoom(terms.organizationId);
      const changed = await updateBudget(database.query, { id, version: base }, terms, person, clock.now());
      if (!changed) throw stale(await shown(person, await required(person, id)));
      return shown(person, changed);
    },

    async remove(person, id) {
      await required(person, id);
      await removeBudget(database.query, id);
      return { id };
    },
  };
}

const unknownBudget = () =>
  new Problem({
    code: 'not_found',
    message: 'There is no such budget. It may have been deleted, or is of an organization that you may not see.',
    action: 'Choose one from the list of budgets.',
  });

const tooMany = () =>
  new Problem({
    code: 'invalid_request',
    message: `An organization has at most ${mostBudgets} budgets, and this one has them.`,
    action: 'Delete one that is not needed, or set the budget at an organization below.',
    fields: [{ field: 'organizationId', message: `has ${mostBudgets} budgets already` }],
  });

const stale = (current: Budget) =>
  new Problem({
    code: 'stale_version',
    message: `${current.changed.by.name} changed this budget after you opened it, so nothing was saved. It comes with this answer.`,
    action: 'Compare it with your changes, then save again.',
    current: { version: String(current.version), value: current },
  });
