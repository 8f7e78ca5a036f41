import { expect, test } from './test.ts';

test('the tree is walked and searched by keyboard alone', async ({ page, open, axe }) => {
  await open('/o/root/organizations');
  const tree = page.getByRole('treegrid');
  const root = tree.getByRole('row', { name: /^Larkfield Distribution/ });
  await expect(root).toHaveAttribute('aria-level', '1');
  await root.focus();
  await page.keyboard.press('ArrowDown');
  await expect(tree.getByRole('row', { name: /^Direct customers/ })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(tree.getByRole('row', { name: /^Direct customers/ })).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowLeft');
  await expect(tree.getByRole('row', { name: /^Direct customers/ })).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: /Direct customers/ })).toBeVisible();
  // a screen reader puts the focus where it reads: keys act there
  const elsewhere = tree.getByRole('row', { name: /^Tallgrass Hosting/ });
  await elsewhere.focus();
  await page.keyboard.press('ArrowRight');
  await expect(elsewhere).toHaveAttribute('aria-expanded', 'true');
  await page.getByRole('searchbox', { name: /Filter|Find/ }).fill('calder');
  await expect(tree.getByRole('row', { name: /^Calder Valley Schools/ })).toBeVisible();
  await expect(tree.getByRole('row', { name: /^Brightwater Public Sector/ })).toBeVisible();
  await expect(tree.getByRole('row', { name: /^Tallgrass Hosting/ })).toHaveCount(0);
  await axe();
});

test('a sub-organization is created, and deleted after its preflight and its exact name', async ({ page, open, allowed }) => {
  // it is read until it is gone
  allowed.push(/status of 404.*\/api\/cloudflare\/organizations\//);
  await open('/o/Redfern Systems/organizations');
  await page.getByRole('button', { name: 'New sub-organization' }).first().click();
  const create = page.getByRole('dialog');
  await create.getByRole('textbox', { name: /Name/ }).fill('Redfern Trial');
  await create.getByRole('button', { name: /^Create/ }).click();
  const row = page.getByRole('treegrid').getByRole('row', { name: /^Redfern Trial/ });
  await expect(row).toBeVisible();
  await row.click();
  const panel = page.getByRole('complementary', { name: /Redfern Trial/ });
  await panel.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  const dialog = page.getByRole('dialog', { name: /Delete Redfern Trial/ });
  const act = dialog.getByRole('button', { name: /^Delete/ });
  await expect(act).toHaveAttribute('aria-disabled', 'true');
  await dialog.getByRole('textbox', { name: /name/i }).first().fill('Redfern Trial');
  await expect(act).not.toHaveAttribute('aria-disabled', 'true');
  await act.click();
  await expect(dialog).toBeHidden();
  await expect(row).toHaveCount(0);
});

test('an organization that holds something cannot be deleted, and the dialog says what', async ({ page, open }) => {
  await open('/o/root/organizations');
  await page
    .getByRole('treegrid')
    .getByRole('row', { name: /^Tallgrass Hosting/ })
    .click();
  const panel = page.getByRole('complementary', { name: /Tallgrass Hosting/ });
  await panel.getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: /^Delete/ }).click();
  const dialog = page.getByRole('dialog', { name: /Delete Tallgrass Hosting/ });
  await expect(dialog).toContainText(/Blocker: \d+ accounts/);
  await expect(dialog.getByRole('button', { name: /^Delete/ })).toHaveAttribute('aria-disabled', 'true');
});
