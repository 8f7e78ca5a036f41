import type { Database } from '../../database/open.ts';
import { Problem } from '../../problem.ts';
import type { Clock, Person, SpendScope, TagDesk } from '../../services.ts';
import { ofOrganizations } from '../dimensions.ts';
import type { Reaches, UsageDirectory } from '../reach.ts';
import { followRename } from './follow-rename.ts';
import { judgeLines, putTags, reportOf, summaryOf, tagsOf, takeTags } from './tag-book.ts';
import { readTagLines } from './tag-lines.ts';

interface Parts {
  database: Database;
  directory: UsageDirectory;
  reaches: Reaches;
  clock: Clock;
}

/** A file of tags is read whole: beyond this it is no list of accounts any more. */
const mostLines = 100_000;

/** Tags of accounts. Each person sees and changes those of the accounts that they see today. */
export function createTagDesk({ database, directory, reaches, clock }: Parts): TagDesk {
  const { query } = database;

  /**
   * Accounts of a scope as they are placed today. Who sees everything also sees accounts that only records know: they
   * were imported, or have left.
   */
  async function accountsOf({ scope, organization, descendants }: SpendScope) {
    const { rows, coverage } = await directory.accounts(scope, organization, descendants);
    const accounts = new Set(rows.map(({ id }) => id));
    if (scope === null) {
      const reach = await reaches.of({ scope, organization, descendants });
      const placed =
        organization === undefined
          ? accounts
          : new Set((await directory.accounts(null, undefined, true)).rows.map(({ id }) => id));
      const recorded = await query
        .selectFrom('usage_value')
        .select('key')
        .distinct()
        .where('dimension', '=', 'account')
        .where('key', '!=', '')
        .where(ofOrganizations(reach.ids))
        .execute();
      for (const { key } of recorded) if (!placed.has(key)) accounts.add(key);
    }
    return { accounts, coverage };
  }
  const accountsFor = async ({ scope }: Person) =>
    (await accountsOf({ scope, organization: undefined, descendants: true })).accounts;

  return {
    async list(of) {
      const { accounts, coverage } = await accountsOf(of);
      return { keys: summaryOf(await tagsOf(query, [...accounts])), accounts: accounts.size, coverage };
    },

    async listByAccount(of) {
      const { accounts } = await accountsOf(of);
      return { tags: await tagsOf(query, [...accounts]) };
    },

    async set(person, { accounts, key, value }) {
      const known = await accountsFor(person);
      const strange = accounts.findIndex((account) => !known.has(account));
      if (strange >= 0) throw strangeAccount(strange, accounts[strange] ?? '');
      const chosen = [...new Set(accounts)];
      return query.transaction().execute(async (transaction) => {
        if (value === null) return { changed: (await takeTags(transaction, chosen, key, null)).length };
        const wanted = chosen.map((accountId) => ({ accountId, key, value }));
        return { changed: await putTags(transaction, wanted, person, clock.now()) };
      });
    },

    async change(person, { key, value, to }) {
      if (to && to.value !== null && value === null) throw valueForAll();
      const known = [...(await accountsFor(person))];
      const { ids } = await reaches.of({ scope: person.scope, organization: undefined, descendants: true });
      return query.transaction().execute(async (transaction) => {
        const moved = await takeTags(transaction, known, key, value);
        if (!to) return { changed: moved.length };
        const wanted = moved.map(({ accountId, value: before }) => ({ accountId, key: to.key, value: to.value ?? before }));
        if (to.key !== key) {
          const mine = new Set(wanted.map(({ accountId }) => accountId));
          const taken = (await tagsOf(transaction, [...mine])).filter((tag) => tag.key === to.key);
          if (taken.length > 0) throw keyTaken(to.key, taken.length);
        }
        const changed = await putTags(transaction, wanted, person, clock.now());
        if (moved.length > 0) await followRename(transaction, { key, value, to }, person, ids, clock.now());
        return { changed };
      });
    },

    async import(person, { text, apply }) {
      const written = text.match(/\r\n?|\n/g)?.length ?? 0; // before a million of them are read
      if (written > mostLines) throw tooManyLines(written);
      const lines = await readTagLines(text);
      const known = await accountsFor(person);
      return query.transaction().execute(async (transaction) => {
        const judged = await judgeLines(transaction, lines, known);
        if (apply) {
          const wanted = judged.filter(({ result }) => result === 'new' || result === 'changed');
          await putTags(transaction, wanted, person, clock.now());
        }
        return reportOf(judged);
      });
    },
  };
}

const strangeAccount = (index: number, account: string) =>
  new Problem({
    code: 'out_of_scope',
    message: `${account.slice(0, 64)} is no account that you may see, so nothing was tagged.`,
    action: 'Leave it out, or read the accounts again where it is new.',
    fields: [{ field: `accounts.${index}`, message: 'is no account that you may see' }],
  });

const valueForAll = () =>
  new Problem({
    code: 'invalid_request',
    message: 'All values of a key cannot become one value.',
    action: 'Name the value to rename, or leave out the new value to rename the key.',
    fields: [{ field: 'to.value', message: 'must be null where value is null' }],
  });

const keyTaken = (key: string, accounts: number) =>
  new Problem({
    code: 'invalid_request',
    message: `${accounts} of these accounts have a ${key} already, which would be lost, so nothing was renamed.`,
    action: 'Choose another key, or take that one away from them first.',
    fields: [{ field: 'to.key', message: `is a key of ${accounts} of these accounts already` }],
  });

const tooManyLines = (lines: number) =>
  new Problem({
    code: 'invalid_request',
    message: `The text has ${lines.toLocaleString('en-US')} lines; at most ${mostLines.toLocaleString('en-US')} are taken at once.`,
    action: 'Send it in parts.',
    fields: [{ field: 'text', message: `must have at most ${mostLines} lines` }],
  });
