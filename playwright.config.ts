import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS } from './scripts/chromium-flags.ts';

/** Whole pages in a real browser, against a real server with its demo shops: see e2e/start-magpie.ts. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/start-magpie.ts',
  timeout: 45_000,
  expect: { timeout: 15_000 },
  fullyParallel: true,
  // Pages wait for shops and timers more than they compute: one more than there are cores keeps both busy.
  workers: 3,
  projects: [
    { name: 'app', testIgnore: 'pwa-gpu.spec.ts' },
    // A software GPU wants the machine for itself.
    { name: 'gpu', testMatch: 'pwa-gpu.spec.ts', dependencies: ['app'] },
  ],
  reporter: [['list']],
  use: {
    // Set by the global setup, which runs first.
    baseURL: process.env['MAGPIE_E2E_URL'],
    locale: 'en-GB',
    launchOptions: { executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args: CHROMIUM_FLAGS },
    // Recording every test for the few that fail costs more than running those again.
    trace: 'on-first-retry',
  },
});
