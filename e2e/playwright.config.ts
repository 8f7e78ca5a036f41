import { defineConfig } from '@playwright/test';

const browser = process.env['CANOPY_BROWSER'];

export default defineConfig({
  testDir: '.',
  outputDir: '../node_modules/.cache/playwright',
  // each worker has a server of its own, so files run beside each other
  fullyParallel: false,
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  // tests are few and rich: on a machine that does other things too, all steps of one take minutes
  timeout: 180_000,
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    timezoneId: 'America/New_York',
    locale: 'en-US',
    contextOptions: { reducedMotion: 'reduce' },
    // a trace of every step would take a quarter of all the time: `--trace retain-on-failure` makes one
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(browser ? { executablePath: browser } : {}),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
        '--no-first-run',
      ],
    },
  },
});
