import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './http.ts';

/** Retries after the first failure; between them TanStack Query waits 1 s, then 2 s. */
const MAX_RETRIES = 2;

/** How long an answer counts as fresh: going back to a page does not ask again. */
const FRESH_MS = 60_000;

/**
 * Reads only: writes go through the outbox. `networkMode: always`, because the service worker answers without a
 * network too, and because a paused query would show nothing at all.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      refetchOnReconnect: true,
      staleTime: FRESH_MS,
      retry: (failures, error) =>
        failures < MAX_RETRIES && navigator.onLine && error instanceof ApiError && error.isTemporary,
    },
  },
});
