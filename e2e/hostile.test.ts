import { readFile } from 'node:fs/promises';
import { tiny } from '../src/sandbox/seed/tiny.ts';
import { expect, test } from './test.ts';

// names that somebody typed elsewhere, in a world of its own
test.use({ profile: 'tiny', server: 'hostile' });

const html = `<img src=x onerror="document.title='owned'"><b>Bold</b>`;
const formula = '=HYPERLINK("https://elsewhere.example")';
const reversed = 'Invoice \u202Efdp.exe';
const long = `Long ${'W'.repeat(250)}`;
const { north, south, harbor, accounts } = tiny;

test.beforeEach(async ({ fault, api, organizations: _organizations }) => {
  const named = { [north.id]: html, [south.id]: reversed, [harbor.id]: long };
  await fault({ match: { path: '/organizations' }, fault: { kind: 'wording', field: 'name', texts: named } });
  const inside = {
    [accounts.mill.id]: html,
    [accounts.bakery.id]: formula,
    [accounts.cinema.id]: reversed,
    [accounts.dairy.id]: long,
  };
  await fault({ match: { path: '/organizations/*/accounts' }, fault: { kind: 'wording', field: 'name', texts: inside } });
  await api.ask('POST', '/canopy/hierarchy/refresh', {});
});

test('hostile names are text wherever they stand', async ({ page, open, axe }) => {
  await open('/o/root/organizations');
  const tree = page.getByRole('treegrid');
  await expect(tree.getByRole('row', { name: html }).first()).toBeVisible();
  await expect(tree.getByText('U+202E', { exact: true }).first()).toBeVisible();
  await expect(tree.getByText(/^Long W+$/).first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1440);
  await axe();

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^Search organizations, accounts/ }).fill('onerror');
  await expect(
    page
      .getByRole('group', { name: /^Accounts/ })
      .getByRole('option')
      .first(),
  ).toContainText(html);
  const found = page
    .getByRole('group', { name: /^Organizations/ })
    .getByRole('option')
    .first();
  await expect(found).toContainText(html);
  await found.click();

  const scope = page.getByRole('navigation', { name: 'Scope' });
  await expect(scope.getByRole('listitem').last()).toHaveText(html);
  await expect(page).toHaveTitle(`Organizations · ${html} · Canopy`);
  await page.getByRole('link', { name: 'Overview' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(html);

  await open(`/o/${south.id}`);
  await expect(page.getByRole('heading', { level: 1 }).getByText('U+202E', { exact: true })).toBeVisible();
  await expect(page).toHaveTitle('Overview · Invoice ⟨U+202E⟩fdp.exe · Canopy');
  await open(`/o/${south.id}/organizations?act=create&focus=${south.id}`);
  const dialog = page.getByRole('dialog', { name: 'New sub-organization' });
  await expect(dialog).toContainText('It becomes part of Invoice U+202Efdp.exe, on level');
  await open(`/o/root/organizations?act=delete&focus=${south.id}`);
  await expect(page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('heading', { level: 2 })).toHaveText(
    'Delete Invoice U+202Efdp.exe',
  );

  await open(`/o/${harbor.id}`);
  const title = page.getByRole('heading', { level: 1 });
  await expect(title).toHaveText(/^Long W+$/);
  expect(await title.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);

  await open('/o/root/accounts');
  const grid = page.getByRole('grid', { name: 'Accounts' });
  await expect(grid.getByText(html).first()).toBeVisible();
  await expect(grid.getByText(formula).first()).toBeVisible();
  await expect(grid.getByText('U+202E', { exact: true }).first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1440);
});

test('a spreadsheet runs nothing of an exported list', async ({ page, open }) => {
  await open('/o/root/accounts');
  await expect(page.getByRole('grid', { name: 'Accounts' }).getByText(formula).first()).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Export/ }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text).toContain(`"'${formula.replaceAll('"', '""')}"`);
  // no cell begins with the formula itself, quoted or not
  expect(text).not.toMatch(/(^|,)"?=/m);
});
