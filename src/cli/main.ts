import { readConfig } from '../bff/node/config.ts';
import { loadWebFiles } from '../bff/node/web-files.ts';
import { readArguments } from './arguments.ts';
import { configWords } from './config-words.ts';
import { exitOnProblem, takeEnvironment, untilAskedToStop } from './process.ts';
import { builtWeb, startCanopy } from './start.ts';

/** `npm start`: the built product. */
try {
  process.umask(0o077); // what Canopy keeps is for its own user
  const { checkConfig } = readArguments(process.argv.slice(2));
  const environment = takeEnvironment();
  if (checkConfig) {
    for (const line of configWords(readConfig(environment))) console.log(line);
    process.exit(0);
  }
  const running = await startCanopy(environment, await loadWebFiles(builtWeb(import.meta.dirname)), console.log);
  process.on('SIGHUP', () => void running.reload());
  await untilAskedToStop(() => running.close());
} catch (error) {
  exitOnProblem(error);
}
