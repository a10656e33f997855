import { createStore, useStore } from 'zustand';

/** `offline`: the device has no network. `unreachable`: it has one, and Magpie's server does not answer. */
export type Connection = 'online' | 'offline' | 'unreachable';

interface Reachability {
  /** What the browser says. */
  hasNetwork: boolean;
  /** How the last request went. */
  serverAnswers: boolean;
}

const reachability = createStore<Reachability>(() => ({ hasNetwork: true, serverAnswers: true }));

function connectionOf({ hasNetwork, serverAnswers }: Reachability): Connection {
  if (!hasNetwork) return 'offline';
  return serverAnswers ? 'online' : 'unreachable';
}

/** Node's navigator has no `onLine`. */
const hasNetwork = (): boolean => navigator.onLine !== false;

/** Takes what the browser says of the network, now and from here on. Called once, at the start. */
export function watchNetwork(): void {
  const look = () => reachability.setState({ hasNetwork: hasNetwork() });
  window.addEventListener('online', look);
  window.addEventListener('offline', look);
  look();
}

/** Takes how a request went. Every request reports it, so nothing polls the server. */
export function reportServer(answers: boolean): void {
  reachability.setState({ hasNetwork: hasNetwork(), serverAnswers: answers });
}

export function connection(): Connection {
  return connectionOf(reachability.getState());
}

export function useConnection(): Connection {
  return useStore(reachability, connectionOf);
}
