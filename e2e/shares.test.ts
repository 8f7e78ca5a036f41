import { expect, test } from './test.ts';

test('shares sent and received, filtered, with their resources in the panel', async ({ page, open, axe }) => {
  await open('/o/root/shares');
  const sent = page.getByRole('grid', { name: 'Shares sent' });
  await expect(sent.getByRole('row')).not.toHaveCount(1);
  const first = sent.getByRole('row').nth(1);
  const name = (await first.getByRole('gridcell').or(first.getByRole('rowheader')).first().innerText()).trim();
  await first.click();
  const panel = page.getByRole('complementary', { name: `Share ${name}` });
  await expect(panel.getByText('Recipients')).toBeVisible();
  await expect(panel).toContainText(/resource/);
  await expect(page).toHaveURL(/share=/);
  await axe();

  await page.getByRole('link', { name: /^Received/ }).click();
  await expect(page.getByRole('grid', { name: 'Shares received' })).toBeVisible();
  await page.goBack();
  await expect(sent).toBeVisible();
});

test('a filter that hides everything says how many, and gives them back', async ({ page, open }) => {
  await open('/o/root/shares');
  await expect(page.getByRole('grid', { name: 'Shares sent' }).getByRole('row')).not.toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Find a share' }).fill('no such share');
  await expect(page.getByText(/^The filters hide \d+ shares?$/)).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect(page.getByRole('searchbox', { name: 'Find a share' })).toHaveValue('');
  await expect(page.getByRole('grid', { name: 'Shares sent' }).getByRole('row')).not.toHaveCount(1);
});

test('what Cloudflare refuses is said word for word, and asked again by hand', async ({ page, open, fault, allowed }) => {
  allowed.push(/status of 502.*\/shares/);
  await fault({
    match: { path: '/organizations/*/shares' },
    times: null,
    fault: { kind: 'status', status: 403, body: 'json', code: 9109, message: 'Forbidden by policy' },
  });
  await open('/o/root/shares');
  const error = page.getByRole('main');
  await expect(error).toContainText('The shares could not be read');
  await expect(error).toContainText('Forbidden by policy');
  await expect(error).toContainText('9109');
  await expect(page.getByRole('button', { name: 'Retry' })).toBeVisible();
});
