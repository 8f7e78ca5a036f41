import { expect, test } from './test.ts';

const screens: Readonly<Record<string, string>> = {
  'Sign in': '/sign-in',
  Overview: '/o/root',
  Members: '/o/root/members',
  Organizations: '/o/root/organizations',
  Accounts: '/o/root/accounts',
  Profile: '/o/Redfern Health/profile',
  'Usage & cost': '/o/root/spend',
  'Cost by account': '/o/root/spend/accounts',
  Sources: '/o/root/spend/sources',
  Audit: '/o/root/audit?range=30d',
  Receipts: '/o/root/audit/receipts',
  Shares: '/o/root/shares',
  Settings: '/settings',
};

/**
 * What holds more than its width: the page, and every region of it that scrolls, also only up and down. What scrolls in one
 * direction hides in the other, so a clip would hide a page that is too wide. Only a row of tabs and a strip of facts are
 * meant to be swiped.
 */
function tooWide(): string[] {
  const frame = [document.documentElement, document.body, ...document.querySelectorAll('main')];
  const isSwiped = (element: Element) => element.tagName === 'NAV' || /at a glance$/i.test(element.ariaLabel ?? '');
  const scrolls = (element: Element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    return /auto|scroll/.test(`${overflowX} ${overflowY}`);
  };
  return [...frame, ...[...document.querySelectorAll('*')].filter(scrolls)]
    .filter((element) => !isSwiped(element) && element.scrollWidth > element.clientWidth + 1)
    .map((element) => `${element.tagName} ${element.getAttribute('aria-label') ?? element.className}: ${element.scrollWidth}`);
}

/** What can be pressed in the page and lies under something else there, also once it is scrolled to. */
function covered(): string[] {
  return [...document.querySelectorAll('main :is(a, button, input):not(thead *)')] // heads of columns are for screen readers here
    .flatMap((element) => {
      element.scrollIntoView({ block: 'center' });
      const { x, y, width, height } = element.getBoundingClientRect();
      const top = document.elementFromPoint(x + width / 2, y + height / 2);
      if (width <= 1 || !top || element.contains(top) || top.contains(element)) return [];
      return [`${element.ariaLabel ?? element.textContent} under ${top.outerHTML.slice(0, 200)}`];
    });
}

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

test.describe('on a phone', () => {
  for (const [name, path] of Object.entries(screens)) {
    test(`${name} is read without scrolling sideways`, async ({ page, open, usage: _usage, axe }) => {
      await open(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate(tooWide), 'what is wider than its place').toEqual([]);
      expect(await page.evaluate(covered), 'what cannot be pressed').toEqual([]);
      await axe(['light']);
    });
  }

  test('spend answers in the first screen, and keeps what is chosen seldom behind a button', async ({
    page,
    open,
    usage: _usage,
  }) => {
    await open('/o/root/spend');
    await expect(page.getByRole('region', { name: 'Headline' })).toContainText('Basis of this figure');
    const figure = page.getByRole('region', { name: 'Headline' }).getByText(/^Cost, /);
    // under the bars of the frame, and one that says that reading is paused
    expect((await figure.boundingBox())?.y).toBeLessThan(360);
    const compare = page.getByRole('combobox', { name: 'Compare with' });
    await expect(compare).toBeHidden();
    await page.getByRole('button', { name: 'More controls' }).click();
    await compare.selectOption({ label: 'Nothing' });
    await page.getByRole('button', { name: '30 days earlier' }).click();
    await expect(page).toHaveURL(/before=2026-10-23/);
    expect(await page.evaluate(tooWide), 'what is wider than its place').toEqual([]);
  });
});
