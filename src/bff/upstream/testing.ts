import type { Clock, Log } from '../services.ts';
import { createUpstream } from './client.ts';
import type { UpstreamOptions } from './client.ts';
import { CredentialBox } from './credentials.ts';
import { Secret } from './secret.ts';
import { TransportFailure } from './transport.ts';
import type { Transport, TransportAnswer, TransportFault, TransportRequest } from './transport.ts';

/** For tests: time that passes only when it is told to. */
export class ManualClock implements Clock {
  #time = 0;
  readonly #epoch: number;
  readonly #sleepers = new Set<{ due: number; wake: () => void }>();

  constructor(epoch = Date.UTC(2026, 9, 15, 12)) {
    this.#epoch = epoch;
  }
  now(): number {
    return this.#epoch + this.#time;
  }
  monotonic(): number {
    return this.#time;
  }
  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const sleeper = {
        due: this.#time + milliseconds,
        wake: () => {
          signal?.removeEventListener('abort', abandon);
          resolve();
        },
      };
      const abandon = () => {
        this.#sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', abandon, { once: true });
    });
  }
  /** Lets time pass, waking sleepers in their order. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.#time + milliseconds;
    await settle();
    for (;;) {
      const next = [...this.#sleepers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
      if (!next) break;
      this.#sleepers.delete(next);
      this.#time = Math.max(this.#time, next.due);
      next.wake();
      await settle();
    }
    this.#time = end;
  }
  /** Runs work to its end, letting time pass as it asks for it. */
  async run<T>(work: Promise<T>): Promise<T> {
    const state = { done: false };
    const watched = work.finally(() => (state.done = true));
    watched.catch(() => undefined); // the caller handles it
    for (let step = 0; !state.done && step < 10_000; step += 1) {
      await settle();
      const next = Math.min(...[...this.#sleepers].map(({ due }) => due));
      if (!state.done && Number.isFinite(next)) await this.advance(Math.max(0, next - this.#time));
    }
    return watched;
  }
}

/** Until everything that can go on without time has gone on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise<void>((resolve) => setTimeout(resolve, 0));
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** One scripted answer of upstream, or a fault of the wire. */
export type Script =
  | { status?: number; headers?: Readonly<Record<string, string>>; body?: unknown; text?: string }
  | TransportFault;

/** An upstream that answers from a script and remembers what it was asked. */
export class ScriptedTransport implements Transport {
  readonly requests: TransportRequest[] = [];
  readonly #answer: (request: TransportRequest, count: number) => Script | Promise<Script>;

  constructor(answer: Script[] | ((request: TransportRequest, count: number) => Script | Promise<Script>)) {
    this.#answer = Array.isArray(answer) ? (_request, count) => answer[Math.min(count, answer.length - 1)] ?? {} : answer;
  }
  async send(request: TransportRequest): Promise<TransportAnswer> {
    this.requests.push(request);
    const script = await this.#answer(request, this.requests.length - 1);
    if (request.signal.aborted) throw new TransportFailure('aborted');
    if (typeof script === 'string') throw new TransportFailure(script);
    const headers = new Map(Object.entries(script.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    const text = script.text ?? (script.body === undefined ? '' : JSON.stringify(script.body));
    return {
      status: script.status ?? 200,
      header: (name) => headers.get(name) ?? null,
      body: chunksOf(new TextEncoder().encode(text), 7_000),
      discard: () => undefined,
    };
  }
  async close(): Promise<void> {}
  get paths(): string[] {
    return this.requests.map(({ url }) => url.replace('https://upstream.example', ''));
  }
}

export async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export const envelope = (result: unknown, info?: object) => ({
  success: true,
  errors: [],
  messages: [],
  result,
  ...(info ? { result_info: info } : {}),
});

export const failureEnvelope = (code: number, message = 'words of upstream') => ({
  success: false,
  errors: [{ code, message }],
  messages: [],
  result: null,
});

export const secrets = {
  token: 'cfut_CANARYtoken0123456789abcdefghijklmnopqrst',
  key: 'cfk_CANARYkey0123456789abcdefghijklmnopqrstuv',
};

/** A client on a scripted upstream, with time under control. */
export function scriptedUpstream(transport: Transport, more: Partial<UpstreamOptions> = {}) {
  const clock = new ManualClock();
  const upstream = createUpstream({
    baseUrl: 'https://upstream.example/client/v4',
    credentials: new CredentialBox({
      token: new Secret(secrets.token),
      key: { email: 'owner@example.com', key: new Secret(secrets.key) },
    }),
    transport,
    clock,
    log: silentLog,
    random: () => 0.5,
    ...more,
  });
  return { upstream, clock };
}
