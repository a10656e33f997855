import type { Endpoint } from 'comlink';

/** A lane's thread, as the host holds it. */
export interface SpawnedLane {
  endpoint: Endpoint;
  /** Told when the thread dies by itself: out of memory, a script that does not load. */
  onFailure(listener: (error: Error) => void): void;
  terminate(): void;
}
