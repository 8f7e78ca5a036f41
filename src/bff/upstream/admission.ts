import type { Capabilities } from '../../contract/canopy/capabilities.ts';
import { Problem } from '../problem.ts';
import type { Asking, Clock } from '../services.ts';
import type { UsedCredential } from './credentials.ts';
import { Gate } from './gate.ts';
import { Lanes } from './lanes.ts';
import type { RateSaying } from './rate-headers.ts';
import { RateWindow, backgroundShare, budgetLimit, budgetWindow, interactiveShare } from './rate-window.ts';

type Priority = Asking['priority'];

/** How long a request may be held before it is told to come back. Background work has its own loop to wait in. */
export const hold: Readonly<Record<Priority, number>> = { interactive: 20_000, background: 2_000, bulk: 2_000 };
/** While upstream is being tried again after a throttle, others are told to come back after this. */
const probePatience = 5_000;

export interface AdmissionLimits {
  requests: number;
  window: number;
  concurrent: number;
}
export const admissionLimits: AdmissionLimits = { requests: budgetLimit, window: budgetWindow, concurrent: 20 };

/** One request on its way; must be left in the end, once. */
export interface Pass {
  /** `answered`: upstream said anything but a throttle. */
  leave(answered: boolean): void;
}

/** Decides when a request may go: the gate of its credential, the five-minute budget, what upstream says is left, and a lane. */
export class Admission {
  readonly #clock: Clock;
  readonly #limits: AdmissionLimits;
  readonly #window: RateWindow;
  readonly #lanes: Lanes;
  /** Requests that work of each priority leaves free. */
  readonly #reserve: Readonly<Record<Priority, number>>;
  readonly #gates: Readonly<Record<UsedCredential, Gate>> = { token: new Gate(), key: new Gate() };
  /** Until when upstream's own figures leave no room. */
  readonly #spent: Record<Priority, number> = { interactive: 0, background: 0, bulk: 0 };

  constructor(clock: Clock, limits: AdmissionLimits = admissionLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#window = new RateWindow(limits.requests, limits.window);
    this.#reserve = {
      interactive: 0,
      background: Math.ceil(limits.requests * interactiveShare),
      bulk: Math.ceil(limits.requests * (interactiveShare + backgroundShare)),
    };
    this.#lanes = new Lanes(limits.concurrent, Math.max(1, Math.floor(limits.concurrent * (1 - interactiveShare))));
  }

  /** Holds the request for as long as it is fair to, then lets it go or throws `rate_budget` or `upstream_throttled`. */
  async enter(credential: UsedCredential, priority: Priority, signal?: AbortSignal): Promise<Pass> {
    const gate = this.#gates[credential];
    const patience = this.#clock.monotonic() + hold[priority];
    this.#requireHope(gate, priority, patience);
    await this.#lanes.enter(priority, signal);
    try {
      for (;;) {
        signal?.throwIfAborted();
        const wait = this.#requireHope(gate, priority, patience);
        const now = this.#clock.monotonic();
        const { probe } = gate.state(now);
        if (wait > 0) await this.#clock.sleep(wait, signal);
        else if (probe) await this.#waitForProbe(probe, priority, patience, signal);
        else {
          const probing = gate.pass();
          this.#window.record(now);
          return {
            leave: (answered) => {
              if (probing) gate.settleProbe(answered, this.#clock.monotonic());
              this.#lanes.leave();
            },
          };
        }
      }
    } catch (error) {
      this.#lanes.leave();
      throw error;
    }
  }

  /** Throws where a request of this priority could not go now; for work that must not begin in vain. */
  requireRoom(credential: UsedCredential, priority: Priority): void {
    this.#requireHope(this.#gates[credential], priority, this.#clock.monotonic());
  }

  throttled(credential: UsedCredential, milliseconds: number): void {
    this.#gates[credential].close(this.#clock.monotonic() + milliseconds);
  }

  /** Background work stops below a quarter of upstream's own limit; everything stops when nothing is left of it. */
  heard(sayings: readonly RateSaying[]): void {
    const now = this.#clock.monotonic();
    for (const { remaining, limit, resetIn } of sayings) {
      const kept = (limit ?? 100) * interactiveShare;
      if (remaining <= kept + (limit ?? 100) * backgroundShare) this.#stop('bulk', now + resetIn);
      if (remaining <= kept) this.#stop('background', now + resetIn);
      if (remaining === 0) this.#stop('interactive', now + resetIn);
    }
  }

  #stop(priority: Priority, until: number): void {
    this.#spent[priority] = Math.max(this.#spent[priority], until);
  }

  budget(): Capabilities['budget'] {
    const now = this.#clock.monotonic();
    const closedUntil = Math.max(this.#gates.token.closedUntil, this.#gates.key.closedUntil);
    return {
      limit: this.#limits.requests,
      remaining: this.#window.remaining(now),
      windowSeconds: this.#limits.window / 1000,
      closedUntil: closedUntil > now ? new Date(this.#clock.now() + closedUntil - now).toISOString() : null,
    };
  }

  /** How long to wait; throws where that is past the patience. */
  #requireHope(gate: Gate, priority: Priority, patience: number): number {
    const now = this.#clock.monotonic();
    const gateWait = gate.state(now).wait;
    if (gateWait > 0 && now + gateWait > patience) throw throttledProblem(gateWait);
    const wait = Math.max(this.#window.waitFor(this.#reserve[priority], now), this.#spent[priority] - now, 0);
    if (wait > 0 && now + wait > patience) throw budgetProblem(wait, priority);
    return Math.max(gateWait, wait);
  }

  async #waitForProbe(probe: Promise<void>, priority: Priority, patience: number, signal?: AbortSignal): Promise<void> {
    const left = patience - this.#clock.monotonic();
    if (left <= 0 || priority !== 'interactive') throw throttledProblem(probePatience);
    const done = new AbortController();
    const giveUp = () => done.abort(signal?.reason);
    signal?.addEventListener('abort', giveUp, { once: true });
    try {
      await Promise.race([probe, this.#clock.sleep(left, done.signal)]);
    } finally {
      signal?.removeEventListener('abort', giveUp);
      done.abort();
    }
  }
}

const seconds = (milliseconds: number) => Math.max(1, Math.ceil(milliseconds / 1000));

/** Nothing was sent: upstream throttled an earlier request and named the time to come back. */
export function throttledProblem(wait: number): Problem {
  return new Problem({
    code: 'upstream_throttled',
    message:
      'Cloudflare is limiting the requests of this credential, so Canopy sent nothing. The limit is shared with the dashboard and everything else that uses it.',
    action: `Wait ${duration(seconds(wait))}; nothing was changed.`,
    retryAfterSeconds: seconds(wait),
  });
}

function budgetProblem(wait: number, priority: Priority): Problem {
  return new Problem({
    code: 'rate_budget',
    message:
      priority !== 'interactive'
        ? 'Background reading has used its part of the five-minute request budget; the rest is kept for people.'
        : 'The request budget of these five minutes is used up, so Canopy sent nothing. More would make Cloudflare lock everyone who uses this credential out.',
    action: `Wait ${duration(seconds(wait))}; nothing was changed.`,
    retryAfterSeconds: seconds(wait),
  });
}

/** A wait in words. */
export function duration(total: number): string {
  if (total < 60) return total === 1 ? '1 second' : `${total} seconds`;
  const minutes = Math.ceil(total / 60);
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}
