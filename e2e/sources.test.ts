import type { ImportedSource } from '../src/contract/canopy/imports.ts';
import { tiny } from '../src/sandbox/seed/tiny.ts';
import { expect, test } from './test.ts';

// a store of usage of its own: what is taken in here must not meet other tests
test.use({ profile: 'tiny', server: 'sources' });

const mill = tiny.accounts.mill.id;
const file = [
  'BillingAccountId;BillingAccountName;ChargeCategory;ChargePeriodStart;BilledCost;BillingCurrency;ProviderName;ServiceName;Tags',
  `${mill};Ambler Mill;Usage;2026-11-18 00:00:00;120.50;USD;Cloudflare;Workers;`,
  `${mill};Ambler Mill;Usage;2026-11-19 00:00:00;80.25;usd;Cloudflare;R2;"{""team"": ""mill""}"`,
  '0042;Storage at AWS;Usage;2026-11-19;12.00;USD;AWS;Amazon S3;',
  '0042;Storage at AWS;Usage;19/11/2026;12.00;USD;AWS;Amazon S3;',
  '0042;Storage at AWS;Usage;2026-11-19;1.200,00;USD;AWS;Amazon S3;',
].join('\r\n');

test('a file is checked, taken in instead of Cloudflare’s records, seen by its source, and deleted', async ({
  page,
  open,
  axe,
  api,
  usage: _usage,
}) => {
  await api.ask('POST', '/canopy/hierarchy/refresh', {}); // names as they are, whatever other tests made of them
  await open('/o/root/spend/sources');
  const sources = page.getByRole('list', { name: 'Sources' });
  await expect(sources.getByRole('listitem')).toHaveCount(1);

  await page.getByRole('button', { name: 'Import file' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  await dialog
    .getByLabel('FOCUS file')
    .setInputFiles({ name: 'invoice november.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${file}`) });
  await expect(dialog.getByLabel('Name of the source')).toHaveValue('invoice november');
  await dialog.getByLabel('Name of the source').fill('Invoice');
  await dialog.getByLabel('Organization it belongs to').selectOption({ label: '\u2003Quillon North' });
  await dialog.getByRole('button', { name: 'Check the file' }).click();

  await expect(dialog.getByRole('status')).toHaveText('3 of 5 rows taken1 of them with a note2 refused');
  const refused = dialog.getByRole('list', { name: 'Refused, in no total' });
  await expect(refused).toContainText('line 5');
  await expect(refused).toContainText('19/11/2026');
  await expect(refused).toContainText('BilledCost: 1.200,00');
  await expect(dialog.getByRole('list', { name: 'Taken with a note' })).toContainText('usd');
  await expect(dialog).toContainText('212.75');
  await expect(dialog).toContainText('that usage would count twice');
  await expect(dialog.getByRole('radio', { name: 'Not counted' })).toBeChecked();
  await axe();
  await dialog.getByRole('radio', { name: 'Instead of Cloudflare’s' }).check();
  await dialog.getByRole('button', { name: 'Take in 3 rows' }).click();

  const invoice = sources.getByRole('listitem', { name: 'Invoice' });
  await expect(invoice).toContainText('in Quillon North');
  await expect(invoice).toContainText(/stands instead of \d+ records of Cloudflare’s/);
  await axe();
  await invoice.getByRole('link', { name: 'Show in Usage & cost' }).click();
  await expect(page.getByText('Files count here too: Invoice instead of Cloudflare’s records')).toBeVisible();
  await expect(page.getByText('$212.75').first()).toBeVisible();
  await page.getByLabel('Group by').selectOption('source');
  await expect(page.getByRole('row', { name: /Invoice/ })).toBeVisible();

  await page.getByRole('link', { name: 'See the sources' }).click();
  await invoice.getByRole('combobox', { name: 'How Invoice counts' }).selectOption('none');
  await expect(invoice.getByRole('link', { name: 'Show in Usage & cost' })).toHaveCount(0);
  await invoice.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete Invoice' }).getByRole('button', { name: 'Delete 3 records' }).click();
  await expect(sources.getByRole('listitem')).toHaveCount(1);
});

test('what changed after the fact and what has no price are listed, and lead to the records', async ({
  page,
  open,
  api,
  axe,
  behave,
  usage: _usage,
}) => {
  await behave({ restatedDay: '2026-11-17' });
  await api.ask('POST', '/canopy/spend/sync', {
    action: 'fetch',
    days: ['2026-11-17', '2026-10-21'],
    organizationIds: [tiny.north.id],
  });
  await expect
    .poll(
      async () => (await api.ask<{ restatements: { total: number } }>('GET', '/canopy/spend/restatements')).restatements.total,
    )
    .toBeGreaterThan(0);
  await open('/o/root/spend/sources');
  const quality = page.getByRole('region', { name: 'Data quality', exact: true });
  await expect(quality.getByText('Organizations with every day')).toBeVisible();
  const changes = page.getByRole('region', { name: 'Corrections and restatements' });
  await expect(changes.getByRole('row', { name: /Workers Standard Requests/ }).first()).toContainText('17 Nov 2026');
  await expect(changes.getByRole('table', { name: 'Corrections' })).toContainText('Oct 2026');
  await axe();
  await quality
    .getByRole('region', { name: 'Metrics without a price, in no total' })
    .getByRole('link', { name: 'CDN Data Transfer' })
    .click();
  await expect(page.getByText('No rate, not in any total')).toBeVisible();
});

test('what is in another currency is a press away, and what is new, gone or changed leads on', async ({
  page,
  open,
  api,
  axe,
  usage: _usage,
}) => {
  const clouds = [
    'BillingAccountId,BillingAccountName,ChargeCategory,ChargePeriodStart,BilledCost,BillingCurrency,ProviderName,ServiceName',
    '0042,Storage at AWS,Usage,2026-11-18,40.00,USD,AWS,Amazon S3',
    '0042,Storage at AWS,Usage,2026-11-19,52.50,USD,AWS,Amazon S3',
    '0043,Archive at AWS,Usage,2026-11-18,30.00,USD,AWS,Amazon S3',
    '0044,Search at AWS,Usage,2026-11-19,8.00,USD,AWS,Amazon OpenSearch',
    '0042,Storage at AWS,Usage,2026-11-19,7.00,GBP,AWS,Amazon S3',
  ];
  await open('/o/root/spend/sources');
  await page.getByRole('button', { name: 'Import file' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  await dialog
    .getByLabel('FOCUS file')
    .setInputFiles({ name: 'Clouds.csv', mimeType: 'text/csv', buffer: Buffer.from(clouds.join('\n')) });
  await dialog.getByRole('button', { name: 'Check the file' }).click();
  await expect(dialog).toContainText('£7.00 GBP, 1 row');
  await dialog.getByRole('button', { name: 'Take in 5 rows' }).click();
  const source = page.getByRole('listitem', { name: 'Clouds' });
  await source.getByRole('link', { name: 'Show in Usage & cost' }).click();
  const headline = page.getByRole('region', { name: 'Headline' });
  await expect(headline).toContainText('$130.50');

  // one day against the day before
  const day = new URL(page.url());
  day.searchParams.set('from', '2026-11-19');
  day.searchParams.set('by', 'account');
  await page.goto(day.href);
  const changes = page.getByRole('region', { name: 'Largest changes' });
  await expect(changes.getByRole('listitem')).toHaveText([
    'Archive at AWS gone−$30.00',
    'Storage at AWS+$12.50',
    'Search at AWS new+$8.00',
  ]);
  await changes.getByRole('button', { name: 'Search at AWS' }).click();
  await expect(page.getByRole('group', { name: 'Filter: Account is Search at AWS' })).toBeVisible();
  await expect(headline).toContainText('new, against no amount, 1 day before');
  await page.goBack();
  await changes.getByRole('button', { name: 'Archive at AWS' }).click();
  await expect(page.getByRole('group', { name: 'Filter: Account is Archive at AWS' })).toBeVisible();
  await expect(headline).toContainText('gone −$30.00 from $30.00, 1 day before');
  await page.goBack();

  const others = page.getByRole('region', { name: 'Other currencies' });
  await others.getByRole('button', { name: '£7.00 GBP' }).click();
  await expect(headline).toContainText('£7.00');
  await expect(headline).not.toContainText('$');
  await expect(page.getByRole('row', { name: /^Total/ })).toContainText('£7.00');
  await expect(page.getByRole('row', { name: /^Total/ })).not.toContainText('$');
  await expect(page.getByRole('img', { name: /largest is Storage at AWS with £7\.00/ })).toBeVisible();
  await axe(['dark']);
  await others.getByRole('button', { name: '$60.50 USD' }).click();
  await expect(headline).toContainText('$60.50');

  // the ranking of accounts has one currency at a time too, and takes it along
  await page.getByRole('link', { name: 'By account' }).click();
  const ranking = page.getByRole('table', { name: 'Accounts by cost' });
  await expect(ranking.getByRole('row', { name: /^Total/ })).toContainText('$');
  await page.getByRole('link', { name: 'GBP', exact: true }).click();
  await expect(page).toHaveURL(/currency=GBP/);
  await expect(ranking.getByRole('row', { name: /^Total/ })).toContainText('£7.00');
  await ranking.getByRole('link', { name: 'Storage at AWS' }).click();
  await expect(headline).toContainText('£7.00');

  for (const { id, name } of await api.ask<ImportedSource[]>('GET', '/canopy/spend/imports'))
    if (name === 'Clouds') await api.ask('DELETE', `/canopy/spend/imports/${id}`);
});
