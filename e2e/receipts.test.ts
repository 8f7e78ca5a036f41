import { readFile } from 'node:fs/promises';
import { CanopyApi } from './canopy-api.ts';
import { expect, test } from './test.ts';

test('every write is listed with who, what and how it ended, and leads to the event in Cloudflare’s log', async ({
  page,
  open,
  api,
  organizations,
  fault,
  axe,
}) => {
  const place = organizations.get('Kōwhai Online') ?? '';
  const { id } = await api.ask<{ id: string }>('POST', `/cloudflare/organizations/${place}/members`, {
    member: { user: { email: 'receipts@kowhai.example' } },
  });
  await fault({
    match: { method: 'DELETE', path: `/organizations/${place}/members/*` },
    times: 1,
    fault: { kind: 'status', status: 403, body: 'json', code: 1008, message: 'Not today' },
  });
  await expect(api.ask('DELETE', `/cloudflare/organizations/${place}/members/${id}`)).rejects.toThrow('1008');
  await api.ask('DELETE', `/cloudflare/organizations/${place}/members/${id}`);

  await open('/o/Kōwhai Online/audit');
  await page.getByRole('link', { name: 'Receipts' }).click();
  const grid = page.getByRole('grid', { name: 'Receipts' });
  const rows = grid.getByRole('row').filter({ hasText: 'receipts@kowhai.example' });
  await expect(rows).toHaveCount(3);
  await axe();

  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const menu = page.getByRole('dialog', { name: 'Add a filter' });
  await menu.getByRole('option', { name: 'Outcome' }).click();
  await menu.getByRole('option', { name: 'Refused' }).click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/outcome=refused/);
  await expect(rows).toHaveCount(1);
  await rows.click();
  const panel = page.getByRole('complementary', { name: /^Receipt \d+$/ });
  await expect(panel).toContainText('Ines Halloran');
  await expect(panel).toContainText('Not today');
  await expect(panel).toContainText(`DELETE /organizations/${place}/members/${id}`);
  await axe();

  // a link opens its receipt also where the list does not hold it
  await page.goto(page.url().replace('outcome=refused', 'outcome=unknown'));
  await expect(grid.getByRole('row').filter({ hasText: 'receipts@kowhai.example' })).toHaveCount(0);
  await expect(panel).toContainText('Not today');
  await page.goBack();
  await expect(panel).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Remove .*Outcome/ }).click();
  await expect(rows).toHaveCount(3);
  await rows.filter({ hasText: /Invite/ }).click();
  await panel.getByRole('link', { name: 'Open the event with this Ray ID' }).click();
  await expect(
    page
      .getByRole('grid', { name: 'Events' })
      .getByRole('row', { name: /Ines|member/i })
      .first(),
  ).toBeVisible();
});

test('receipts are exported whole', async ({ page, open, api, organizations }) => {
  const { id } = await api.ask<{ id: string }>(
    'POST',
    `/cloudflare/organizations/${organizations.get('Kōwhai Online')}/members`,
    {
      member: { user: { email: 'exported@kowhai.example' } },
    },
  );
  await api.ask('DELETE', `/cloudflare/organizations/${organizations.get('Kōwhai Online')}/members/${id}`);
  await open('/o/Kōwhai Online/audit/receipts');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export receipts' }).click();
  expect((await readFile(await (await download).path(), 'utf8')).match(/exported@kowhai\.example/g)?.length).toBeGreaterThan(1);
});

test('the other side of the ledger says who came and what was refused to whom', async ({
  page,
  open,
  canopy,
  organizations,
  axe,
}) => {
  const billing = await CanopyApi.signIn(canopy.url, 'billing');
  const place = organizations.get('Kōwhai Online') ?? '';
  for (let times = 0; times < 3; times += 1)
    await expect(billing.ask('DELETE', `/cloudflare/organizations/${place}/members/nobody`)).rejects.toThrow('not_allowed');

  await open('/o/root/audit/receipts');
  await page.getByRole('radio', { name: 'Access' }).click();
  await expect(page).toHaveURL(/show=access/);
  await expect(page.getByRole('radio', { name: 'Access' })).toBeFocused();
  const grid = page.getByRole('grid', { name: 'Accesses' });
  await expect(grid.getByRole('row').filter({ hasText: 'Signed in' }).filter({ hasText: 'Ines Halloran' })).not.toHaveCount(0);
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  const menu = page.getByRole('dialog', { name: 'Add a filter' });
  await menu.getByRole('option', { name: 'What happened' }).click();
  await menu.getByRole('option', { name: 'Denied' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox', { name: 'Find a person' }).fill('dubois');
  await expect(page).toHaveURL(/dubois/); // the rows are drawn anew when it is asked for
  const row = grid.getByRole('row').filter({ hasText: 'Delete member: not part of their role' });
  await expect(row).toHaveCount(1);
  await row.click();
  const panel = page.getByRole('complementary', { name: /^Entry \d+$/ });
  await expect(panel).toContainText('Kōwhai Online');
  await expect(panel).toContainText(/Times\s*3/);
  await axe();
});
