/** Both ends of a worker thread, in browsers; worker-thread.node.ts has the same for Node. */
import type { Endpoint } from 'comlink';
import type { WorkerThread } from './worker-thread.ts';

declare const self: DedicatedWorkerGlobalScope;

/**
 * Runs a script in a Web Worker. Bundlers find the script by the literal `new Worker(new URL('./x.worker.ts',
 * import.meta.url), { type: 'module' })`, hence the name and the parameters.
 */
export class Worker implements WorkerThread {
  readonly endpoint: Endpoint;
  readonly #worker: globalThis.Worker;

  constructor(script: URL, options: { type: 'module' }) {
    this.#worker = new globalThis.Worker(script, options);
    this.endpoint = this.#worker;
  }

  onFailure(listener: (error: Error) => void): void {
    this.#worker.addEventListener('error', (event) =>
      listener(new Error(`a worker thread failed: ${event.message || 'its script could not be loaded'}`)),
    );
  }

  terminate(): void {
    this.#worker.terminate();
  }
}

/** Inside a worker: the way to the thread that started it. */
export function endpoint(): Endpoint {
  return self;
}
