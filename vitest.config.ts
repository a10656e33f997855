import { defineConfig } from 'vitest/config';

/** Debian's Chromium and one short list of flags: see docs/architecture.md, "Tests". */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['{shared,server,client,shaders,scripts,bench}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/node_modules/**'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          globalSetup: ['server/testing/global-setup.ts'],
          setupFiles: ['scripts/seeded-properties.ts'],
        },
      },
    ],
  },
});
