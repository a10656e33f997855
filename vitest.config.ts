import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_FLAGS, SOFTWARE_GPU_FLAGS } from './scripts/chromium-flags.ts';
import { softwareGpuEnvironment } from './server/testing/software-gpu.ts';

/** Debian's Chromium and one short list of flags: see docs/architecture.md, "Tests". */
export default defineConfig({
  test: {
    // One more than there are cores: tests wait for servers, processes and timers as long as they compute.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['{shared,server,client,demo,shaders,scripts,bench}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/*.gpu.test.ts', '**/node_modules/**'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          globalSetup: ['server/testing/global-setup.ts'],
          // Servers that tests start as processes write their warnings to the run's output, and no more.
          env: { MAGPIE_RATES_URL: 'none', MAGPIE_LOG_LEVEL: 'warn' },
          setupFiles: ['scripts/seeded-properties.ts'],
        },
      },
      {
        test: {
          name: 'webgpu',
          environment: 'node',
          include: ['{shared,server}/**/*.gpu.test.ts'],
          // A software GPU takes all cores for itself; its first kernel of each kind takes seconds to compile.
          pool: 'forks',
          fileParallelism: false,
          env: softwareGpuEnvironment(process.env['CHROMIUM_PATH']),
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // What a page needs to share memory between threads.
        server: {
          headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' },
        },
        worker: { format: 'es' },
        // Found late, it would make the page reload in the middle of a test.
        optimizeDeps: { include: ['comlink'] },
        test: {
          name: 'chromium',
          include: ['{shared,client}/**/*.browser.test.ts'],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
                args: [...CHROMIUM_FLAGS, ...SOFTWARE_GPU_FLAGS],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
