import { onlineManager, QueryClient } from '@tanstack/react-query';
import { ApiError } from './http.ts';

/** Retries after the first failure; between them TanStack Query waits 1 s, then 2 s. */
const MAX_RETRIES = 2;

// TanStack Query takes the network for granted at the start; opened offline, it would miss its return.
onlineManager.setOnline(navigator.onLine);

/**
 * Reads only: writes go through the outbox. `networkMode: always`, because the service worker answers without a
 * network too, and because a paused query would show nothing at all.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      refetchOnReconnect: true,
      retry: (failures, error) =>
        failures < MAX_RETRIES && navigator.onLine && error instanceof ApiError && error.isTemporary,
    },
  },
});
