// Memory of the browser while somebody scrolls through the longest audit log of the demo, nearly ten thousand events.
import { heapOf, inBrowser } from './in-browser.mjs';
import { tell } from './product.mjs';

const busiest = 'Redfern Systems';
const halfway = 5_000;

export async function measureAudit() {
  await inBrowser('demo', async ({ url, nodes, newPage }) => {
    const id = nodes.find(({ name }) => name === busiest)?.id;
    const page = await newPage();
    await page.goto(`${url}/o/${id}/audit?range=18mo`);
    const grid = page.getByRole('grid', { name: 'Events' });
    await grid.getByRole('row').nth(5).waitFor();
    const loaded = page.getByText(/^[\d,]+ events? (loaded|in this range)$/);
    const read = async () => Number.parseInt((await loaded.innerText()).replaceAll(',', ''), 10);

    const heap = () => heapOf(page);
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
    const events = (/** @type {number} */ count) => `${count.toLocaleString('en')} events read`;
    tell(events(before.events), `${before.heap.toFixed(1)} MB of heap`);
    for (const step of steps) tell(events(step.events), `${step.heap.toFixed(1)} MB of heap`);
    tell('row elements in the page, at most', `${rows}`);
    tell('scrolling took', `${((performance.now() - began) / 1000).toFixed(1)} s`);
  });
}
