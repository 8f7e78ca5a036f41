import type { Clock } from '../services.ts';
import type { Pass } from './admission.ts';
import { BodyProblem, decoded } from './body.ts';
import { UpstreamFailure, bodyFailure, totalTimeout, wireFailure } from './failure.ts';
import type { PreparedRequest } from './request.ts';
import type { LeakGuard } from './secret.ts';
import { TransportFailure } from './transport.ts';
import type { Transport, TransportAnswer } from './transport.ts';

export interface ExchangeLimits {
  /** Milliseconds until the head of the answer. */
  headers: number;
  /** Milliseconds between two pieces of the body. */
  idle: number;
  /** Milliseconds for everything. */
  total: number;
}

/** The head of an answer, and its body while it still comes. */
export interface OpenAnswer {
  status: number;
  rayId: string | null;
  header: TransportAnswer['header'];
  /** Decoded. */
  body: AsyncIterable<Uint8Array>;
}

/** One request and its answer under their time limits, from the moment it is let in until it has ended. */
export class WireExchange {
  readonly #pass: Pass;
  readonly #clock: Clock;
  readonly #limits: ExchangeLimits;
  readonly #began: number;
  readonly #abort = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout>;
  readonly #signal: AbortSignal | undefined;
  readonly #giveUp = () => this.#abort.abort();
  #late = false;
  #status: number | null = null;
  #rayId: string | null = null;
  #answered = false;
  #ended = false;

  constructor(pass: Pass, clock: Clock, limits: ExchangeLimits, signal: AbortSignal | undefined) {
    this.#pass = pass;
    this.#clock = clock;
    this.#limits = limits;
    this.#signal = signal;
    this.#began = clock.monotonic();
    this.#timer = setTimeout(() => {
      this.#late = true;
      this.#abort.abort();
      this.end(); // also where nobody reads the answer any more
    }, limits.total);
    if (signal?.aborted) this.#abort.abort();
    else signal?.addEventListener('abort', this.#giveUp, { once: true });
  }

  /** Sends the request and waits for the head of the answer. */
  async open(transport: Transport, request: PreparedRequest, ownConnection: boolean, guard: LeakGuard): Promise<OpenAnswer> {
    const answer = await transport.send({
      ...request,
      ownConnection,
      headersTimeout: this.#limits.headers,
      idleTimeout: this.#limits.idle,
      signal: this.#abort.signal,
    });
    this.#answered = true;
    this.#status = answer.status;
    this.#rayId = rayIdOf(answer.header('cf-ray'), guard);
    return { status: answer.status, rayId: this.#rayId, header: (name) => answer.header(name), body: decoded(answer) };
  }

  /** What went wrong, as a report where it is part of the design. */
  failure(error: unknown): unknown {
    if (error instanceof UpstreamFailure) return error;
    if (this.#late) return totalTimeout(this.#limits.total);
    if (error instanceof TransportFailure) return wireFailure(error, this.#rayId, this.#status);
    if (error instanceof BodyProblem) return bodyFailure(error.fault, this.#status ?? 0, this.#rayId, error);
    return error;
  }

  /** The answer was a throttle: it tells nothing about whether upstream takes requests again. */
  throttled(): void {
    this.#answered = false;
  }

  duration(): number {
    return this.#clock.monotonic() - this.#began;
  }

  /** Frees everything. Once is enough, more do no harm. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#giveUp);
    this.#pass.leave(this.#answered);
  }
}

/**
 * The Ray ID as the audit trail has it: `cf-ray` adds the place, `-LHR`. It goes into headers and receipts, so it must
 * look like a Ray ID and hold no secret.
 */
function rayIdOf(value: string | null, guard: LeakGuard): string | null {
  const id = value?.replace(/-[A-Z]{3}$/, '') ?? null;
  return id !== null && /^[A-Za-z0-9-]{1,64}$/.test(id) && !guard.leaks(id) ? id : null;
}
