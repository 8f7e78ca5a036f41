import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BodyOf, type Endpoint, type ParamsOf, pathOf, type QueryOf, type ResultOf } from '../contract/endpoint.ts';
import type { ResultInfo, UpstreamMessage } from '../contract/envelope.ts';
import { writeQuery } from '../contract/query.ts';
import type { ActiveRule, FaultReport, FaultRule } from './faults/rules.ts';
import type { LoggedRequest } from './request-log.ts';
import type { SandboxProfile } from './seed/profile.ts';
import { startSandbox } from './server.ts';
import type { SwitchChange } from './switches.ts';

export const testCredentials = { token: 'sandbox-token', email: 'sandbox@example.com', key: 'sandbox-key' };

/** Noon of a day in the middle of a month. */
export const testNow = Date.UTC(2026, 9, 15, 12);

export const asKey = { 'x-auth-email': testCredentials.email, 'x-auth-key': testCredentials.key };
export const asToken = { authorization: `Bearer ${testCredentials.token}` };

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface Refused extends RawAnswer {
  readonly errors: readonly UpstreamMessage[];
}

export interface Answered<T> extends RawAnswer {
  readonly result: T;
  readonly info: ResultInfo;
}

type Input<E extends Endpoint> = (keyof E['params'] extends never ? { params?: ParamsOf<E> } : { params: ParamsOf<E> }) & {
  query?: QueryOf<E>;
  /** Parameters that the contract does not have. */
  search?: string;
  body?: BodyOf<E> | object;
  headers?: Record<string, string>;
};

/** A sandbox of its own for one test file, with typed ways to talk to it. */
export class SandboxUnderTest {
  readonly url: string;
  readonly origin: string;
  /** What it logged. */
  readonly lines: readonly string[];
  readonly #close: () => Promise<void>;

  private constructor(url: string, lines: readonly string[], close: () => Promise<void>) {
    this.url = url;
    this.origin = new URL(url).origin;
    this.lines = lines;
    this.#close = close;
  }

  static async start(profile: SandboxProfile = 'tiny'): Promise<SandboxUnderTest> {
    const dataDir = await mkdtemp(join(tmpdir(), 'canopy-sandbox-'));
    const lines: string[] = [];
    const sandbox = await startSandbox({
      host: '127.0.0.1',
      port: 0,
      dataDir,
      profile,
      seed: 1,
      now: () => testNow,
      fixedNow: true,
      credentials: testCredentials,
      log: (line) => void lines.push(line),
    });
    return new SandboxUnderTest(sandbox.url, lines, async () => {
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    });
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Any request to the API; the key is sent unless headers are given. */
  async raw(method: string, path: string, init: { headers?: Record<string, string>; body?: unknown } = {}): Promise<RawAnswer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...(init.headers ?? asKey), ...(init.body !== undefined && { 'content-type': 'application/json' }) },
      ...(init.body !== undefined && { body: typeof init.body === 'string' ? init.body : JSON.stringify(init.body) }),
      redirect: 'manual',
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  async #send<E extends Endpoint>(row: E, input: Input<E>): Promise<RawAnswer> {
    // rows without parameters need none
    const path = pathOf(row, (input.params ?? {}) as ParamsOf<E>);
    const query = new URLSearchParams([
      ...writeQuery(row.query, (input.query ?? {}) as QueryOf<E>), // the same for rows without a query
      ...new URLSearchParams(input.search),
    ]);
    return this.raw(row.method, `${path}${query.size > 0 ? `?${query}` : ''}`, {
      ...(input.headers && { headers: input.headers }),
      ...(input.body !== undefined && { body: input.body }),
    });
  }

  /** A request that must succeed; its result must have the shape of the contract. */
  async ask<E extends Endpoint>(row: E, input: Input<E>): Promise<Answered<ResultOf<E>>> {
    const answer = await this.#send(row, input);
    if (answer.status >= 300) throw new Error(`${row.name} answered ${answer.status}: ${answer.text}`);
    const envelope = row.result === null ? { result: null } : envelopeIn(answer.text);
    const result = row.result === null ? null : row.result.parse(envelope.result);
    return { ...answer, result: result as ResultOf<E>, info: envelope.result_info ?? {} }; // parsed by the row's own schema
  }

  /** A request that must be refused. */
  async refused<E extends Endpoint>(row: E, input: Input<E>): Promise<Refused> {
    const answer = await this.#send(row, input);
    if (answer.status < 300) throw new Error(`${row.name} answered ${answer.status}: ${answer.text}`);
    return { ...answer, errors: envelopeIn(answer.text).errors ?? [] };
  }

  async #control<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.origin}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as T; // the caller names the shape of this control
  }

  addFault(rule: FaultRule): Promise<ActiveRule> {
    return this.#control('POST', '/faults', rule);
  }
  faults(): Promise<FaultReport> {
    return this.#control('GET', '/faults');
  }
  clearFaults(): Promise<unknown> {
    return this.#control('DELETE', '/faults');
  }
  requestsSince(sequence: number): Promise<{ last: number; requests: LoggedRequest[] }> {
    return this.#control('GET', `/requests?since=${sequence}`);
  }
  set(change: SwitchChange): Promise<unknown> {
    return this.#control('POST', '/options', change);
  }
}

interface LooseEnvelope {
  result?: unknown;
  result_info?: ResultInfo;
  errors?: readonly UpstreamMessage[];
}

const envelopeIn = (text: string) => JSON.parse(text) as LooseEnvelope; // what is wrong with it shows in the assertion
