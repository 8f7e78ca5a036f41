import type { Allowances } from '../src/contract/canopy/forecast.ts';
import { expect, test } from './test.ts';

test('accounts are ranked by cost, sorted, searched, and lead to their own spend, on a phone too', async ({
  page,
  open,
  usage: _usage,
  axe,
}) => {
  await open('/o/root/spend/accounts');
  const table = page.getByRole('table', { name: 'Accounts by cost' });
  const first = table.getByRole('row').nth(1);
  await expect(first).toContainText(/\$[\d,]+\.\d\d/);
  await expect(table.getByRole('row', { name: /^Total/ })).toContainText('100.0%');
  await expect(page.getByText(/Complete through 21 Nov 2026 \(UTC\)/)).toBeVisible();
  await expect(page.getByText(/Also in EUR, GBP, never added up/)).toBeVisible();
  const dearest = await first.getByRole('link').innerText();
  await axe();

  await table.getByRole('button', { name: 'Account', exact: true }).click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(first.getByRole('link')).not.toHaveText(dearest);
  const search = page.getByRole('searchbox', { name: 'Search accounts' });
  await search.fill('no such account');
  await expect(page.getByText('No account matches')).toBeVisible();
  await expect(page.getByText(/^0 of \d+$/)).toBeVisible();
  await search.fill(dearest);
  await expect(first.getByRole('link')).toHaveText(dearest);
  const share = table.getByRole('row', { name: /^Total of all/ });
  await expect(share).toContainText('100.0%'); // of all of them, also of those that the search hides

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(page.getByRole('combobox', { name: 'Sort by' })).toBeVisible();
  await axe(['dark']);
  await table.getByRole('link', { name: dearest }).click();
  await expect(page.getByRole('group', { name: `Filter: Account is ${dearest}` })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Usage & cost' })).toBeVisible();
});

test('an allowance says when it is used up, how its cost comes about, and is a line in the chart', async ({
  page,
  open,
  api,
  organizations,
  usage: _usage,
  axe,
}) => {
  await open('/o/root/spend?compare=none');
  const allowances = page.getByRole('region', { name: 'Allowances', exact: true });
  const table = allowances.getByRole('table', { name: /^Allowances, / });
  await allowances.getByRole('radio', { name: /^Will be used up/ }).check();
  await expect(table.getByRole('row').nth(1)).toContainText(/expected \d+ (Nov|Dec)/);
  await allowances.getByRole('radio', { name: /^Used up/ }).check();
  const workers = table.getByRole('row').nth(1);
  await expect(workers).not.toContainText('expected');
  await workers.getByRole('button').click();
  const steps = page.getByRole('dialog', { name: /^Cost of / });
  await expect(steps.getByRole('listitem').first()).toBeVisible();
  await axe(['light']);
  await steps.getByRole('button', { name: 'Show this account' }).click();
  await expect(page.getByRole('group', { name: /^Filter: Account is/ })).toBeVisible();

  // one that a single metric of a single account uses up, in a cycle that is the month
  const { rows } = await api.ask<Allowances>(
    'GET',
    `/canopy/spend/allowances?organization=${organizations.get('root') ?? ''}&descendants=true&state=used-up&per_page=200`,
  );
  const own = rows.find(({ per, shared, cycle }) => per === 'account-cycle' && !shared && cycle.from === '2026-11-01');
  if (!own) throw new Error('every allowance is shared');
  const where = encodeURIComponent(`account=${own.accountId}`);
  // what the month comes to is answered last here, while the button is held down: nothing moves from under the pointer
  let answerMonth = () => undefined as void;
  const monthIsDue = new Promise<void>((resolve) => (answerMonth = resolve));
  await page.route('**/api/canopy/spend/query', async (route) => {
    if (route.request().postData()?.includes('"granularity":"month"')) await monthIsDue;
    await route.continue();
  });
  await open(`/o/root/spend?measure=quantity&metric=${own.metric}&unit=${encodeURIComponent(own.unit)}&where=${where}`);
  const figure = page.getByRole('figure');
  await expect(figure).toContainText(/[\d.,]+.* of [\d.,]+.* included from 1 Nov – 30 Nov 2026 is used/);
  const headline = page.getByRole('region', { name: 'Headline' });
  await figure.getByRole('button', { name: 'Show against the allowance' }).hover();
  await expect(headline).toContainText('Asking…');
  await page.mouse.down();
  answerMonth();
  await expect(headline).toContainText(/October: /);
  await page.mouse.up();
  await expect(page).toHaveURL(/from=2026-11-01/);
  await expect(page).toHaveURL(/view=cumulative/);
  await expect(page.getByRole('radio', { name: 'Cumulative' })).toBeChecked();
  await expect(figure).toContainText('is used');
  await expect(figure.getByRole('button', { name: 'Show against the allowance' })).toHaveCount(0);
});
