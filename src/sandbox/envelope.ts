import type { ResultInfo, UpstreamMessage } from '../contract/envelope.ts';

/** What a handler made: the router turns it into an HTTP answer. */
export type Outcome =
  | { readonly kind: 'result'; readonly result: unknown; readonly info?: ResultInfo }
  /** 204 with zero bytes. */
  | { readonly kind: 'empty' }
  /** A list too large to hold: each part is the JSON text of one or more rows, joined by commas. */
  | { readonly kind: 'rows'; readonly parts: AsyncIterable<string> };

/** A success with a body. */
export function result(value: unknown, info?: ResultInfo): Outcome {
  return info ? { kind: 'result', result: value, info } : { kind: 'result', result: value };
}

const json = { 'content-type': 'application/json' };

/** The HTTP answer of an outcome, before the edge adds its own headers. */
export function answerOf(outcome: Outcome): Response {
  if (outcome.kind === 'empty') return new Response(null, { status: 204 });
  if (outcome.kind === 'rows') return new Response(streamOf(envelopeAround(outcome.parts)), { status: 200, headers: json });
  const body = {
    success: true,
    errors: [],
    messages: [],
    result: outcome.result,
    ...(outcome.info && { result_info: outcome.info }),
  };
  return new Response(JSON.stringify(body), { status: 200, headers: json });
}

/** The HTTP answer of a failure. */
export function failureOf(status: number, errors: readonly UpstreamMessage[], extra: object = {}): Response {
  return new Response(JSON.stringify({ success: false, errors, messages: [], result: null, ...extra }), {
    status,
    headers: json,
  });
}

async function* envelopeAround(parts: AsyncIterable<string>): AsyncGenerator<string> {
  yield '{"success":true,"errors":[],"messages":[],"result":[';
  let first = true;
  for await (const part of parts) {
    if (part === '') continue;
    yield first ? part : `,${part}`;
    first = false;
  }
  yield ']}';
}

/** A body that is made as fast as it is read and stops being made when the reader goes away. */
export function streamOf(parts: AsyncIterable<string | Uint8Array>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = parts[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done) controller.close();
      else controller.enqueue(typeof next.value === 'string' ? encoder.encode(next.value) : next.value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
