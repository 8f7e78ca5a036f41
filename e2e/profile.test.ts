import type { Page } from '@playwright/test';
import type { Profile } from '../src/contract/cloudflare/profile.ts';
import { expect, test } from './test.ts';

const field = (page: Page, name: string) => page.getByRole('textbox', { name: new RegExp(`^Business ${name}`) });
const toast = (page: Page) => page.getByRole('region', { name: 'Messages' });

test('is read first, then edited, and external metadata stays as it was byte for byte', async ({
  page,
  open,
  elsewhere,
  organizations,
  upstreamRequests,
  axe,
}) => {
  const path = `/organizations/${organizations.get('Tallgrass Hosting')}/profile`;
  const metadata = '{"crm": 9007199254740993, "10": 1.50, "9": "x"}';
  await elsewhere('PUT', path, { ...(await elsewhere<Profile>('GET', path)), external_metadata: metadata });
  const before = await elsewhere<Profile>('GET', path);
  await open('/o/Tallgrass Hosting/profile');
  await expect(page.getByRole('definition').first()).toHaveText(before.business_name);
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await expect(page.getByRole('region', { name: 'External metadata' })).toHaveText(/crm: 9007199254740993.*10: 1\.50.*9: "x"/);
  await expect(page.getByRole('complementary', { name: 'Change history' })).toContainText(/Ray ID [0-9a-f]{16}/);
  await axe();

  await page.getByRole('button', { name: 'Edit profile' }).click();
  const save = page.getByRole('button', { name: 'Save profile' });
  await expect(save).toHaveAccessibleDescription('Nothing is changed.');
  await field(page, 'phone').fill('+1 555 0100 200');
  await axe();
  await save.click();
  await expect(toast(page)).toContainText('Profile saved');
  await expect(page.getByRole('definition').filter({ hasText: '+1 555 0100 200' })).toBeVisible();
  expect(await elsewhere<Profile>('GET', path)).toEqual({ ...before, business_phone: '+1 555 0100 200' });
  // one by this test itself, one by Canopy
  expect((await upstreamRequests()).filter(({ method, scheme }) => method === 'PUT' && scheme === 'key')).toHaveLength(2);
});

test('what is not valid is said at its field and nothing is sent', async ({ page, open, upstreamRequests }) => {
  await open('/o/Montclar Cloud/profile');
  await page.getByRole('button', { name: 'Edit profile' }).click();
  await field(page, 'e-mail').fill('not an address');
  await page.getByRole('button', { name: 'Save profile' }).click();
  await expect(field(page, 'e-mail')).toBeFocused();
  await expect(field(page, 'e-mail')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page, 'e-mail')).toHaveAccessibleDescription(/Business e-mail must be/);
  expect((await upstreamRequests()).filter(({ method }) => method === 'PUT')).toEqual([]);
});

test('what upstream refuses of a field is said at that field', async ({ page, open, fault, organizations, allowed }) => {
  allowed.push(/status of 4\d\d.*\/profile/);
  await fault({
    match: { method: 'PUT', path: `/organizations/${organizations.get('Ostrand Sikkerhet')}/profile` },
    fault: { kind: 'status', status: 400, body: 'json', code: 1001, message: 'business_phone is not a phone number' },
  });
  await open('/o/Ostrand Sikkerhet/profile');
  await page.getByRole('button', { name: 'Edit profile' }).click();
  await field(page, 'phone').fill('four');
  await page.getByRole('button', { name: 'Save profile' }).click();
  await expect(page.getByRole('alert')).toContainText(
    'The profile was not saved: 400 · 1001 business_phone is not a phone number',
  );
  await expect(field(page, 'phone')).toHaveValue('four');
});

test('leaving with something typed asks first', async ({ page, open }) => {
  await open('/o/Larkfield APAC/profile');
  await page.getByRole('button', { name: 'Edit profile' }).click();
  await field(page, 'name').fill('Larkfield Pacific');
  await page.getByRole('link', { name: /^Members/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await expect(dialog).toContainText('Business name');
  await expect(dialog.getByRole('button', { name: 'Keep editing' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(field(page, 'name')).toHaveValue('Larkfield Pacific');
  // signing out leaves too, and the session stands until that is answered
  await page.getByRole('button', { name: 'Ines Halloran, Administrator' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  await expect(field(page, 'name')).toHaveValue('Larkfield Pacific');
  await page.getByRole('link', { name: /^Members/ }).click();
  await dialog.getByRole('button', { name: 'Discard my changes' }).click();
  await expect(page.getByRole('heading', { name: 'Members', level: 1 })).toBeVisible();
});

test('a profile that somebody else saved meanwhile is merged, and both versions stand beside each other', async ({
  page,
  open,
  elsewhere,
  organizations,
  allowed,
  axe,
}) => {
  allowed.push(/status of 409.*\/profile/);
  const path = `/organizations/${organizations.get('Sunda Strait Digital')}/profile`;
  await open('/o/Sunda Strait Digital/profile');
  await page.getByRole('button', { name: 'Edit profile' }).click();
  await field(page, 'name').fill('Sunda Strait Digital Tbk');
  await field(page, 'phone').fill('+1 555 0111 111');

  const theirs = await elsewhere<Profile>('GET', path);
  await elsewhere('PUT', path, { ...theirs, business_phone: '+1 555 0122 222', business_email: 'new@sundastrait.example' });
  await page.getByRole('button', { name: 'Save profile' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'was saved by somebody else' })).toContainText(
    '1 field needs your choice; 1 was merged',
  );
  const choice = page.getByRole('group', { name: 'Which business phone to keep' });
  await expect(choice.getByRole('radio', { name: /Yours.*0111 111/ })).toBeVisible();
  await expect(choice.getByRole('radio', { name: /Saved by somebody else.*0122 222/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Save merged profile' })).toHaveAccessibleDescription(
    /^Choose a value for business phone/,
  );
  await axe();

  await choice.getByRole('radio', { name: /Yours/ }).check();
  await page.getByRole('button', { name: 'Save merged profile' }).click();
  await expect(toast(page)).toContainText('Profile saved');
  expect(await elsewhere<Profile>('GET', path)).toEqual({
    ...theirs,
    business_name: 'Sunda Strait Digital Tbk',
    business_phone: '+1 555 0111 111',
    business_email: 'new@sundastrait.example',
  });
});

test('a profile that cannot be read says so, with both ids, and is asked again by hand', async ({
  page,
  open,
  fault,
  organizations,
  allowed,
}) => {
  allowed.push(/status of 50\d.*\/profile/);
  const mend = await fault({
    match: { path: `/organizations/${organizations.get('Redfern Health')}/profile` },
    fault: { kind: 'edge_error', status: 503, form: 'html', retryAfter: '0' },
  });
  await open('/o/Redfern Health/profile');
  const problem = page.getByRole('alert', { name: 'The profile could not be read' });
  await expect(problem).toContainText(/Request ID\s*\S+/);
  await expect(problem).toContainText(/Ray ID\s*[0-9a-f]{16}/);
  await mend();
  await problem.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByRole('definition').first()).toContainText('Redfern Health');
});
