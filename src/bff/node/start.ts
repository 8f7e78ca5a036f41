import { join } from 'node:path';
import { createApp } from '../app.ts';
import type { Services } from '../app.ts';
import { createCapability } from '../capabilities/capability.ts';
import { openDatabase } from '../database/open.ts';
import { SnapshotDirectory } from '../organizations/directory.ts';
import { openReceipts } from '../receipts/open.ts';
import type { WebFiles } from '../serve-files.ts';
import type { Clock, Frame } from '../services.ts';
import { SessionCookie } from '../session/cookie.ts';
import { databaseShelf } from '../session/database-shelf.ts';
import { identitySignIn } from '../session/identities.ts';
import type { IdentityRecord } from '../session/identities.ts';
import { OneTimeLink } from '../session/one-time-link.ts';
import { Sessions } from '../session/sessions.ts';
import { createSpend } from '../spend/spend.ts';
import { createUpstream } from '../upstream/client.ts';
import type { Credentials } from '../upstream/credentials.ts';
import { standingClock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { requireDataFolder } from './data-folder.ts';
import { Heartbeat } from './heartbeat.ts';
import { createLog } from './log.ts';
import { partsToCome } from './parts-to-come.ts';
import { HttpServer } from './server.ts';
import type { NodeMiddleware } from './server.ts';
import { createTransport } from './transport.ts';

export interface StartOptions {
  config: Config;
  /** With `/client/v4`. */
  upstreamBaseUrl: string;
  credentials: Credentials;
  /** Whom one may sign in as, in the sandbox; null: sign-in is a link printed in the terminal. */
  identities: readonly IdentityRecord[] | null;
  /** The built web app, or what serves it while developing. */
  web: WebFiles | NodeMiddleware;
  /** Tells whoever started Canopy something, while it runs. */
  say?: (line: string) => void;
  clock?: Clock;
  /** False keeps Canopy from reading anything before it is asked for; for tests that count requests. */
  readsAhead?: boolean;
  /** Takes the lines of the log; standard error where absent. */
  writeLog?: (line: string) => void;
}

export interface RunningBff {
  url: string;
  /** The link that signs in, where that is the way. */
  signInLink: string | null;
  close(): Promise<void>;
}

/** Builds every part of the backend, wires them together, and serves. */
export async function startBff(options: StartOptions): Promise<RunningBff> {
  const { config, credentials, identities, web } = options;
  const log = createLog(config.logLevel, options.writeLog);
  const clock = options.clock ?? (identities && config.sandbox.now !== null ? standingClock(config.sandbox.now) : systemClock);
  await requireDataFolder(config.dataDir);
  const server = await HttpServer.listen(config.host, config.port);
  try {
    return await build(server);
  } catch (error) {
    await server.close();
    throw error;
  }

  async function build(server: HttpServer): Promise<RunningBff> {
    const publicUrl = config.publicUrl ?? ownUrl(config.host, server.port);
    const https = publicUrl.protocol === 'https:';
    const frame: Frame = {
      mode: identities ? 'sandbox' : 'cloudflare',
      publicUrl,
      upstreamHost: new URL(options.upstreamBaseUrl).host,
    };
    const stop = new AbortController();
    const database = await openDatabase(join(config.dataDir, 'canopy.duckdb'));
    const health = new Heartbeat(database, clock, log);
    const transport = createTransport();
    const upstream = createUpstream({ baseUrl: options.upstreamBaseUrl, credentials, transport, clock, log });
    const directory = new SnapshotDirectory({ upstream, clock, log, stop: stop.signal });
    const spend = createSpend({ database, upstream, directory, clock, log, historyStart: null });
    const keyEmail = credentials.key?.email ?? null;
    const ledger = await openReceipts({ database, upstream, directory, clock, log, keyEmail, stop: stop.signal });
    const link = identities
      ? null
      : new OneTimeLink(publicUrl, (next) => options.say?.(`That link is used up. The next one: ${next}`));
    const services: Services = {
      clock,
      log,
      frame,
      health,
      sessions: await Sessions.from(databaseShelf(database), clock, log),
      cookie: new SessionCookie(https),
      signIn: link ?? identitySignIn(identities ?? [], directory),
      upstream,
      directory,
      spend,
      ...ledger,
      capability: createCapability({
        frame,
        upstream,
        clock,
        credentials: { token: credentials.token !== null, key: credentials.key !== null },
      }),
      web: typeof web === 'function' ? null : web,
      ...partsToCome,
    };
    server.serve(createApp(services), https, typeof web === 'function' ? web : null);
    if (options.readsAhead ?? true) {
      if (identities) directory.warm();
      spend.start();
    }

    return {
      url: publicUrl.origin,
      signInLink: link?.link ?? null,
      async close() {
        health.closing = true;
        await server.close();
        stop.abort();
        await spend.close();
        await transport.close();
        await database.close();
      },
    };
  }
}

/** The address Canopy listens at, as one would type it. */
function ownUrl(host: string, port: number): URL {
  return new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}`);
}
