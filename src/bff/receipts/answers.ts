import type { UpstreamMessage } from '../../contract/envelope.ts';
import { Problem } from '../problem.ts';
import type { ProblemReport } from '../problem.ts';
import type { Exchange } from '../services.ts';

/** The answer to a write of any row. */
export type Answer = Exchange<unknown> & { receiptId: string };

/** The answer as it is kept for repetitions of the same intent. */
type KeptAnswer = { answer: Answer } | { report: ProblemReport };

export function keepAnswer(answer: Answer): string {
  return JSON.stringify({ answer } satisfies KeptAnswer);
}
export function keepProblem({ report }: Problem): string {
  return JSON.stringify({ report } satisfies KeptAnswer);
}

/** Gives the kept answer again, word for word. */
export function repeatAnswer(text: string): Answer {
  const kept = JSON.parse(text) as KeptAnswer; // written by the two functions above
  if ('report' in kept) throw new Problem(kept.report);
  return kept.answer;
}

/** What upstream said in a failure, for the receipt. */
export function heardIn(problem: Problem | null): {
  status: number | null;
  errors: readonly UpstreamMessage[];
  rayId: string | null;
} {
  const { status = null, errors = [], rayId = null } = problem?.report.upstream ?? {};
  return { status, errors, rayId };
}

/** No answer came, and no sign of the change either: the one thing that must not happen is to send it again. */
export function outcomeUnknown(receiptId: string, failure: Problem | null): Problem {
  const { message = 'Canopy did not get an answer from Cloudflare.', upstream } = failure?.report ?? {};
  return new Problem(
    {
      code: 'outcome_unknown',
      message: `${message} The change may have been made: it does not show yet, and Canopy keeps looking for it.`,
      action: 'Do not send it again yet. Its receipt says within a minute how it ended.',
      receiptId,
      ...(upstream ? { upstream } : {}),
    },
    failure ? { cause: failure } : undefined,
  );
}

/** A part was applied. That is a failure for whoever asked for all of it, and repeating all of it would be wrong too. */
export function partlyApplied(receiptId: string, summary: string, failure: Problem | null): Problem {
  const { code = 'upstream_failed', upstream, fields } = failure?.report ?? {};
  return new Problem(
    {
      code,
      message: `${summary}. Cloudflare did not do the rest.`,
      action: 'Send only what is missing again, one at a time to see the reason for each.',
      receiptId,
      ...(upstream ? { upstream } : {}),
      ...(fields ? { fields } : {}),
    },
    failure ? { cause: failure } : undefined,
  );
}

export const withReceipt = (problem: Problem, receiptId: string) =>
  new Problem({ ...problem.report, receiptId }, { cause: problem });

export const idempotencyConflict = () =>
  new Problem({
    code: 'idempotency_conflict',
    message: 'The idempotency key of this request already belongs to another change, so nothing was sent.',
    action: 'Use a new key for a new intent.',
  });

export const inProgress = () =>
  new Problem({
    code: 'in_progress',
    message: 'The same change is being sent right now and has no answer yet.',
    action: 'Wait for the first request, or look at the receipts.',
    retryAfterSeconds: 5,
  });
