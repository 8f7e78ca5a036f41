import { expect, test } from './test.ts';

test('the doctor asks one read for each operation and says what works', async ({ page, open, axe }) => {
  await open('/settings');
  await page.getByRole('button', { name: 'Examine the credential' }).click();
  await expect(page.getByRole('main')).toContainText(/[Ww]orks/);
  await expect(page.getByRole('main')).toContainText(/[Nn]ot probed/);
  await axe();
});
