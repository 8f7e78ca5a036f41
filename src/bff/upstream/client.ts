import type { Endpoint, ResultOf } from '../../contract/endpoint.ts';
import { getAccountUsage, getOrganizationUsage, queryAccountUsage } from '../../contract/cloudflare/usage.ts';
import { Problem } from '../problem.ts';
import type { Asking, CallInput, Clock, Exchange, Log, UpstreamForWrites } from '../services.ts';
import { Admission, admissionLimits, hold } from './admission.ts';
import type { AdmissionLimits } from './admission.ts';
import { readResult, refusal, successOf } from './answer.ts';
import { guarded, parseWhole } from './body.ts';
import { availability, chooseCredential } from './credentials.ts';
import type { CredentialBox, Credentials, UsedCredential } from './credentials.ts';
import { WireExchange } from './exchange.ts';
import type { OpenAnswer } from './exchange.ts';
import { UpstreamFailure, wireFailure } from './failure.ts';
import { RetryBudget, attemptLimit, retryDelay } from './retry.ts';
import { readRateHeaders } from './rate-headers.ts';
import { prepareRequest } from './request.ts';
import { lookAhead } from './stream-head.ts';
import { TransportFailure } from './transport.ts';
import type { Transport } from './transport.ts';
import { walkPages } from './walker.ts';

export interface UpstreamLimits {
  /** Milliseconds until the head of an answer, and of one about usage. */
  headers: number;
  usageHeaders: number;
  /** Milliseconds that a body may pause. */
  idle: number;
  /** Milliseconds for one call with its retries, and for one about usage. */
  total: number;
  usageTotal: number;
  /** Decoded bytes of an answer that is held in memory. */
  body: number;
  /** Decoded bytes of an answer that is streamed. */
  stream: number;
  admission: AdmissionLimits;
}

export const upstreamLimits: UpstreamLimits = {
  headers: 30_000,
  usageHeaders: 120_000,
  idle: 15_000,
  total: 60_000,
  usageTotal: 900_000,
  body: 16 * 1024 * 1024,
  stream: 1024 * 1024 * 1024,
  admission: admissionLimits,
};

export interface UpstreamOptions {
  /** With `/client/v4`. */
  baseUrl: string;
  credentials: CredentialBox;
  transport: Transport;
  clock: Clock;
  log: Log;
  limits?: Partial<UpstreamLimits>;
  /** From 0 to 1, for the jitter of retries. */
  random?: () => number;
}

const usageRows = new Set<Endpoint>([getOrganizationUsage, getAccountUsage, queryAccountUsage]);

/** The client of Cloudflare's API: Canopy's only way to upstream. */
export function createUpstream(options: UpstreamOptions): UpstreamForWrites {
  return new Client(options);
}

class Client implements UpstreamForWrites {
  readonly #baseUrl: string;
  readonly #credentials: CredentialBox;
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #limits: UpstreamLimits;
  readonly #random: () => number;
  readonly #admission: Admission;
  readonly #retries: RetryBudget;

  constructor({ baseUrl, credentials, transport, clock, log, limits, random }: UpstreamOptions) {
    this.#baseUrl = baseUrl.replace(/\/+$/, '');
    this.#credentials = credentials;
    this.#transport = transport;
    this.#clock = clock;
    this.#log = log;
    this.#limits = { ...upstreamLimits, ...limits };
    this.#random = random ?? Math.random;
    this.#admission = new Admission(clock, this.#limits.admission);
    this.#retries = new RetryBudget(clock);
  }

  availability(row: Endpoint) {
    return availability(this.#credentials.current, row);
  }

  budget() {
    return this.#admission.budget();
  }

  requireRoom(row: Endpoint, { priority }: Asking): void {
    this.#admission.requireRoom(this.#credentialFor(row, this.#credentials.current), priority);
  }

  async call<E extends Endpoint>(row: E, input: CallInput<E>, asking: Asking): Promise<Exchange<ResultOf<E>>> {
    return this.#ask(row, input, asking, async (answer, exchange) => {
      const { result, info } = await readResult(row, answer, this.#limits.body, this.#credentials.guard, this.#clock.now());
      exchange.end();
      const asOf = new Date(this.#clock.now()).toISOString();
      return { result, info, status: answer.status, rayId: answer.rayId, duration: exchange.duration(), asOf };
    });
  }

  async walk<E extends Endpoint>(row: E, input: CallInput<E>, asking: Asking): Promise<Exchange<ResultOf<E>>> {
    return walkPages(this, row, input, asking, this.#clock);
  }

  async stream<E extends Endpoint>(row: E, input: CallInput<E>, asking: Asking) {
    return this.#ask(row, input, asking, async (answer, exchange) => {
      const { whole, body } = await lookAhead(guarded(answer.body, this.#limits.stream, this.#credentials.guard));
      if (whole) successOf(answer, parseWhole(whole, this.#credentials.guard).value, this.#clock.now());
      return { status: answer.status, rayId: answer.rayId, body: this.#flow(body, exchange, row, asking) };
    });
  }

  /** The rest of a streamed body: its failures become reports, its end makes room for others. */
  async *#flow(body: AsyncGenerator<Uint8Array>, exchange: WireExchange, row: Endpoint, asking: Asking) {
    try {
      yield* body;
    } catch (error) {
      throw this.#noted(error, exchange, row, asking);
    } finally {
      exchange.end();
    }
  }

  /** One attempt, and for reads more of them where the failure allows it and time and the retry budget are left. */
  async #ask<E extends Endpoint, T>(
    row: E,
    input: CallInput<E>,
    asking: Asking,
    take: (answer: OpenAnswer, exchange: WireExchange) => Promise<T>,
  ): Promise<T> {
    const credentials = this.#credentials.current;
    const used = this.#credentialFor(row, credentials);
    const total = usageRows.has(row) ? this.#limits.usageTotal : this.#limits.total;
    this.#retries.earn();
    let spent = 0;
    for (let count = 1; ; count += 1) {
      const began = this.#clock.monotonic();
      try {
        return await this.#attempt(row, input, asking, { credentials, used }, total - spent, take);
      } catch (error) {
        if (!(error instanceof UpstreamFailure) || row.effect === 'write' || error.retry === 'no') throw error;
        const throttle = error.retry === 'throttle';
        if (throttle && (error.report.retryAfterSeconds ?? 0) * 1000 > hold[asking.priority]) throw error;
        const delay = throttle ? 0 : retryDelay(count - 1, this.#random); // a throttle is waited for at the gate
        spent += this.#clock.monotonic() - began + delay;
        if (count >= attemptLimit || spent >= total || asking.signal?.aborted || !this.#retries.spend()) throw error;
        await this.#clock.sleep(delay, asking.signal);
      }
    }
  }

  async #attempt<E extends Endpoint, T>(
    row: E,
    input: CallInput<E>,
    asking: Asking,
    { credentials, used }: { credentials: Credentials; used: UsedCredential },
    total: number,
    take: (answer: OpenAnswer, exchange: WireExchange) => Promise<T>,
  ): Promise<T> {
    // a write that has begun is finished, whoever is still there to see it
    const signal = row.effect === 'read' ? asking.signal : undefined;
    const pass = await this.#admission.enter(used, asking.priority, signal).catch((error: unknown) => {
      throw signal?.aborted ? wireFailure(new TransportFailure('aborted', { cause: error })) : error;
    });
    const headers = usageRows.has(row) ? this.#limits.usageHeaders : this.#limits.headers;
    const exchange = new WireExchange(pass, this.#clock, { headers, idle: this.#limits.idle, total }, signal);
    try {
      const request = prepareRequest(this.#baseUrl, row, input, credentials, used, asking.requestId);
      const answer = await exchange.open(this.#transport, request, row.effect === 'write', this.#credentials.guard);
      this.#admission.heard(readRateHeaders(answer.header, this.#clock.now()));
      if (answer.status < 200 || answer.status > 299) throw await refusal(answer, this.#credentials.guard, this.#clock.now());
      return await take(answer, exchange);
    } catch (error) {
      const failure = this.#noted(error, exchange, row, asking);
      if (failure instanceof UpstreamFailure && failure.retry === 'throttle') {
        this.#admission.throttled(used, (failure.report.retryAfterSeconds ?? 1) * 1000);
        exchange.throttled();
      }
      exchange.end();
      throw failure;
    }
  }

  #credentialFor(row: Endpoint, credentials: Credentials): UsedCredential {
    const used = chooseCredential(credentials, row.credential);
    if (used) return used;
    const available = this.availability(row);
    throw new Problem({
      code: 'capability_missing',
      message: `Canopy has no credential for this, so nothing was sent. ${available.available ? '' : available.reason}`.trim(),
      action: 'Settings, Credential doctor, shows what works with the configured credentials.',
    });
  }

  /** Turns a failure into its report and leaves a line in the log, without anything of the body. */
  #noted(error: unknown, exchange: WireExchange, row: Endpoint, { requestId, signal }: Asking): unknown {
    const failure = exchange.failure(error);
    if (failure instanceof UpstreamFailure && !signal?.aborted) {
      const { code, upstream } = failure.report;
      const facts = { requestId, operation: row.name, code, status: upstream?.status ?? null, rayId: upstream?.rayId ?? null };
      this.#log.warn({ ...facts, codes: upstream?.errors.map((one) => one.code) ?? [] }, 'upstream failed');
    }
    return failure;
  }
}
