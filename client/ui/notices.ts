import { useSyncExternalStore } from 'react';

/** One short message at the foot of the page. */
export interface Notice {
  message: string;
  /** `keep`: stays until the shopper answers it. */
  stay: 'briefly' | 'keep';
  action?: { label: string; run: () => void };
  /** What closing it is called where it asks something, e.g. "Later". */
  dismissLabel?: string;
}

/** The first is shown; the others wait their turn, since each may hold something to answer. */
let waiting: readonly Notice[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Notice[]): void {
  waiting = next;
  for (const listener of listeners) listener();
}

/** Saying the same again while it is shown or waits changes nothing. */
export function showNotice(notice: Notice): void {
  if (!waiting.some(({ message }) => message === notice.message)) change([...waiting, notice]);
}

export function closeNotice(): void {
  change(waiting.slice(1));
}

export function useNotice(): Notice | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting[0] ?? null,
  );
}
