import { getOrganizationUsage } from '../../../contract/cloudflare/usage.ts';
import type { ErrorCode, UpstreamMessage } from '../../../contract/envelope.ts';
import { Problem } from '../../problem.ts';
import type { Asking, Clock, Upstream } from '../../services.ts';
import { addDays, endOfDay } from '../days.ts';
import type { Day } from '../days.ts';
import { DaysFailed, passes } from './failures.ts';
import type { LastDays, Wanted } from './last-day.ts';
import { BrokenAnswer, RecordSplitter } from './splitter.ts';
import type { AnswerEnvelope } from './splitter.ts';
import type { Call } from '../store/intake.ts';
import { readRecord, valueOf } from '../store/record.ts';
import type { Reading, UsageStore } from '../store/store.ts';

export type UsageUpstream = Pick<Upstream, 'stream' | 'availability'>;

/** Lets other work go on at least this often: a body that arrives faster than it is read never leaves the loop by itself. */
const longestTurn = 8;

/** How upstream is asked. */
export interface Manner {
  daysPerCall: number;
  lastDays: LastDays;
  /** Asked between two calls: what came is stored, and the rest left, where it is not. */
  mayGoOn: () => boolean;
}

/** What the calls that bring these days are to bring, newest first. */
export function wantedOf({ days }: Reading, daysPerCall: number): Wanted[] {
  const calls: Wanted[] = [];
  for (let end = days.length; end > 0; end -= daysPerCall) {
    const part = days.slice(Math.max(0, end - daysPerCall), end);
    const from = part[0];
    const through = part.at(-1);
    if (from === undefined || through === undefined) break;
    calls.push({ from, through });
  }
  return calls;
}

/** A call and its answer, which is here to its end. */
interface Answer {
  call: Call;
  pieces: AsyncIterable<Uint8Array>;
  /** What is in it of the day that was looked for. */
  seen: 'nothing' | 'a part' | 'whole';
}

/** What came of a reading: some of its days, the newest, are stored. */
export interface Read {
  days: readonly Day[];
  calls: number;
  records: number;
}

/**
 * Reads days of an organization from upstream, each call by itself, and stores together what came. Where a call fails, what
 * newer ones brought is stored. Throws `DaysFailed` where it was the first, or its answer cannot be stored; nothing is
 * stored then. Else what keeps anything from being stored.
 */
export async function readUsage(
  { upstream, store, clock }: { upstream: UsageUpstream; store: UsageStore; clock: Clock },
  reading: Reading,
  { daysPerCall, lastDays, mayGoOn }: Manner,
  asking: Asking,
): Promise<Read> {
  const { organizationId } = reading;
  /** One for each call. A signal made of others would stay as long as they do, with all that listened to it. */
  const underWay: AbortController[] = [];
  const endAll = () => {
    for (const call of underWay) call.abort();
  };
  asking.signal?.addEventListener('abort', endAll);
  const daysOf = ({ from, through }: Wanted) => reading.days.filter((day) => day >= from && day <= through);
  const send = async (call: Call, lookFor: Day | null): Promise<Answer> => {
    const query = { from: call.from, to: call.to };
    asking.signal?.throwIfAborted();
    const own = new AbortController();
    underWay.push(own);
    const { signal } = own;
    const { status, rayId, body } = await upstream.stream(
      getOrganizationUsage,
      { params: { organizationId }, query },
      { ...asking, signal },
    );
    let seen: Answer['seen'] = 'nothing';
    const look = (record: Uint8Array) => {
      if (lookFor !== null && seen !== 'whole') seen = partOf(lookFor, record) ?? seen;
    };
    const pieces = await store.arrived(whole(body, status, rayId, look), signal);
    return { call, pieces, seen };
  };
  /** The day after the last one is asked for as well only where upstream leaves the last one out, or may have. */
  const ask = async (wanted: Wanted): Promise<Answer> => {
    const alone = { ...wanted, to: wanted.through };
    const withDayAfter = { ...wanted, to: addDays(wanted.through, 1) };
    const known = lastDays.of(wanted);
    if (known === 'included') return send(alone, null);
    if (known === 'excluded') return send(withDayAfter, null);
    if (wanted.from < wanted.through) {
      const answer = await send(withDayAfter, withDayAfter.to).catch(nullWhereInvalid);
      if (answer?.seen === 'whole') lastDays.learned(wanted, 'included');
      return answer ?? send(alone, null); // what has not begun may be refused
    }
    const first = await send(alone, wanted.through).catch(nullWhereInvalid);
    if (first?.seen === 'whole') {
      lastDays.learned(wanted, 'included');
      return first;
    }
    const second = await send(withDayAfter, wanted.through).catch((error: unknown) => {
      if (first === null || !(error instanceof Problem) || passes(error, 0)) throw error;
      return first; // what has not begun may be refused
    });
    if (first === null || second.seen !== 'nothing') lastDays.learned(wanted, 'excluded');
    return second;
  };
  try {
    // The answers are here to their end before it is this reading's turn to write: who is slow holds nobody up, and
    // upstream sends some while others are stored.
    const answers: Answer[] = [];
    for (const wanted of wantedOf(reading, daysPerCall)) {
      if (answers.length > 0 && !mayGoOn()) break;
      try {
        answers.push(await ask(wanted));
      } catch (error) {
        if (answers.length === 0 || asking.signal?.aborted) throw new DaysFailed(daysOf(wanted), problemOf(error));
        break; // it is asked for again, and says then why it fails
      }
    }
    const days = answers.toReversed().flatMap(({ call }) => daysOf(call));
    const records = await store.replace({ organizationId, days }, async (take) => {
      for (const answer of answers)
        await split(answer, clock, take).catch((error: unknown) => {
          const reason = problemOf(error);
          throw reason instanceof Problem ? new DaysFailed(daysOf(answer.call), reason) : error; // that is the store's
        });
    });
    return { days, calls: answers.length, records };
  } finally {
    asking.signal?.removeEventListener('abort', endAll);
    endAll(); // a body that nobody reads to its end must not hold its connection
  }
}

/** A body as it comes, with a look at each record. Throws at its end where it is not the whole of an answer with usage records. */
async function* whole(
  body: AsyncIterable<Uint8Array>,
  status: number,
  rayId: string | null,
  look: (record: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  const splitter = new RecordSplitter(look);
  for await (const piece of body) {
    splitter.write(piece);
    yield piece;
  }
  requireSuccess(splitter.end(), status, rayId);
}

/** What of a day a record tells; null of another day. One of an hour says nothing about the hours after it. */
function partOf(day: Day, bytes: Uint8Array): 'a part' | 'whole' | null {
  const record = readRecord(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (record?.day !== day) return null;
  const end = record.values[valueOf('ChargePeriodEnd')]; // null where the record is of one whole day
  return typeof end === 'string' && Date.parse(end) < endOfDay(day) ? 'a part' : 'whole';
}

/** Where upstream does not take the question there is no answer. */
function nullWhereInvalid(error: unknown): null {
  if (error instanceof Problem && error.report.code === 'upstream_invalid') return null;
  throw error;
}

async function split({ call, pieces }: Answer, clock: Clock, take: (record: Uint8Array, of: Call) => void): Promise<void> {
  const splitter = new RecordSplitter((record) => take(record, call));
  let turn = clock.monotonic();
  for await (const piece of pieces) {
    splitter.write(piece);
    if (clock.monotonic() - turn < longestTurn) continue;
    await clock.sleep(0);
    turn = clock.monotonic();
  }
}

const codeOfKind: Readonly<Record<BrokenAnswer['kind'], ErrorCode>> = {
  truncated: 'upstream_truncated',
  malformed: 'upstream_bad_json',
  'too-large': 'upstream_too_large',
};

function problemOf(error: unknown): unknown {
  const askAgain = 'Canopy asks again by itself. Nothing of this answer was stored.';
  if (error instanceof BrokenAnswer)
    return new Problem({ code: codeOfKind[error.kind], message: error.message, action: askAgain }, { cause: error });
  // The only other texts that are parsed are a record and its characters.
  if (error instanceof SyntaxError || (error instanceof TypeError && /encoded data/i.test(error.message)))
    return new Problem(
      { code: 'upstream_bad_json', message: 'A usage record is not valid JSON.', action: askAgain },
      { cause: error },
    );
  return error;
}

/** Cloudflare also refuses with status 200. */
function requireSuccess(envelope: AnswerEnvelope, status: number, rayId: string | null): void {
  if (envelope.success === true && envelope.hasRecords) return;
  const errors = Array.isArray(envelope.errors) ? (envelope.errors as UpstreamMessage[]) : []; // every part of a message is optional
  const throttled = errors.some(({ code }) => code === 971 || code === 10100);
  throw new Problem({
    code: throttled ? 'upstream_throttled' : 'upstream_unexpected',
    message: throttled
      ? 'Cloudflare asks us to slow down.'
      : `Cloudflare answered ${status} without usage records${errors[0]?.message ? `: ${errors[0].message}` : ''}.`,
    action: 'Canopy asks again by itself.',
    upstream: { status, rayId, errors },
  });
}
