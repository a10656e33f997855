import { useSyncExternalStore } from 'react';

/** Why the outbox could not be emptied when it was last tried; null: it could. */
let failure: Error | null = null;
const listeners = new Set<() => void>();

export function setDeliveryFailure(error: Error | null): void {
  if (error === failure) return;
  failure = error;
  for (const listener of listeners) listener();
}

export function useDeliveryFailure(): Error | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => failure,
  );
}
