import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './test.ts';

const events = (page: Page): Locator => page.getByRole('grid', { name: 'Events' });
/** Rows of events, without the headings of days. */
const rows = (page: Page): Locator =>
  events(page)
    .getByRole('row')
    .filter({ has: page.getByText(/^\d{2}:\d{2}:\d{2}/) });

test('filters stand in the text, in the chips and in the URL alike', async ({ page, open, axe }) => {
  await open('/o/root/audit?range=30d');
  await expect(rows(page).first()).toBeVisible();
  await expect(page.getByText(/Not recorded by Cloudflare: reads/)).toBeVisible();

  const query = page.getByRole('combobox', { name: 'Add to the query' });
  await query.fill('-token:ci-provision product:members');
  await query.press('Enter');
  await expect(page).toHaveURL(/actor_token_name\.not=ci-provision/);
  await expect(page).toHaveURL(/resource_product=members/);
  await expect(rows(page).first()).toBeVisible();
  await expect(events(page)).not.toContainText('ci-provision');

  await page.reload();
  await expect(page.getByRole('button', { name: 'Remove -token:ci-provision' })).toBeVisible();
  await page.getByRole('switch', { name: 'Chips' }).click();
  await expect(page.getByRole('combobox', { name: 'Query' })).toHaveValue('-token:ci-provision product:members');
  await page.getByRole('switch', { name: 'Chips' }).click();

  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByRole('option', { name: 'Via' }).click();
  await page.getByRole('radio', { name: 'is not' }).check();
  await page.getByRole('option', { name: /^oauth/ }).click();
  await expect(page).toHaveURL(/actor_context\.not=oauth/);
  await axe();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Remove -via:oauth' }).click();
  await expect(page).not.toHaveURL(/actor_context/);
});

test('a word that is no field is named, and nothing typed is lost', async ({ page, open }) => {
  await open('/o/root/audit');
  const query = page.getByRole('combobox', { name: 'Add to the query' });
  await query.fill('actr:ana result:maybe');
  await query.press('Enter');
  await expect(page.getByText(/actr is not a field/)).toBeVisible();
  await expect(page.getByText('result must be one of success, failure.')).toBeVisible();
  await expect(query).toHaveValue('actr:ana result:maybe');
});

test('a value is excluded from where it is shown', async ({ page, open }) => {
  await open('/o/root/audit?range=90d&actor_token_name=terraform-prod');
  await rows(page).first().click();
  const panel = page.getByRole('complementary', { name: 'Event' });
  await expect(panel.getByText('Ray ID', { exact: true })).toBeVisible();
  await panel.getByRole('link', { name: 'This token, 12 hours before and after' }).click();
  await expect(page).toHaveURL(/actor_token_id=.*since=.*before=.*event=/);
  await expect(panel.getByText('Ray ID', { exact: true })).toBeVisible();
  await panel.getByText('terraform-prod', { exact: true }).last().hover();
  await panel.getByRole('button', { name: 'Exclude Token terraform-prod' }).click();
  await expect(page).toHaveURL(/actor_token_name\.not=terraform-prod/);
});

test('the history of a resource says how sure it is, and shows what two entries changed', async ({ page, open }) => {
  await open('/o/Redfern Health/audit?range=18mo&resource_type=organization_profile');
  await rows(page).first().click();
  const panel = page.getByRole('complementary', { name: 'Event' });
  await panel.getByRole('radio', { name: 'History' }).click();
  await expect(panel.getByText(/(Exact|Approximate) history/)).toBeVisible();
  // the details say how sure the history is too: only the heading tells that it has come
  await expect(panel.getByRole('heading', { name: /days each way/ })).toBeVisible();
  const further = panel.getByRole('button', { name: /^Look further/ });
  const entries = panel.getByRole('checkbox', { name: /^Compare/ });
  await expect(async () => {
    // it goes when there is nothing further, also from under the pointer
    if (!(await entries.nth(1).isVisible())) await further.click({ timeout: 5_000 });
    await expect(entries.nth(1)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await entries.nth(0).check();
  await entries.nth(1).check();
  await expect(panel.getByRole('heading', { name: 'What differs' })).toBeVisible();
  await expect(panel.getByText(/business_/).first()).toBeVisible();
});

test('a link to an event opens it, whatever the list holds', async ({ page, open }) => {
  await open('/o/Redfern Health/audit?range=18mo&resource_type=organization_profile');
  await rows(page).last().click();
  const panel = page.getByRole('complementary', { name: 'Event' });
  await expect(page).toHaveURL(/event=/);
  const heading = (await panel.getByRole('heading').first().textContent()) ?? '';
  const event = new URL(page.url()).searchParams.get('event');
  await open(`/o/Redfern Health/audit?range=1h&event=${event}`);
  await expect(panel.getByRole('heading').first()).toContainText(heading.trim());
  await open('/o/Redfern Health/audit?range=1h&event=never-there');
  await expect(page.getByText('The event of this link is not in this log.')).toBeVisible();
});

test('older events come while scrolling, and the list stays small in the page', async ({ page, open }) => {
  await open('/o/root/audit?range=18mo');
  await expect(rows(page).first()).toBeVisible();
  const loaded = page.getByText(/^\d+ events? loaded$/);
  await expect(loaded).toHaveText('200 events loaded');
  await rows(page).first().click();
  await page.keyboard.press('Escape');
  await rows(page).first().focus();
  await page.keyboard.press('End');
  await expect(loaded).not.toHaveText('200 events loaded');
  expect(await events(page).getByRole('row').count()).toBeLessThan(120);

  // the way back: the first row has the focus, and the panel goes along with it
  await page.keyboard.press('Home');
  await expect(rows(page).first()).toBeFocused();
  await page.keyboard.press('Enter');
  const heading = page.getByRole('complementary', { name: 'Event' }).getByRole('heading').first();
  const first = (await heading.textContent()) ?? '';
  await rows(page).first().focus();
  await page.keyboard.press('j');
  await expect(heading).not.toHaveText(first);
});

test('the filtered events are exported whole, and the file says so', async ({ page, open }) => {
  await open('/o/root/audit?range=7d');
  await expect(rows(page).first()).toBeVisible();
  await page.getByRole('button', { name: /^Export/ }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /^NDJSON/ }).click();
  const lines = (await readFile(await (await download).path(), 'utf8')).trim().split('\n');
  expect(lines.length).toBeGreaterThan(1);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ _end: { complete: true, count: lines.length - 1 } });
});

test('an upstream page of HTML becomes an error with its ids', async ({ page, open, fault, allowed }) => {
  allowed.push(/status of 502.*\/logs\/audit/);
  await fault({
    match: { path: '/organizations/*/logs/audit' },
    times: null,
    fault: { kind: 'edge_error', status: 502, form: 'html', retryAfter: '0' },
  });
  await open('/o/root/audit');
  const main = page.getByRole('main');
  await expect(main).toContainText('The audit log could not be read', { timeout: 20_000 });
  await expect(main).toContainText(/Ray ID/);
  await expect(main).toContainText(/[Rr]equest/);
  await expect(main).not.toContainText('<html');
});
