import * as z from 'zod/mini';

const keyShape = /^[a-z0-9][a-z0-9._-]{0,62}$/;

/** The key of an account tag: `team`, `cost-center`. */
export const TagKey = z
  .string()
  .check(z.regex(keyShape, 'must be 1 to 63 lower-case letters, digits, or . _ - and begin with a letter or digit'));

/** Accounts by the value that a tag of theirs has. */
export type TagDimension = `tag:${string}`;

export const isTagDimension = (dimension: string): dimension is TagDimension =>
  dimension.startsWith('tag:') && keyShape.test(dimension.slice(4));

export const tagDimension = (key: string): TagDimension => `tag:${key}`;
export const tagKeyOf = (dimension: TagDimension): string => dimension.slice(4);
