import * as z from 'zod/mini';
import { CalendarDay, isDay } from './day.ts';

/** One query parameter: how its text is read, and whether it may stand more than once. */
export interface QueryParameter<T = unknown> {
  readonly many: boolean;
  /** From the text of one occurrence to its value. */
  readonly schema: z.ZodMiniType<T, string>;
}
export type QueryShape = Readonly<Record<string, QueryParameter>>;
export type QueryValues<Q extends QueryShape> = {
  [K in keyof Q]?: Q[K] extends { readonly many: true; readonly schema: z.ZodMiniType<infer T, string> }
    ? readonly T[]
    : Q[K] extends { readonly schema: z.ZodMiniType<infer T, string> }
      ? T
      : never;
};

const single = <T>(schema: z.ZodMiniType<T, string>) => ({ many: false, schema }) as const;

export const text = (maximum = 320) =>
  single(z.string().check(z.minLength(1, 'must not be empty'), z.maxLength(maximum, `must have at most ${maximum} characters`)));

export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  single(z.enum(values, `must be one of ${values.join(', ')}`) as z.ZodMiniType<T[number], string>); // a zod enum declares its values as input; over HTTP the input is any text

export const integer = (minimum: number, maximum: number) =>
  single(
    z.pipe(
      z.string().check(z.regex(/^\d{1,9}$/, `must be a whole number from ${minimum} to ${maximum}`)),
      z.pipe(
        z.transform(Number),
        z.number().check(z.minimum(minimum, `must be at least ${minimum}`), z.maximum(maximum, `must be at most ${maximum}`)),
      ),
    ) as z.ZodMiniType<number, string>, // pipe's declared input is wider than the text it starts from
  );

export const flag = () =>
  single(
    z.pipe(
      z.enum(['true', 'false'], 'must be true or false'),
      z.transform((value) => value === 'true'),
    ) as z.ZodMiniType<boolean, string>,
  ); // as above

/** A UTC day, `YYYY-MM-DD`. */
export const day = () => single(CalendarDay);

/** A UTC day or an RFC 3339 time. */
export const timestamp = () =>
  single(
    z.string().check(
      z.regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/, 'must be a date or an RFC 3339 time'),
      z.refine((value) => isDay(value.slice(0, 10)) && !Number.isNaN(Date.parse(value)), 'must be a time of the calendar'),
    ),
  );

/** A parameter that may stand more than once. */
export const list = <T>(parameter: QueryParameter<T>) => ({ many: true, schema: parameter.schema }) as const;

export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}
export type Reading<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** At most this many values of one repeatable parameter. */
const manyLimit = 200;

/** Reads and checks a query string. Unknown names, repeated scalars and bad values are named problems. */
export function readQuery<Q extends QueryShape>(shape: Q, search: URLSearchParams): Reading<QueryValues<Q>> {
  const problems: FieldProblem[] = [];
  const value: Record<string, unknown> = {};
  for (const name of new Set(search.keys())) {
    const parameter = Object.hasOwn(shape, name) ? shape[name] : undefined;
    const texts = search.getAll(name);
    if (!parameter) problems.push({ field: name, message: 'is not a parameter of this request' });
    else if (!parameter.many && texts.length > 1) problems.push({ field: name, message: 'must stand only once' });
    else if (texts.length > manyLimit) problems.push({ field: name, message: `must stand at most ${manyLimit} times` });
    else {
      const values: unknown[] = [];
      for (const part of texts) {
        const read = parameter.schema.safeParse(part);
        if (read.success) values.push(read.data);
        else problems.push({ field: name, message: read.error.issues[0]?.message ?? 'is not valid' });
      }
      value[name] = parameter.many ? values : values[0];
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, value: value as QueryValues<Q> }; // built key by key from the same shape
}

/** Writes query values in the order of the shape, so equal questions have equal texts. */
export function writeQuery<Q extends QueryShape>(shape: Q, values: QueryValues<Q>): URLSearchParams {
  const search = new URLSearchParams();
  for (const name of Object.keys(shape)) {
    const value: unknown = values[name];
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  return search;
}
