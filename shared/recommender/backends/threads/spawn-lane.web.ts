import type { SpawnedLane } from '../../threads/spawned-lane.ts';

/** Starts a lane in a Web Worker; the bundler finds the worker by this literal URL. */
export function spawnLane(): SpawnedLane {
  return threadOf(new Worker(new URL('./lane.worker.ts', import.meta.url), { type: 'module' }));
}

export function threadOf(worker: Worker): SpawnedLane {
  return {
    endpoint: worker,
    onFailure(listener) {
      worker.addEventListener('error', (event) =>
        listener(new Error(`a worker thread failed: ${event.message || 'its script could not be loaded'}`)),
      );
    },
    terminate: () => worker.terminate(),
  };
}
