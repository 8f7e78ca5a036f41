import * as z from 'zod/mini';

/** One of the known values, or one that upstream added later: shown as it is, never refused. */
export type Open<T extends string> = T | (string & {});

export function openEnum<const T extends readonly string[]>(_known: T): z.ZodMiniType<Open<T[number]>> {
  return z.string();
}

/** Absent and null mean the same to us here. */
export const maybe = <T>(schema: z.ZodMiniType<T>) => z.optional(z.nullable(schema));
