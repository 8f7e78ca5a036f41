// The organization tree with 25,000 nodes, in a real browser.
import { inBrowser } from './in-browser.mjs';
import { ms, percentile, tell } from './product.mjs';

/**
 * Types one letter where the focus is; how long the browser is busy with it, in milliseconds.
 * @param {string} letter
 */
async function keystroke(letter) {
  const field = /** @type {HTMLInputElement} */ (document.activeElement);
  const began = performance.now();
  // as typing does: the framework watches the setter of the element itself
  Reflect.set(HTMLInputElement.prototype, 'value', field.value + letter, field);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  // the work of a keystroke ends when the browser is free again
  await new Promise((resolve) => setTimeout(resolve));
  return performance.now() - began;
}

export async function measureTree() {
  await inBrowser('distributor-max', async ({ product, url, nodes, newPage }) => {
    tell('distributor-max, first start', `${product.seconds.toFixed(1)} s to ready`);
    const page = await newPage();
    await page.addInitScript(() => {
      const tasks = /** @type {number[]} */ ([]);
      Object.assign(globalThis, { longTasks: tasks });
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
        type: 'longtask',
      });
    });
    const answered = page.waitForResponse((response) => response.url().endsWith('/api/canopy/hierarchy'));
    await page.goto(`${url}/o/${nodes[0]?.id}/organizations`);
    await (await answered).finished();
    const atAnswer = performance.now();
    await page.getByRole('row').nth(5).waitFor();
    tell('rows after the answer', `${ms(performance.now() - atAnswer)} (budget 1 s)`);

    const grid = page.getByRole('treegrid');
    await page.waitForFunction(() => document.querySelector('[role=treegrid]')?.getAttribute('aria-busy') !== 'true');
    const search = page.getByRole('searchbox').first();
    // whoever goes to the field is about to search, which reads the accounts of all organizations
    const accounts = page.waitForResponse((response) => response.url().includes('/api/canopy/accounts'));
    const entered = performance.now();
    await search.click();
    await (await accounts).finished();
    tell('every account, after the field is entered', ms(performance.now() - entered));
    const keystrokes = async () => {
      const times = [];
      for (const letter of 'marine') times.push(await page.evaluate(keystroke, letter));
      return times;
    };
    const first = await keystrokes();
    await search.fill('');
    await page.waitForTimeout(500);
    await search.click();
    for (const [name, [opening = 0, ...later]] of Object.entries({
      'first search': first,
      'second search': await keystrokes(),
    }))
      tell(
        `a keystroke, ${name}`,
        `first ${ms(opening)}, later median ${ms(percentile(later, 0.5))}, longest ${ms(Math.max(...later))} (budget 50 ms)`,
      );
    await search.fill('');

    await page.evaluate(() => void ((/** @type {any} */ (globalThis).longTasks.length = 0)));
    const box = await grid.boundingBox();
    await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
    let rows = 0;
    for (let turn = 0; turn < 60; turn++) {
      await page.mouse.wheel(0, 1200);
      rows = Math.max(rows, await page.getByRole('row').count());
    }
    const longest = await page.evaluate(() => Math.max(0, .../** @type {any} */ (globalThis).longTasks));
    tell('row elements in the page', `${rows} (budget 80)`);
    tell('longest task while scrolling', longest === 0 ? 'none over 50 ms' : ms(longest));
  });
}
