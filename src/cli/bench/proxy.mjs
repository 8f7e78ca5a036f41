// The same read through the BFF and straight from the sandbox, in turn.
import { ms, percentile, signIn, startProgram, tell, withFolder } from './product.mjs';

const reads = 300;

export async function measureProxy() {
  await withFolder(async (folder) => {
    const product = await startProgram(
      'main.js',
      { PORT: '0', SANDBOX_PORT: '0', SANDBOX_PROFILE: 'tiny', CANOPY_DATA_DIR: folder },
      /Canopy ready at (\S+)/,
    );
    try {
      const url = product.match[1] ?? '';
      const sandbox = /Sandbox ready at (\S+)/.exec(product.lines.join('\n'))?.[1] ?? '';
      const headers = await signIn(url, { identity: 'admin' });
      const direct = { 'x-auth-email': 'sandbox@example.com', 'x-auth-key': 'sandbox-key' };
      const path = '/organizations?page_size=100';
      /** @type {{ through: number[], straight: number[] }} */
      const times = { through: [], straight: [] };
      const timed = async (/** @type {string} */ address, /** @type {Record<string, string>} */ sent) => {
        const began = performance.now();
        const answer = await fetch(address, { headers: sent });
        await answer.arrayBuffer();
        if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
        return performance.now() - began;
      };
      for (let turn = 0; turn < reads + 50; turn++) {
        const through = await timed(`${url}/api/cloudflare${path}`, headers);
        const straight = await timed(`${sandbox}${path}`, direct);
        if (turn < 50) continue; // the first ones compile
        times.through.push(through);
        times.straight.push(straight);
      }
      for (const [name, values] of Object.entries(times)) {
        tell(
          name === 'through' ? 'through the BFF' : 'straight from the sandbox',
          `median ${ms(percentile(values, 0.5))}, p99 ${ms(percentile(values, 0.99))}`,
        );
      }
      tell('added at the median', `${ms(percentile(times.through, 0.5) - percentile(times.straight, 0.5))} (budget 2 ms)`);
    } finally {
      await product.stop();
    }
  });
}
