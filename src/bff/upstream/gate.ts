/**
 * Closed for one credential after upstream throttled it. When the time is up one request goes first; the others
 * wait for how that ends.
 */
export class Gate {
  #closedUntil = 0;
  #suspect = false;
  #probe: { settled: Promise<void>; settle: () => void } | null = null;

  /** The monotonic time it opens, or 0. */
  get closedUntil(): number {
    return this.#closedUntil;
  }

  /** Milliseconds until it is worth trying, and the running probe to wait for. */
  state(now: number): { wait: number; probe: Promise<void> | null } {
    return { wait: Math.max(0, this.#closedUntil - now), probe: this.#probe?.settled ?? null };
  }

  /** Marks a request that goes through now; true where it is the probe. */
  pass(): boolean {
    if (!this.#suspect || this.#probe) return false;
    let settle = (): void => undefined;
    const settled = new Promise<void>((resolve) => (settle = resolve));
    this.#probe = { settled, settle };
    return true;
  }

  /** Never opens earlier than an earlier answer said. */
  close(until: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, until);
    this.#suspect = true;
  }

  /** A request that was the probe ended. It opens the gate where upstream answered anything but a throttle. */
  settleProbe(answered: boolean, now: number): void {
    if (answered && this.#closedUntil <= now) this.#suspect = false;
    this.#probe?.settle();
    this.#probe = null;
  }
}
