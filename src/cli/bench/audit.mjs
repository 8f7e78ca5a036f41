// Memory of the browser while somebody scrolls through the longest audit log of the demo, nearly ten thousand events.
import { join } from 'node:path';
import { findBrowser } from '../browser.mjs';
import { signIn, startProgram, withFolder } from './product.mjs';

const busiest = 'Redfern Systems';
const halfway = 5_000;

export async function measureAudit() {
  const { chromium } = await import('@playwright/test');
  await withFolder(async (folder) => {
    const product = await startProgram(
      'main.js',
      { PORT: '0', SANDBOX_PORT: '0', SANDBOX_PROFILE: 'demo', CANOPY_DATA_DIR: folder },
      /Canopy ready at (\S+)/,
    );
    const browser = await chromium.launch({
      executablePath: await findBrowser(join(import.meta.dirname, '../../..')),
      args: process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'],
    });
    try {
      const url = product.match[1] ?? '';
      const headers = await signIn(url, { identity: 'admin' });
      const hierarchy = await (await fetch(`${url}/api/canopy/hierarchy`, { headers })).json();
      const { id } = hierarchy.result.nodes.find((/** @type {{ name: string }} */ { name }) => name === busiest);
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.request.post(`${url}/api/canopy/session`, {
        data: { identity: 'admin' },
        headers: { 'x-canopy': '1', origin: new URL(url).origin },
      });
      await page.goto(`${url}/o/${id}/audit?range=18mo`);
      const grid = page.getByRole('grid', { name: 'Events' });
      await grid.getByRole('row').nth(5).waitFor();
      const loaded = page.getByText(/^[\d,]+ events? (loaded|in this range)$/);
      const read = async () => Number.parseInt((await loaded.innerText()).replaceAll(',', ''), 10);

      const session = await page.context().newCDPSession(page);
      await session.send('Performance.enable');
      /** Bytes in use after everything that can go has gone, in MB. */
      const heap = async () => {
        await session.send('HeapProfiler.collectGarbage');
        const { metrics } = await session.send('Performance.getMetrics');
        return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1e6;
      };
      const before = { heap: await heap(), events: await read() };
      const began = performance.now();
      let rows = 0;
      const box = await grid.boundingBox();
      await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
      /** @type {{ heap: number, events: number }[]} */
      const steps = [];
      const whole = page.getByText(/^[\d,]+ events in this range$/);
      for (const isThere of [async () => (await read()) >= halfway, () => whole.isVisible()]) {
        while (!(await isThere())) {
          await page.mouse.wheel(0, 6_000);
          rows = Math.max(rows, await grid.getByRole('row').count());
        }
        steps.push({ heap: await heap(), events: await read() });
      }
      const line = (/** @type {string} */ name, /** @type {string} */ value) => console.log(`  ${name.padEnd(44)} ${value}`);
      const events = (/** @type {number} */ count) => `${count.toLocaleString('en')} events read`;
      line(events(before.events), `${before.heap.toFixed(1)} MB of heap`);
      for (const step of steps) line(events(step.events), `${step.heap.toFixed(1)} MB of heap`);
      line('row elements in the page, at most', `${rows}`);
      line('scrolling took', `${((performance.now() - began) / 1000).toFixed(1)} s`);
    } finally {
      await browser.close();
      await product.stop();
    }
  });
}
