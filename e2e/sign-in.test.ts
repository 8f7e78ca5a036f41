import { expect, test } from './test.ts';

test('one click signs in as a person of the sandbox', async ({ page }) => {
  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByRole('heading', { name: 'Sign in to the sandbox' })).toBeVisible();
  await expect(page.getByRole('img', { name: 'The hierarchy from above: 16 organizations, 320 accounts' })).toBeVisible();

  await page.getByRole('button', { name: /^Administrator Ines Halloran/ }).click();
  await expect(page.getByRole('heading', { name: 'Larkfield Distribution', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ines Halloran, Administrator' })).toBeVisible();
});

test('a partner starts at the own sub-organization and sees nothing above it', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: /^Partner administrator Aoife Brannigan/ }).click();
  await expect(page.getByRole('heading', { name: 'Brightwater Managed IT', level: 1 })).toBeVisible();
  await expect(page.getByText('Larkfield Distribution')).toHaveCount(0);
});

test('signing in goes on to the address that was asked for', async ({ page, organizations }) => {
  const path = `/o/${organizations.get('Redfern Systems')}/members?q=orr`;
  await page.goto(path);
  await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(path)}`);
  await page.getByRole('button', { name: /^Viewer/ }).click();
  await expect(page).toHaveURL(path);
  await expect(page.getByRole('heading', { name: 'Members', level: 1 })).toBeVisible();
});

test('an address of another site is not gone on to', async ({ page }) => {
  await page.goto('/sign-in?next=//elsewhere.example/o');
  await page.getByRole('button', { name: /^Auditor/ }).click();
  await expect(page.getByRole('heading', { name: 'Larkfield Distribution', level: 1 })).toBeVisible();
});

test('what each role may is explained before choosing one', async ({ page }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'How roles work' }).click();
  const members = page.getByRole('row', { name: /^Members/ });
  await expect(members.getByRole('cell')).toHaveText(['change', 'see', 'see', 'no']);
});

test('a server that does not answer says so and is asked again', async ({ page, allowed, context }) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: /^Viewer/ })).toBeVisible();
  allowed.push(/net::ERR_INTERNET_DISCONNECTED/);
  await context.setOffline(true);
  await page.getByRole('button', { name: /^Viewer/ }).click();
  await expect(page.getByRole('alert')).toContainText('Canopy did not answer');
  await context.setOffline(false);
  await page.getByRole('button', { name: /^Viewer/ }).click();
  await expect(page.getByRole('button', { name: /, Viewer$/ })).toBeVisible();
});

test('nothing serious for assistive technology', async ({ page, axe }) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('button', { name: /^Viewer/ })).toBeVisible();
  await axe();
});
