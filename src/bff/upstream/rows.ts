import type { Endpoint, Schema } from '../../contract/endpoint.ts';

export interface CheckedResult {
  /** False where the answer cannot be used at all: nothing, or not a list where one was asked for. */
  usable: boolean;
  /** Rows without the documented shape. They stay: a surprise must not hide the other rows. */
  odd: number;
}

/** Holds a result against its row of the contract. The value itself is passed on as upstream sent it. */
export function checkResult(row: Endpoint, result: unknown): CheckedResult {
  if (row.result === null) return { usable: true, odd: 0 };
  const item = rowSchema(row.result);
  if (item) {
    if (!Array.isArray(result)) return { usable: false, odd: 0 };
    let odd = 0;
    for (const one of result) if (!item.safeParse(one).success) odd += 1;
    return { usable: true, odd };
  }
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return { usable: false, odd: 0 };
  return { usable: true, odd: row.result.safeParse(result).success ? 0 : 1 };
}

const rowSchemas = new WeakMap<Schema, Schema | null>();

/** The schema of one row of a list; null where the result is no list. */
export function rowSchema(schema: Schema): Schema | null {
  let known = rowSchemas.get(schema);
  if (known === undefined) {
    const definition: { type: string; element?: Schema } = schema._zod.def; // an array's definition also names its element
    known = definition.type === 'array' ? (definition.element ?? null) : null;
    rowSchemas.set(schema, known);
  }
  return known;
}
