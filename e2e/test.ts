import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base } from '@playwright/test';
import type { APIRequestContext, Page } from '@playwright/test';
import type { Hierarchy } from '../src/contract/canopy/hierarchy.ts';
import type { FaultRule } from '../src/sandbox/faults/rules.ts';
import type { LoggedRequest } from '../src/sandbox/request-log.ts';
import { defaultSwitches } from '../src/sandbox/switches.ts';
import type { SwitchChange } from '../src/sandbox/switches.ts';
import { CanopyApi } from './canopy-api.ts';
import { now, startCanopy } from './start-canopy.ts';
import type { Profile, RunningCanopy } from './start-canopy.ts';

export type IdentityName = 'admin' | 'viewer' | 'auditor' | 'billing' | 'partner';

/** A request to the upstream API by somebody other than Canopy: another administrator in Cloudflare's dashboard. */
export type Elsewhere = <T>(method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body?: object) => Promise<T>;

interface OfWorker {
  /** What the sandbox of this file holds. */
  profile: Profile;
  /**
   * Files of one profile share a server, and meet what others left in it: a name of its own gives a file a server of its own,
   * as in `test.use({ profile: 'tiny', server: 'sources' })`.
   */
  server: string;
  canopy: RunningCanopy;
  /** The administrator's session for what a test needs done beforehand. */
  api: CanopyApi;
  /** Organization ids by name; `root` is the root organization. */
  organizations: ReadonlyMap<string, string>;
  /** Stands for the last thirty days of usage, read and stored; nothing else is being read. */
  usage: void;
}

interface OfTest {
  /** Texts of console errors that the test itself causes. Anything else there fails it, as do page errors and content policy violations. */
  allowed: RegExp[];
  /** Signs in without the sign-in page, and opens a path. `/o/NAME/...` is the organization of that name, `/o/root/...` the root. */
  open: (path: string, identity?: IdentityName) => Promise<void>;
  /** Axe over the page as it stands, light and dark unless told: nothing serious or critical. */
  axe: (schemes?: readonly ('light' | 'dark')[]) => Promise<void>;
  /** Makes the sandbox misbehave, for ever where `times` is not given, until the answer is called or the test ends. */
  fault: (rule: Omit<FaultRule, 'times'> & { times?: number | null }) => Promise<() => Promise<void>>;
  /** Changes how the sandbox behaves until the test ends. */
  behave: (change: SwitchChange) => Promise<void>;
  /** Requests the sandbox has seen since the test began. */
  upstreamRequests: () => Promise<LoggedRequest[]>;
  elsewhere: Elsewhere;
}

/** The rules of axe that look at colours: in another scheme nothing else is another. */
const ofColours = ['color-contrast', 'link-in-text-block'];

/**
 * What fades in has no contrast yet, and what the page learns meanwhile may begin to: with `still` every colour is at once
 * what it will be. What moves otherwise is waited for, unless it turns for ever.
 */
const still = () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('*, ::before, ::after { transition: none !important }');
  document.adoptedStyleSheets = [sheet];
};
const asBefore = () => {
  document.adoptedStyleSheets = [];
};
const settled = () =>
  Promise.all(
    document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
      .map((animation) => animation.finished.catch(() => undefined)), // taken off the page meanwhile
  ).then(() => undefined);

export const test = base.extend<OfTest, OfWorker>({
  profile: ['demo', { scope: 'worker', option: true }],
  server: ['shared', { scope: 'worker', option: true }],
  canopy: [
    // Playwright keeps a worker, and the server in it, for files whose options are equal
    async ({ profile, server: _server }, use) => {
      const canopy = await startCanopy(profile);
      await use(canopy);
      await canopy.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  api: [
    async ({ canopy }, use) => {
      const api = await CanopyApi.signIn(canopy.url);
      await api.pauseUsage();
      await use(api);
    },
    { scope: 'worker', auto: true },
  ],
  organizations: [
    async ({ api }, use) => {
      const { nodes } = await api.ask<Hierarchy>('GET', '/canopy/hierarchy');
      await use(new Map([['root', nodes[0]?.id ?? ''], ...nodes.map(({ name, id }) => [name, id] as const)]));
    },
    { scope: 'worker' },
  ],
  usage: [
    async ({ api }, use) => {
      await api.readUsage('2026-10-23');
      await use();
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  baseURL: async ({ canopy }, use) => use(canopy.url),
  allowed: [
    async ({ page }, use) => {
      const problems: string[] = [];
      const allowed: RegExp[] = [];
      watch(page, problems);
      await page.clock.install({ time: now });
      await use(allowed);
      expect(problems.filter((problem) => !allowed.some((pattern) => pattern.test(problem)))).toEqual([]);
    },
    { auto: true },
  ],
  open: async ({ page, canopy, organizations }, use) => {
    let here: IdentityName | null = null;
    await use(async (path, identity = 'admin') => {
      if (identity !== here) {
        // signing in ends the session of the page that stands, which may be asking something still
        if (here !== null) await page.goto('about:blank');
        await signIn(page.request, canopy.url, identity);
        here = identity;
      }
      await page.goto(path.replace(/^\/o\/([^/?]+)/, (_, name: string) => `/o/${organizations.get(name) ?? name}`));
    });
  },
  axe: async ({ page }, use) => {
    await use(async (schemes = ['light', 'dark']) => {
      await page.mouse.move(0, 0); // a tooltip of what was pressed last would come up meanwhile
      for (const [at, colorScheme] of schemes.entries()) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
        await page.evaluate(still);
        await page.evaluate(settled);
        const { violations } = await new AxeBuilder({ page })
          .setLegacyMode() // there are no frames, which are what another page is opened for
          .options({ resultTypes: ['violations'], ...(at > 0 && { runOnly: ofColours }) })
          .analyze();
        await page.evaluate(asBefore);
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect(
          serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, html }) => `${target.join(' ')} ${html}`).join('\n')}`),
          `axe, ${colorScheme}`,
        ).toEqual([]);
      }
    });
  },
  fault: async ({ request, canopy }, use) => {
    await use(async (rule) => {
      const answer = await request.post(`${canopy.sandbox}/faults`, { data: { times: null, ...rule } });
      expect(answer.ok(), await answer.text()).toBe(true);
      const { id } = (await answer.json()) as { id: string };
      return async () => {
        await request.delete(`${canopy.sandbox}/faults/${id}`);
      };
    });
    await request.delete(`${canopy.sandbox}/faults`);
  },
  behave: async ({ request, canopy }, use) => {
    const set = async (change: SwitchChange) => {
      const answer = await request.post(`${canopy.sandbox}/options`, { data: change });
      expect(answer.ok(), await answer.text()).toBe(true);
    };
    await use(set);
    await set(defaultSwitches);
  },
  upstreamRequests: async ({ request, canopy }, use) => {
    const since = new Date().toISOString();
    await use(async () => {
      const answer = await request.get(`${canopy.sandbox}/requests`, { params: { since } });
      return ((await answer.json()) as { requests: LoggedRequest[] }).requests;
    });
  },
  elsewhere: async ({ request, canopy }, use) => {
    await use(async <T>(method: string, path: string, body?: object) => {
      const answer = await request.fetch(`${canopy.sandbox}/client/v4${path}`, {
        method,
        headers: { 'x-auth-email': 'sandbox@example.com', 'x-auth-key': 'sandbox-key' },
        ...(body && { data: body }),
      });
      expect(answer.ok(), await answer.text()).toBe(true);
      const text = await answer.text();
      return (text === '' ? null : (JSON.parse(text) as { result: T }).result) as T; // the caller names what the row answers
    });
  },
});
export { expect };

/** A session in the browser's cookies. */
async function signIn(request: APIRequestContext, url: string, identity: IdentityName): Promise<void> {
  const answer = await request.post('/api/canopy/session', {
    data: { identity },
    headers: { 'x-canopy': '1', origin: new URL(url).origin },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

function watch(page: Page, problems: string[]): void {
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
  // a violated content policy is a console error too
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()} ${message.location().url}`);
  });
}
