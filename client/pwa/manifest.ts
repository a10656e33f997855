import type { ManifestOptions } from 'vite-plugin-pwa';

const icon = (file: string, sizes: string, purpose: 'any' | 'maskable') => ({
  src: `/icons/${file}`,
  sizes,
  type: 'image/png',
  purpose,
});

/** Web app manifest. The images are made by `scripts/render-icons.ts` and `scripts/render-screenshots.ts`. */
export const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'Magpie: prices and recommendations',
  short_name: 'Magpie',
  description: 'Compare prices across shops and get recommendations with reasons, also without a network.',
  lang: 'en',
  dir: 'ltr',
  start_url: '/?source=installed',
  scope: '/',
  display: 'standalone',
  orientation: 'any',
  background_color: '#faf8f3',
  theme_color: '#faf8f3',
  categories: ['shopping', 'utilities'],
  icons: [
    icon('magpie-192.png', '192x192', 'any'),
    icon('magpie-512.png', '512x512', 'any'),
    icon('magpie-maskable-192.png', '192x192', 'maskable'),
    icon('magpie-maskable-512.png', '512x512', 'maskable'),
  ],
  screenshots: [
    {
      src: '/screenshots/product-narrow.png',
      sizes: '780x1688',
      type: 'image/png',
      form_factor: 'narrow',
      label: 'One product, what every shop asks for it, and the best deal',
    },
    {
      src: '/screenshots/home-wide.png',
      sizes: '1280x800',
      type: 'image/png',
      form_factor: 'wide',
      label: 'Recommendations, each with its reason',
    },
  ],
  shortcuts: [
    { name: 'Search', url: '/search', icons: [icon('search-96.png', '96x96', 'any')] },
    { name: 'Watchlist', url: '/watchlist', icons: [icon('watchlist-96.png', '96x96', 'any')] },
    { name: 'Your ratings and purchases', short_name: 'You', url: '/you', icons: [icon('you-96.png', '96x96', 'any')] },
  ],
  share_target: {
    action: '/share',
    method: 'GET',
    enctype: 'application/x-www-form-urlencoded',
    params: { title: 'title', text: 'text', url: 'url' },
  },
};
