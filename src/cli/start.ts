import { join } from 'node:path';
import { readConfig } from '../bff/node/config.ts';
import { requireDataFolder } from '../bff/node/data-folder.ts';
import { startBff } from '../bff/node/start.ts';
import type { RunningBff, StartOptions } from '../bff/node/start.ts';
import { Secret } from '../bff/upstream/secret.ts';
import { identitiesOf } from '../sandbox/identities.ts';
import { startSandbox } from '../sandbox/server.ts';
import { problemWords } from './process.ts';

export interface RunningCanopy {
  /** The address to open. */
  url: string;
  /** Reads the credentials again, as after a rotation of their files, and says what came of it. Never fails. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts Canopy as the environment says. Without a Cloudflare credential the embedded sandbox takes Cloudflare's place
 * and is reached over HTTP like any other upstream.
 */
export async function startCanopy(
  environment: Readonly<Record<string, string | undefined>>,
  web: StartOptions['web'],
  say: (line: string) => void,
): Promise<RunningCanopy> {
  const config = readConfig(environment);
  for (const warning of config.warnings) say(warning);
  await requireDataFolder(config.dataDir);
  const { cloudflare, sandbox } = config;
  if (cloudflare.credentials) {
    const bff = await startBff({
      config,
      upstreamBaseUrl: cloudflare.baseUrl,
      credentials: cloudflare.credentials,
      identities: null,
      web,
      say,
    });
    say(`Talking to ${new URL(cloudflare.baseUrl).host} with ${credentialWords(cloudflare.credentials)}.`);
    if (bff.signInLink) say(`Sign in once with this link: ${bff.signInLink}`);
    say(`Canopy ready at ${bff.url}`);
    return { url: bff.url, reload: () => reload(environment, bff, say), close: () => bff.close() };
  }
  const running = await startSandbox({
    host: '127.0.0.1',
    port: sandbox.port,
    dataDir: config.dataDir,
    profile: sandbox.profile,
    seed: sandbox.seed,
    now: () => sandbox.now ?? Date.now(),
    fixedNow: sandbox.now !== null,
    credentials: sandbox.credentials,
    log: say,
  });
  say(
    `No Cloudflare credential is configured: Canopy runs on the embedded sandbox (${sandbox.profile}). Everything in it is invented.`,
  );
  say(`Sandbox ready at ${running.url}`);
  try {
    const { token, email, key } = sandbox.credentials;
    const bff = await startBff({
      config,
      upstreamBaseUrl: running.url,
      credentials: { token: new Secret(token), key: { email, key: new Secret(key) } },
      identities: identitiesOf(sandbox.profile, sandbox.seed),
      web,
    });
    say(`Canopy ready at ${bff.url}`);
    return {
      url: bff.url,
      reload: async () => say('There is no Cloudflare credential to read again: Canopy runs on the embedded sandbox.'),
      close: async () => {
        await bff.close();
        await running.close();
      },
    };
  } catch (error) {
    await running.close();
    throw error;
  }
}

type Environment = Parameters<typeof readConfig>[0];

async function reload(environment: Environment, bff: RunningBff, say: (line: string) => void): Promise<void> {
  try {
    const { cloudflare, warnings } = readConfig(environment);
    for (const warning of warnings) say(warning);
    if (!cloudflare.credentials) say('No credential is configured any more; Canopy goes on with those it has.');
    else if (await bff.exchangeCredentials(cloudflare.credentials)) say('The credentials were exchanged.');
    else say('The credentials are those Canopy already has.');
  } catch (error) {
    say(`The credentials could not be read again, so Canopy goes on with those it has. ${String(problemWords(error))}`);
  }
}

/** Where the built web app stands, beside the built server. */
export const builtWeb = (serverFolder: string): string => join(serverFolder, '../web');

function credentialWords({ token, key }: { token: unknown; key: unknown }): string {
  return token && key ? 'an API token and a Global API key' : token ? 'an API token' : 'a Global API key';
}
