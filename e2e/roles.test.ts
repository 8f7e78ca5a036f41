import { expect, test } from './test.ts';

test('a viewer reads and is told why nothing can be changed', async ({ page, open }) => {
  await open('/o/root/members', 'viewer');
  const invite = page.getByRole('button', { name: 'Invite members' });
  await expect(invite).toHaveAttribute('aria-disabled', 'true');
  await expect(invite).toHaveAccessibleDescription(/Viewer may not invite or remove members/);
  await open('/o/root/profile', 'viewer');
  await expect(page.getByRole('button', { name: 'Edit profile' })).toHaveAttribute('aria-disabled', 'true');
});

test('a screen that the role may not see says the rule', async ({ page, open }) => {
  await open('/o/root/audit', 'viewer');
  await expect(page.getByRole('main')).toContainText('Viewer may not see the audit log');
  await open('/o/root/spend', 'auditor');
  await expect(page.getByRole('main')).toContainText('Auditor may not see usage and cost');
});

test('an auditor reads the audit log and the receipts', async ({ page, open }) => {
  await open('/o/root/audit', 'auditor');
  await expect(page.getByRole('grid', { name: 'Events' }).getByRole('row').nth(2)).toBeVisible();
  await page.getByRole('link', { name: 'Receipts' }).click();
  await expect(page.getByRole('heading', { name: 'Audit', level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/audit\/receipts/);
});

test('a billing viewer sees accounts and cost, and not one e-mail address', async ({ page, open }) => {
  const bodies: string[] = [];
  page.on('response', (response) => {
    // who one is oneself is told to oneself
    if (response.url().includes('/api/') && !/\/api\/canopy\/(session|visitor)$/.test(response.url())) {
      void response.text().then(
        (text) => bodies.push(text),
        () => undefined, // a redirect has no body
      );
    }
  });
  for (const path of ['/o/root', '/o/root/organizations', '/o/root/accounts', '/o/root/spend']) {
    await open(path, 'billing');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expect(page.getByRole('main')).not.toContainText(/[\w.+-]+@[\w-]+\.example/);
  }
  expect(bodies.length).toBeGreaterThan(4);
  expect(bodies.filter((body) => /[\w.+-]+@[\w-]+\.example/.test(body))).toEqual([]);
});

test('a partner administrator is an administrator of the own subtree and sees nothing above', async ({
  page,
  open,
  organizations,
  allowed,
}) => {
  allowed.push(/status of 40[34]/);
  await open('/o/Brightwater Managed IT/organizations', 'partner');
  await expect(page.getByRole('treegrid')).toContainText('Brightwater Retail');
  await expect(page.getByRole('treegrid')).not.toContainText('Larkfield');
  await page.goto(`/o/${organizations.get('Redfern Systems')}`);
  await expect(page.getByRole('main')).not.toContainText('Redfern');
  // what is shared with those above is offered to nobody who would be refused
  await open('/o/Brightwater Managed IT/spend', 'partner');
  const resume = page.getByRole('button', { name: 'Resume' });
  await expect(resume).toHaveAttribute('aria-disabled', 'true');
  await expect(resume).toHaveAccessibleDescription(/shared by all organizations/);
});

test('a window notices that another one signed in as somebody else, and keeps what was typed', async ({
  page,
  open,
  allowed,
}) => {
  allowed.push(/status of 403/);
  await open('/o/Sunda Strait Digital/profile');
  await page.getByRole('button', { name: 'Edit profile' }).click();
  const phone = page.getByRole('textbox', { name: /^Business phone/ });
  await phone.fill('+62 21 555 0199');
  // between the press and the arrival, so that nothing else meets the end of the session
  await page.route(
    '**/profile',
    async (route) => {
      await page.request.post('/api/canopy/session', {
        data: { identity: 'viewer' },
        headers: { 'x-canopy': '1', origin: new URL(page.url()).origin },
      });
      await route.continue();
    },
    { times: 1 },
  );
  await page.getByRole('button', { name: 'Save profile' }).click();
  await expect(page.getByRole('alert').first()).toContainText('Your role, Viewer, does not include this');
  await expect(page.getByRole('button', { name: 'Theo Marchetti, Viewer' })).toBeVisible();
  await expect(phone).toHaveValue('+62 21 555 0199');
});
