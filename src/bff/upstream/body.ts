import type { BodyFault } from './failure.ts';
import { JsonScanner } from './json-scanner.ts';
import type { LeakGuard } from './secret.ts';
import { joined } from './stream-head.ts';
import type { TransportAnswer } from './transport.ts';

/** Deepest nesting of an answer; the documented ones stay below ten, and an audit event may quote any JSON. */
export const depthLimit = 128;

/** Something is wrong with the body itself, not with the wire. */
export class BodyProblem extends Error {
  readonly fault: BodyFault;
  constructor(fault: BodyFault, options?: ErrorOptions) {
    super(`The body is not usable: ${fault}`, options);
    this.name = 'BodyProblem';
    this.fault = fault;
  }
}

/** Reads a whole body of at most `limit` decoded bytes. */
export async function readBytes(body: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) throw new BodyProblem('too-large');
    chunks.push(chunk);
  }
  return joined(chunks, size);
}

/** Text of a body; refused where it holds one of our secrets. */
export function readText(bytes: Uint8Array, guard: LeakGuard, strict: boolean): string {
  let text: string;
  try {
    // a byte order mark stays in the text, where JSON does not allow it
    text = new TextDecoder('utf-8', { fatal: strict, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new BodyProblem('bad-json', { cause: error });
  }
  if (guard.leaks(text)) throw new BodyProblem('leak');
  return text;
}

/** Parses a body that must be one whole JSON object; its text comes with it. */
export function parseWhole(bytes: Uint8Array, guard: LeakGuard): { value: unknown; text: string } {
  const state = new JsonScanner(depthLimit).write(bytes);
  if (state === 'truncated' || state === 'too-deep') throw new BodyProblem(state);
  const text = readText(bytes, guard, true);
  if (state === 'empty') throw new BodyProblem('empty');
  if (state === 'not-json') throw new BodyProblem(foreign(text));
  if (state === 'crossed') throw new BodyProblem('bad-json');
  try {
    return { value: JSON.parse(text) as unknown, text };
  } catch (error) {
    throw new BodyProblem('bad-json', { cause: error });
  }
}

/** What a body is that does not begin like JSON: a page for people, or anything else. */
const foreign = (text: string): BodyFault => (/^\s*</.test(text) ? 'not-envelope' : 'bad-json');

/** The body without its compression. We ask for none; gzip that comes all the same is undone under the same limits. */
export function decoded(answer: TransportAnswer): AsyncIterable<Uint8Array> {
  const encoding = answer.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return answer.body;
  if (encoding === 'gzip' || encoding === 'x-gzip') return inflated(answer.body);
  answer.discard();
  throw new BodyProblem('encoding');
}

async function* inflated(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const inflate = new DecompressionStream('gzip');
  const writer = inflate.writable.getWriter();
  const reader = inflate.readable.getReader();
  let cause: unknown = null;
  const feeding = (async () => {
    try {
      for await (const chunk of body) await writer.write(new Uint8Array(chunk));
      await writer.close();
    } catch (error) {
      cause = error;
      await writer.abort(error).catch(() => undefined); // the reader reports it
    }
  })();
  try {
    for (;;) {
      const next = await reader.read().catch((error: unknown) => {
        throw cause instanceof Error && !(cause instanceof TypeError) ? cause : new BodyProblem('encoding', { cause: error });
      });
      if (next.done) break;
      yield next.value;
    }
  } finally {
    await reader.cancel().catch(() => undefined); // it may have failed already
    await feeding;
  }
}

/**
 * A long body as it comes: bounded, searched for our secrets across chunk borders, and judged at its end. Only the
 * scanner can tell that a body which ended with its connection was cut.
 */
export async function* guarded(body: AsyncIterable<Uint8Array>, limit: number, guard: LeakGuard): AsyncGenerator<Uint8Array> {
  const scanner = new JsonScanner(depthLimit);
  const latin = new TextDecoder('latin1'); // one character a byte; secrets are ASCII
  let size = 0;
  let tail = '';
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limit) throw new BodyProblem('too-large');
    const text = tail + latin.decode(chunk);
    if (guard.leaks(text)) throw new BodyProblem('leak');
    tail = guard.overlap > 0 ? text.slice(-guard.overlap) : '';
    const state = scanner.write(chunk);
    if (state === 'too-deep') throw new BodyProblem('too-deep');
    if (state === 'not-json') throw new BodyProblem(foreign(text));
    if (state === 'crossed') throw new BodyProblem('bad-json');
    yield chunk;
  }
  if (scanner.state !== 'complete') throw new BodyProblem(scanner.state === 'empty' ? 'empty' : 'truncated');
}
