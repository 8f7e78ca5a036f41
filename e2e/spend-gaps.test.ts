import type { SpendState } from '../src/contract/canopy/spend.ts';
import { tiny } from '../src/sandbox/seed/tiny.ts';
import { expect, test } from './test.ts';

// a store of usage of its own: a day that was read ahead would stay whole
test.use({ profile: 'tiny', server: 'gaps' });

test('usage that Cloudflare refuses is not known, which is not nothing', async ({ page, open, api, fault, axe }) => {
  const grant = await fault({
    match: { path: '/organizations/*/billable/usage' },
    fault: { kind: 'status', status: 403, body: 'json', code: 10000, message: 'Authentication error' },
  });
  const days = ['2026-10-12'];
  await api.ask('POST', '/canopy/spend/sync', { action: 'fetch', days });
  await open('/o/root/spend');
  await expect(page.getByRole('region', { name: 'Cloudflare refuses to tell usage' })).toContainText('which is not zero');
  await page.getByText('4 organization days could not be read').click();
  await expect(page.getByRole('alert').filter({ hasText: '403' })).toHaveCount(1);
  await axe();
  await grant();
  await page.getByRole('button', { name: 'Fetch again' }).click();
  await expect(page.getByText('could not be read')).toHaveCount(0);
});

test('a day that is not whole is marked, its failure is named, and it is read again', async ({ page, open, api, fault, axe }) => {
  const mend = await fault({
    match: { path: `/organizations/${tiny.south.id}/billable/usage` },
    fault: { kind: 'status', status: 500, body: 'json', code: 7003, message: 'Could not route' },
  });
  const organizationIds = [tiny.root.id, tiny.north.id, tiny.south.id, tiny.harbor.id];
  await api.ask('POST', '/canopy/spend/sync', { action: 'fetch', days: ['2026-10-18'], organizationIds });

  await open('/o/root/spend?from=2026-10-18&before=2026-10-19');
  const figure = page.getByRole('figure');
  await expect(figure).toContainText('1 incomplete');
  await expect(figure).toContainText('First: 18 Oct.');
  await expect(page.getByRole('slider', { name: /Read the chart/ })).toHaveAttribute(
    'aria-valuetext',
    /not whole of every organization/,
  );
  await page.getByText('1 organization day could not be read').click();
  await expect(page.getByRole('alert').filter({ hasText: /18 Oct 2026, Quillon South, tried 1 time/ })).toContainText(
    '500 · 7003 Could not route',
  );
  await axe();

  await mend();
  await figure.getByRole('button', { name: 'Fetch again' }).click();
  await expect(figure).toContainText('1 day stored');
  await expect(figure).not.toContainText('incomplete');
  await expect(page.getByText('could not be read')).toHaveCount(0);
});

test('days that were never read are not nothing, and are read from where they are missed', async ({ page, open, api, axe }) => {
  const isStored = async () => {
    const { days } = await api.ask<SpendState>('GET', '/canopy/spend');
    return days.find(({ day }) => day === '2026-11-06')?.state;
  };
  await api.ask('POST', '/canopy/spend/sync', { action: 'fetch', days: ['2026-11-06'] });
  await expect.poll(isStored).toBe('stored');

  const unread = '/o/root/spend?from=2026-11-02&before=2026-11-05&compare=none';
  await open(unread, 'billing');
  const empty = page.getByRole('region', { name: 'These days are not stored' });
  await expect(empty).toContainText('3 days of the range were never read. What they hold is not known, which is not zero.');
  await expect(empty.getByRole('button', { name: 'Read these days' })).toHaveAccessibleDescription(/Administrator may/);
  await expect(page.getByRole('region', { name: 'Headline' })).not.toContainText('$0');

  await open(unread);
  await expect(empty).toBeVisible();
  await axe();
  await empty.getByRole('button', { name: 'Read these days' }).click();
  await expect(empty).toHaveCount(0);
  const figure = page.getByRole('figure');
  await expect(figure).toContainText('3 days stored');
  await expect(page.getByRole('region', { name: 'Headline' })).toContainText(/\$[\d,]+\.\d\d/);

  // a gap between stored days is marked under its bar, and in the table beside its date; what it uses of allowances is not known
  await open('/o/root/spend?from=2026-11-02&before=2026-11-07&view=table&compare=none');
  const dates = page.getByRole('table', { name: 'Amounts by date' });
  await expect(dates.getByRole('rowheader', { name: '5 Nov 2026 never read' })).toBeVisible();
  await page.getByRole('radio', { name: 'Chart' }).click();
  await expect(figure).toContainText('4 days stored · 1 never read · prices are not finalFirst: 5 Nov.');
  await figure.getByRole('button', { name: 'Read these days' }).click();
  await expect(figure).toContainText('5 days stored');
  await expect(figure).not.toContainText('never read');
  await page.getByRole('radio', { name: 'Table' }).click();
  await expect(dates.getByRole('rowheader', { name: '5 Nov 2026', exact: true })).toBeVisible();
});
