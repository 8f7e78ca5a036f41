import { expect, test } from './test.ts';

const screens: Readonly<Record<string, string>> = {
  'Sign in': '/sign-in',
  Overview: '/o/root',
  Members: '/o/root/members',
  Organizations: '/o/root/organizations',
  Accounts: '/o/root/accounts',
  Profile: '/o/Redfern Health/profile',
  'Usage & cost': '/o/root/spend',
  Audit: '/o/root/audit?range=30d',
  Receipts: '/o/root/audit/receipts',
  Shares: '/o/root/shares',
  Settings: '/settings',
};

/** The page and every region of it that scrolls: those that hold more than their width. A strip with a name is meant to be swiped, and so are the tabs of a page. */
function scrolledSideways(): string[] {
  return [...document.querySelectorAll('*')]
    .filter((element) => !/(at a glance|scrollable)$/i.test(element.ariaLabel ?? '') && element.tagName !== 'NAV')
    .filter((element) => element.scrollWidth > element.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(element).overflowX))
    .map((element) => `${element.tagName} ${element.getAttribute('aria-label') ?? element.className}: ${element.scrollWidth}`);
}

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

test.describe('on a phone', () => {
  for (const [name, path] of Object.entries(screens)) {
    test(`${name} is read without scrolling sideways`, async ({ page, open, axe }) => {
      await open(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      expect(await page.evaluate(scrolledSideways), 'what is wider than its place').toEqual([]);
      await axe(['light']);
    });
  }
});
