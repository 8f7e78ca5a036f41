import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings, type ServerType } from '@hono/node-server';
import { type ApiParts, answerApi } from './api.ts';
import type { Credentials } from './auth.ts';
import { controls } from './control.ts';
import { FaultRegister } from './faults/register.ts';
import { Lag } from './lag.ts';
import { RateLimiter } from './rate-limit.ts';
import { RequestLog } from './request-log.ts';
import { apiPrefix } from './router.ts';
import type { SandboxProfile } from './seed/profile.ts';
import { openStore } from './store/open.ts';
import { changed, defaultSwitches } from './switches.ts';
import { Tokens } from './tokens.ts';
import { Turns } from './turns.ts';

export interface SandboxOptions {
  /** A loopback address: the sandbox listens nowhere else. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly dataDir: string;
  readonly profile: SandboxProfile;
  readonly seed: number;
  readonly now: () => number;
  readonly fixedNow: boolean;
  readonly credentials: Credentials;
  readonly log: (line: string) => void;
}

export interface Sandbox {
  /** Where the API is, with its prefix. */
  readonly url: string;
  close(): Promise<void>;
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Starts the embedded Cloudflare Organizations API. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  if (!loopback.has(options.host)) throw new Error(`The sandbox listens on loopback only, not on ${options.host}.`);
  const store = await openStore(options);
  const faults = new FaultRegister();
  const requests = new RequestLog();
  const limiter = new RateLimiter(() => performance.now());
  const lag = new Lag(() => performance.now());
  let switches = defaultSwitches;
  const parts: ApiParts = {
    world: {
      store,
      tokens: new Tokens(options.seed),
      lag,
      now: options.now,
      get switches() {
        return switches;
      },
    },
    credentials: options.credentials,
    faults,
    requests,
    limiter,
    writes: new Turns(),
    log: options.log,
  };
  const control = controls({
    faults,
    requests,
    switches: {
      get: () => switches,
      set(change) {
        switches = changed(switches, change);
        if (!switches.rateLimit) limiter.clear();
      },
    },
  });

  const server = createAdaptorServer({
    overrideGlobalObjects: false,
    // the edge takes large headers; connections stay open longer than clients keep them
    serverOptions: { maxHeaderSize: 64 * 1024, keepAliveTimeout: 75_000 },
    fetch(request, env) {
      const bindings = env as HttpBindings; // the listener is HTTP/1.1
      const target = bindings.incoming.url ?? '/';
      if (!isLoopbackHost(request.headers.get('host'))) return new Response('This host is not the sandbox.\n', { status: 421 });
      const isApi = target === apiPrefix || target.startsWith(`${apiPrefix}/`) || target.startsWith(`${apiPrefix}?`);
      return isApi ? answerApi(parts, request, bindings) : control.fetch(request, env);
    },
  });
  try {
    await listening(server, options);
  } catch (error) {
    await store.close();
    throw error;
  }
  const { port } = server.address() as AddressInfo; // a TCP listener has one
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}${apiPrefix}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
      await lag.finish();
      await store.close();
    },
  };
}

/** Names that lead here and cannot be pointed elsewhere, so that no foreign page can reach in by rebinding a name. */
function isLoopbackHost(host: string | null): boolean {
  return loopback.has((host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, ''));
}

function listening(server: ServerType, { host, port }: SandboxOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
