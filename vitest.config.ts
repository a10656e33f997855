import { defineConfig } from 'vitest/config';
import { softwareGpuEnvironment } from './scripts/software-gpu.ts';

/** Debian's Chromium and one short list of flags: see docs/architecture.md, "Tests". */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          include: ['{shared,server,client,shaders,scripts,bench}/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/*.gpu.test.ts', '**/node_modules/**'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          globalSetup: ['server/testing/global-setup.ts'],
          setupFiles: ['scripts/seeded-properties.ts'],
        },
      },
      {
        test: {
          name: 'webgpu',
          environment: 'node',
          include: ['shared/**/*.gpu.test.ts'],
          // A software GPU takes all cores for itself; its first kernel of each kind takes seconds to compile.
          pool: 'forks',
          fileParallelism: false,
          env: softwareGpuEnvironment(process.env['CHROMIUM_PATH']),
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
