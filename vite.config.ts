import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { manifest } from './client/pwa/manifest.ts';
import { slimWgsl } from './scripts/slim-wgsl.ts';

/** The API's address for `vite`, the development server; `npm start` serves both from one address. */
const API = process.env['MAGPIE_API'] ?? 'http://127.0.0.1:8787';

/** Every path that the API answers. Pages never live under one of these: see client/page-paths.ts. */
const API_PATHS = [
  '/recommendations',
  '/compare_price',
  '/jobs',
  '/models',
  '/products',
  '/events',
  '/images',
  '/healthz',
  '/readyz',
];

/** In development our folders are paths too: `/products/product-page.tsx` is a module, `/products/7` is the API's. */
function ownModule({ url }: { url?: string | undefined }): string | undefined {
  return url !== undefined && /\.(tsx?|css)(\?|$)/.test(url) ? url : undefined;
}

export default defineConfig({
  root: 'client',
  publicDir: 'public',
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    target: 'baseline-widely-available',
  },
  worker: {
    format: 'es',
    plugins: () => [slimWgsl()],
    // A folder of its own, so that its weight can be measured: see e2e/pwa-budgets.spec.ts.
    rolldownOptions: {
      output: {
        entryFileNames: 'assets/recommender/[name]-[hash].js',
        chunkFileNames: 'assets/recommender/[name]-[hash].js',
      },
    },
  },
  server: {
    proxy: Object.fromEntries(API_PATHS.map((path) => [path, { target: API, changeOrigin: true, bypass: ownModule }])),
    headers: { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' },
  },
  plugins: [
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'service-worker',
      filename: 'service-worker.ts',
      injectRegister: false,
      manifest,
      includeManifestIcons: false,
      // Icons and screenshots are for installing only.
      injectManifest: { globPatterns: ['**/*.{html,js,css,woff2,svg}'], rollupFormat: 'iife' },
    }),
  ],
});
