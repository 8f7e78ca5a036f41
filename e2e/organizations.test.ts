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

test('what is carried to another organization opens the plan, and says why where it cannot go', async ({ page, open }) => {
  await open('/o/root/organizations');
  const tree = page.getByRole('treegrid', { name: 'Organizations' });
  const carried = tree.getByRole('row', { name: /^Tallgrass Hosting/ });
  await carried.hover();
  await page.mouse.down();
  const parent = tree.getByRole('row', { name: /^Larkfield Americas \d/ });
  await parent.hover();
  await parent.hover();
  await expect(parent).toHaveAttribute('data-refusal', 'Already here');
  await page.mouse.up();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await carried.dragTo(tree.getByRole('row', { name: /^Larkfield EMEA \d/ }));
  const dialog = page.getByRole('dialog', { name: 'Move Tallgrass Hosting' });
  await expect(dialog.getByRole('row', { name: /^Larkfield EMEA/ })).toHaveAttribute('aria-current', 'true');
  await expect(dialog.getByText('Nothing is sent until you confirm.')).toBeVisible();
});

test('an organization is renamed and given another parent by keyboard alone', async ({ page, open, api, organizations, axe }) => {
  await api.ask('POST', '/cloudflare/organizations', {
    name: 'Keyed In',
    parent: { id: organizations.get('Tallgrass Hosting') ?? '' },
  });
  await open('/o/root/organizations');
  const tree = page.getByRole('treegrid', { name: 'Organizations' });
  const search = page.getByRole('searchbox', { name: 'Filter by name or ID' });
  await expect(tree.getByRole('row', { name: /^Tallgrass Hosting/ })).toBeVisible();
  await search.focus();
  await page.keyboard.type('keyed in');
  const row = tree.getByRole('row', { name: /^Keyed In/ });
  await expect(row).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await row.focus();
  await page.keyboard.press('r');
  await expect(page.getByRole('textbox', { name: 'New name of Keyed In' })).toBeFocused();
  await page.keyboard.type('Keyed Out');
  await page.keyboard.press('Enter');
  const messages = page.getByRole('region', { name: 'Messages' });
  await expect(messages).toContainText(/Renamed to .Keyed Out/);
  await expect(tree.getByRole('row', { name: /^Keyed Out/ })).toBeFocused();
  // nothing is sent while it can be undone, which is eight seconds
  await page.clock.fastForward(8_000);
  await expect(page.getByText(/Renamed to .Keyed Out/)).toHaveCount(0);
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('keyed out');
  const renamed = tree.getByRole('row', { name: /^Keyed Out/ });
  await expect(renamed).toBeVisible();
  await renamed.focus();
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: 'Move Keyed Out' });
  await expect(dialog).toBeVisible();
  await axe();
  await dialog.getByRole('searchbox').focus();
  await page.keyboard.type('redfern sys');
  const target = dialog.getByRole('row', { name: /^Redfern Systems/ });
  await target.focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Nothing is sent until you confirm.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Move organization' }).focus();
  await page.keyboard.press('Enter');
  await expect(messages).toContainText(/Keyed Out.* moved to .*Redfern Systems/);
  await expect(dialog).toBeHidden();

  // who signs out gives up the time to undo, not the rename
  await page.getByRole('complementary', { name: 'Organization Keyed Out' }).getByRole('button', { name: 'Rename' }).click();
  // the search is cleared, and the branch it is in now stands open all the same
  await expect(page.getByRole('textbox', { name: 'New name of Keyed Out' })).toBeFocused();
  await page.keyboard.type('Keyed Last');
  await page.keyboard.press('Enter');
  await expect(messages).toContainText(/Renamed to .Keyed Last/);
  await page.getByRole('button', { name: 'Ines Halloran, Administrator' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to the sandbox' })).toBeVisible();
  const { nodes } = await api.ask<{ nodes: { name: string; parentId: string }[] }>('POST', '/canopy/hierarchy/refresh', {});
  expect(nodes.find(({ name }) => name === 'Keyed Last')?.parentId).toBe(organizations.get('Redfern Systems'));
  await api.deleteOrganization('Keyed Last');
});
