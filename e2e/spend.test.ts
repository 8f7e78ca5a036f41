import { readFile } from 'node:fs/promises';
import { expect, test } from './test.ts';

test('chart, table and file are one answer', async ({ page, open, usage: _usage, axe }) => {
  await open('/o/root/spend');
  const table = page.getByRole('table', { name: 'By product family' });
  await expect(table.getByRole('row').nth(2)).toBeVisible();
  const total = (
    await table
      .getByRole('row', { name: /^Total/ })
      .getByRole('cell')
      .first()
      .innerText()
  ).trim();
  expect(total).toMatch(/^\$[\d,]+\.\d\d$/);
  await expect(page.getByRole('region', { name: 'Headline' })).toContainText(total);
  await expect(page.getByRole('img', { name: /largest is/ })).toHaveAccessibleName(
    new RegExp(total.replaceAll(/[$.]/g, String.raw`\$&`)),
  );

  await page.getByRole('radio', { name: 'Table' }).click();
  await expect(page.getByRole('table', { name: 'Amounts by date' }).getByRole('row')).toHaveCount(31);
  await page.getByRole('radio', { name: 'Chart' }).click();
  await page.getByRole('slider', { name: /Read the chart/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('slider', { name: /Read the chart/ })).toHaveAttribute('aria-valuetext', /20 Nov.*\$/);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).toContain('Workers');
  await axe();
});

test('a metric is shown in its own unit, and a filter narrows everything', async ({ page, open, usage: _usage }) => {
  await open('/o/root/spend');
  await page.getByRole('combobox', { name: 'Measure' }).selectOption({ label: 'Workers Standard Requests (Requests)' });
  await expect(page.getByRole('region', { name: 'Headline' })).toContainText('Workers Standard Requests');
  await page.getByRole('combobox', { name: 'Group by' }).selectOption({ label: 'Account' });
  const table = page.getByRole('table', { name: 'By account' });
  await expect(table.getByRole('row').nth(2)).toBeVisible();
  await table.getByRole('row').nth(1).getByRole('button').first().click();
  await expect(page.getByRole('group', { name: /^Filter: Account is/ })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('group', { name: /^Filter: Account is/ })).toHaveCount(0);
});
