import { loadWebFiles } from '../bff/node/web-files.ts';
import { exitOnProblem, untilAskedToStop } from './process.ts';
import { builtWeb, startCanopy } from './start.ts';

/** `npm start`: the built product. */
try {
  const running = await startCanopy(process.env, await loadWebFiles(builtWeb(import.meta.dirname)), console.log);
  await untilAskedToStop(() => running.close());
} catch (error) {
  exitOnProblem(error);
}
