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
