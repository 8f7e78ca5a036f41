import { readConfig } from '../bff/node/config.ts';
import { requireDataFolder } from '../bff/node/data-folder.ts';
import { startSandbox } from '../sandbox/server.ts';
import { requireNoArguments } from './arguments.ts';
import { exitOnProblem, takeEnvironment, untilAskedToStop } from './process.ts';

/** `npm run sandbox`: the sandbox alone, for the SDK, curl or Terraform. */
try {
  requireNoArguments(process.argv.slice(2));
  const { dataDir, sandbox } = readConfig(takeEnvironment());
  await requireDataFolder(dataDir);
  const running = await startSandbox({
    host: '127.0.0.1',
    port: sandbox.port,
    dataDir,
    profile: sandbox.profile,
    seed: sandbox.seed,
    now: () => sandbox.now ?? Date.now(),
    fixedNow: sandbox.now !== null,
    credentials: sandbox.credentials,
    log: console.log,
  });
  console.log(`Sandbox ready at ${running.url}, with the data of "${sandbox.profile}". Nothing here reaches Cloudflare.`);
  console.log(
    `It accepts the API token "${sandbox.credentials.token}", or the e-mail "${sandbox.credentials.email}" with the key "${sandbox.credentials.key}".`,
  );
  await untilAskedToStop(() => running.close());
} catch (error) {
  exitOnProblem(error);
}
