import { Bytes } from '../../contract/bytes.ts';
import type { BodyOf, Endpoint } from '../../contract/endpoint.ts';
import type { FieldProblem } from '../../contract/query.ts';
import { breath } from '../breath.ts';
import { Problem } from '../problem.ts';
import { Turnstile } from '../turnstile.ts';
import { invalid } from './invalid.ts';

/** Largest request body, where the row names no other. */
export const bodyLimit = 65_536;
/**
 * Most values in a JSON body, those inside of others counted too: a rate card at the bounds of its lists has nearly as many.
 * A body of a million empty objects is no longer than such a card, and takes far longer to read.
 */
const mostValues = 300_000;
const depthLimit = 32;
/** No object of ours has nearly as many names. */
const nameLimit = 200;
const mediaType = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;
/** Names that reach an object's prototype when copied carelessly. */
const poisonous = new Set(['__proto__', 'constructor', 'prototype']);

const halfCharacter = /\p{Surrogate}/u;

/**
 * Bodies that may be larger than usual come in a few at a time, and the others wait unread: a large one is held in memory
 * from its first byte until it is answered, and each step of reading one holds everybody up.
 */
export class LargeBodies {
  readonly #files = new Turnstile(4);
  readonly #json = new Turnstile(2);

  /** What `work` answers, which reads the body; it waits for its turn where the body may be a large one. */
  async inTurn<T>({ body, bodyLimit: limit = bodyLimit }: Endpoint, headers: Headers, work: () => Promise<T>): Promise<T> {
    const length = Number(headers.get('content-length') ?? limit);
    if (body === null || length <= bodyLimit) return work();
    const leave = await (body === Bytes ? this.#files : this.#json).enter();
    try {
      return await work();
    } finally {
      leave();
    }
  }
}

/** Reads, parses and checks the body of a request against its row; what goes on is our own parsed value, never the bytes. */
export async function requireBody<E extends Endpoint>(row: E, request: Request): Promise<BodyOf<E>> {
  const { headers } = request;
  const length = Number(headers.get('content-length') ?? 0);
  const limit = row.bodyLimit ?? bodyLimit;
  if (length > limit) throw tooLarge(limit);
  if (row.body === null) {
    if (length > 0 || headers.has('transfer-encoding'))
      throw invalid([{ field: 'body', message: 'must be empty for this request' }]);
    return undefined as BodyOf<E>; // a row without a body has none
  }
  if (row.body === Bytes) return (await bytesOf(request, limit)) as BodyOf<E>; // the schema is that of bytes
  if (!mediaType.test(headers.get('content-type') ?? '') || headers.has('content-encoding'))
    throw new Problem({
      code: 'unsupported_media_type',
      message: 'The body must be JSON in UTF-8, not compressed.',
      action: 'Send it with the header "content-type: application/json".',
    });
  const value = await parse(await readBytes(request, limit));
  const read = row.body.safeParse(value);
  if (!read.success) throw invalid(fieldProblems(read.error.issues));
  return read.data as BodyOf<E>; // parsed by the row's own schema
}

/** A body that goes on as it came. */
async function bytesOf(request: Request, limit: number): Promise<Uint8Array> {
  const { headers } = request;
  if (headers.get('content-type') !== 'application/octet-stream' || headers.has('content-encoding'))
    throw new Problem({
      code: 'unsupported_media_type',
      message: 'The body must be the bytes of a file, not compressed.',
      action: 'Send it with the header "content-type: application/octet-stream".',
    });
  return readBytes(request, limit);
}

async function readBytes(request: Request, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const next = await reader?.read().catch(() => {
      throw invalid([{ field: 'body', message: 'broke off before its end' }]);
    });
    if (!next || next.done) break;
    size += next.value.byteLength;
    if (size > limit) {
      await reader?.cancel();
      throw tooLarge(limit);
    }
    chunks.push(next.value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

const tooLarge = (limit: number) =>
  new Problem({
    code: 'too_large',
    message: `The body is larger than ${limit / 1024} kB.`,
    action: 'Send less at once.',
  });

/** A large body in steps, between which others have their turn. */
async function parse(bytes: Uint8Array): Promise<unknown> {
  const pause = bytes.byteLength > bodyLimit ? breath : async () => undefined;
  if (bytes.byteLength > bodyLimit && valuesIn(bytes) > mostValues) throw tooManyValues();
  await pause();
  let value: unknown;
  try {
    // a byte order mark stays in the text, where JSON does not allow it
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw invalid([{ field: 'body', message: 'must be JSON in UTF-8' }]);
  }
  await pause();
  const problem = structureProblem(value);
  if (problem) throw invalid([problem]);
  await pause();
  return value;
}

/** How many values stand in JSON: what begins an object or a list or parts two values, outside of texts. */
function valuesIn(bytes: Uint8Array): number {
  let values = 1;
  let inText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === quote) inText = !inText;
    else if (inText) at += Number(byte === backslash);
    else if (byte === comma || byte === brace || byte === bracket) values++;
  }
  return values;
}
const [quote, backslash, comma, brace, bracket] = [0x22, 0x5c, 0x2c, 0x7b, 0x5b];

const tooManyValues = () =>
  new Problem({
    code: 'too_large',
    message: `The body holds more than ${mostValues.toLocaleString('en-US')} values.`,
    action: 'Send less at once.',
  });

/**
 * Nesting, names and texts that no request of ours has. Half a character cannot be stored as it was sent: the ledger
 * would show something else than what it sealed. Walks without recursion: the value may be as deep as its text is long.
 */
function structureProblem(root: unknown): FieldProblem | null {
  let level: object[] = isNest(root) ? [root] : [];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= depthLimit) return { field: 'body', message: `must not nest deeper than ${depthLimit} levels` };
    const next: object[] = [];
    for (const nest of level) {
      // a list has no names of its own: millions of entries are walked as they stand
      const names = Array.isArray(nest) ? [] : Object.keys(nest);
      if (names.length > nameLimit) return { field: 'body', message: `must not hold an object of more than ${nameLimit} fields` };
      const poison = names.find((name) => poisonous.has(name));
      if (poison !== undefined) return { field: poison, message: 'is not a name that a body may use' };
      for (const inner of Array.isArray(nest) ? (nest as unknown[]) : Object.values(nest))
        if (isNest(inner)) next.push(inner);
        else if (typeof inner === 'string' && halfCharacter.test(inner))
          return { field: 'body', message: 'must not hold half a character (a surrogate without its other half)' };
    }
    level = next;
  }
  return null;
}

const isNest = (value: unknown): value is object => typeof value === 'object' && value !== null;

interface Issue {
  readonly code?: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function fieldProblems(issues: readonly Issue[]): FieldProblem[] {
  return issues.flatMap((issue) => {
    const field = issue.path.map(String).join('.');
    if (issue.keys)
      return issue.keys.map((key) => ({ field: field ? `${field}.${key}` : key, message: 'is not a field of this request' }));
    return [
      { field: field || 'body', message: issue.message === 'Invalid input' ? 'is missing or has the wrong form' : issue.message },
    ];
  });
}
