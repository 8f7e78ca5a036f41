import { expect, test } from './test.ts';

test('a panel whose code does not come says so, and comes when it is tried again', async ({ page, open, context, allowed }) => {
  allowed.push(/ERR_INTERNET_DISCONNECTED/);
  await open('/o/Redfern Systems/accounts');
  const grid = page.getByRole('grid', { name: 'Accounts' });
  await expect(grid.getByRole('row').nth(2)).toBeVisible();
  await context.setOffline(true);
  await grid.getByRole('row').nth(1).click();
  const panel = page.getByRole('complementary', { name: /^Account / });
  await expect(panel).toContainText('This part of Canopy could not be loaded');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();

  await grid.getByRole('row').nth(2).click();
  await expect(panel).toContainText('This part of Canopy could not be loaded');
  await context.setOffline(false);
  await panel.getByRole('button', { name: 'Retry' }).click();
  await expect(panel.getByText('Two-factor', { exact: true })).toBeVisible();
});

test('a panel named by the address is there without a press', async ({ page, open }) => {
  await open('/o/Redfern Systems/members?panel=invite');
  const panel = page.getByRole('complementary', { name: 'Invite members' });
  await expect(panel.getByRole('textbox', { name: 'Addresses' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
});

const mostFiles = 8;
for (const name of ['organizations', 'accounts', 'members', 'audit']) {
  test(`${name} asks for at most ${mostFiles} files before somebody opens anything, and for no panel or dialog`, async ({
    page,
    open,
  }) => {
    const files = new Set<string>();
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.endsWith('.js')) files.add(pathname);
    });
    await open(`/o/root/${name}`);
    await expect(
      page
        .getByRole(name === 'organizations' ? 'treegrid' : 'grid')
        .getByRole('row')
        .nth(2),
    ).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect([...files].filter((file) => /Panel|Dialog|Diff/.test(file))).toEqual([]);
    expect(files.size, [...files].join(' ')).toBeLessThanOrEqual(mostFiles);
  });
}
