import { getOrganizationUsage } from '../../../contract/cloudflare/usage.ts';
import type { ErrorCode, UpstreamMessage } from '../../../contract/envelope.ts';
import { Problem } from '../../problem.ts';
import type { Asking, Clock, Upstream } from '../../services.ts';
import { BrokenAnswer, RecordSplitter } from './splitter.ts';
import type { AnswerEnvelope } from './splitter.ts';
import type { Reading, UsageStore } from '../store/store.ts';

export type UsageUpstream = Pick<Upstream, 'stream' | 'availability'>;

/** Lets other work go on at least this often: a body that arrives faster than it is read never leaves the loop by itself. */
const longestTurn = 8;

/** Reads days of an organization from upstream into the store; answers how many records came. Throws a `Problem`. */
export async function readUsage(
  { upstream, store, clock }: { upstream: UsageUpstream; store: UsageStore; clock: Clock },
  reading: Reading,
  asking: Asking,
): Promise<number> {
  const over = new AbortController();
  const signal = asking.signal ? AbortSignal.any([asking.signal, over.signal]) : over.signal;
  try {
    // The answer is here to its end before it is this reading's turn to write: who is slow holds nobody up, and upstream
    // sends one answer while another is stored.
    const { status, rayId, body } = await upstream.stream(
      getOrganizationUsage,
      { params: { organizationId: reading.organizationId }, query: reading.asked },
      { ...asking, signal },
    );
    const arrived = await store.arrived(body, signal);
    return await store.replace(reading, async (take) => {
      const splitter = new RecordSplitter(take);
      let turn = clock.monotonic();
      for await (const piece of arrived) {
        splitter.write(piece);
        if (clock.monotonic() - turn < longestTurn) continue;
        await clock.sleep(0);
        turn = clock.monotonic();
      }
      requireSuccess(splitter.end(), status, rayId);
    });
  } catch (error) {
    throw problemOf(error);
  } finally {
    over.abort(); // a body that nobody reads to its end must not hold its connection
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
