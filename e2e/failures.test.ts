import { expect, test } from './test.ts';

test('a branch that upstream does not give says so in its place, and is read again', async ({
  page,
  open,
  fault,
  api,
  organizations,
  axe,
}) => {
  const silent = organizations.get('Tallgrass Hosting') ?? '';
  const mend = await fault({
    match: { path: `/organizations/${silent}/accounts` },
    fault: { kind: 'status', status: 500, body: 'json', code: 7003, message: 'Could not route' },
  });
  await api.ask('POST', '/canopy/hierarchy/refresh', { organizationIds: [silent] });
  await open('/o/root/organizations');
  const tree = page.getByRole('treegrid');
  await expect(page.getByText('15 of 16 organizations answered')).toBeVisible();
  await page.getByRole('button', { name: 'Show what failed' }).click();
  const notice = tree.getByRole('row', { name: /^Accounts did not load/ });
  await expect(notice).toBeFocused();
  await expect(notice).toContainText('500 · 7003');
  await expect(notice).toContainText(/Ray ID\s*[0-9a-f]{16}/);
  await axe();
  await mend();
  await notice.getByRole('button', { name: 'Retry' }).click();
  await expect(notice).toHaveCount(0);
  await expect(page.getByText('16 of 16 organizations answered')).toBeVisible();
});

test('when Cloudflare asks to wait, the page counts down and goes on by itself', async ({ page, open, fault, allowed, axe }) => {
  allowed.push(/status of 429.*\/logs\/audit/);
  // Canopy itself waits up to twenty seconds before it tells anybody
  await fault({ match: { path: '/organizations/*/logs/audit' }, times: 1, fault: { kind: 'throttle', retryAfter: '21' } });
  await open('/o/root/audit');
  const waiting = page.getByRole('region', { name: 'The audit log could not be read' });
  await expect(waiting.getByRole('alert')).toContainText('Cloudflare asked us to wait');
  await expect(waiting.getByRole('timer')).toHaveText(/^0:[12]\d$/);
  await expect(waiting).toContainText(/continues by itself at \d\d:\d\d:\d\d/);
  await axe();
  await expect(page.getByRole('grid', { name: 'Events' }).getByRole('row').nth(2)).toBeVisible({ timeout: 30_000 });
  await expect(waiting).toHaveCount(0);
});

test('a change whose answer is cut off is looked for, told and never sent again', async ({
  page,
  open,
  fault,
  behave,
  allowed,
  api,
  upstreamRequests,
}) => {
  allowed.push(/status of 50\d.*\/organizations$/);
  // upstream makes it, the connection breaks, and for a while no reading shows it
  await behave({ lagMilliseconds: 6_000 });
  await fault({ match: { method: 'POST', path: '/organizations' }, times: 1, fault: { kind: 'reset', when: 'after' } });
  await open('/o/Sunda Strait Digital/organizations');
  await page.getByRole('button', { name: 'New sub-organization' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Sunda Cut Off');
  await dialog.getByRole('button', { name: /^Create/ }).click();
  await expect(dialog.getByRole('alert')).toContainText('The change may have been made');
  await expect(dialog).not.toContainText('was not created');
  const messages = page.getByRole('region', { name: 'Messages' });
  await expect(messages).toContainText('The outcome is being checked');
  await expect(messages).toContainText('It was done: Create organization Sunda Cut Off under Sunda Strait Digital', {
    timeout: 20_000,
  });
  await expect(messages).not.toContainText('being checked');
  expect((await upstreamRequests()).filter(({ method }) => method === 'POST')).toHaveLength(1);

  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('treegrid').getByRole('row', { name: /^Sunda Cut Off/ })).toBeVisible();
  await messages.getByRole('link', { name: 'Open receipt' }).click();
  const receipt = page.getByRole('complementary', { name: /^Receipt \d+/ });
  await expect(receipt).toContainText('Done');
  await expect(receipt).toContainText('Known by reading back');
  await expect(receipt).toContainText('Sunda Cut Off');
  await api.deleteOrganization('Sunda Cut Off');
});
