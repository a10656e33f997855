/** Both ends of a worker thread, in Node; worker-thread.web.ts has the same for browsers. */
import { type MessagePort, Worker as NodeWorker, workerData } from 'node:worker_threads';
import type { Endpoint } from 'comlink';
import type { WorkerThread } from './worker-thread.ts';

/** Runs a script in a thread. Comlink speaks over a message channel, whose ports are event targets as on the web. */
export class Worker implements WorkerThread {
  readonly endpoint: Endpoint;
  readonly #worker: NodeWorker;
  readonly #port: MessagePort;

  /** @param _options for the web, and for bundlers, which look for exactly this call */
  constructor(script: URL, _options: { type: 'module' }) {
    const { port1, port2 } = new MessageChannel();
    this.endpoint = port1;
    this.#port = port1;
    this.#worker = new NodeWorker(script, {
      workerData: { port: port2 },
      transferList: [port2],
      // The host's own flags are not for it: with --input-type, say, it would not start.
      execArgv: [],
    });
  }

  onFailure(listener: (error: Error) => void): void {
    this.#worker.once('error', listener);
    this.#worker.once('exit', (code) => listener(new Error(`a worker thread ended unexpectedly, with status ${code}`)));
  }

  terminate(): void {
    this.#worker.removeAllListeners();
    this.#port.close();
    void this.#worker.terminate();
  }
}

/** Inside a worker: the way to the thread that started it, a port of its own in `workerData.port`. */
export function endpoint(): Endpoint {
  return (workerData as { port: MessagePort }).port;
}
