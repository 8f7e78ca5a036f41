import AxeBuilder from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import type { Page } from '@playwright/test';

export type IdentityName = 'admin' | 'viewer' | 'auditor' | 'billing' | 'partner';

interface Fixtures {
  /** Fails the test at its end on a content policy violation, a page error or a console error. Push an expected one's text to `allowed`. */
  allowed: RegExp[];
  /** Signs in without the sign-in page, and opens a path. `root` in the path is the person's root organization. */
  open: (path: string, identity?: IdentityName) => Promise<void>;
  /** Axe over the page as it stands: nothing serious or critical. */
  axe: () => Promise<void>;
  /** Makes the sandbox misbehave; everything is cleared when the test ends. */
  fault: (rule: { match: { method?: string; path?: string }; times?: number | null; after?: number; fault: object }) => Promise<void>;
  /** Requests the sandbox has seen since the test began. */
  upstreamRequests: () => Promise<{ method: string; path: string }[]>;
}

const sandbox = () => {
  const url = process.env['CANOPY_E2E_SANDBOX'];
  if (!url) throw new Error('the sandbox has not said where it listens');
  return url;
};

export const test = base.extend<Fixtures>({
  baseURL: async ({}, use) => use(process.env['CANOPY_E2E_URL']),
  allowed: [
    async ({ page }, use) => {
      const problems: string[] = [];
      const allowed: RegExp[] = [];
      watch(page, problems);
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`content policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
        });
      });
      await use(allowed);
      expect(problems.filter((problem) => !allowed.some((pattern) => pattern.test(problem)))).toEqual([]);
    },
    { auto: true },
  ],
  open: async ({ page, baseURL }, use) => {
    await use(async (path, identity = 'admin') => {
      const answer = await page.request.post('/api/canopy/session', { data: { identity }, headers: { 'x-canopy': '1', origin: new URL(baseURL ?? '').origin } });
      expect(answer.ok(), await answer.text()).toBe(true);
      if (path.includes('root')) {
        const hierarchy = await page.request.get('/api/canopy/hierarchy', { headers: { 'x-canopy': '1' } });
        const { result } = (await hierarchy.json()) as { result: { nodes: { id: string }[] } };
        path = path.replace('root', result.nodes[0]?.id ?? 'none');
      }
      await page.goto(path);
    });
  },
  axe: async ({ page }, use) => {
    await use(async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`)).toEqual([]);
    });
  },
  fault: async ({ request }, use) => {
    await use(async (rule) => {
      const answer = await request.post(`${sandbox()}/faults`, { data: rule });
      expect(answer.ok(), await answer.text()).toBe(true);
    });
    await request.delete(`${sandbox()}/faults`);
  },
  upstreamRequests: async ({ request }, use) => {
    const since = new Date().toISOString();
    await use(async () => {
      const answer = await request.get(`${sandbox()}/requests`, { params: { since } });
      const { requests } = (await answer.json()) as { requests: { method: string; path: string }[] };
      return requests;
    });
  },
});
export { expect };

function watch(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
}
