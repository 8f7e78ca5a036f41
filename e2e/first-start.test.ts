import { expect, test } from './test.ts';

// nothing of usage is read here
test.use({ profile: 'tiny', server: 'first start' });

test('a cost that is not read yet is not none, and comes to other pages by itself', async ({ page, open, api }) => {
  await open('/o/root');
  const cost = page.getByRole('region', { name: 'At a glance' }).getByRole('link', { name: /^Cost, November/ });
  await expect(cost).toContainText('Not read yet reading is paused', { useInnerText: true });
  await expect(page.getByText('Reading of usage is paused')).toBeVisible();
  await api.readUsage('2026-11-19');
  await page.clock.fastForward(15_000);
  await expect(cost).toContainText(/\$[\d,.]+.*\d+ of 21 days stored/s);

  await open('/o/root/accounts');
  await expect(page.getByText(/^Cost: \d+ of 30 days stored.*\./)).toBeVisible();
  // not every day is known, so that no record so far is no dash
  const grid = page.getByRole('grid', { name: 'Accounts' });
  await expect(grid.getByRole('gridcell', { name: 'n/a' }).first()).toBeVisible();
  await expect(grid.getByRole('gridcell', { name: '–', exact: true })).toHaveCount(0);
  await open('/o/root/organizations');
  await expect(page.getByText(/^Cost: \d+ of 30 days stored/)).toBeVisible();
});
