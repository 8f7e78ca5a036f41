import type { Request } from '@playwright/test';
import { expect, test } from './test.ts';

test.describe('the palette', () => {
  test('finds an organization, an account and a member by name, by keyboard alone', async ({ page, open }) => {
    await open('/o/root');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const search = page.getByRole('combobox', { name: /^Search organizations, accounts/ });

    // what is typed before its code has come is in its field
    await page.keyboard.press('Control+k');
    await page.keyboard.type('tallgr');
    await expect(search).toBeFocused();
    await expect(search).toHaveValue('tallgr');
    await expect(
      page
        .getByRole('group', { name: /^Organizations/ })
        .getByRole('option')
        .first(),
    ).toContainText('Tallgrass Hosting');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Tallgrass Hosting', level: 1 })).toBeVisible();

    await page.keyboard.press('Control+k');
    await page.keyboard.type('hamish orr');
    await expect(
      page
        .getByRole('group', { name: /^Members/ })
        .getByRole('option')
        .first(),
    ).toContainText('Brightwater Managed IT');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('complementary', { name: 'Member Hamish Orr' })).toBeVisible();

    await page.keyboard.press('Control+k');
    await page.keyboard.type('lariat pay');
    await expect(
      page
        .getByRole('group', { name: /^Accounts/ })
        .getByRole('option')
        .first(),
    ).toContainText('Lariat Payments');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/accounts\?account=/);
  });

  test('goes straight to a pasted id, and to the events of a Ray ID', async ({ page, open, organizations }) => {
    await open('/settings');
    await page.getByRole('button', { name: 'Search or paste an ID' }).click();
    const search = page.getByRole('combobox', { name: /^Search organizations, accounts/ });
    await search.fill(organizations.get('Redfern Health') ?? '');
    await expect(page.getByRole('group', { name: 'This ID' }).getByRole('option').first()).toContainText('Redfern Health');

    await search.fill('4d3171a624f73879');
    await page.getByRole('option', { name: /Events with this Ray ID/ }).click();
    await expect(page).toHaveURL(/raw_cf_ray_id=4d3171a624f73879/);
    await expect(page.getByRole('grid', { name: 'Events' }).getByRole('row', { name: /profile/i })).toBeVisible();
  });

  test('says so when nothing matches, and Escape gives the focus back', async ({ page, open }) => {
    await open('/settings');
    const button = page.getByRole('button', { name: 'Search or paste an ID' });
    await button.click();
    await page.getByRole('combobox', { name: /^Search organizations, accounts/ }).fill('no such thing');
    await expect(page.getByText('Nothing matches.')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(button).toBeFocused();
  });
});

test.describe('the scope', () => {
  test('goes to a sibling, keeps the screen, and narrows to this organization', async ({ page, open }) => {
    await open('/o/Redfern Systems/members');
    const scope = page.getByRole('navigation', { name: 'Scope' });
    await expect(scope.getByRole('listitem')).toHaveText(['Larkfield Distribution', 'Larkfield Americas', 'Redfern Systems']);

    await scope.getByRole('button', { name: 'Redfern Systems' }).click();
    await page
      .getByRole('dialog', { name: 'Organizations beside Redfern Systems' })
      .getByRole('link', { name: /^Tallgrass Hosting/ })
      .click();
    await expect(page).toHaveTitle('Members · Tallgrass Hosting · Canopy');
    await expect(page.getByRole('heading', { name: 'Members' })).toBeFocused();

    await page.goBack();
    await expect(page.getByRole('main')).toContainText('Redfern Systems and 1 sub-organization');
    await page.getByRole('radio', { name: 'This organization' }).click();
    await expect(page).toHaveURL(/descendants=false/);
    await expect(page.getByRole('main')).not.toContainText('sub-organization');
    await page.reload();
    await expect(page.getByRole('radio', { name: 'This organization' })).toBeChecked();
  });

  test('an organization that is not there says so, with the answer of Cloudflare and both ids', async ({
    page,
    open,
    allowed,
  }) => {
    allowed.push(/status of 404.*0{32}/);
    await open(`/o/${'0'.repeat(32)}/members`);
    const problem = page.getByRole('alert', { name: 'This organization is not here' });
    await expect(problem).toContainText(/404/);
    await expect(problem).toContainText(/Request ID\s*\S+/);
    await expect(problem).toContainText(/Ray ID\s*[0-9a-f]{16}/);
    await problem.getByRole('link', { name: 'Go home' }).click();
    await expect(page.getByRole('heading', { name: 'Larkfield Distribution', level: 1 })).toBeVisible();
  });
});

test('an address that leads nowhere keeps the frame', async ({ page, open, axe }) => {
  await open('/nowhere');
  await expect(page.getByRole('heading', { name: 'There is no such screen' })).toBeVisible();
  await expect(page).toHaveTitle('Not found · Canopy');
  await axe();
  await page.getByRole('link', { name: 'Go home' }).click();
  await expect(page.getByRole('heading', { name: 'Larkfield Distribution', level: 1 })).toBeVisible();
});

test('a screen the role may not see says the rule and offers a way on', async ({ page, open, axe }) => {
  await open('/o/root/audit', 'viewer');
  await expect(page.getByRole('heading', { name: 'Viewer may not see the audit log' })).toBeVisible();
  await expect(page.getByRole('main')).toContainText('Administrator and Auditor may.');
  await axe();
  await page.getByRole('link', { name: 'Open the overview' }).click();
  await expect(page.getByRole('heading', { name: 'Larkfield Distribution', level: 1 })).toBeVisible();
});

test.describe('shortcuts', () => {
  test('go to every screen, and the sheet lists what works here', async ({ page, open }) => {
    // their code comes after the page: what is pressed until then is not lost
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/*.js', async (route) => {
      const answer = await route.fetch();
      if ((await answer.text()).includes('Switch between light and dark')) await held;
      await route.fulfill({ response: answer });
    });
    await open('/o/root');
    await expect(page.getByRole('heading', { name: 'Larkfield Distribution', level: 1 })).toBeVisible();
    await page.keyboard.type('ga');
    release();
    await expect(page.getByRole('heading', { name: 'Accounts', level: 1 })).toBeFocused();
    for (const [keys, title] of [
      ['gm', 'Members'],
      ['go', 'Organizations'],
      ['gu', 'Usage & cost'],
      ['gl', 'Audit'],
      ['gh', 'Larkfield Distribution'],
    ] as const) {
      await page.keyboard.type(keys);
      await expect(page.getByRole('heading', { name: title, level: 1 })).toBeFocused();
    }
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: 'Shortcuts' });
    await expect(sheet.getByRole('heading', { name: 'Go to' })).toBeVisible();
    await expect(sheet).toContainText('Switch between light and dark');
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
  });

  test('do nothing while somebody types, nor when they are switched off', async ({ page, open }) => {
    await open('/o/root/members');
    await page.getByRole('searchbox', { name: 'Find a member' }).click();
    await page.keyboard.type('go?');
    await expect(page.getByRole('searchbox', { name: 'Find a member' })).toHaveValue('go?');
    await expect(page.getByRole('heading', { name: 'Members', level: 1 })).toBeVisible();

    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('switch', { name: 'Single-key shortcuts' }).uncheck();
    await page.getByRole('heading', { name: 'Settings', level: 1 }).click();
    await page.keyboard.type('gm?');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog', { name: 'Search and commands' })).toBeVisible();
  });
});

test('the theme follows the system until it is chosen, and stays chosen', async ({ page, open }) => {
  const root = page.locator('html');
  await page.emulateMedia({ colorScheme: 'dark' });
  await open('/settings');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.getByRole('radio', { name: 'Light' }).check();
  await expect(root).toHaveAttribute('data-theme', 'light');
  await page.reload();
  await expect(page.getByRole('radio', { name: 'Light' })).toBeChecked();
  await expect(root).toHaveAttribute('data-theme', 'light');
});

test('a session that ends keeps the page and what was typed', async ({ page, open, context, allowed, axe }) => {
  await open('/o/Montclar Cloud/members');
  await page.getByRole('button', { name: 'Invite members' }).click();
  const addresses = page.getByRole('textbox', { name: 'Addresses' });
  await addresses.fill('kept@montclar.example');

  allowed.push(/status of 401 \(Unauthorized\)/);
  await context.clearCookies();
  await page.getByRole('button', { name: 'Send invitation' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
  await expect(dialog).toBeVisible();
  await axe();
  await dialog.getByRole('button', { name: /^Administrator/ }).click();
  await expect(dialog).toBeHidden();
  await expect(addresses).toHaveValue('kept@montclar.example');
});

test('signing out leaves nothing behind, and nothing is asked for anybody meanwhile', async ({ page, open, allowed }) => {
  await open('/o/root/audit');
  await expect(page.getByRole('heading', { name: 'Audit', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Ines Halloran, Administrator' }).click();
  // the connection breaks, late, the first time
  allowed.push(/ERR_FAILED/);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(
    '**/api/canopy/session',
    async (route) => {
      await held;
      await route.abort();
    },
    { times: 1 },
  );
  const leaving = page.waitForRequest((request) => request.method() === 'DELETE');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await leaving;
  const asked: string[] = [];
  const note = (request: Request) => {
    if (request.isNavigationRequest()) page.off('request', note);
    else asked.push(`${request.method()} ${request.url()}`);
  };
  page.on('request', note);
  // longer than any screen waits before it reads again
  await page.clock.fastForward('06:00');
  release();
  await expect(page.getByRole('heading', { name: 'You may still be signed in' })).toBeVisible();
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in to the sandbox' })).toBeVisible();
  expect(asked).toEqual([expect.stringMatching(/^DELETE /)]); // once more
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Sign in to the sandbox' })).toBeVisible();
});

test('without a connection the page stands, and the next one opens when it is back', async ({ page, open, context, allowed }) => {
  allowed.push(/ERR_INTERNET_DISCONNECTED/);
  await open('/o/root/members');
  const row = page.getByRole('grid', { name: 'Members' }).getByRole('row').nth(2);
  await expect(row).toBeVisible();
  await context.setOffline(true);
  await page.getByRole('link', { name: 'Shares' }).click();
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('The page opens when the connection is back');
  await expect(row).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole('heading', { name: 'Shares', level: 1 })).toBeVisible();
  await expect(page.getByText('The page opens when the connection is back')).toHaveCount(0);
});

test('another person is one click away, and sees only their own', async ({ page, open }) => {
  await open('/o/root/members');
  await page.getByRole('button', { name: 'Ines Halloran, Administrator' }).click();
  await page.getByRole('link', { name: 'Switch identity' }).click();
  await page.getByRole('button', { name: /^Billing viewer/ }).click();
  await expect(page.getByRole('button', { name: 'Anselm Dubois, Billing viewer' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Members/ })).toBeDisabled();
});

test('on a phone every screen is within reach', async ({ page, open, axe }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open('/o/root/audit');
  await expect(page.getByRole('heading', { name: 'Audit', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'All screens' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('link', { name: /^Members/ })).toBeVisible();
  await axe();
  await drawer.getByRole('link', { name: /^Members/ }).click();
  await expect(page.getByRole('heading', { name: 'Members', level: 1 })).toBeVisible();
  await expect(drawer).toBeHidden();
});
