import { createStore, useStore } from 'zustand';

/** One short message at the foot of the page. */
export interface Notice {
  message: string;
  /** `keep`: stays until the shopper answers it. */
  stay: 'briefly' | 'keep';
  action?: { label: string; run: () => void };
  /** The name of the closing button where the notice asks something, e.g. "Later". */
  dismissLabel?: string;
}

/** The first is shown. The others wait their turn, since each may hold something to answer. */
const notices = createStore<{ waiting: readonly Notice[] }>(() => ({ waiting: [] }));

const firstOf = ({ waiting }: { waiting: readonly Notice[] }): Notice | null => waiting[0] ?? null;

/** Shows a notice, or lets it wait. The same message a second time, while it is shown or waits, changes nothing. */
export function showNotice(notice: Notice): void {
  const { waiting } = notices.getState();
  if (!waiting.some(({ message }) => message === notice.message)) notices.setState({ waiting: [...waiting, notice] });
}

/**
 * Shows that this device could not keep something.
 *
 * @param what begins the sentence, e.g. "The watchlist"
 */
export function showUnsaved(what: string, error: unknown): void {
  console.error(error);
  const message = `${what} could not be saved: the browser gives Magpie no room on this device. Free some space, then try again.`;
  showNotice({ message, stay: 'keep' });
}

export function closeNotice(): void {
  notices.setState(({ waiting }) => ({ waiting: waiting.slice(1) }));
}

export function shownNotice(): Notice | null {
  return firstOf(notices.getState());
}

export function useNotice(): Notice | null {
  return useStore(notices, firstOf);
}
