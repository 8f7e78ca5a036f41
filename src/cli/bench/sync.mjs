// Reading 13 months of the demo's usage, the sandbox in a process of its own so that the memory is the BFF's alone.
import { ms, percentile, signIn, startProgram, withFolder } from './product.mjs';

export async function measureSync() {
  await withFolder(async (folder) => {
    const sandbox = await startProgram(
      'sandbox.js',
      { SANDBOX_PORT: '0', CANOPY_DATA_DIR: `${folder}/sandbox` },
      /Sandbox ready at ([^\s,]+)/,
    );
    const bff = await startProgram(
      'main.js',
      {
        PORT: '0',
        CANOPY_DATA_DIR: `${folder}/bff`,
        CLOUDFLARE_BASE_URL: sandbox.match[1] ?? '',
        CLOUDFLARE_API_TOKEN: 'sandbox-token',
        CLOUDFLARE_EMAIL: 'sandbox@example.com',
        CLOUDFLARE_API_KEY: 'sandbox-key',
      },
      /Canopy ready at (\S+)/,
    );
    try {
      const url = bff.match[1] ?? '';
      const code = /[?&]code=([\w-]+)/.exec(bff.lines.join('\n'))?.[1];
      const headers = await signIn(url, { code });
      const began = performance.now();
      let state = await read(`${url}/api/canopy/spend`, headers);
      while (state.sync.status !== 'idle' || state.sync.finishedAt === null) {
        await new Promise((resolve) => setTimeout(resolve, 2000));
        state = await read(`${url}/api/canopy/spend`, headers);
      }
      const seconds = (performance.now() - began) / 1000;
      const records = state.days.reduce(
        (/** @type {number} */ sum, /** @type {{ records: number }} */ day) => sum + day.records,
        0,
      );
      console.log(
        `  ${'13 months read'.padEnd(44)} ${records} records in ${seconds.toFixed(0)} s, ${state.failures.length} failures`,
      );
      console.log(`  ${'peak memory of the BFF'.padEnd(44)} ${bff.peakMegabytes().toFixed(0)} MB (budget 250 MB)`);
      for (const groupBy of ['family', 'account', 'metric']) {
        const question = {
          descendants: true,
          measure: { kind: 'cost', column: 'BilledCost', currency: 'USD' },
          from: state.firstDay,
          to: state.today,
          granularity: 'month',
          groupBy,
          filters: [],
          top: 8,
          compare: null,
        };
        const times = [];
        for (let turn = 0; turn < 9; turn++) {
          const asked = performance.now();
          const answer = await fetch(`${url}/api/canopy/spend/query`, {
            method: 'POST',
            headers: { ...headers, 'content-type': 'application/json', origin: new URL(url).origin },
            body: JSON.stringify(question),
          });
          if (!answer.ok) throw new Error(await answer.text());
          await answer.arrayBuffer();
          times.push(performance.now() - asked);
        }
        console.log(`  ${`all of it by ${groupBy} and month, over HTTP`.padEnd(44)} median ${ms(percentile(times, 0.5))}`);
      }
    } finally {
      await bff.stop();
      await sandbox.stop();
    }
  });
}

/** @param {string} address @param {Record<string, string>} headers */
async function read(address, headers) {
  const answer = await fetch(address, { headers });
  const body = await answer.json();
  if (!answer.ok) throw new Error(JSON.stringify(body));
  return body.result;
}
