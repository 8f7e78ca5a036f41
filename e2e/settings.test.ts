import { expect, test } from './test.ts';

test('the doctor asks one read for each operation and says what works', async ({ page, open, axe }) => {
  await open('/settings');
  await page.getByRole('button', { name: 'Examine the credential' }).click();
  await expect(page.getByRole('main')).toContainText(/[Ww]orks/);
  await expect(page.getByRole('main')).toContainText(/[Nn]ot probed/);
  await axe();
});

test('preferences take effect at once, and stay after a reload and after signing out', async ({ page, open, organizations }) => {
  const rowHeight = async () =>
    (await page.getByRole('grid', { name: 'Members' }).getByRole('row').nth(1).boundingBox())?.height ?? 0;
  await open('/o/Redfern Health/members');
  await expect(page.getByRole('button', { name: /^As of 14:02 UTC$/ })).toBeVisible();
  const compact = await rowHeight();

  await page.getByRole('link', { name: 'Settings', exact: true }).click();
  await page.getByRole('radio', { name: 'Comfortable' }).check();
  await page.getByRole('radio', { name: 'Local, America/New_York' }).check();
  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.getByRole('switch', { name: 'Single-key shortcuts' }).uncheck();
  await expect(page.getByRole('button', { name: /^As of 09:02 UTC−5$/ })).toBeVisible();

  const stands = async () => {
    await page.goto(`/o/${organizations.get('Redfern Health')}/members`);
    await expect(page.getByRole('button', { name: /^As of 09:02 UTC−5$/ })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    expect(await rowHeight()).toBeGreaterThan(compact);
    await page.keyboard.type('gs');
    await expect(page.getByRole('heading', { name: 'Members', level: 1 })).toBeVisible();
  };
  await stands();

  await page.getByRole('button', { name: 'Ines Halloran, Administrator' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('button', { name: /^Administrator/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Larkfield Distribution' })).toBeVisible();
  await stands();
});
