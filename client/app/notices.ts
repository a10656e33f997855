import { useSyncExternalStore } from 'react';

/** One short message at the foot of the page; a newer one takes its place. */
export interface Notice {
  message: string;
  /** `keep`: stays until the shopper answers it. */
  stay: 'briefly' | 'keep';
  action?: { label: string; run: () => void };
  /** What closing it is called where it asks something, e.g. "Later". */
  dismissLabel?: string;
}

let current: Notice | null = null;
const listeners = new Set<() => void>();

export function showNotice(notice: Notice | null): void {
  current = notice;
  for (const listener of listeners) listener();
}

export function useNotice(): Notice | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
