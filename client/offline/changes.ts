/** Which part of the device's store has changed; query keys begin with these names. */
export type StoreChange = 'outbox' | 'activity' | 'watches' | 'settings';

const listeners = new Set<(change: StoreChange) => void>();
const channel = new BroadcastChannel('magpie-store');
channel.addEventListener('message', (message: MessageEvent<StoreChange>) => {
  for (const listener of listeners) listener(message.data);
});

/** Tells this tab and every other one. */
export function announceChange(change: StoreChange): void {
  for (const listener of listeners) listener(change);
  channel.postMessage(change);
}

/** @returns ends the listening */
export function onStoreChange(listener: (change: StoreChange) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
