// How soon a list page stands, in a browser that has nothing cached: first paint, its rows, and what it asked for.
import { heapOf, inBrowser } from './in-browser.mjs';
import { ms, percentile, tell } from './product.mjs';

const rounds = 5;
const pages = { organizations: 'treegrid', accounts: 'grid', members: 'grid', audit: 'grid' };
/** A slow machine on a slow line: 10 Mbit/s, 40 ms. */
const slowLine = { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000 };
const ways = { plain: { slowdown: 1, budget: '700 ms' }, slow: { slowdown: 4, budget: '2.2 s' } };

export async function measurePaint() {
  await inBrowser('demo', async ({ url, nodes, newPage }) => {
    for (const [name, role] of Object.entries(pages))
      for (const [way, { slowdown, budget }] of Object.entries(ways)) {
        const paints = [];
        const rows = [];
        let seen = { requests: 0, heap: 0, elements: 0 };
        for (let round = 0; round < rounds; round++) {
          const page = await newPage();
          const session = await page.context().newCDPSession(page);
          await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
          if (slowdown > 1) {
            await session.send('Network.enable');
            await session.send('Network.emulateNetworkConditions', slowLine);
          }
          let requests = 0;
          page.on('request', () => requests++);
          const began = performance.now();
          await page.goto(`${url}/o/${nodes[0]?.id}/${name}`);
          await page.getByRole(/** @type {'grid'} */ (role)).first().getByRole('row').nth(5).waitFor();
          rows.push(performance.now() - began);
          paints.push(
            await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN),
          );
          await page.waitForLoadState('networkidle');
          const elements = await page.evaluate(() => document.querySelectorAll('*').length);
          seen = { requests, heap: await heapOf(page), elements };
          await page.context().close();
        }
        tell(
          `${name}, ${way}: first paint`,
          `median ${ms(percentile(paints, 0.5))}, longest ${ms(Math.max(...paints))} (budget ${budget}); rows ${ms(percentile(rows, 0.5))}`,
        );
        if (way === 'plain')
          tell(
            `${name}: what it asked for`,
            `${seen.requests} requests (budget 20), ${seen.heap.toFixed(1)} MB of heap, ${seen.elements} elements`,
          );
      }
  });
}
