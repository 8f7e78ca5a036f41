import type { Endpoint, ResultOf } from '../../contract/endpoint.ts';
import type { ResultInfo } from '../../contract/envelope.ts';
import { parseExact } from '../../contract/exact-json.ts';
import { BodyProblem, parseWhole, readBytes, readText } from './body.ts';
import { classify } from './classify.ts';
import { readEnvelope, readForeignError } from './envelope.ts';
import type { ReadEnvelope } from './envelope.ts';
import type { OpenAnswer } from './exchange.ts';
import { bodyFailure } from './failure.ts';
import type { UpstreamFailure } from './failure.ts';
import { readRetryAfter } from './retry-after.ts';
import { checkResult } from './rows.ts';
import type { LeakGuard } from './secret.ts';

/** An error answer is read to here; more than this is a page for people. */
const errorBodyLimit = 65_536;

/** The failure that an answer outside 2xx means. */
export async function refusal(answer: OpenAnswer, guard: LeakGuard, now: number): Promise<UpstreamFailure> {
  let text = '';
  try {
    text = readText(await readBytes(answer.body, errorBodyLimit), guard, false);
  } catch (error) {
    if (error instanceof BodyProblem && error.fault === 'leak') throw error;
    // otherwise the status alone says enough
  }
  const value = parsed(text);
  return failureOf(answer, readEnvelope(value)?.errors ?? readForeignError(text, value), now);
}

/** The envelope of a 2xx that also calls itself a success; Cloudflare answers some failures with 200. */
export function successOf(answer: OpenAnswer, value: unknown, now: number): ReadEnvelope {
  const envelope = readEnvelope(value);
  if (!envelope) throw bodyFailure('not-envelope', answer.status, answer.rayId);
  if (!envelope.success) throw failureOf(answer, envelope.errors, now);
  return envelope;
}

/** Reads the body of a 2xx and holds it against the row's schema. */
export async function readResult<E extends Endpoint>(
  row: E,
  answer: OpenAnswer,
  limit: number,
  guard: LeakGuard,
  now: number,
): Promise<{ result: ResultOf<E>; info: ResultInfo | null }> {
  const bytes = await readBytes(answer.body, limit);
  const nothing = null as ResultOf<E>; // the result of a row that declares none
  if (row.result === null && bytes.byteLength === 0) return { result: nothing, info: null };
  const { value, text } = parseWhole(bytes, guard);
  const envelope = successOf(answer, value, now);
  if (row.result === null) return { result: nothing, info: envelope.info };
  const { usable, odd } = checkResult(row, envelope.result);
  if (!usable) throw bodyFailure('odd-shape', answer.status, answer.rayId);
  return {
    result: exactResult(row, text, envelope.result) as ResultOf<E>, // held against the row's schema; odd rows are counted, not dropped
    info: odd > 0 ? { ...envelope.info, odd_rows: odd } : envelope.info,
  };
}

/** What is only passed on keeps every digit; the answer to a write is kept, and marks do not outlive the process. */
function exactResult(row: Endpoint, text: string, result: unknown): unknown {
  const exact = row.effect === 'read' ? parseExact(text, row.verbatim) : null;
  return exact === null ? result : readEnvelope(exact)?.result;
}

function failureOf({ status, rayId, header }: OpenAnswer, errors: ReadEnvelope['errors'], now: number): UpstreamFailure {
  return classify({ status, errors, rayId, retryAfter: readRetryAfter(header('retry-after'), now) });
}

function parsed(text: string): unknown {
  if (!/^\s*\{/.test(text)) return null;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return null; // what is not JSON is judged by its status
  }
}
