import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './test.ts';

const table = (page: Page) => page.getByRole('grid', { name: 'Members' });

test.describe('the list', () => {
  test('is filtered by status, two-factor and text, and the filters stand in the URL', async ({ page, open, axe }) => {
    await open('/o/root/members');
    await expect(page.getByRole('status').filter({ hasText: '175 people' })).toBeVisible();
    await expect(table(page).getByRole('row').nth(1)).toHaveAccessibleName(/^t\.marsh@brightwater\.example Pending/);
    await axe();

    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const menu = page.getByRole('dialog', { name: 'Add a filter' });
    await menu.getByRole('option', { name: 'Two-factor authentication' }).click();
    await menu.getByRole('option', { name: 'Off' }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('group', { name: 'Filter: 2FA is Off' })).toBeVisible();
    await expect(page).toHaveURL(/two-factor=off/);
    await page.getByRole('searchbox', { name: 'Find a member' }).fill('orr');
    await expect(table(page).getByRole('row', { name: /^Hamish Orr/ })).toBeVisible();
    await expect(table(page).getByRole('row')).toHaveCount(2);

    await page.reload();
    await expect(page.getByRole('searchbox', { name: 'Find a member' })).toHaveValue('orr');
    await expect(table(page).getByRole('row')).toHaveCount(2);
    await page.getByRole('searchbox', { name: 'Find a member' }).fill('nobody of that name');
    await expect(page.getByRole('heading', { name: /^The filters hide \d+ people$/ })).toBeVisible();
    await page.getByRole('button', { name: 'Show everybody' }).click();
    await expect(page.getByRole('status').filter({ hasText: '175 people' })).toBeVisible();
  });

  test('is walked and opened by keyboard', async ({ page, open, axe }) => {
    await open('/o/Tallgrass Hosting/members');
    await expect(table(page).getByRole('row', { name: /^a\.coteau@tallgrass/ })).toBeVisible();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const third = table(page).getByRole('row').nth(3);
    await expect(third).toBeFocused();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: /^Member / });
    await expect(panel).toContainText('Full control of');
    await axe();
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await expect(third).toBeFocused();
  });

  test('says who did not answer, and reads them again', async ({ page, open, fault, api, organizations }) => {
    const silent = organizations.get('Sunda Strait Digital') ?? '';
    const mend = await fault({
      match: { path: `/organizations/${silent}/members` },
      fault: { kind: 'status', status: 500, body: 'json' },
    });
    await api.ask('POST', '/canopy/hierarchy/refresh', { organizationIds: [silent] });
    await open('/o/root/members');
    await expect(page.getByText('15 of 16 organizations answered').first()).toBeVisible();
    await expect(page.getByRole('main')).toContainText(/Sunda Strait Digital: /);
    await mend();
    await page.getByRole('button', { name: 'Retry 1' }).click();
    await expect(page.getByRole('button', { name: 'Retry 1' })).toBeHidden();
    await expect(page.getByRole('status').filter({ hasText: '175 people' })).toBeVisible();
  });

  test('is exported as CSV', async ({ page, open }) => {
    await open('/o/Redfern Health/members');
    await expect(table(page).getByRole('row', { name: /^s\.lindholm/ })).toBeVisible();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    expect(text).toContain('s.lindholm@redfern-health.example');
    expect(text).toContain('Redfern Health');
  });

  test('is readable on a phone', async ({ page, open, axe }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await open('/o/root/members');
    await expect(table(page).getByRole('row').nth(2)).toContainText(/Pending/);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await axe();
    await table(page).getByRole('row').nth(2).click();
    await expect(page.getByRole('complementary', { name: /^Member / })).toBeVisible();
    await axe();
  });
});

test.describe('inviting', () => {
  test('a pasted list is read, sent in batches of ten and answered row by row, by keyboard alone', async ({
    page,
    open,
    upstreamRequests,
    axe,
  }) => {
    await open('/o/Larkfield Americas/members?descendants=false');
    await expect(table(page).getByRole('row', { name: /^Harlan Vasquez/ })).toBeVisible();
    await page.getByRole('button', { name: 'Invite members' }).focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Invite members' });
    await expect(panel.getByRole('textbox', { name: 'Addresses' })).toBeFocused();

    const fresh = Array.from({ length: 12 }, (_, index) => `new${index + 1}@americas.example`);
    const known = 'h.vasquez@larkfield.example';
    await page.keyboard.insertText(
      `"Feld, Hanna" <${fresh[0]}>; ${fresh.slice(1).join(', ')}\n${fresh[3]?.toUpperCase()} ${known} not@valid`,
    );
    await expect(panel.getByRole('status').first()).toHaveText(
      '14 found · 12 to invite in 2 batches · 1 already here · 1 not valid',
    );
    const rows = panel.getByRole('list', { name: 'Addresses' }).getByRole('listitem');
    await expect(rows.filter({ hasText: known })).toContainText('Already active');
    await expect(rows.filter({ hasText: 'not@valid' })).toContainText('Not an e-mail address');
    await axe();

    const send = panel.getByRole('button', { name: 'Send 12 invitations' });
    for (let presses = 0; presses < 10 && !(await send.evaluate((element) => element === document.activeElement)); presses++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(panel.getByRole('status').filter({ hasText: '12 sent, 0 failed' })).toBeVisible();
    await expect(rows.filter({ hasText: 'Invited' })).toHaveCount(12);
    const writes = (await upstreamRequests()).filter(({ method }) => method === 'POST');
    expect(writes.map(({ route }) => route)).toEqual(['batchCreateMembers', 'batchCreateMembers']);

    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await expect(table(page).getByRole('row', { name: /^new12@americas\.example Pending/ })).toBeVisible();
  });

  test('a batch that fails half-way is settled by reading, and only what is missing is sent again', async ({
    page,
    open,
    fault,
    upstreamRequests,
    organizations,
    allowed,
    axe,
  }) => {
    allowed.push(/status of 5\d\d.*members:batchCreate/);
    await fault({
      match: { method: 'POST', path: `/organizations/${organizations.get('Redfern Systems')}/members:batchCreate` },
      times: 1,
      fault: { kind: 'partial_batch', applied: 2 },
    });
    await open('/o/Redfern Systems/members?panel=invite&descendants=false');
    const panel = page.getByRole('complementary', { name: 'Invite members' });
    const half = ['one', 'two', 'three', 'four', 'five'].map((name) => `${name}@half.example`);
    await panel.getByRole('textbox', { name: 'Addresses' }).fill(half.join('\n'));
    await panel.getByRole('button', { name: 'Send 5 invitations' }).click();
    await expect(panel.getByRole('status').filter({ hasText: '2 sent, 3 failed' })).toBeVisible();
    const rows = panel.getByRole('list', { name: 'Addresses' }).getByRole('listitem');
    await expect(rows.filter({ hasText: /^two@half/ })).toContainText('Invited');
    await expect(rows.filter({ hasText: /^three@half/ })).toContainText('not invited');
    await expect(rows.filter({ hasText: /^three@half/ }).getByRole('alert')).toContainText(/R(equest|ay) ID/);
    await axe();

    await panel.getByRole('button', { name: 'Retry failed (3)' }).click();
    await expect(panel.getByRole('status').filter({ hasText: '5 sent, 0 failed' })).toBeVisible();
    const writes = (await upstreamRequests()).filter(({ method }) => method === 'POST');
    expect(writes.map(({ route }) => route)).toEqual(['batchCreateMembers', 'createMember', 'createMember', 'createMember']);
  });

  test('a throttled batch goes on by itself, once; a session that ended sends nothing, and what was pasted stays', async ({
    page,
    open,
    fault,
    upstreamRequests,
    allowed,
  }) => {
    allowed.push(/status of 429.*members:batchCreate/, /status of 401/);
    await fault({
      match: { method: 'POST', path: '/organizations/*/members:batchCreate' },
      times: 1,
      fault: { kind: 'throttle', retryAfter: '2' },
    });
    await open('/o/Larkfield APAC/members?panel=invite&descendants=false');
    const panel = page.getByRole('complementary', { name: 'Invite members' });
    const addresses = panel.getByRole('textbox', { name: 'Addresses' });
    await addresses.fill('one@slow.example two@slow.example three@slow.example');
    await panel.getByRole('button', { name: 'Send 3 invitations' }).click();
    await expect(panel.getByRole('status').filter({ hasText: '3 sent, 0 failed' })).toBeVisible({ timeout: 30_000 });
    const sent = async () => (await upstreamRequests()).filter(({ method }) => method === 'POST').map(({ route }) => route);
    expect(await sent()).toEqual(['batchCreateMembers', 'createMember', 'createMember', 'createMember']);

    await panel.getByRole('button', { name: 'Invite others' }).click();
    await addresses.fill('four@slow.example five@slow.example');
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await page.getByRole('button', { name: 'Invite members' }).click();
    await expect(addresses).toHaveValue('four@slow.example five@slow.example');
    // between the press and the arrival: it is the sending that meets the end
    await page.route(
      '**/members:batchCreate',
      async (route) => {
        await page.request.delete('/api/canopy/session', { headers: { 'x-canopy': '1', origin: new URL(page.url()).origin } });
        await route.continue();
      },
      { times: 1 },
    );
    await panel.getByRole('button', { name: 'Send 2 invitations' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.getByRole('button', { name: /^Administrator/ }).click();
    await expect(dialog).toBeHidden();
    const rows = panel.getByRole('list', { name: 'Addresses' }).getByRole('listitem');
    await expect(rows.filter({ hasText: 'Not sent' })).toHaveCount(2);
    await panel.getByRole('button', { name: 'Retry failed (2)' }).click();
    await expect(panel.getByRole('status').filter({ hasText: '2 sent, 0 failed' })).toBeVisible();
    expect(await sent()).toHaveLength(6);
  });
});

test.describe('ending a membership', () => {
  test('an invitation is canceled after being asked once', async ({ page, open, upstreamRequests }) => {
    await open('/o/Tallgrass Hosting/members');
    await table(page)
      .getByRole('row', { name: /^a\.coteau@tallgrass/ })
      .click();
    const panel = page.getByRole('complementary', { name: 'Member a.coteau@tallgrass.example' });
    await panel.getByRole('button', { name: 'Cancel invitation' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel the invitation of a.coteau@tallgrass.example' });
    await expect(dialog.getByRole('button', { name: 'Keep invitation' })).toBeFocused();
    await dialog.getByRole('button', { name: 'Cancel invitation' }).click();
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText(
      /Invitation of .*a\.coteau@tallgrass\.example.* canceled/,
    );
    await expect(table(page).getByRole('row', { name: /^a\.coteau@tallgrass.* Pending/ })).toHaveCount(0);
    // the row that took its place has the focus, not the top of the page
    await expect(table(page).getByRole('row').nth(1)).toBeFocused();
    expect((await upstreamRequests()).filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  test('a member is removed only by the exact name', async ({ page, open, upstreamRequests, axe }) => {
    await open('/o/Tallgrass Hosting/members');
    await table(page)
      .getByRole('row', { name: /^Roy Dunning/ })
      .click();
    await page.getByRole('complementary', { name: 'Member Roy Dunning' }).getByRole('button', { name: 'Remove' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove Roy Dunning' });
    await expect(dialog).toContainText('They lose full control of 44 accounts in 1 organization');
    const act = dialog.getByRole('button', { name: 'Remove member' });
    await expect(act).toBeDisabled();
    await dialog.getByRole('textbox', { name: 'Type the name' }).fill('roy dunning');
    await expect(act).toHaveAccessibleDescription('Type the name first.');
    await axe();
    await dialog.getByRole('textbox', { name: 'Type the name' }).fill('Roy Dunning');
    await expect(dialog.getByText('Matches')).toBeVisible();
    await act.click();
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText(/Roy Dunning.* removed from .*Tallgrass Hosting/);
    await expect(table(page).getByRole('row', { name: /^Roy Dunning/ })).toHaveCount(0);
    expect((await upstreamRequests()).filter(({ method }) => method === 'DELETE')).toHaveLength(1);
  });

  test('nobody removes themselves or the last active member', async ({ page, open, organizations }) => {
    await open('/o/root/members?descendants=false&q=halloran');
    await table(page)
      .getByRole('row', { name: /^Ines Halloran/ })
      .click();
    await expect(
      page.getByRole('complementary', { name: 'Member Ines Halloran' }).getByRole('button', { name: 'Remove' }),
    ).toHaveAccessibleDescription(/^This is you/);
    await page.goto(`/o/${organizations.get('Kōwhai Online')}/members?q=aroha`);
    await table(page)
      .getByRole('row', { name: /^Aroha Ngata-Bell/ })
      .click();
    const remove = page.getByRole('complementary', { name: 'Member Aroha Ngata-Bell' }).getByRole('button', { name: 'Remove' });
    await expect(remove).toBeDisabled();
    await expect(remove).toHaveAccessibleDescription(/^The last active member/);
  });

  test('what upstream refuses stays open with its words', async ({ page, open, fault, organizations, allowed }) => {
    allowed.push(/status of 403.*\/members\//);
    await fault({
      match: { method: 'DELETE', path: `/organizations/${organizations.get('Montclar Cloud')}/members/*` },
      fault: { kind: 'status', status: 403, body: 'json', code: 1008, message: 'Not today' },
    });
    await open('/o/Montclar Cloud/members');
    await table(page)
      .getByRole('row', { name: /^v\.sarlat@montclar/ })
      .click();
    await page.getByRole('complementary').getByRole('button', { name: 'Cancel invitation' }).click();
    const dialog = page.getByRole('dialog', { name: /^Cancel the invitation/ });
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('left the company');
    await dialog.getByRole('button', { name: 'Cancel invitation' }).click();
    await expect(dialog.getByRole('alert')).toContainText('The invitation was not canceled: 403 · 1008 Not today');
    await expect(dialog.getByRole('textbox', { name: 'Reason' })).toHaveValue('left the company');
  });
});
