/**
 * The app's files come from the device, so that every page opens at once and without a network. Answers of the API are
 * requested anew each time and kept for when there is no network. Pictures are kept once they have been shown.
 */
import { ExpirationPlugin } from 'workbox-expiration';
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkFirst } from 'workbox-strategies';
import { PAGES } from '../page-paths.ts';
import { rememberWhenSaved, type WorkboxPlugin } from './saved-at-plugin.ts';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] };

/** After this time the kept answer is shown. The server's answer is kept when it comes. */
const PATIENCE_S = 4;
/** About 20 kB each. */
const MAX_ANSWERS = 250;
/** About 30 kB each. */
const MAX_PICTURES = 500;
const PICTURE_AGE_S = 30 * 24 * 3600;

function expiring(limits: { maxEntries: number; maxAgeSeconds?: number }): WorkboxPlugin {
  // @ts-expect-error: workbox 7's class and interface disagree under exactOptionalPropertyTypes about `undefined`.
  return new ExpirationPlugin({ ...limits, purgeOnQuotaError: true });
}

precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();

/** `/product/:id` → `/^\/product\/[^/]+\/?(\?|$)/`; NavigationRoute matches against path and query. */
function pagePattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/\/$/, '').replaceAll(/:[a-z]+/g, '[^/?]+')}/?(\\?|$)`);
}
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { allowlist: Object.values(PAGES).map(pagePattern) }),
);

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && /^\/(recommendations|shoppers|products(\/[^/]+)?)$/.test(url.pathname),
  new NetworkFirst({
    cacheName: 'answers',
    networkTimeoutSeconds: PATIENCE_S,
    plugins: [rememberWhenSaved, expiring({ maxEntries: MAX_ANSWERS })],
  }),
);

registerRoute(
  // Requests for pictures that the page wants kept afterwards have no destination.
  ({ url, sameOrigin, request }) =>
    sameOrigin && (request.destination === 'image' || url.pathname.startsWith('/images/')),
  new CacheFirst({
    cacheName: 'pictures',
    plugins: [expiring({ maxEntries: MAX_PICTURES, maxAgeSeconds: PICTURE_AGE_S })],
  }),
);

// A new version waits until the shopper agrees; the page sends this message then.
self.addEventListener('message', (event) => {
  if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting();
});

// Takes over the page that has just loaded, so that the first visit is kept too.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
