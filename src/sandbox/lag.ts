/**
 * Eventual consistency. What was just made is unseen by reads until its time comes; what was just moved is
 * moved then. Without a lag everything happens at once.
 */
export class Lag {
  readonly #clock: () => number;
  readonly #unseen = new Map<string, { until: number; within: string | null }>();
  #later: { due: number; subject: string; act: () => Promise<void> }[] = [];
  /** `clock` gives milliseconds that only grow. */
  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Hides a new thing from reads. `within` groups things of one list. */
  hide(id: string, milliseconds: number, within: string | null = null): void {
    if (milliseconds > 0) this.#unseen.set(id, { until: this.#clock() + milliseconds, within });
  }

  isHidden(id: string): boolean {
    const entry = this.#unseen.get(id);
    if (!entry) return false;
    if (entry.until > this.#clock()) return true;
    this.#unseen.delete(id);
    return false;
  }

  /** Hidden things of one list. */
  hiddenWithin(within: string | null): readonly string[] {
    return [...this.#unseen].filter(([id, entry]) => entry.within === within && this.isHidden(id)).map(([id]) => id);
  }

  /** Acts now, or when the lag is over. Earlier acts on the same subject happen first. */
  async act(subject: string, milliseconds: number, act: () => Promise<void>): Promise<void> {
    await this.#run((later) => later.subject === subject);
    if (milliseconds <= 0) await act();
    else this.#later.push({ due: this.#clock() + milliseconds, subject, act });
  }

  /** Does what is due. Called before every request. */
  async settle(): Promise<void> {
    if (this.#later.length === 0) return;
    const now = this.#clock();
    await this.#run((later) => later.due <= now);
  }

  /** Does all that is left, so that nothing acknowledged is lost. */
  async finish(): Promise<void> {
    this.#unseen.clear();
    await this.#run(() => true);
  }

  async #run(which: (later: { due: number; subject: string }) => boolean): Promise<void> {
    const due = this.#later.filter(which);
    this.#later = this.#later.filter((later) => !due.includes(later));
    for (const later of due) await later.act();
  }
}
