import * as z from 'zod/mini';
import { answer } from '../answer.ts';
import { endpoint } from '../endpoint.ts';
import { flag, text } from '../query.ts';
import { TagKey } from './tag-key.ts';
import type { Coverage } from './hierarchy.ts';

/** Tags are Canopy's own: Cloudflare does not know them. A tag says what an account is today, whatever day a record is of. */
export const TagValue = z
  .string()
  .check(
    z.regex(/^\S(.*\S)?$/, 'must not be empty, begin or end with a space'),
    z.maxLength(120, 'must have at most 120 characters'),
  );

/** As upstream calls an account; records of other sources have ids of another form. */
const AnyAccountId = z.string().check(z.minLength(1), z.maxLength(320));

/** One account's value of one key, with who set it last. */
export interface AccountTag {
  accountId: string;
  key: string;
  value: string;
  at: string;
  by: { id: string; name: string };
}

export interface TagSummary {
  key: string;
  /** Accounts that carry it. */
  accounts: number;
  /** Most accounts first. */
  values: readonly { value: string; accounts: number }[];
}

const scope = { organization: text(32), descendants: flag() } as const;

/** Keys that accounts of a scope carry, by name, with their values. */
export const listTags = endpoint({
  name: 'listTags',
  method: 'GET',
  path: '/canopy/tags',
  params: {},
  query: scope,
  body: null,
  /** `accounts`: all accounts of the scope that are known; `coverage` says whether their lists are whole. */
  result: answer<{ keys: readonly TagSummary[]; accounts: number; coverage: Coverage }>(),
  paging: 'none',
  credential: 'none',
  permission: 'accounts:read',
  effect: 'read',
});

/** Every tag of every account of a scope, by account and key. */
export const listAccountTags = endpoint({
  name: 'listAccountTags',
  method: 'GET',
  path: '/canopy/tags/accounts',
  params: {},
  query: scope,
  body: null,
  result: answer<{ tags: readonly AccountTag[] }>(),
  paging: 'none',
  credential: 'none',
  permission: 'accounts:read',
  effect: 'read',
});

/** Gives accounts a value for a key, or takes the key from them. All of them, or none where one is not the person's. */
export const setAccountTags = endpoint({
  name: 'setAccountTags',
  method: 'PUT',
  path: '/canopy/tags/accounts',
  params: {},
  query: {},
  body: z.strictObject({
    accounts: z.array(AnyAccountId).check(z.minLength(1, 'must name an account'), z.maxLength(25_000)),
    key: TagKey,
    /** Null takes it away. */
    value: z.nullable(TagValue),
  }),
  /** Accounts that changed; the others were so already. */
  result: answer<{ changed: number }>(),
  paging: 'none',
  credential: 'none',
  permission: 'accounts:write',
  bodyLimit: 1_048_576,
  effect: 'read',
});

/** Renames a key, or one value of it, or removes it, on all accounts that the person may see. */
export const changeTag = endpoint({
  name: 'changeTag',
  method: 'POST',
  path: '/canopy/tags/change',
  params: {},
  query: {},
  body: z.strictObject({
    key: TagKey,
    /** Only accounts with this value; null for all of the key. */
    value: z.nullable(TagValue),
    /** The new key and, where a value is named, its new text; null removes the tag. */
    to: z.nullable(z.strictObject({ key: TagKey, value: z.nullable(TagValue) })),
  }),
  result: answer<{ changed: number }>(),
  paging: 'none',
  credential: 'none',
  permission: 'accounts:write',
  effect: 'read',
});

/**
 * What became of a line.
 * - `new`, `changed`: the account gets the value
 * - `same`: it has it already
 * - `refused`: the message says why; the other lines are not held up by it
 */
export const importResults = ['new', 'changed', 'same', 'refused'] as const;
export type ImportResult = (typeof importResults)[number];

export interface ImportedLine {
  /** From 1, as an editor counts. */
  line: number;
  accountId: string;
  key: string;
  value: string;
  result: ImportResult;
  /** Why it was refused, or the value before; null where there is nothing to say. */
  note: string | null;
}

/** Lines `account id, key, value`, with or without a heading; commas, semicolons or tabs part them. */
export const importTags = endpoint({
  name: 'importTags',
  method: 'POST',
  path: '/canopy/tags/import',
  params: {},
  query: {},
  body: z.strictObject({
    text: z.string().check(z.minLength(1, 'must hold a line'), z.maxLength(4_000_000)),
    /** False only says what would become of each line. */
    apply: z.boolean(),
  }),
  /** At most 1,000 lines, refused ones first; the counts are of all. */
  result: answer<{ lines: readonly ImportedLine[]; counts: Readonly<Record<ImportResult, number>> }>(),
  paging: 'none',
  credential: 'none',
  permission: 'accounts:write',
  bodyLimit: 4_194_304,
  effect: 'read',
});

/** Values of an account tag among accounts with records, for a filter's list; accounts without the tag are one of them. */
export const searchTagValues = endpoint({
  name: 'searchTagValues',
  method: 'GET',
  path: '/canopy/spend/tag-values/:key',
  params: { key: TagKey },
  query: { ...scope, contains: text() },
  body: null,
  result: answer<{ values: readonly { key: string | null; label: string }[]; total: number }>(),
  paging: 'none',
  credential: 'none',
  permission: 'spend:read',
  effect: 'read',
});
