import { readFile } from 'node:fs/promises';
import { unzipped } from '../src/cli/testing/records-file.ts';
import { expect, test } from './test.ts';

const textOf = (files: ReadonlyMap<string, Uint8Array>, name: string) => Buffer.from(files.get(name) ?? []).toString();
const totalOf = (text: string) => /\$[\d,]+\.\d\d/.exec(text)?.[0] ?? '';

test('headline, chart, table and file are one answer', async ({ page, open, usage: _usage, axe }) => {
  await open('/o/root/spend');
  const table = page.getByRole('table', { name: 'By product family' });
  await expect(table.getByRole('row').nth(2)).toBeVisible();
  const total = totalOf(await table.getByRole('row', { name: /^Total/ }).innerText());
  expect(total).toMatch(/^\$[\d,]+\.\d\d$/);
  const headline = page.getByRole('region', { name: 'Headline' });
  await expect(headline).toContainText(total);
  await expect(headline).toContainText('partly estimated');
  await expect(headline).toContainText('30 complete days');
  await expect(headline).toContainText(/Billed\s*\$[\d,]+/);
  await expect(page.getByRole('img', { name: /largest is/ })).toHaveAccessibleName(
    new RegExp(total.replaceAll(/[$.]/g, String.raw`\$&`)),
  );

  await page.getByRole('radio', { name: 'Table' }).click();
  await expect(page.getByRole('table', { name: 'Amounts by date' }).getByRole('row')).toHaveCount(31);
  await page.getByRole('radio', { name: 'Chart' }).click();
  await page.getByRole('slider', { name: /Read the chart/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('slider', { name: /Read the chart/ })).toHaveAttribute('aria-valuetext', /20 Nov.*\$/);

  await axe();
});

test('table, records and chart are taken away as files, after what they hold was said', async ({
  page,
  open,
  usage: _usage,
  axe,
}) => {
  await open('/o/root/spend?per=day&from=2026-11-17&before=2026-11-20');
  await expect(page.getByRole('table', { name: 'By product family' }).getByRole('row').nth(2)).toBeVisible();
  await expect(
    page
      .getByRole('img', { name: /largest is/ })
      .locator('text')
      .first(),
  ).toBeVisible();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  const take = async (what: string, format: string | null, file: RegExp) => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog.getByRole('radio', { name: what }).check();
    if (format !== null) await dialog.getByRole('radio', { name: format, exact: true }).check({ force: true });
    if (what.includes('FOCUS')) await expect(dialog).toContainText(/About [\d.,]+ [kM]B to download/);
    if (format === 'Parquet') await axe(['light']);
    const download = page.waitForEvent('download');
    await dialog.getByRole('button', { name: /^Download/ }).click();
    const taken = await download;
    await expect(dialog).toHaveCount(0);
    expect(taken.suggestedFilename()).toMatch(file);
    return readFile(await taken.path());
  };
  const seen = (await take('Table as seen', null, /^canopy-spend-.*\.csv$/)).toString();
  expect(seen.split('\r\n')[0]).toMatch(/^Product family key,Product family,From,/);
  expect(seen).toContain('Workers');

  const aligned = unzipped(await take('Records, FOCUS-aligned', 'CSV', /^canopy-focus-aligned-csv-.*\.zip$/));
  const [header = '', first = ''] = textOf(aligned, 'cloudflare-usage-focus-aligned.csv').split('\n');
  expect(header).toMatch(/^"?BillingAccountId"?,.*x_SourceFetchedAt$/);
  expect(first).toContain('Usage-Based');
  const metadata = JSON.parse(textOf(aligned, 'metadata.json')) as { missingMandatoryColumns: string[] };
  expect(metadata.missingMandatoryColumns).toContain('ServiceCategory');

  const estimate = unzipped(await take('FOCUS 1.2 estimate', 'Parquet', /^canopy-focus-estimate-parquet-.*\.zip$/));
  expect(textOf(estimate, 'cloudflare-usage-focus-1.2-estimate.parquet').slice(0, 4)).toBe('PAR1');
  expect(textOf(estimate, 'metadata.json')).toContain('"conformant": false');

  const svg = (await take('Chart', 'SVG', /^canopy-spend-.*\.svg$/)).toString();
  expect(svg).toMatch(/^<svg [\s\S]*>Cost per day<[\s\S]*>Workers {2}\$/);
  expect(svg).not.toContain('var(');
  expect((await take('Chart', 'PNG', /^canopy-spend-.*\.png$/)).subarray(1, 4).toString()).toBe('PNG');

  await page.getByRole('radio', { name: 'Table', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Amounts by date' })).toBeVisible();
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(dialog).toContainText('No chart is drawn. Show the chart first.');
});

test('a comparison with days that are not stored is not shown as a change', async ({ page, open, usage: _usage }) => {
  await open('/o/root/spend');
  const headline = page.getByRole('region', { name: 'Headline' });
  await expect(headline).toContainText(/not compared: \d+ of 30 days stored/);
  await expect(page.getByRole('region', { name: 'Largest changes' })).toContainText(/Not compared: \d+ of 30 days stored/);
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption({ label: 'Nothing' });
  await expect(headline).not.toContainText(/not compared: \d+ of 30 days stored/);
  await expect(page.getByRole('columnheader', { name: 'Change' })).toHaveCount(0);
});

test('a metric is shown in its own unit, and a filter narrows everything', async ({ page, open, usage: _usage }) => {
  await open('/o/root/spend');
  const bars = page.getByRole('img', { name: /largest is/ }).locator('rect[fill^="var(--color-chart-"]');
  await expect(bars.first()).toBeVisible();
  await page.getByRole('combobox', { name: 'Group by' }).selectOption({ label: 'Account' });
  await expect(page.getByRole('table', { name: 'By account' }).getByRole('row').nth(2)).toBeVisible();
  // the rest is on top of the stack, whatever was drawn before
  await expect(bars.last()).toHaveAttribute('fill', 'var(--color-chart-others)');
  await page.getByRole('button', { name: /^Cost per day/ }).click();
  await page.getByRole('combobox', { name: 'Search Measure' }).fill('standard requests');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Headline' })).toContainText('Workers Standard Requests');
  const table = page.getByRole('table', { name: 'By account' });
  await expect(table.getByRole('row').nth(2)).toBeVisible();
  const filter = page.getByRole('group', { name: /^Filter: Account is/ });
  await table.getByRole('row').nth(1).getByRole('button').last().click();
  await expect(filter).toBeVisible();
  await page.goBack();
  await expect(filter).toHaveCount(0);
  // what the keyboard presses goes away, and the focus is not lost with it
  await table.getByRole('row').nth(1).getByRole('button').last().press('Enter');
  await expect(filter).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await filter.getByRole('button', { name: 'Remove filter Account' }).press('Enter');
  await expect(filter).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('the tail is opened by name, and what is said of all stays', async ({ page, open, usage: _usage }) => {
  await open('/o/root/spend');
  const table = page.getByRole('table', { name: 'By product family' });
  const total = table.getByRole('row', { name: /^Total/ });
  const before = totalOf(await total.innerText());
  await table.getByRole('button', { name: /^Others \(\d+\)$/ }).click();
  await expect(table.getByRole('button', { name: /^Others/ })).toHaveCount(0);
  await expect(total).toContainText(before);
  await table.getByRole('button', { name: 'Product family' }).click();
  await expect(page).toHaveURL(/sort=/);
  await page.getByRole('button', { name: /^Show the largest/ }).click();
  await expect(table.getByRole('button', { name: /^Others \(\d+\)$/ })).toBeVisible();
});

test('a range is selected in the chart by keys and by dragging, a bar narrows the page and a swatch the chart', async ({
  page,
  open,
  usage: _usage,
}) => {
  await open('/o/root/spend');
  const slider = page.getByRole('slider', { name: /Read the chart/ });
  await slider.focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', /19 Nov.*21 Nov 2026, 3 days selected/);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/from=2026-11-19&before=2026-11-22/);
  await expect(page.getByRole('region', { name: 'Headline' })).toContainText('3 complete days');
  await page.goBack();
  await expect(page.getByRole('region', { name: 'Headline' })).toContainText('30 complete days');

  const plot = page.getByRole('img', { name: /largest is/ });
  await expect(plot.locator('svg')).toBeVisible();
  const box = await plot.boundingBox();
  if (!box) throw new Error('the chart is not drawn');
  // wherever the plot is by then: what is above it may still come
  await plot.hover({ position: { x: box.width * 0.5, y: 30 } });
  await page.mouse.down();
  await plot.hover({ position: { x: box.width * 0.7, y: 40 } });
  await page.mouse.up();
  await expect(page).toHaveURL(/from=2026-11-\d\d&before=2026-11-\d\d/);
  await page.goBack();

  // a bar is its group on its day: the largest is at the bottom
  await expect(page.getByRole('region', { name: 'Headline' })).toContainText('30 complete days');
  await expect(plot.locator('svg')).toBeVisible();
  const whole = page.url();
  await expect(plot.locator('rect[fill^="var(--color-chart-"]').first()).toBeVisible();
  await plot.click({ position: { x: box.width - 26, y: box.height - 40 } });
  await expect(page).toHaveURL(/from=2026-11-21&before=2026-11-22/);
  await expect(page).toHaveURL(/where=family%3Dworkers/);
  await expect(page.getByRole('table', { name: 'By metric' })).toBeVisible();
  // what was under the pointer is drawn anew, and what is read goes with the pointer all the same
  const reading = page.getByRole('figure').getByText('Sat 21 Nov 2026');
  await expect(reading).toBeVisible();
  await page.mouse.move(0, 0);
  await expect(reading).toHaveCount(0);
  await page.goBack();
  await expect(page).toHaveURL(whole);

  await page.getByRole('button', { name: 'Only Workers in the chart' }).click();
  await expect(page.getByText('Only 1 group.')).toBeVisible();
  await expect(page.getByRole('img', { name: /largest is Workers/ })).toBeVisible();
  await page.getByRole('radio', { name: 'Cumulative' }).click();
  await expect(page).toHaveURL(/view=cumulative/);
  await page.getByRole('button', { name: 'Show all', exact: true }).click();
  await expect(page.getByText('Only 1 group.')).toHaveCount(0);
});

test('a view is kept by the server, opened first, and is nothing but its address', async ({ page, open, usage: _usage, axe }) => {
  await open('/o/root/spend?by=metric&compare=none&per=week');
  const views = page.getByRole('dialog', { name: 'Saved views' });
  // a browser of before still holds one
  await page.evaluate(() =>
    localStorage.setItem('canopy.views.spend', JSON.stringify([{ name: 'Of before', search: 'by=region', isDefault: false }])),
  );
  await page.reload();
  await page.getByRole('button', { name: 'Saved views' }).click();
  await views.getByRole('button', { name: 'Delete Of before' }).click();
  await expect(views.getByRole('list', { name: 'Saved views' })).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem('canopy.views.spend'))).toBeNull();
  await views.getByRole('textbox', { name: 'Save what is shown as' }).fill('Metrics by week');
  await page.keyboard.press('Enter');
  await views.getByRole('button', { name: 'Open Metrics by week first' }).click();
  await expect(views.getByRole('button', { name: 'Do not open Metrics by week first' })).toBeVisible();
  await axe();
  await page.goto(new URL(page.url()).pathname);
  await expect(page).toHaveURL(/by=metric/);
  await expect(page.getByRole('table', { name: 'By metric' })).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Week' })).toBeChecked();
  await page.getByRole('combobox', { name: 'Group by' }).selectOption({ label: 'Zone' });
  await page.getByRole('button', { name: 'Saved views' }).click();
  await views.getByRole('button', { name: /^Metrics by week/ }).click();
  await expect(page.getByRole('table', { name: 'By metric' })).toBeVisible();
  await page.getByRole('button', { name: 'Saved views' }).click();
  await views.getByRole('button', { name: 'Delete Metrics by week' }).click();
  await expect(views.getByRole('list', { name: 'Saved views' })).toHaveCount(0);

  // an address that programs may cut is said to be one
  const many = Array.from({ length: 70 }, (_, at) => String(at).padStart(32, '0')).join(',');
  await page.goto(`${new URL(page.url()).pathname}?where=${encodeURIComponent(`account!=${many}`)}`);
  await expect(page.getByText(/more than 2,000 characters/)).toBeVisible();
  await expect(page.getByRole('table', { name: 'By product family' })).toBeVisible();
});

test('what was billed is held against the list and our estimate, over the same records', async ({
  page,
  open,
  usage: _usage,
  axe,
}) => {
  await open('/o/root/spend');
  await expect(page.getByText('Usage only: no subscriptions, taxes or credits.')).toBeVisible();
  const region = page.getByRole('region', { name: 'From list to billed' });
  await region.getByRole('button', { name: 'Show' }).click();
  await expect(region.getByText('Effective savings rate', { exact: true })).toBeVisible();
  await expect(region).toContainText(/Over the same [\d,]+ records|have a rate: the two are not over the same records/);
  await axe();

  // one metric: what so many units of it cost
  await open('/o/root/spend?measure=quantity&metric=workers_standard_requests&unit=Requests&by=account');
  const unit = page.getByRole('region', { name: 'Cost per unit' });
  await unit.getByRole('button', { name: 'Show' }).click();
  await expect(unit).toContainText(/USD per [\d,]*\s?Requests/);
});

test('a failed question is an error, and never a zero', async ({ page, open, usage: _usage, allowed }) => {
  allowed.push(/net::ERR_FAILED/);
  await page.route('**/api/canopy/spend/query', (route) => route.abort());
  await open('/o/root/spend');
  await expect(page.getByText('The question could not be answered')).toBeVisible();
  await expect(page.getByText('$0')).toHaveCount(0);
  await page.unroute('**/api/canopy/spend/query');
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByRole('table', { name: 'By product family' })).toBeVisible();
});
