import type { Endpoint } from 'comlink';

/** A thread, as the one that started it holds it: `Worker` of #worker-thread, in Node and in browsers. */
export interface WorkerThread {
  readonly endpoint: Endpoint;
  /** Called when the thread dies by itself: out of memory, a script that does not load. */
  onFailure(listener: (error: Error) => void): void;
  terminate(): void;
}
