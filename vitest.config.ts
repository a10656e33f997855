import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { softwareGpuEnvironment } from './server/testing/software-gpu.ts';

/** Without these Chromium talks to its maker's servers; QUIC gets lost in some sandboxes. The last two give it a GPU. */
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  // See DAWN_FLAGS in shared/recommender/backends/webgpu/dawn.node.ts.
  '--disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension',
];

/** Debian's Chromium and one short list of flags: see docs/architecture.md, "Tests". */
export default defineConfig({
  test: {
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
                args: CHROMIUM_FLAGS,
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
