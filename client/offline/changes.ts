import { createStore } from 'zustand';

const PARTS = ['outbox', 'activity', 'watches', 'settings'] as const;

/** A part of the device's database. Query keys begin with these names. */
export type StoreChange = (typeof PARTS)[number];

/** The number of changes of each part since the page was opened, in this tab and in others. */
const revisions = createStore<Record<StoreChange, number>>(() => ({ outbox: 0, activity: 0, watches: 0, settings: 0 }));

/** To the other tabs of this browser; null until `joinOtherTabs`. */
let channel: BroadcastChannel | null = null;

function count(change: StoreChange): void {
  revisions.setState((now) => ({ [change]: now[change] + 1 }));
}

/** What one tab says to the others: a part has changed, or everything on this device was deleted. */
type Message = StoreChange | 'forgotten';

/**
 * Announces this tab's changes to the other tabs, and takes theirs. Called once, at the start.
 *
 * @param onForgotten another tab has deleted everything: what this one knows of the shopper is void
 * @returns leaves them again
 */
export function joinOtherTabs(onForgotten: () => void): () => void {
  const joined = new BroadcastChannel('magpie-store');
  joined.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data === 'forgotten') onForgotten();
    else count(data);
  });
  channel = joined;
  return () => {
    joined.close();
    channel = null;
  };
}

/** Announces a change in this tab and in every other one. */
export function announceChange(change: StoreChange): void {
  count(change);
  channel?.postMessage(change);
}

/** Announces to the other tabs that everything on this device was deleted. */
export function announceForgotten(): void {
  channel?.postMessage('forgotten' satisfies Message);
}

/** @returns ends the listening */
export function onStoreChange(listener: (change: StoreChange) => void): () => void {
  return revisions.subscribe((now, before) => {
    for (const part of PARTS) if (now[part] !== before[part]) listener(part);
  });
}
