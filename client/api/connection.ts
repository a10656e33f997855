import { useSyncExternalStore } from 'react';

/** `offline`: the device has no network. `unreachable`: it has one, and Magpie's server does not answer. */
export type Connection = 'online' | 'offline' | 'unreachable';

let serverAnswers = true;
const listeners = new Set<() => void>();

function announce(): void {
  for (const listener of listeners) listener();
}

/** Every request says how it went; so nothing has to be polled to know. */
export function reportServer(answers: boolean): void {
  if (answers === serverAnswers) return;
  serverAnswers = answers;
  announce();
}

export function connection(): Connection {
  if (!navigator.onLine) return 'offline';
  return serverAnswers ? 'online' : 'unreachable';
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, connection);
}
