import { expect, test } from './test.ts';

test('the organization at a glance, and every number leads to its list', async ({ page, open, usage: _usage, axe }) => {
  await open('/o/root');
  await expect(page.getByRole('heading', { name: 'Larkfield Distribution', level: 1 })).toBeVisible();
  const glance = page.getByRole('region', { name: 'At a glance' });
  await expect(glance.getByRole('link', { name: /^Organizations 16/ })).toContainText('15 sub-organizations, 5 levels');
  await expect(glance.getByRole('link', { name: /^Accounts 320/ })).toContainText('of 20,000');
  await expect(glance.getByRole('link', { name: /^Cost, November 2026 so far/ })).toContainText(/\$[\d,]+\.\d\d/);

  await expect(page.getByRole('table', { name: 'Cost by organization' }).getByRole('row')).not.toHaveCount(2);
  await expect(page.getByRole('img', { name: /^Cost by day, from 2026-10-23 to 2026-11-21/ })).toBeVisible();
  const events = page.getByRole('region', { name: 'Newest events' });
  await expect(events.getByRole('listitem').first()).toContainText('changed account limit');
  await axe();

  const off = glance.getByRole('link', { name: /^Two-factor off/ });
  const count = /^Two-factor off (\d+)/.exec((await off.innerText()).replaceAll(/\s+/g, ' '))?.[1];
  await off.click();
  await expect(page.getByRole('heading', { name: 'Members', level: 1 })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: `${count} of` })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Filter: 2FA is Off' })).toBeVisible();

  await page.goBack();
  await events.getByRole('link', { name: /changed account limit/ }).click();
  await expect(page.getByRole('complementary', { name: 'Event' })).toBeVisible();
});

test('what needs a person is listed with the way to it', async ({ page, open }) => {
  await open('/o/root');
  await expect(page.getByText('Members: 16 of 16 organizations answered')).toBeAttached();
  const attention = page.getByRole('region', { name: 'Needs attention' });
  const old = attention.getByRole('link', { name: /invitations pending for more than 14 days$/ });
  const count = /(\d+) invitations/.exec((await old.getAttribute('aria-label')) ?? (await old.innerText()))?.[1];
  await old.click();
  await expect(page.getByRole('group', { name: 'Filter: Invitation is older than 14 days' })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: `${count} of ` })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Members' }).getByRole('row').nth(1)).toContainText('Pending');
});

test('this organization alone has its own numbers', async ({ page, open }) => {
  await open('/o/Larkfield EMEA');
  const glance = page.getByRole('region', { name: 'At a glance' });
  await expect(glance.getByRole('link', { name: /^Accounts 139/ })).toBeVisible();
  await page.getByRole('radio', { name: 'This organization' }).click();
  await expect(glance.getByRole('link', { name: /^Accounts 2 / })).toBeVisible();
  await expect(glance.getByRole('link', { name: /^Organizations 1 / })).toBeVisible();
});

test('organizations that do not answer are counted and named, and the rest stands', async ({
  page,
  open,
  fault,
  api,
  organizations,
  allowed,
  axe,
}) => {
  allowed.push(/status of 50\d.*\/logs\/audit/);
  const silent = organizations.get('Ostrand Sikkerhet') ?? '';
  const mend = await fault({
    match: { path: `/organizations/${silent}/members` },
    fault: { kind: 'status', status: 500, body: 'json' },
  });
  await fault({
    match: { path: '/organizations/*/logs/audit' },
    fault: { kind: 'edge_error', status: 502, form: 'html', retryAfter: '0' },
  });
  await api.ask('POST', '/canopy/hierarchy/refresh', { organizationIds: [silent] });

  await open('/o/root');
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await expect(attention).toContainText('Members of 1 organization could not be read');
  await expect(attention).toContainText('Ostrand Sikkerhet');
  const members = page.getByRole('region', { name: 'At a glance' }).getByRole('link', { name: /^Members \d+\+/ });
  await expect(members).toContainText('15 of 16 organizations read');
  await expect(page.getByRole('region', { name: 'Newest events' }).getByRole('alert')).toContainText(
    /The audit log could not be read.*Ray ID/,
  );
  await expect(page.getByText('Members: 15 of 16 organizations answered')).toBeAttached();
  await axe();

  await mend();
  await api.ask('POST', '/canopy/hierarchy/refresh', { organizationIds: [silent] });
  await page.reload();
  await expect(page.getByText('Members: 16 of 16 organizations answered')).toBeAttached();
});

test('readable on a phone', async ({ page, open, axe }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open('/o/root');
  await expect(page.getByRole('region', { name: 'At a glance' }).getByRole('link', { name: /^Accounts 320/ })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Newest events' }).getByRole('listitem').first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await axe();
});

test('what a viewer may not do is shown closed, with the reason', async ({ page, open }) => {
  await open('/o/root', 'viewer');
  for (const name of ['Invite members', 'New sub-organization']) {
    const act = page.getByRole('button', { name });
    await expect(act).toBeDisabled();
    await expect(act).toHaveAccessibleDescription(/^Viewer may not/);
  }
  await expect(page.getByRole('region', { name: 'Newest events' })).toContainText('Viewer may not see the audit log');
  await expect(page.getByRole('region', { name: 'At a glance' })).not.toContainText('Cost');
});

test('what can be begun here opens where it is done', async ({ page, open }) => {
  await open('/o/Redfern Systems');
  await page.getByRole('link', { name: 'Invite members' }).click();
  await expect(
    page.getByRole('complementary', { name: 'Invite members' }).getByRole('textbox', { name: 'Addresses' }),
  ).toBeVisible();
  await page.goBack();
  await page.getByRole('link', { name: 'New sub-organization' }).click();
  await expect(page.getByRole('dialog', { name: 'New sub-organization' })).toContainText('part of Redfern Systems');
});
