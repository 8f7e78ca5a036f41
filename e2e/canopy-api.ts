import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Hierarchy } from '../src/contract/canopy/hierarchy.ts';
import type { SpendState } from '../src/contract/canopy/spend.ts';

/** Somebody's own session beside the browser, the administrator's unless told: what a test needs done before it looks. */
export class CanopyApi {
  readonly #origin: string;
  readonly #cookie: string;

  private constructor(origin: string, cookie: string) {
    this.#origin = origin;
    this.#cookie = cookie;
  }

  static async signIn(url: string, identity = 'admin'): Promise<CanopyApi> {
    const { origin } = new URL(url);
    const answer = await fetch(`${origin}/api/canopy/session`, {
      method: 'POST',
      headers: { 'x-canopy': '1', origin, 'content-type': 'application/json' },
      body: JSON.stringify({ identity }),
    });
    if (!answer.ok) throw new Error(`signing in: HTTP ${answer.status} ${await answer.text()}`);
    return new CanopyApi(
      origin,
      answer.headers
        .getSetCookie()
        .map((line) => line.split(';')[0])
        .join('; '),
    );
  }

  /** The `result` of a request below `/api`. */
  async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(`${this.#origin}/api${path}`, {
      method,
      headers: {
        'x-canopy': '1',
        origin: this.#origin,
        cookie: this.#cookie,
        'idempotency-key': randomUUID(),
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body ? JSON.stringify(body) : null,
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: HTTP ${answer.status} ${text}`);
    return (text === '' ? null : (JSON.parse(text) as { result: T }).result) as T; // the caller names what the row answers
  }

  /** Takes away what a test made, so that no other test meets it. */
  async deleteOrganization(name: string): Promise<void> {
    const { nodes } = await this.ask<Hierarchy>('POST', '/canopy/hierarchy/refresh', {});
    for (const { id } of nodes.filter((node) => node.name === name)) await this.ask('DELETE', `/cloudflare/organizations/${id}`);
  }

  /** Keeps the usage of thirteen months from being read meanwhile: no test needs all of it. */
  pauseUsage(): Promise<SpendState> {
    return this.ask('POST', '/canopy/spend/sync', { action: 'pause' });
  }

  /** Reads usage until everything from a day on is stored and priced, then pauses again. */
  async readUsage(from: string): Promise<void> {
    const isRead = ({ days }: SpendState) =>
      days.every(({ day, state }) => day < from || state === 'stored' || state === 'today');
    const until = async (done: (state: SpendState) => boolean) => {
      while (!done(await this.ask<SpendState>('GET', '/canopy/spend'))) await sleep(200);
    };
    if (!isRead(await this.ask<SpendState>('GET', '/canopy/spend'))) {
      await this.ask('POST', '/canopy/spend/sync', { action: 'resume' });
      await until(isRead);
      await this.pauseUsage();
    }
    await until(({ pricing }) => pricing.monthsLeft === 0);
  }
}
