import type { Endpoint } from 'comlink';

declare const self: DedicatedWorkerGlobalScope;

/** Inside a worker: the way to whoever started it. */
export function endpoint(): Endpoint {
  return self;
}
