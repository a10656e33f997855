import { onlineManager, QueryClient } from '@tanstack/react-query';
import { ApiError } from './http.ts';

/** Retries after the first failure; between them TanStack Query waits 1 s, then 2 s. */
const MAX_RETRIES = 2;

// TanStack Query assumes a network at the start. An app opened offline would miss the network's return.
onlineManager.setOnline(navigator.onLine);

/**
 * Queries only: writes go through the outbox. `networkMode: always`, because the service worker answers without a
 * network too, and because a paused query would show nothing at all.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      refetchOnReconnect: true,
      retry: (nFailures, error) =>
        nFailures < MAX_RETRIES && navigator.onLine && error instanceof ApiError && error.isTemporary,
    },
  },
});
