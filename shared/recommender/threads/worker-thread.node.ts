import { type MessagePort, workerData } from 'node:worker_threads';
import type { Endpoint } from 'comlink';

/** Inside a worker: the way to whoever started it. In Node that is a port of its own, which comes in `workerData.port`. */
export function endpoint(): Endpoint {
  return (workerData as { port: MessagePort }).port;
}
