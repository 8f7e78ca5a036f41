import { readFile } from 'node:fs/promises';
import { expect, test } from './test.ts';

test('accounts of the subtree are found, opened and selected', async ({ page, open, axe }) => {
  await open('/o/Redfern Systems/accounts');
  const grid = page.getByRole('grid', { name: 'Accounts' });
  await expect(page.getByRole('status').filter({ hasText: '68 accounts' })).toBeVisible();
  const name = (
    await grid
      .getByRole('row')
      .nth(1)
      .getByRole('rowheader')
      .or(grid.getByRole('row').nth(1).getByRole('gridcell').nth(1))
      .first()
      .innerText()
  ).trim();
  await page.getByRole('searchbox', { name: 'Find an account' }).fill(name);
  await expect(page.getByRole('status').filter({ hasText: /of 68, \d+ hidden by filters/ })).toBeVisible();
  await grid.getByRole('row').nth(1).click();
  await expect(page.getByRole('complementary', { name: `Account ${name}` })).toBeVisible();
  await axe();
});

test('a selection of accounts is planned before it is moved, and moved back by the same plan', async ({ page, open }) => {
  await open('/o/Montclar Cloud/accounts');
  const grid = page.getByRole('grid', { name: 'Accounts' });
  await grid.getByRole('row').nth(1).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Move 1 account' }).click();
  const dialog = page.getByRole('dialog', { name: /^Move / });
  await expect(dialog.getByRole('treegrid')).toBeVisible();
  await dialog
    .getByRole('row', { name: /Ostrand Sikkerhet/ })
    .first()
    .click();
  await expect(dialog.getByText('With control')).toBeVisible();
  await expect(dialog.getByText(/shares$/i).first()).toBeVisible();
  await dialog.getByRole('button', { name: /^Move/ }).last().click();
  await expect(dialog).toBeHidden();
  const messages = page.getByRole('region', { name: 'Messages' });
  await expect(messages).toContainText(/moved to .*Ostrand Sikkerhet/);

  await messages.getByRole('button', { name: 'Move back' }).click();
  await expect(dialog.getByText('Montclar Cloud').last()).toBeVisible();
  await dialog.getByRole('button', { name: 'Move account' }).click();
  await expect(messages).toContainText(/moved to .*Montclar Cloud/);

  // the message is gone one day; the receipt still knows the way
  await open('/o/root/audit/receipts');
  await page
    .getByRole('grid', { name: 'Receipts' })
    .getByRole('row', { name: /Move account .* to Ostrand Sikkerhet/ })
    .click();
  await page.getByRole('link', { name: 'Plan the move back to Montclar Cloud' }).click();
  await expect(dialog.getByRole('treegrid')).toBeVisible();
});

test('the list is exported with the path of each account', async ({ page, open }) => {
  await open('/o/Redfern Systems/accounts');
  await expect(page.getByRole('grid', { name: 'Accounts' }).getByRole('row').nth(2)).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Export/ }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text).toContain('Larkfield Distribution');
  expect(text).toContain('sha256');

  await page.goto(`${page.url()}?two-factor=enforced`);
  const shown = page.getByRole('status').filter({ hasText: 'hidden by filters' });
  const [count] = (await shown.innerText()).split(' ');
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(page.getByRole('menuitem', { name: /^All: \d+ rows/ })).toBeVisible();
  const filtered = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: new RegExp(`^Filtered: ${count} rows`) }).click();
  const rows = (await readFile(await (await filtered).path(), 'utf8')).trim().split('\r\n').slice(1);
  expect(rows).toHaveLength(Number(count) + 1);
  expect(rows.at(-1)).toContain('filtered by two-factor authentication enforced, out of');
});
