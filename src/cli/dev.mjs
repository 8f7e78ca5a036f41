// `npm run dev`: the whole product with hot reload. Pages reload in place; a change of the server starts it again.
import { createServer } from 'vite';

const vite = await createServer({
  appType: 'spa',
  server: { middlewareMode: true, hmr: { port: Number(process.env['PORT'] ?? 4400) + 1000 } },
});
const environment = /** @type {import('vite').RunnableDevEnvironment} */ (vite.environments['ssr']);

/** @type {{ close(): Promise<void> } | null} */
let running = null;
/** @type {Promise<void>} */
let turn = Promise.resolve();

async function start() {
  try {
    const { startCanopy } = await environment.runner.import('/src/cli/start.ts');
    running = await startCanopy(process.env, vite.middlewares, console.log);
  } catch (error) {
    const { problemWords } = await environment.runner.import('/src/cli/process.ts');
    console.error(problemWords(error));
  }
}

async function restart() {
  await running?.close();
  running = null;
  environment.runner.clearCache();
  await start();
}

/** @type {NodeJS.Timeout | undefined} */
let soon;
vite.watcher.on('change', (file) => {
  if (!/\/src\/(bff|sandbox|contract|cli)\//.test(file) || file.endsWith('.test.ts')) return;
  clearTimeout(soon);
  soon = setTimeout(() => {
    console.log(`${file} changed; starting again`);
    turn = turn.then(restart);
  }, 200);
});

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.on(signal, () => {
    turn = turn.then(async () => {
      await running?.close();
      await vite.close();
      process.exit(0);
    });
  });
}
await start();
