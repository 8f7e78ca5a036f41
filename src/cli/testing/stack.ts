import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../bff/node/config.ts';
import { startBff } from '../../bff/node/start.ts';
import type { RunningBff } from '../../bff/node/start.ts';
import type { WebFile, WebFiles } from '../../bff/serve-files.ts';
import type { IdentityRecord } from '../../bff/session/identities.ts';
import { Secret } from '../../bff/upstream/secret.ts';
import { listAllAccounts, listAllMembers } from '../../contract/canopy/hierarchy.ts';
import { signIn } from '../../contract/canopy/session.ts';
import { identitiesOf } from '../../sandbox/identities.ts';
import type { FaultRule } from '../../sandbox/faults/rules.ts';
import type { LoggedRequest } from '../../sandbox/request-log.ts';
import type { SwitchChange } from '../../sandbox/switches.ts';
import { startSandbox } from '../../sandbox/server.ts';
import type { Sandbox, SandboxOptions } from '../../sandbox/server.ts';
import { TestClock } from './test-clock.ts';
import { Visitor } from './visitor.ts';

interface StackOptions {
  profile?: SandboxOptions['profile'];
  /** More variables for the backend's configuration. */
  environment?: Readonly<Record<string, string>>;
  /** Leaves out a kind of credential. */
  without?: 'token' | 'key';
  /** Other people to sign in as; null for sign-in by link. */
  identities?: readonly IdentityRecord[] | null;
  /** True lets the backend read before it is asked: the tree for the sign-in page, usage for spend. */
  readsAhead?: boolean;
  /** Another upstream than the sandbox. */
  upstreamBaseUrl?: string;
}

const credentials = { token: 'sandbox-token-of-the-tests', email: 'sandbox@example.com', key: 'sandbox-key-of-the-tests' };

/** The real backend on the real sandbox, on free ports, in a folder of its own, with a clock that is moved by hand. */
export class Stack {
  readonly clock: TestClock;
  readonly dataDir: string;
  /** The lines of the backend's log. */
  readonly log: string[] = [];
  /** What the backend said to whoever started it. */
  readonly said: string[] = [];
  readonly credentials = credentials;
  readonly #options: StackOptions;
  #sandbox: Sandbox;
  #bff: RunningBff | null = null;

  private constructor(options: StackOptions, dataDir: string, clock: TestClock, sandbox: Sandbox) {
    this.#options = options;
    this.dataDir = dataDir;
    this.clock = clock;
    this.#sandbox = sandbox;
  }

  static async start(options: StackOptions = {}): Promise<Stack> {
    const dataDir = await mkdtemp(join(tmpdir(), 'canopy-test-'));
    const clock = new TestClock();
    const sandbox = await startSandbox({
      host: '127.0.0.1',
      port: 0,
      dataDir,
      profile: options.profile ?? 'tiny',
      seed: 1,
      now: () => clock.now(),
      fixedNow: true,
      credentials,
      log: () => undefined,
    });
    const stack = new Stack(options, dataDir, clock, sandbox);
    await stack.startBff();
    return stack;
  }

  get bff(): RunningBff {
    if (!this.#bff) throw new Error('the backend has been stopped');
    return this.#bff;
  }
  /** Where people open Canopy. */
  get origin(): string {
    return this.bff.url;
  }
  /** Where the sandbox's own controls are. */
  get sandboxOrigin(): string {
    return new URL(this.#sandbox.url).origin;
  }

  /** Starts the backend, or starts it again on the same data. */
  async startBff(): Promise<void> {
    const { environment, without, identities, upstreamBaseUrl, profile = 'tiny', readsAhead = false } = this.#options;
    this.#bff = await startBff({
      config: readConfig({
        PORT: '0',
        CANOPY_DATA_DIR: this.dataDir,
        CANOPY_LOG: 'info',
        // with a call for each day the request budget would be used up, and it fills only when the clock is moved
        CANOPY_USAGE_DAYS_PER_CALL: '30',
        ...environment,
      }),
      upstreamBaseUrl: upstreamBaseUrl ?? this.#sandbox.url,
      credentials: {
        token: without === 'token' ? null : new Secret(credentials.token),
        key: without === 'key' ? null : { email: credentials.email, key: new Secret(credentials.key) },
      },
      identities: identities === undefined ? identitiesOf(profile, 1) : identities,
      web: emptyWeb,
      clock: this.clock,
      readsAhead,
      say: (line) => void this.said.push(line),
      writeLog: (line) => this.#noted(line),
    });
  }
  /** What the backend did not expect is shown: the answer that a test fails with says no more than `internal`. */
  #noted(line: string): void {
    this.log.push(line);
    if (line.includes('"failed unexpectedly"')) console.error(line);
  }
  async stopBff(): Promise<void> {
    const running = this.bff;
    this.#bff = null;
    await running.close();
  }

  /** Someone who is not signed in. */
  stranger(): Visitor {
    return new Visitor(this.origin, null);
  }
  /** Signs in as one of the sandbox's people: admin, viewer, auditor, billing or partner. */
  async signIn(identity: string): Promise<Visitor> {
    const { headers } = await this.stranger().ask(signIn, { body: { identity } });
    return new Visitor(this.origin, headers.get('set-cookie')?.split(';')[0] ?? null);
  }

  /** The same person's browser, after the backend was started again. */
  returning({ cookie }: Visitor): Visitor {
    return new Visitor(this.origin, cookie);
  }

  /** Lets the backend read the tree and every list in it, so that nothing more is read in the background. */
  async readAhead(): Promise<void> {
    const admin = await this.signIn('admin');
    for (const row of [listAllAccounts, listAllMembers]) {
      const { pending } = (await admin.ask<typeof listAllAccounts | typeof listAllMembers>(row)).result.coverage;
      if (pending > 0) throw new Error(`${pending} lists are still being read`);
    }
  }

  /** What reached the sandbox's API after a sequence number. */
  async requestsSince(sequence: number): Promise<{ last: number; requests: LoggedRequest[] }> {
    return (await this.#control('GET', `/requests?since=${sequence}`)) as { last: number; requests: LoggedRequest[] }; // the control's own shape
  }
  /** The number of the newest request that reached the sandbox. */
  async mark(): Promise<number> {
    return (await this.requestsSince(999_999_999)).last;
  }
  /** Makes the sandbox misbehave. */
  async addFault(rule: FaultRule): Promise<void> {
    await this.#control('POST', '/faults', rule);
  }
  async clearFaults(): Promise<void> {
    await this.#control('DELETE', '/faults');
  }

  /** Changes how the sandbox behaves. */
  async behave(change: SwitchChange): Promise<void> {
    await this.#control('POST', '/options', change);
  }

  async #control(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.sandboxOrigin}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  async close(): Promise<void> {
    await this.#bff?.close();
    await this.#sandbox.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

function fileOf(text: string, contentType: string, immutable: boolean): WebFile {
  const bytes = new TextEncoder().encode(text);
  return { contentType, immutable, etag: `"${text.length}"`, compressible: false, bytes: async () => bytes };
}

/** A page and a script, in the place of the built web app. */
const emptyWeb: WebFiles = {
  index: fileOf('<!doctype html><title>Canopy</title>', 'text/html; charset=utf-8', false),
  files: new Map([['/assets/app-abc123.js', fileOf('export {};', 'text/javascript; charset=utf-8', true)]]),
};
