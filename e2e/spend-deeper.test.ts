import { readFile } from 'node:fs/promises';
import type { RateCardInForce } from '../src/contract/canopy/rate-card.ts';
import { expect, test } from './test.ts';

test('each group opens by a second dimension, a press goes deeper, and Back comes out again', async ({
  page,
  open,
  usage: _usage,
  axe,
}) => {
  await open('/o/root/spend?compare=none&by=organization');
  await page.getByRole('combobox', { name: 'Then by' }).selectOption({ label: 'Product family' });
  await expect(page).toHaveURL(/and=family/);
  const table = page.getByRole('table', { name: 'By organization' });
  const opener = table.getByRole('button', { name: 'What Brightwater Managed IT consists of' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(opener).toHaveAttribute('aria-expanded', 'true');
  const workers = table.getByRole('button', { name: 'Workers', exact: true });
  await expect(workers).toBeVisible();
  await axe(['light']);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('dialog', { name: 'Export' }).getByRole('button', { name: 'Download CSV' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).toMatch(/^.?Organization key,Organization,Product family key/);

  await workers.click();
  await expect(page.getByRole('group', { name: 'Filter: Organization is Brightwater Managed IT' })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Filter: Product family is Workers' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'By metric' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('group', { name: /^Filter: / })).toHaveCount(0);
  await expect(workers).toBeVisible();
  await opener.press('Enter');
  await expect(opener).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('[');
  await expect(page).toHaveURL(/and=family&from=2026-09-23&before=2026-10-23/);
  await expect(page.getByRole('region', { name: 'Headline' })).toContainText('23 Sep – 22 Oct 2026');
  await page.keyboard.press(']');
  await expect(page.getByRole('region', { name: 'Headline' })).toContainText('23 Oct – 21 Nov 2026, 30 complete days');

  // the chart and its table have the same numbers
  const slider = page.getByRole('slider', { name: /Read the chart/ });
  await slider.focus();
  const spoken = (await slider.getAttribute('aria-valuetext')) ?? '';
  const total = /: (\$[\d,.]+\d)\./.exec(spoken)?.[1] ?? 'no total';
  await page.getByRole('radio', { name: 'Table' }).click();
  const last = page.getByRole('table', { name: 'Amounts by date' }).getByRole('row').last();
  await expect(last.getByRole('cell').first()).toHaveText(total);
});

test('what was unusual is marked in the chart, leads to its list, and is acknowledged or muted there', async ({
  page,
  open,
  usage: _usage,
  axe,
}) => {
  await open('/o/Brightwater Managed IT/spend?compare=none');
  const list = page.getByRole('region', { name: 'Anomalies' });
  const durable = list.getByRole('listitem').filter({ hasText: 'Durable Objects Compute Duration' }).filter({ hasText: 'Tern' });
  await expect(durable).toContainText(/since \d+ Nov/);
  // how far back it is seen depends on how much of October is read
  const [, day = ''] = /since (\d+) Nov/.exec(await durable.innerText()) ?? [];
  const badge = page.getByText(`Durable Objects Compute Duration is unusual since ${day} Nov`);
  await expect(badge).toBeAttached();
  await page
    .getByRole('group', { name: 'Anomalies in the chart' })
    .getByRole('button', { name: new RegExp(`^${day} Nov`) })
    .focus();
  await page.keyboard.press('Enter');
  await expect(list).toBeFocused();
  await expect(list).toContainText(`Only what began ${day} Nov 2026`);
  await expect(durable.getByRole('link', { name: 'Audit events' })).toHaveAttribute(
    'href',
    new RegExp(`/audit\\?since=2026-11-${day}&before=2026-11-${Number(day) + 1}$`),
  );
  await axe();

  await durable.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(durable).toHaveCount(0);
  await expect(badge).toHaveCount(0);
  await list.getByText('Also acknowledged and muted').click();
  await durable.getByRole('button', { name: /^Acknowledged by .*, take back$/ }).click();
  await durable.getByRole('button', { name: 'Mute' }).click();
  await expect(durable).toContainText('Muted by');
  await durable.getByRole('button', { name: 'Unmute' }).click();
  await list.getByRole('button', { name: 'Show all days' }).click();
  await expect(page).not.toHaveURL(/unusual=/);

  const headline = page.getByRole('region', { name: 'Headline' });
  await expect(headline).toContainText(/Forecast, all of November/);
  await headline.getByRole('button', { name: 'How the forecast is made' }).click();
  await expect(page.getByRole('dialog', { name: 'How the forecast is made' })).toContainText('four of five months end in it');
  await page.keyboard.press('Escape');

  // and how the figure itself comes about, down to the blocks of one account
  await page.keyboard.press('e');
  const explained = page.getByRole('dialog', { name: 'How is this estimated?' });
  await explained.getByRole('button', { name: /^Workers Standard Requests/ }).click();
  await expect(explained).toContainText('10,000,000 Requests included for the account and cycle');
  const accounts = explained.getByRole('list', { name: 'By account' });
  await accounts.getByRole('button').first().click();
  await expect(accounts.getByRole('region', { name: /^Billing cycle from/ }).last()).toContainText(
    /blocks? of 1,000,000 Requests/,
  );
  await axe();
  await page.keyboard.press('Escape');

  const allowances = page.getByRole('region', { name: 'Allowances', exact: true });
  await allowances.getByRole('radio', { name: /^Used up \(/ }).click();
  await expect(allowances.getByRole('table').getByRole('row').nth(1)).toContainText(' of ');
});

test('a price changed on the rate card changes the figure on the page', async ({ page, open, api, usage: _usage, axe }) => {
  await open('/o/Brightwater Managed IT/spend?by=metric&compare=none');
  const cpu = page.getByRole('table', { name: 'By metric' }).getByRole('row', { name: /Workers CPU ms/ });
  const headline = page.getByRole('region', { name: 'Headline' });
  const { version } = await api.ask<RateCardInForce>('GET', '/canopy/spend/rate-card');
  await expect(headline).toContainText(`rate card v${version}`);
  const before = /\$[\d,]+\.\d\d/.exec(await cpu.innerText())?.[0] ?? 'no figure';

  // what makes the month jump is told before it is saved; going back loses nothing, and going on saves it
  await open('/o/root/spend/rate-card?open=line:workers_cpu_ms');
  await page.getByRole('complementary', { name: 'Line Workers CPU ms' }).getByLabel('Price in USD').fill('0.2');
  await page.getByRole('button', { name: 'Change line' }).click();
  const changes = page.getByRole('region', { name: 'Changes' });
  const save = page.getByRole('dialog', { name: 'Save rate card' });
  await changes.getByRole('button', { name: 'Save rate card' }).click();
  await expect(save.getByRole('alert')).toContainText(/The estimate of .* rises by [\d,]+%, from \$[\d,.]+ to \$[\d,.]+/);
  await axe();
  await save.getByRole('button', { name: 'Go back' }).click();
  await expect(changes.getByRole('status')).toContainText('1 change not saved');
  await changes.getByRole('button', { name: 'Save rate card' }).click();
  await save.getByRole('button', { name: 'Save all the same' }).click();
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(`Version ${version + 1} is in force`);
  await open('/o/Brightwater Managed IT/spend?by=metric&compare=none');
  await expect(headline).toContainText(`rate card v${version + 1}`);
  await api.readUsage('2026-10-23'); // ends when everything is priced again; the page sees that by itself
  await expect(cpu).toContainText(/\$[\d,]+\.\d\d/);
  await expect(cpu).not.toContainText(before);
});
