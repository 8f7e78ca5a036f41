import type { Endpoint, ResultOf } from '../../contract/endpoint.ts';
import { Problem } from '../problem.ts';
import type { Asking, CallInput, Clock, Directory, Exchange, Log, Upstream } from '../services.ts';
import { heardIn, keepAnswer, keepProblem, outcomeUnknown, partlyApplied, withReceipt } from './answers.ts';
import type { Answer } from './answers.ts';
import type { Ledger } from './ledger.ts';
import type { Plan, Sent } from './plan.ts';
import type { Plans } from './plans/registry.ts';
import type { Reading } from './reading.ts';
import type { Outcome, StoredReceipt } from './record.ts';
import { promptly, settleSoon, settleSurely } from './settlement.ts';
import type { Settlement } from './settlement.ts';

export interface OutcomeParts {
  ledger: Ledger;
  plans: Plans;
  upstream: Pick<Upstream, 'call' | 'walk'>;
  directory: Pick<Directory, 'organizationOfAccount' | 'accounts' | 'path' | 'invalidate'>;
  clock: Clock;
  log: Log;
  /** Ends reading back in the background. */
  stop: AbortSignal;
}

type Applied = Extract<Settlement<Endpoint>, { kind: 'applied' | 'partly' }>;
const showsIt = (settlement: Settlement<Endpoint> | null): settlement is Applied =>
  settlement?.kind === 'applied' || settlement?.kind === 'partly';

/** How a write ended: found out where no answer came, written down, and told to the parts that show it. */
export class Outcomes {
  readonly #parts: OutcomeParts;
  constructor(parts: OutcomeParts) {
    this.#parts = parts;
  }

  reading(asking: Asking): Reading {
    const { upstream, directory } = this.#parts;
    return { upstream, directory, asking };
  }

  /** Upstream said that it is done. */
  async done(receipt: StoredReceipt, exchange: Exchange<ResultOf<Endpoint>>, asking: Asking): Promise<Answer> {
    const plan = this.#planOf(receipt);
    const { status, rayId, duration, result } = exchange;
    const note = await this.#confirm(plan, receipt, asking);
    const answer = { ...exchange, receiptId: receipt.id };
    const errors = note === null ? [] : [{ message: note }];
    const facts = { status, rayId, duration, errors, ...madeIn(plan, result) };
    await this.#settle(receipt, { ...facts, outcome: 'done', settledBy: 'answer' }, keepAnswer(answer));
    this.#invalidate(plan, receipt, result);
    return answer;
  }

  /** Upstream or Canopy said no, or nothing was sent. The key is free again: the cause can be corrected. */
  async refused(receipt: StoredReceipt, problem: Problem, duration: number | null): Promise<Problem> {
    const outcome = problem.report.upstream?.status === null ? 'failed' : 'refused';
    await this.#settle(receipt, { ...heardIn(problem), outcome, settledBy: null, duration }, null);
    return withReceipt(problem, receipt.id);
  }

  /** No answer, or one that may cover only a part: looks once or a few times while the person waits. Null: no sign of it. */
  async lookFor(
    receipt: StoredReceipt,
    failure: Problem | null,
    asking: Asking,
    duration: number | null,
    patient: boolean,
  ): Promise<Answer | null> {
    const plan = this.#planOf(receipt);
    const delays = patient ? promptly : promptly.slice(0, 1);
    const settlement = await settleSoon(plan, sentOf(receipt), this.reading(asking), this.#parts, delays);
    if (!showsIt(settlement)) return null;
    const answer = await this.#applied(plan, receipt, settlement, failure, duration);
    if (answer instanceof Problem) throw answer;
    return answer;
  }

  /** Goes on looking in the background until it is known. `age`: milliseconds since the write was sent. */
  async keepLooking(receipt: StoredReceipt, failure: Problem | null, age: number): Promise<void> {
    const plan = this.#planOf(receipt);
    this.#invalidate(plan, receipt, null);
    const asking: Asking = { requestId: receipt.requestId, priority: 'background', signal: this.#parts.stop };
    const settlement = await settleSurely(plan, sentOf(receipt), this.reading(asking), age, this.#parts);
    const told = { ...heardIn(failure), duration: null };
    if (showsIt(settlement)) await this.#applied(plan, receipt, settlement, failure, null);
    if (settlement?.kind === 'absent') await this.#settle(receipt, { ...told, outcome: 'failed', settledBy: 'reading' }, null);
    if (settlement?.kind === 'unknown') {
      const answer = keepProblem(outcomeUnknown(receipt.id, failure));
      await this.#settle(receipt, { ...told, outcome: 'unknown', settledBy: null }, answer);
    }
  }

  /** Looks after every write that was on its way when Canopy stopped. */
  async settlePending(): Promise<void> {
    const open = await this.#parts.ledger.pending();
    const now = this.#parts.clock.now();
    await Promise.all(open.map((receipt) => this.keepLooking(receipt, null, now - Date.parse(receipt.at))));
  }

  /** Reading back shows that the change was made, or a part of it, which is a problem for the person. */
  async #applied(
    plan: Plan<Endpoint>,
    receipt: StoredReceipt,
    shown: Applied,
    failure: Problem | null,
    duration: number | null,
  ): Promise<Answer | Problem> {
    const known = { ...heardIn(failure), duration, outcome: 'done', settledBy: 'reading' } as const;
    if (shown.kind === 'partly') {
      const problem = partlyApplied(receipt.id, shown.summary, failure);
      await this.#settle(receipt, { ...known, summary: shown.summary }, keepProblem(problem));
      this.#invalidate(plan, receipt, null);
      return problem;
    }
    const { result } = shown;
    const facts = { info: null, status: 200, rayId: known.rayId, duration: duration ?? 0, asOf: this.#now() };
    const answer: Answer = { result, ...facts, receiptId: receipt.id };
    await this.#settle(receipt, { ...known, ...madeIn(plan, result) }, keepAnswer(answer));
    this.#invalidate(plan, receipt, result);
    return answer;
  }

  async #confirm(plan: Plan<Endpoint>, receipt: StoredReceipt, asking: Asking): Promise<string | null> {
    try {
      return (await plan.confirm?.(sentOf(receipt), this.reading(asking))) ?? null;
    } catch (error) {
      this.#parts.log.warn({ receiptId: receipt.id, err: error }, 'a change could not be looked at afterwards');
      return null; // upstream said that it is done; looking again is extra
    }
  }

  async #settle(receipt: StoredReceipt, outcome: Omit<Outcome, 'settledAt'>, answer: string | null): Promise<void> {
    await this.#parts.ledger.settle(receipt.id, { ...outcome, settledAt: this.#now() }, answer);
    const { id: receiptId, requestId, operation } = receipt;
    this.#parts.log.info({ requestId, receiptId, operation, outcome: outcome.outcome, by: outcome.settledBy }, 'write settled');
  }

  /** Whatever the write may have touched is read again before it is shown as fresh. */
  #invalidate(plan: Plan<Endpoint>, receipt: StoredReceipt, result: unknown): void {
    const named = [
      receipt.organizationId,
      textIn(receipt.request, 'destination_organization_id'),
      textIn(result, 'source_organization_id'),
    ];
    this.#parts.directory.invalidate({ organizations: named.filter((id) => id !== null), tree: plan.changesTree });
  }

  #planOf(receipt: StoredReceipt): Plan<Endpoint> {
    return this.#parts.plans(receipt.operation);
  }

  #now(): string {
    return new Date(this.#parts.clock.now()).toISOString();
  }
}

/** The write as the receipt knows it, also after a restart. */
function sentOf({ params, request, before, organizationId }: StoredReceipt): Sent<Endpoint> {
  const input = { params, query: {}, ...(request === null ? {} : { body: request }) };
  return { input: input as CallInput<Endpoint>, before, organizationId }; // written down from the checked input of the same row
}

function madeIn(plan: Plan<Endpoint>, result: ResultOf<Endpoint>): { targetId?: string } {
  const id = plan.made?.(result) ?? null;
  return id === null ? {} : { targetId: id };
}

function textIn(value: unknown, name: string): string | null {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
  const text = (value as Record<string, unknown>)[name]; // has that name
  return typeof text === 'string' && text !== '' ? text : null;
}
