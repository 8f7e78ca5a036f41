import { createCapability } from '../bff/capabilities/capability.ts';
import { systemClock } from '../bff/node/clock.ts';
import { readConfig } from '../bff/node/config.ts';
import { createLog } from '../bff/node/log.ts';
import { createTransport } from '../bff/node/transport.ts';
import { createUpstream } from '../bff/upstream/client.ts';
import { CredentialBox } from '../bff/upstream/credentials.ts';
import type { Probe } from '../contract/canopy/capabilities.ts';
import { requireNoArguments } from './arguments.ts';
import { examineLedger } from './examine-ledger.ts';
import { exitOnProblem, takeEnvironment } from './process.ts';

const outcomeWords: Readonly<Record<Probe['outcome'], string>> = {
  works: 'works',
  refused: 'REFUSED',
  failed: 'FAILED',
  unavailable: 'unavailable',
  'not-probed': 'not probed',
};

/** `npm run doctor`: whether the ledger is as Canopy left it, and what the configured credential can do. It only reads. */
try {
  requireNoArguments(process.argv.slice(2));
  const config = readConfig(takeEnvironment());
  const { baseUrl, credentials } = config.cloudflare;
  const ledger = await examineLedger(config.dataDir);
  console.log(`${ledger.words}\n`);
  if (!credentials) {
    console.error(
      'No credential is configured. Set CLOUDFLARE_API_TOKEN, or CLOUDFLARE_EMAIL and CLOUDFLARE_API_KEY (or their _FILE forms), and run this again.',
    );
    process.exit(1);
  }
  const log = createLog(config.logLevel);
  const clock = systemClock;
  const transport = createTransport();
  const upstream = createUpstream({ baseUrl, credentials: new CredentialBox(credentials), transport, clock, log });
  const upstreamHost = new URL(baseUrl).host;
  const capability = createCapability({
    frame: { mode: 'cloudflare', publicUrl: new URL('http://127.0.0.1'), upstreamHost },
    upstream,
    clock,
    credentials: () => credentials,
  });
  console.log(
    `Asking ${upstreamHost} with ${[credentials.token && 'an API token', credentials.key && 'an e-mail and Global API key'].filter(Boolean).join(' and ')}.\n`,
  );
  const { probes } = await capability.doctor({ requestId: crypto.randomUUID(), priority: 'interactive' });
  for (const probe of probes) console.log(lineOf(probe));
  await transport.close();
  const isWell = ledger.isWell && probes.every(({ outcome }) => outcome !== 'refused' && outcome !== 'failed');
  process.exitCode = isWell ? 0 : 1;
} catch (error) {
  exitOnProblem(error);
}

function lineOf({ title, outcome, status, errors, rayId, duration, reason }: Probe): string {
  const said = errors.map(({ code, message }) => `${code ?? ''} ${message ?? ''}`.trim()).join('; ');
  const facts = [
    status && `HTTP ${status}`,
    said,
    rayId && `Ray ID ${rayId}`,
    duration !== null && `${Math.round(duration)} ms`,
    outcome === 'works' ? null : reason,
  ];
  return `${outcomeWords[outcome].padEnd(12)} ${title.padEnd(36)} ${facts.filter(Boolean).join(', ')}`;
}
