import { Worker } from 'node:worker_threads';
import type { SpawnedLane } from '../../threads/spawned-lane.ts';

export function spawnLane(): SpawnedLane {
  return spawnThread(new URL('./lane.worker.ts', import.meta.url));
}

/** Starts a script in a worker thread. Comlink speaks over a message channel, whose ports are event targets as on the web. */
export function spawnThread(script: URL): SpawnedLane {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(script, {
    workerData: { port: port2 },
    transferList: [port2],
    // The host's own flags are not for it: with --input-type, say, it would not start.
    execArgv: [],
  });
  return {
    endpoint: port1,
    onFailure(listener) {
      worker.once('error', listener);
      worker.once('exit', (code) => listener(new Error(`a worker thread ended unexpectedly, with status ${code}`)));
    },
    terminate() {
      worker.removeAllListeners();
      port1.close();
      void worker.terminate();
    },
  };
}
