// The built product on the sandbox, as its administrator sees it in a real browser.
import { join } from 'node:path';
import { findBrowser } from '../browser.mjs';
import { signIn, startProgram, withFolder } from './product.mjs';

/**
 * @typedef {object} Visit
 * @property {Awaited<ReturnType<typeof startProgram>>} product
 * @property {string} url
 * @property {readonly { id: string, name: string }[]} nodes Organizations, the root first.
 * @property {() => Promise<import('@playwright/test').Page>} newPage A page of a signed-in browser that has nothing cached.
 */

/** Starts, signs in, works, and takes everything down. @param {string} profile @param {(visit: Visit) => Promise<void>} work */
export async function inBrowser(profile, work) {
  const { chromium } = await import('@playwright/test');
  await withFolder(async (folder) => {
    const product = await startProgram(
      'main.js',
      { PORT: '0', SANDBOX_PORT: '0', SANDBOX_PROFILE: profile, CANOPY_DATA_DIR: folder },
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
      const newPage = async () => {
        const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
        await page.request.post(`${url}/api/canopy/session`, {
          data: { identity: 'admin' },
          headers: { 'x-canopy': '1', origin: new URL(url).origin },
        });
        return page;
      };
      await work({ product, url, nodes: hierarchy.result.nodes, newPage });
    } finally {
      await browser.close();
      await product.stop();
    }
  });
}

/** Bytes of JavaScript in use after everything that can go has gone, in MB. @param {import('@playwright/test').Page} page */
export async function heapOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1e6;
}
