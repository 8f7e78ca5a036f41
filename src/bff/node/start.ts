import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { createApp } from '../app.ts';
import type { Services } from '../app.ts';
import { createCapability } from '../capabilities/capability.ts';
import { openDatabase } from '../database/open.ts';
import { createExports } from '../exports/exports.ts';
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
import { createViews } from '../views/saved-views.ts';
import { createSpend } from '../spend/spend.ts';
import { createUpstream } from '../upstream/client.ts';
import { watchCredential } from '../upstream-watch.ts';
import { CredentialBox, fingerprints } from '../upstream/credentials.ts';
import type { Credentials } from '../upstream/credentials.ts';
import { standingClock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { requireDataFolder } from './data-folder.ts';
import { newSha256 } from './digest.ts';
import { openImportShelf } from './import-shelf.ts';
import { Heartbeat } from './heartbeat.ts';
import { createLog } from './log.ts';
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
  /** What people type. */
  url: string;
  /** Where it listens. */
  port: number;
  /** The link that signs in, where that is the way. */
  signInLink: string | null;
  /**
   * Works with other credentials from the next request on; what is on its way ends with those it began with. False where
   * they are the same.
   */
  exchangeCredentials(credentials: Credentials): Promise<boolean>;
  close(): Promise<void>;
}

/** Builds every part of the backend, wires them together, and serves. What fails half-way leaves nothing open. */
export async function startBff(options: StartOptions): Promise<RunningBff> {
  const { config } = options;
  await requireDataFolder(config.dataDir);
  const server = await HttpServer.listen(config.host, config.port);
  /** What closes each part, in the order they were opened. */
  const closers = [() => server.close()];
  const closeAll = async () => {
    for (const close of closers.splice(0).toReversed()) await close();
  };
  try {
    const parts = await open(options, config.publicUrl ?? ownUrl(config.host, server.port), closers);
    const { services, link } = parts;
    server.serve(createApp(services), services.frame.publicUrl.protocol === 'https:', parts.page);
    if (options.readsAhead ?? true) {
      if (options.identities) parts.directory.warm();
      services.spend.start();
    }
    return {
      url: services.frame.publicUrl.origin,
      port: server.port,
      signInLink: link?.link ?? null,
      exchangeCredentials: (credentials) => exchange(credentials, parts),
      async close() {
        parts.health.closing = true;
        // what has begun is finished before the parts it stands on are taken away
        await server.close();
        parts.stop.abort();
        await closeAll();
      },
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function open(options: StartOptions, publicUrl: URL, closers: (() => Promise<void>)[]) {
  const { config, credentials, identities, upstreamBaseUrl: baseUrl, web } = options;
  const log = createLog(config.logLevel, options.writeLog);
  const clock = options.clock ?? (identities && config.sandbox.now !== null ? standingClock(config.sandbox.now) : systemClock);
  const frame: Frame = { mode: identities ? 'sandbox' : 'cloudflare', publicUrl, upstreamHost: new URL(baseUrl).host };
  const stop = new AbortController();
  setMaxListeners(0, stop.signal); // everything in the background listens to it

  const database = await openDatabase(join(config.dataDir, 'canopy.duckdb'));
  closers.push(() => database.close());
  const transport = createTransport();
  closers.push(() => transport.close());
  const health = new Heartbeat(database, clock, log);
  const box = new CredentialBox(credentials);
  const client = createUpstream({ baseUrl, credentials: box, transport, clock, log });
  const upstream = watchCredential(client, (isRefused) => (health.credentialRefused = isRefused));
  const directory = new SnapshotDirectory({ upstream, clock, log, stop: stop.signal });
  const { seals, ...ledger } = await openReceipts({
    database,
    upstream,
    directory,
    clock,
    log,
    keyEmail: () => box.current.key?.email ?? null,
    stop: stop.signal,
  });
  health.ledger = seals;
  closers.push(() => ledger.access.close());
  const shelf = await openImportShelf(config.dataDir);
  const spend = createSpend({
    database,
    upstream,
    directory,
    clock,
    log,
    historyStart: null,
    daysPerCall: config.usageDaysPerCall,
    shelf,
    newDigest: newSha256,
  });
  closers.push(() => spend.close());

  const link = identities
    ? null
    : new OneTimeLink(publicUrl, (next) => options.say?.(`That link is used up. The next one: ${next}`));
  const services: Services = {
    clock,
    log,
    frame,
    health,
    sessions: await Sessions.from(databaseShelf(database), clock, log, config.session),
    cookie: new SessionCookie(publicUrl.protocol === 'https:'),
    signIn: link ?? identitySignIn(identities ?? [], directory),
    upstream,
    directory,
    spend,
    views: createViews({ query: database.query, directory, clock }),
    ...ledger,
    capability: createCapability({
      frame,
      upstream,
      clock,
      credentials: () => box.current,
    }),
    web: typeof web === 'function' ? null : web,
    exports: createExports({ upstream, directory, spend, ...ledger, clock, log, newDigest: newSha256, database }),
  };
  return { services, directory, health, link, stop, box, page: typeof web === 'function' ? web : null };
}

async function exchange(credentials: Credentials, { box, services }: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const asked = { before: await fingerprints(box.current), after: await fingerprints(credentials) };
  const sameEmail = box.current.key?.email === credentials.key?.email;
  if (sameEmail && JSON.stringify(asked.before) === JSON.stringify(asked.after)) return false;
  box.exchange(credentials);
  services.log.info(asked, 'credentials exchanged');
  const nowhere = { person: null, came: null, organizationId: null, targetId: null, reason: null };
  const requestId = crypto.randomUUID();
  try {
    await services.access.note({ ...nowhere, kind: 'credentials', operation: 'exchangeCredentials', asked, requestId });
  } catch (error) {
    services.log.error({ err: error }, 'the exchange of credentials could not be written down');
  }
  return true;
}

/** The address Canopy listens at, as one would type it. */
function ownUrl(host: string, port: number): URL {
  return new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}`);
}
