import { threadOf } from '../../backends/threads/spawn-lane.web.ts';
import type { SpawnedLane } from '../../threads/spawned-lane.ts';

/** Starts a ranking lane in a Web Worker; the bundler finds the worker by this literal URL. */
export function spawnRanker(): SpawnedLane {
  return threadOf(new Worker(new URL('./ranking.worker.ts', import.meta.url), { type: 'module' }));
}
