import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { AccountTag, ImportedLine, ImportResult, TagSummary } from '../../../contract/canopy/tags.ts';
import { importResults } from '../../../contract/canopy/tags.ts';
import type { Tables } from '../../database/schema.ts';
import { Problem } from '../../problem.ts';
import type { Person } from '../../services.ts';
import { rowBatches } from '../row-batches.ts';
import type { TagLine } from './tag-lines.ts';

type Author = Pick<Person, 'id' | 'name'>;
interface Tag {
  accountId: string;
  key: string;
  value: string;
}

const shownLines = 1_000;
/** Tags of one account: every question that groups by tags, and the list of all tags, holds all of them. */
export const mostTags = 50;

/** Notes a tag of an account, and answers whether there is room for it. */
function takesTag(keysOf: Map<string, Set<string>>, { accountId, key }: Pick<Tag, 'accountId' | 'key'>): boolean {
  const keys = keysOf.get(accountId) ?? new Set();
  keysOf.set(accountId, keys);
  if (keys.size >= mostTags && !keys.has(key)) return false;
  keys.add(key);
  return true;
}
const nameOf = (accountId: string, key: string): string => `${accountId}\u0001${key}`;

/** Tags of these accounts. */
export async function tagsOf(query: Kysely<Tables>, accounts: readonly string[]): Promise<AccountTag[]> {
  const { rows } = await sql<Tables['account_tag']>`
    select * from account_tag where account_id in (select unnest(${accounts}::text[])) order by account_id, key`.execute(query);
  return rows.map((row) => ({
    accountId: row.account_id,
    key: row.key,
    value: row.value,
    at: row.tagged_at,
    by: { id: row.person_id, name: row.person_name },
  }));
}

/** Keys by name, values by how many accounts have them. */
export function summaryOf(tags: readonly Tag[]): TagSummary[] {
  const keys = new Map<string, Map<string, number>>();
  for (const { key, value } of tags) {
    const values = keys.get(key) ?? new Map<string, number>();
    values.set(value, (values.get(value) ?? 0) + 1);
    keys.set(key, values);
  }
  return [...keys]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, values]) => ({
      key,
      accounts: [...values.values()].reduce((sum, count) => sum + count, 0),
      values: [...values]
        .map(([value, accounts]) => ({ value, accounts }))
        .toSorted((a, b) => b.accounts - a.accounts || (a.value < b.value ? -1 : 1)),
    }));
}

/**
 * Writes down what differs from what is there, and answers how much that was. Who said the same before stays its author.
 * Throws `invalid_request`, and writes nothing, where an account would have more tags than are kept.
 */
export async function putTags(query: Kysely<Tables>, wanted: readonly Tag[], by: Author, now: number): Promise<number> {
  const { values, keysOf } = await knownOf(query, [...new Set(wanted.map(({ accountId }) => accountId))]);
  const news = wanted.filter(({ accountId, key, value }) => values.get(nameOf(accountId, key)) !== value);
  const full = news.find((tag) => !takesTag(keysOf, tag));
  if (full) throw tooManyTags(full.accountId);
  for (const batch of rowBatches(news))
    await query
      .insertInto('account_tag')
      .values(
        batch.map(({ accountId, key, value }) => ({
          account_id: accountId,
          key,
          value,
          tagged_at: new Date(now).toISOString(),
          person_id: by.id,
          person_name: by.name,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'key']).doUpdateSet((row) => ({
          value: row.ref('excluded.value'),
          tagged_at: row.ref('excluded.tagged_at'),
          person_id: row.ref('excluded.person_id'),
          person_name: row.ref('excluded.person_name'),
        })),
      )
      .execute();
  return news.length;
}

/** Takes a key, or one value of it, from these accounts. Answers from which. */
export async function takeTags(
  query: Kysely<Tables>,
  accounts: readonly string[],
  key: string,
  value: string | null,
): Promise<Tag[]> {
  const { rows } = await sql<{ account_id: string; value: string }>`
    delete from account_tag where key = ${key} and ${value === null ? sql`true` : sql`value = ${value}`}
      and account_id in (select unnest(${accounts}::text[])) returning account_id, value`.execute(query);
  return rows.map((row) => ({ accountId: row.account_id, key, value: row.value }));
}

/** What becomes of each line. `known`: accounts that the person may tag. */
export async function judgeLines(
  query: Kysely<Tables>,
  lines: readonly TagLine[],
  known: ReadonlySet<string>,
): Promise<ImportedLine[]> {
  const named = new Set(lines.map(({ accountId }) => accountId).filter((accountId) => known.has(accountId)));
  const { values, keysOf } = await knownOf(query, [...named]);
  return lines.map(({ problem, ...line }): ImportedLine => {
    if (problem) return { ...line, result: 'refused', note: problem };
    if (!known.has(line.accountId))
      return { ...line, result: 'refused', note: 'no account with this id is among those that you may see' };
    const before = values.get(nameOf(line.accountId, line.key));
    if (!takesTag(keysOf, line)) return { ...line, result: 'refused', note: `the account has ${mostTags} tags already` };
    if (before === undefined) return { ...line, result: 'new', note: null };
    return before === line.value ? { ...line, result: 'same', note: null } : { ...line, result: 'changed', note: before };
  });
}

export function reportOf(lines: readonly ImportedLine[]) {
  const counts = Object.fromEntries(importResults.map((result) => [result, 0])) as Record<ImportResult, number>; // one for each of them
  for (const { result } of lines) counts[result]++;
  const order = (line: ImportedLine) => (line.result === 'refused' ? 0 : 1);
  return { lines: lines.toSorted((a, b) => order(a) - order(b) || a.line - b.line).slice(0, shownLines), counts };
}

/** The values of these accounts' tags, and the keys of each account. */
async function knownOf(query: Kysely<Tables>, accounts: readonly string[]) {
  const values = new Map<string, string>();
  const keysOf = new Map<string, Set<string>>();
  for (const { accountId, key, value } of await tagsOf(query, accounts)) {
    values.set(nameOf(accountId, key), value);
    keysOf.set(accountId, (keysOf.get(accountId) ?? new Set()).add(key));
  }
  return { values, keysOf };
}

const tooManyTags = (account: string) =>
  new Problem({
    code: 'invalid_request',
    message: `An account has at most ${mostTags} tags, and ${account} has them, so nothing was tagged.`,
    action: 'Take a tag away first.',
    fields: [{ field: 'key', message: `is one more than the ${mostTags} tags that ${account} may have` }],
  });
