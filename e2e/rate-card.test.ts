import type { Page } from '@playwright/test';
import type { RateCard, RateCardInForce } from '../src/contract/canopy/rate-card.ts';
import type { CanopyApi } from './canopy-api.ts';
import { expect, test } from './test.ts';

const panel = (page: Page, name: string | RegExp) => page.getByRole('complementary', { name });
const row = (page: Page, name: string) => page.getByRole('grid', { name: 'Prices' }).getByRole('row').filter({ hasText: name });
const saveButton = (page: Page) => page.getByRole('region', { name: 'Changes' }).getByRole('button', { name: 'Save rate card' });
const changes = (page: Page) => page.getByRole('region', { name: 'Changes' }).getByRole('status');
const toast = (page: Page) => page.getByRole('region', { name: 'Messages' });

const inForce = (api: CanopyApi) => api.ask<RateCardInForce>('GET', '/canopy/spend/rate-card');
/** Another administrator saves. */
const saveElsewhere = async (api: CanopyApi, change: (card: RateCard) => RateCard, note: string) => {
  const { version, card } = await inForce(api);
  return api.ask<RateCardInForce>('PUT', '/canopy/spend/rate-card', { base: version, note, card: change(card) });
};

async function changePrice(page: Page, metric: string, price: string): Promise<void> {
  await row(page, metric).first().click();
  await panel(page, `Line ${metric}`).getByLabel('Price in USD').fill(price);
  await page.getByRole('button', { name: 'Change line' }).click();
}

test('a file that is broken names its fields, can be corrected in place, and nothing is lost', async ({
  page,
  open,
  api,
  axe,
}) => {
  const { card, version } = await inForce(api);
  const [first, ...rest] = card.lines;
  const broken = JSON.stringify({ ...card, lines: [{ ...first, price: { amount: 0.25, per: '0' } }, ...rest] });
  await open('/o/root/spend/rate-card');
  await page.getByRole('button', { name: 'Import' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import rate card' });
  const use = dialog.getByRole('button', { name: 'Use this card' });
  const text = dialog.getByRole('textbox', { name: 'Text of the file' });
  await expect(use).toHaveAccessibleDescription('Choose a file or paste its text first.');
  await dialog
    .getByLabel('File with a rate card')
    .setInputFiles({ name: 'card.json', mimeType: 'application/json', buffer: Buffer.from(broken) });
  await expect(dialog.getByRole('alert')).toContainText('lines.0.price.amount must be a decimal number in quotes');
  await expect(dialog.getByRole('alert')).toContainText('lines.0.price.per must be more than zero');
  await expect(use).toHaveAccessibleDescription('Correct what is wrong first.');
  await axe();

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Import' }).click();
  await expect(text).toHaveValue(broken);
  await text.fill(broken.replace('{"amount":0.25,"per":"0"}', '{"amount":"0.25","per":"1000000"}'));
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await use.click();
  await expect(row(page, 'Workers Standard Requests')).toContainText('$0.25 per 1,000,000 Requests');
  await expect(changes(page)).toContainText('1 change not saved');

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export JSON' }).click();
  expect((await download).suggestedFilename()).toBe(`rate-card-version-${version}-changed.json`);
  await page.getByRole('button', { name: 'Discard changes' }).click();
  await expect(changes(page)).toHaveText('Nothing is changed.');
});

test('an override is made for an organization that is found by name, with the keyboard', async ({ page, open, axe }) => {
  await open('/o/root/spend/rate-card?view=overrides');
  await page.getByRole('button', { name: 'Add override' }).click();
  const form = panel(page, 'New override');
  await form.getByRole('button', { name: 'Add override' }).click();
  await expect(form).toContainText('Price or a discount or an included quantity must be given');
  await form.getByRole('button', { name: /Everyone/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Search Organizations and accounts' }).fill('Redfern Health');
  await page.keyboard.press('Enter');
  await expect(form.getByRole('button', { name: /Redfern Health/ })).toBeFocused();
  await form.getByRole('combobox', { name: 'Metric' }).selectOption({ label: 'Workers CPU ms' });
  await expect(form.getByRole('combobox', { name: 'Price' })).toHaveAccessibleDescription(/per 1,000,000 Milliseconds/);
  await form.getByRole('combobox', { name: 'Price' }).selectOption({ label: 'Its own price' });
  await expect(form.getByRole('textbox', { name: 'For how many' })).toHaveValue('1000000'); // as the line has it
  await form.getByRole('combobox', { name: 'Price' }).selectOption({ label: 'As the line says' });
  await form.getByRole('textbox', { name: 'Discount' }).fill('12.5');
  await axe();
  await form.getByRole('button', { name: 'Add override' }).click();
  await expect(page.getByRole('grid', { name: 'Overrides' }).getByRole('row', { name: /Redfern Health/ })).toContainText(
    '12.5% off',
  );
  await page.getByRole('button', { name: 'Discard changes' }).click();
});

test('two people save at once: what only one changed is kept, and what both changed is chosen', async ({
  page,
  open,
  api,
  allowed,
  axe,
}) => {
  allowed.push(/status of 409.*rate-card/);
  await open('/o/root/spend/rate-card');
  await changePrice(page, 'Workers CPU ms', '0.04');
  await changePrice(page, 'Worker Build Minutes', '0.01');
  const priced = (card: RateCard, metric: string, amount: string): RateCard => ({
    ...card,
    lines: card.lines.map((line) => (line.name === metric && line.price ? { ...line, price: { ...line.price, amount } } : line)),
  });
  const theirs = await saveElsewhere(
    api,
    (card) => priced(priced(card, 'Workers CPU ms', '0.09'), 'Pages Functions Requests', '0.77'),
    'Somebody else’s contract',
  );
  await saveButton(page).click();
  await page.getByRole('dialog', { name: 'Save rate card' }).getByRole('button', { name: 'Save rate card' }).click();
  const merge = page.getByRole('dialog', { name: `Merge with version ${theirs.version}` });
  await expect(merge).toContainText('Somebody else’s contract');
  await expect(merge.getByRole('button', { name: 'Keep merged card' })).toHaveAccessibleDescription(/1 item left/);
  await axe();
  await merge.getByRole('radio', { name: /^Yours.*\$0\.04/ }).check();
  await merge.getByRole('button', { name: 'Keep merged card' }).click();
  await expect(changes(page)).toContainText('2 changes not saved');
  await saveButton(page).click();
  await page.getByRole('dialog', { name: 'Save rate card' }).getByRole('button', { name: 'Save rate card' }).click();
  await expect(toast(page)).toContainText(`Version ${theirs.version + 1} is in force`);
  const { card } = await inForce(api);
  const amountOf = (name: string) => card.lines.find((line) => line.name === name)?.price?.amount;
  expect(['Workers CPU ms', 'Worker Build Minutes', 'Pages Functions Requests'].map(amountOf)).toEqual(['0.04', '0.01', '0.77']);
});

test('who may not change it reads it, and is told why', async ({ page, open }) => {
  await open('/o/root/spend/rate-card', 'billing');
  await expect(page.getByText(/^Billing viewer may not change the rate card/).filter({ visible: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import' })).toHaveAccessibleDescription(/Administrator may/);
  await row(page, 'Workers CPU ms').click();
  await expect(panel(page, 'Line Workers CPU ms').getByRole('textbox')).toHaveCount(0);
  await open('/o/Brightwater Managed IT/spend/rate-card', 'partner');
  await expect(page.getByText(/^One rate card holds for all organizations/).filter({ visible: true })).toBeVisible();
});
