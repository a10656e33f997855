import type { QueryClient } from '@tanstack/react-query';
import { showNotice } from '../ui/notices.ts';

/**
 * Makes the page work without a network, and offers new versions. A new version waits for the shopper, because a reload
 * in the middle of something is worse than an old version.
 */
export async function registerServiceWorker(queryClient: QueryClient): Promise<void> {
  // Missing in insecure contexts (a LAN address over plain http) and in some private windows.
  if (!('serviceWorker' in navigator)) return;
  const { Workbox } = await import('workbox-window');
  const worker = new Workbox('/service-worker.js');
  let reloading = false;

  worker.addEventListener('installed', ({ isUpdate }) => {
    if (!isUpdate) showNotice({ message: 'Ready to work offline', stay: 'briefly' });
  });
  worker.addEventListener('waiting', () =>
    showNotice({
      message: 'Update available',
      stay: 'keep',
      dismissLabel: 'Later',
      action: {
        label: 'Reload',
        run: () => {
          reloading = true;
          worker.messageSkipWaiting();
        },
      },
    }),
  );
  worker.addEventListener('controlling', ({ isUpdate }) => {
    if (reloading) window.location.reload();
    else if (!isUpdate) void keepThisPage(worker, queryClient);
  });
  await worker.register();
}

/** Fetches the content of the first page again, because it was loaded before the service worker could keep it. */
async function keepThisPage(worker: { messageSW(data: object): Promise<unknown> }, queryClient: QueryClient) {
  const urlsToCache = [...document.images].map((image) => image.currentSrc).filter((url) => url !== '');
  await Promise.all([
    queryClient.refetchQueries({ type: 'active' }),
    worker.messageSW({ type: 'CACHE_URLS', payload: { urlsToCache } }),
  ]);
}
