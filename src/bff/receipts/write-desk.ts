import { pathOf } from '../../contract/endpoint.ts';
import type { Endpoint, ResultOf } from '../../contract/endpoint.ts';
import { Problem } from '../problem.ts';
import type { Exchange, UpstreamForWrites, Write, Writes } from '../services.ts';
import { UpstreamFailure } from '../upstream/failure.ts';
import { outcomeUnknown } from './answers.ts';
import type { Answer } from './answers.ts';
import { Intents } from './intents.ts';
import type { IntentKey } from './ledger.ts';
import { OrphanProblem } from './orphan-guard.ts';
import type { Outcomes, OutcomeParts } from './outcomes.ts';
import type { Plan, Prepared } from './plan.ts';
import type { Intent, StoredReceipt } from './record.ts';
import { digestOf } from './seal.ts';
import { Turns } from './turns.ts';

export interface WriteDeskParts extends OutcomeParts {
  upstream: UpstreamForWrites;
  outcomes: Outcomes;
}

/** Sends writes: each intent once, never without a receipt, and never again to find out how the first time ended. */
export class WriteDesk implements Writes {
  readonly #parts: WriteDeskParts;
  readonly #intents: Intents;
  readonly #turns = new Turns();

  constructor(parts: WriteDeskParts) {
    this.#parts = parts;
    this.#intents = new Intents(parts.ledger, parts.clock);
  }

  async send<E extends Endpoint>(write: Write<E>): Promise<Exchange<ResultOf<E>> & { receiptId: string }> {
    const { row, input, ifMatch, person, idempotencyKey } = write;
    const plain = write as unknown as Write; // from here on only the plan of the row knows its types
    let answer: Answer;
    if (idempotencyKey === null) answer = await this.#inTurn(plain, null);
    else {
      const fingerprint = await digestOf(JSON.stringify([row.name, input.params, input.query, input.body ?? null, ifMatch]));
      const key = { personId: person.id, key: idempotencyKey, fingerprint };
      const again = (receipt: StoredReceipt) => this.#lookAgain(receipt, plain);
      answer = await this.#intents.once(key, () => this.#inTurn(plain, key), again);
    }
    return answer as Exchange<ResultOf<E>> & { receiptId: string }; // of the same row
  }

  /** The same intent came before and its end is still open: it is looked for, never sent again. */
  async #lookAgain(receipt: StoredReceipt, { asking }: Write): Promise<Answer> {
    const answer = await this.#parts.outcomes.lookFor(receipt, null, asking, null, false);
    if (!answer) throw outcomeUnknown(receipt.id, null);
    return answer;
  }

  async #inTurn(write: Write, key: IntentKey | null): Promise<Answer> {
    const plan = this.#parts.plans(write.row.name);
    const turn = plan.turn(write.input);
    const work = () => this.#sendNow(plan, write, key);
    return turn === null ? work() : this.#turns.take(turn, work);
  }

  async #sendNow(plan: Plan<Endpoint>, write: Write, key: IntentKey | null): Promise<Answer> {
    const { upstream, ledger, outcomes, clock } = this.#parts;
    // a write that has begun is finished, whoever is still there to see it
    const { signal: _signal, ...asking } = write.asking;
    upstream.requireRoom(write.row, asking);
    const prepared = await this.#prepare(plan, { ...write, asking });
    const receipt = await ledger.begin(await this.#intentOf(write, prepared), key);
    const began = clock.monotonic();
    let exchange: Exchange<ResultOf<Endpoint>>;
    try {
      exchange = await upstream.call(write.row, prepared.input, asking);
    } catch (error) {
      return await this.#failed(plan, receipt, { ...write, asking }, error, clock.monotonic() - began);
    }
    return outcomes.done(receipt, exchange, asking);
  }

  /** Guards and preparation. What Canopy refuses for the sake of others leaves a receipt too. */
  async #prepare(plan: Plan<Endpoint>, write: Write): Promise<Prepared<Endpoint>> {
    const { outcomes, ledger } = this.#parts;
    try {
      return await plan.prepare(write, outcomes.reading(write.asking));
    } catch (error) {
      if (!(error instanceof OrphanProblem)) throw error;
      const receipt = await ledger.begin(await this.#intentOf(write, { input: write.input, ...error.about }), null);
      throw await outcomes.refused(receipt, error, null);
    }
  }

  /** The call failed: refused, or not known how it ended. */
  async #failed(
    plan: Plan<Endpoint>,
    receipt: StoredReceipt,
    { asking }: Write,
    error: unknown,
    duration: number,
  ): Promise<Answer> {
    const { outcomes, log } = this.#parts;
    const failure = error instanceof Problem ? error : null;
    if (!failure) log.error({ receiptId: receipt.id, err: error }, 'a write failed unexpectedly');
    const answered = failure instanceof UpstreamFailure;
    const unchanged = failure !== null && (!answered || failure.changed === 'nothing');
    const partly = answered && unchanged && failure.report.upstream?.status !== null && plan.mayBePartial === true;
    if (!unchanged || partly) {
      const found = await outcomes.lookFor(receipt, failure, asking, duration, !unchanged);
      if (found) return found;
    }
    if (failure && unchanged) throw await outcomes.refused(receipt, failure, duration);
    void outcomes.keepLooking(receipt, failure, 0);
    throw outcomeUnknown(receipt.id, failure);
  }

  async #intentOf(write: Write, prepared: Prepared<Endpoint>): Promise<Intent> {
    const { row, person, asking, reason } = write;
    const { input, summary, organizationIds, targetId, before } = prepared;
    const { directory, clock } = this.#parts;
    const paths = await Promise.all(organizationIds.map((id) => directory.path(id, null).catch(() => [])));
    return {
      id: crypto.randomUUID(),
      at: new Date(clock.now()).toISOString(),
      actor: { id: person.id, name: person.name, email: person.email, role: person.role },
      came: asking.came ?? null,
      operation: row.name,
      summary,
      organizationId: organizationIds[0] ?? null,
      organizations: [...organizationIds, ...paths.flat().map(({ id }) => id)],
      targetId,
      method: row.method,
      path: pathOf(row, input.params),
      params: input.params,
      request: input.body,
      before,
      reason,
      requestId: asking.requestId,
    };
  }
}
